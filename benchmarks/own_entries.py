"""What a server's own entries cost the search: time to index, memory beyond their text, and how much slower it gets.

The layered glossary is compared with the shared one alone in the same run, on the same queries.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.pack import read_pack
from bot.glossary.text import words


def made_entries(shared: Glossary, count: int, rng: random.Random) -> list[Entry]:
    """Make own entries as long as people write them, of the words of the shared glossary."""
    said = sorted({word for one in shared.pack.entries for word in words(one.definition)})

    def text(length: int) -> str:
        return " ".join(rng.choices(said, k=length // 7 + 1))[:length]

    return [
        Entry(
            id=f"own-{number}",
            name=f"{text(14)} {number}",
            category=OWN_CATEGORY.name,
            definition=text(300),
            aliases=(f"{text(15)} {number}", f"{text(18)} {number}"),
            notes=(text(150), text(150)),
            keywords=tuple(text(16) for _ in range(8)),
        )
        for number in range(count)
    ]


def characters(entry: Entry) -> int:
    """Return how much text an entry holds."""
    return sum(map(len, (entry.name, entry.definition, *entry.aliases, *entry.notes, *entry.keywords)))


def median(work: Callable[[str], object], queries: Sequence[str]) -> float:
    """Return the median time of a query, in milliseconds."""
    times = []
    for query in queries:
        began = time.perf_counter()
        work(query)
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[len(times) // 2]


@click.command()
@click.option("--data", default=Path("data"), type=click.Path(path_type=Path), show_default=True)
def main(data: Path) -> None:
    """Print a row for each number of own entries."""
    rng = random.Random(1)  # noqa: S311 - the same each time
    shared = Glossary(read_pack(data)[0])
    names = [entry.name for entry in shared.pack.entries] * 2
    questions = [keyword for entry in shared.pack.entries for keyword in entry.keywords[:2]]
    typed = [name[: rng.randint(1, len(name))] for name in names]
    shared.with_own(made_entries(shared, 5, rng), OWN_CATEGORY).ask(questions[0])
    alone = [median(shared.find, names), median(shared.complete, typed), median(shared.ask, questions)]
    table = Table("own entries", "build ms", "KB beyond text", "look-up", "typing", "question")
    table.add_row("0", "", "", *(f"{one:.2f} ms" for one in alone))
    for count in (1, 20, 200, 2000):
        own = made_entries(shared, count, rng)
        began = time.perf_counter()
        shared.with_own(own, OWN_CATEGORY)
        built = (time.perf_counter() - began) * 1000
        gc.collect()
        tracemalloc.start()
        ours = shared.with_own(own, OWN_CATEGORY)
        gc.collect()
        kilobytes = tracemalloc.get_traced_memory()[0] / 1024
        tracemalloc.stop()
        layered = [median(ours.find, names), median(ours.complete, typed), median(ours.ask, questions)]
        ratios = (f"x {one / before:.2f}" for one, before in zip(layered, alone, strict=True))
        text = sum(map(characters, own)) / 1024
        table.add_row(f"{count:,} ({text:.0f} KB)", f"{built:.1f}", f"{kilobytes:.0f}", *ratios)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
