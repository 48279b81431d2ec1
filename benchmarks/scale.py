"""How the search holds up as a glossary grows: times of typing and looking up, time to build, memory.

Names are made of words as glossaries have them. Beside each size stands a linear scan with rapidfuzz over the same
names in the same run, which is what people write first.
"""

import random
import resource
import time
from collections.abc import Callable, Sequence
from functools import partial

import click
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from benchmarks.percentiles import Percentiles, percentiles
from bot.glossary.search.completion import Completions
from bot.glossary.search.names import Name, Names

SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zy tra sto cle mar get ing order port bar".split()
)


def made_names(count: int, rng: random.Random) -> list[Name]:
    """Make names of one to three words, with words shared between them as in real glossaries."""
    vocabulary = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(max(50, count // 8))]
    texts: dict[str, None] = {}
    while len(texts) < count:
        texts[" ".join(rng.choices(vocabulary, k=rng.choice((1, 2, 2, 3))))] = None
    return [Name(text, f"e{number}", is_alias=False) for number, text in enumerate(texts)]


def typed(names: Sequence[Name], rng: random.Random, count: int) -> list[str]:
    """Make what people type: the start of a name, or a name with a typo."""
    queries = []
    for name in rng.choices(names, k=count):
        text = name.text[: rng.randint(1, len(name.text))]
        at = rng.randrange(len(text))
        queries.append(text if rng.random() < 0.7 else text[:at] + rng.choice("aeiourst") + text[at + 1 :])
    return queries


def milliseconds(work: Callable[[str], object], queries: Sequence[str]) -> Percentiles:
    """Return how long a query takes."""
    times = []
    for query in queries:
        began = time.perf_counter()
        work(query)
        times.append((time.perf_counter() - began) * 1000)
    return percentiles(times)


def megabytes() -> float:
    """Return the peak memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@click.command()
@click.option("--most", default=100_000, show_default=True, help="The largest number of names.")
@click.option("--queries", default=300, show_default=True)
def main(most: int, queries: int) -> None:
    """Print a row for each size."""
    rng = random.Random(1)  # noqa: S311 - the same names each time
    table = Table("names", "build s", "peak MB", "typing p50", "typing p99", "look-up p50", "look-up p99")
    table.add_column("linear p50")
    table.add_column("linear p99")
    for count in (100, 250, 1_000, 10_000, 100_000, 1_000_000):
        if count > most:
            break
        names = made_names(count, rng)
        texts = [name.text for name in names]
        asked = typed(names, rng, queries)
        began = time.perf_counter()
        completions, index = Completions(names), Names(names)
        built = time.perf_counter() - began
        memory = megabytes()
        times = [
            *milliseconds(completions.complete, asked),
            *milliseconds(index.find, asked[: queries // 3]),
            *milliseconds(partial(process.extract, choices=texts, scorer=fuzz.WRatio, limit=25), asked[:30]),
        ]
        table.add_row(f"{count:,}", f"{built:.2f}", f"{memory:.0f}", *(f"{one:.2f}" for one in times))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
