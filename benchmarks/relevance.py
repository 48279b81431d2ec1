"""How well the search understands people: right first, right in three, wrong answers given as sure, and the time.

Reads every *.jsonl of a folder; a row is {"q": "…", "accept": ["an entry's name", …], "kind": "…"}; an empty `accept`
says that nothing should be answered. Sets whose name starts with "autocomplete" are typed, all others are sent.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click
import msgspec
from rich.console import Console
from rich.table import Table

from bot.glossary.glossary import Glossary
from bot.glossary.names import Outcome
from bot.glossary.pack import read_pack
from bot.glossary.text import squash

# An outcome that shows an entry without asking.
ANSWERED = frozenset({Outcome.EXACT, Outcome.SURE})


class Row(msgspec.Struct, frozen=True):
    """A query and the names of the entries that are right for it; none says that nothing is."""

    q: str
    accept: tuple[str, ...]
    kind: str = ""


class Scores(NamedTuple):
    """Shares of a set's rows; latencies in milliseconds."""

    rows: int
    first: float
    in_three: float
    mean_reciprocal_rank: float
    outcomes: dict[Outcome, float]
    wrong_sure: float
    p50: float
    p99: float


def read_set(path: Path, glossary: Glossary) -> list[Row]:
    """Read a set, without the rows whose right entries the glossary does not have."""
    names = {squash(entry.name) for entry in glossary.pack.entries}
    rows = [msgspec.json.decode(line, type=Row) for line in path.read_bytes().splitlines()]
    return [row for row in rows if not row.accept or any(squash(name) in names for name in row.accept)]


def score(glossary: Glossary, rows: Sequence[Row], *, typed: bool) -> Scores:
    """Ask every query of a set."""
    ranks: list[int | None] = []
    outcomes: list[Outcome] = []
    wrong, seconds = 0, []
    for row in rows:
        right = {squash(name) for name in row.accept}
        began = time.perf_counter()
        if typed:
            outcome, ids = Outcome.SUGGEST, [name.entry_id for name in glossary.complete(row.q)]
        else:
            found = glossary.find(row.q)
            outcome, ids = found.outcome, [hit.name.entry_id for hit in found.hits]
        seconds.append(time.perf_counter() - began)
        found_right = [squash(entry.name) in right for entry in map(glossary.get, ids) if entry]
        ranks.append(found_right.index(True) + 1 if True in found_right else None)
        outcomes.append(outcome)
        wrong += outcome in ANSWERED and ranks[-1] != 1
    seconds.sort()
    return Scores(
        rows=len(rows),
        first=sum(rank == 1 for rank in ranks) / len(rows),
        in_three=sum(rank is not None and rank <= 3 for rank in ranks) / len(rows),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks if rank) / len(rows),
        outcomes={outcome: outcomes.count(outcome) / len(rows) for outcome in Outcome},
        wrong_sure=wrong / len(rows),
        p50=seconds[len(seconds) // 2] * 1000,
        p99=seconds[int(len(seconds) * 0.99)] * 1000,
    )


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("data"))
def main(folder: Path, data: Path) -> None:
    """Print the scores of every set in a folder."""
    glossary = Glossary(read_pack(data)[0])
    table = Table("set", "rows", "first", "in 3", "MRR", *(str(outcome) for outcome in Outcome), "wrong sure")
    table.add_column("p50 ms")
    table.add_column("p99 ms")
    for path in sorted(folder.glob("*.jsonl")):
        if not (rows := read_set(path, glossary)):
            continue
        got = score(glossary, rows, typed=path.name.startswith("autocomplete"))
        shares = [got.first, got.in_three, got.mean_reciprocal_rank, *got.outcomes.values(), got.wrong_sure]
        times = [f"{got.p50:.2f}", f"{got.p99:.2f}"]
        table.add_row(path.stem, str(got.rows), *(f"{share:.3f}" for share in shares), *times)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
