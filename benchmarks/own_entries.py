"""What a server's own entries cost: time to build, memory beyond their text, and the search beside that without them.

Entries are as long as people write them, of the words of the shared glossary. Times are ratios to the shared glossary
alone, asked the same in the same run, turn by turn.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.percentiles import Percentiles, percentiles
from benchmarks.relevance import Row
from bot.glossary.glossary import Glossary
from bot.glossary.model import Category, Entry
from bot.glossary.pack import read_pack
from bot.glossary.text import words

CATEGORY = Category(name="Ours", description="Of this server", emoji="🏠", colour=0x2B6CB0, order=1)
SIZES = (1, 20, 200, 2_000)
TURNS = 5


class Cost(NamedTuple):
    """Milliseconds to build, and bytes that stay."""

    build: float
    size: int


def made_entries(shared: Glossary, count: int, rng: random.Random) -> list[Entry]:
    """Make entries with two aliases, 300 letters of definition, two notes of 150, and eight keywords."""
    said = sorted({word for entry in shared.pack.entries for word in words(entry.definition)})

    def text(length: int) -> str:
        made = ""
        while len(made) <= length:
            made += " " + rng.choice(said)
        return made[1 : length + 1].strip().capitalize()

    return [
        Entry(
            id=f"own-{number}",
            name=f"{text(14)} {number}",
            category=CATEGORY.name,
            definition=text(300),
            aliases=(text(15), text(18)),
            notes=(text(150), text(150)),
            keywords=tuple(text(8) for _ in range(8)),
        )
        for number in range(count)
    ]


def cost_of(shared: Glossary, servers: Sequence[list[Entry]]) -> Cost:
    """Build the glossary of each server, twice: for the time, and for the memory, which takes time to trace."""
    began = time.perf_counter()
    for own in servers:
        shared.with_own(own, CATEGORY)
    build = (time.perf_counter() - began) * 1000 / len(servers)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [shared.with_own(own, CATEGORY) for own in servers]
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return Cost(build, size // len(kept))


def timed(searches: Sequence[Callable[[str], object]], queries: Sequence[str]) -> list[Percentiles]:
    """Return the seconds that each search takes; of each query, the best of some turns counts."""
    best = [[float("inf")] * len(queries) for _ in searches]
    for _ in range(TURNS):
        for times, search in zip(best, searches, strict=True):
            for at, query in enumerate(queries):
                began = time.perf_counter()
                search(query)
                times[at] = min(times[at], time.perf_counter() - began)
    return list(map(percentiles, best))


def ratios(
    shared: Callable[[str], object], layered: Callable[[str], object], queries: Sequence[str]
) -> tuple[str, str]:
    """Return how many times as long the layered search takes, median and 99th percentile, with its milliseconds."""
    alone, both = timed((shared, layered), queries)
    p50, p99 = (f"{two / one:.1f} ({two * 1000:.2f})" for one, two in zip(alone, both, strict=True))
    return p50, p99


def queries_of(folder: Path, prefix: str, rng: random.Random) -> list[str]:
    """Read up to 300 queries of the sets whose name starts so."""
    lines = [line for path in sorted(folder.glob(f"{prefix}*.jsonl")) for line in path.read_bytes().splitlines()]
    queries = [msgspec.json.decode(line, type=Row).q for line in lines]
    return rng.sample(queries, min(300, len(queries)))


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("data"))
@click.option("--sets", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("tests/relevance"))
def main(data: Path, sets: Path) -> None:
    """Print a row for each number of own entries; times as ratios, in brackets in milliseconds."""
    rng = random.Random(1)  # noqa: S311 - the same entries each time
    shared = Glossary(read_pack(data)[0])
    shared.with_own(made_entries(shared, 1, rng), CATEGORY).ask("what is loaded once is loaded now?")
    asked = queries_of(sets, "questions", rng)
    looked_up = [*queries_of(sets, "typos", rng), *queries_of(sets, "framed", rng), *queries_of(sets, "negatives", rng)]
    typed = queries_of(sets, "autocomplete", rng)
    table = Table("own entries", "build ms", "KB a server", "find p50", "p99", "complete p50", "p99", "ask p50", "p99")
    for count in SIZES:
        own = made_entries(shared, count, rng)
        cost = cost_of(shared, [own])
        ours = shared.with_own(own, CATEGORY)
        table.add_row(
            f"{count:,}",
            f"{cost.build:.0f}",
            f"{cost.size / 1000:.0f}",
            *ratios(shared.find, ours.find, looked_up),
            *ratios(shared.complete, ours.complete, typed),
            *ratios(shared.ask, ours.ask, asked),
        )
    cost = cost_of(shared, [made_entries(shared, 20, rng) for _ in range(10)])
    table.add_row("20, mean of 10 servers", f"{cost.build:.0f}", f"{cost.size / 1000:.0f}", *[""] * 6)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
