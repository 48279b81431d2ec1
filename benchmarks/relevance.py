"""How well the search understands people: right first, right in three, wrong answers given as sure, and the time.

Reads every *.jsonl of a folder; a row is {"q": "…", "accept": ["an entry's name", …], "kind": "…"}; an empty `accept`
says that nothing should be answered. Sets whose name starts with "autocomplete" are typed, with "questions" asked, all
others looked up. Sets whose name starts with "messages" are explained: `accept` names every term in the message, and
`may` those that are not wrong either.
"""

import difflib
import sqlite3
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import msgspec
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from benchmarks.percentiles import Percentiles, percentiles
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.pack import read_pack
from bot.glossary.search.names import Outcome
from bot.glossary.text import squash, words

# An outcome that shows an entry without asking.
ANSWERED = frozenset({Outcome.EXACT, Outcome.SURE})


# What a search gives: how far it may be trusted, and the ids of entries, best first.
Search = Callable[[str], tuple[Outcome, list[str]]]


class Row(msgspec.Struct, frozen=True):
    """A query and the names of the entries that are right for it; none says that nothing is."""

    q: str
    accept: tuple[str, ...]
    may: tuple[str, ...] = ()
    kind: str = ""


class Scores(NamedTuple):
    """Shares of a set's rows; times in milliseconds."""

    rows: int
    first: float
    in_three: float
    mean_reciprocal_rank: float
    outcomes: dict[Outcome, float]
    wrong_sure: float
    times: Percentiles


class Explained(NamedTuple):
    """How many terms were found in messages, and what share of them is right; times in milliseconds."""

    rows: int
    precision: float
    recall: float
    times: Percentiles


def called(entry: Entry) -> set[str]:
    """Return what a row may call an entry: its name, or for a message its number."""
    return {squash(entry.name), str(entry.message.code) if entry.message else squash(entry.name)}


def read_set(path: Path, glossary: Glossary) -> list[Row]:
    """Read a set, without the rows whose right entries the glossary does not have."""
    names = {name for entry in glossary.pack.entries for name in called(entry)}
    rows = [msgspec.json.decode(line, type=Row) for line in path.read_bytes().splitlines()]
    return [row for row in rows if not row.accept or any(squash(name) in names for name in row.accept)]


def search_of(glossary: Glossary, set_name: str) -> Search:
    """Return the bot's own search for a set: typing, asking in plain words, or looking up."""
    if set_name.startswith("autocomplete"):
        return lambda query: (Outcome.SUGGEST, [name.entry_id for name in glossary.complete(query)])
    find = glossary.ask if set_name.startswith("questions") else glossary.find

    def look_up(query: str) -> tuple[Outcome, list[str]]:
        found = find(query)
        return found.outcome, [hit.name.entry_id for hit in found.hits]

    return look_up


def score(glossary: Glossary, rows: Sequence[Row], search: Search) -> Scores:
    """Search for every query of a set."""
    ranks: list[int | None] = []
    outcomes: list[Outcome] = []
    wrong, milliseconds = 0, []
    for row in rows:
        right = {squash(name) for name in row.accept}
        began = time.perf_counter()
        outcome, ids = search(row.q)
        milliseconds.append((time.perf_counter() - began) * 1000)
        found_right = [bool(right & called(entry)) for entry in map(glossary.get, ids) if entry]
        ranks.append(found_right.index(True) + 1 if True in found_right else None)
        outcomes.append(outcome)
        wrong += outcome in ANSWERED and ranks[-1] != 1
    return Scores(
        rows=len(rows),
        first=sum(rank == 1 for rank in ranks) / len(rows),
        in_three=sum(rank is not None and rank <= 3 for rank in ranks) / len(rows),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks if rank) / len(rows),
        outcomes={outcome: outcomes.count(outcome) / len(rows) for outcome in Outcome},
        wrong_sure=wrong / len(rows),
        times=percentiles(milliseconds),
    )


def explain(glossary: Glossary, rows: Sequence[Row]) -> Explained:
    """Find the terms in every message of a set. Terms that the glossary does not have are not expected."""
    known = {name for entry in glossary.pack.entries for name in called(entry)}
    right, wrong, missed, milliseconds = 0, 0, 0, []
    for row in rows:
        expected = [{squash(name)} for name in row.accept if squash(name) in known]
        allowed = set(map(squash, (*row.accept, *row.may)))
        began = time.perf_counter()
        found = glossary.terms_in(row.q)
        milliseconds.append((time.perf_counter() - began) * 1000)
        names = [called(entry) for entry in found]
        right += sum(any(one & its for its in names) for one in expected)
        missed += sum(not any(one & its for its in names) for one in expected)
        wrong += sum(not its & allowed for its in names)
    return Explained(len(rows), right / (right + wrong), right / (right + missed), percentiles(milliseconds))


def rivals(glossary: Glossary) -> dict[str, Search]:
    """Return what people use instead; each answers with its best hit without asking, as such bots do."""
    named = [(name.casefold(), one.id) for one in glossary.pack.entries for name in (one.name, *one.searched_names)]
    texts = [text for text, _ in named]
    ids = dict(named)
    database = sqlite3.connect(":memory:")
    weakref.finalize(glossary, database.close)
    database.execute("CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, text)")
    database.executemany(
        "INSERT INTO entries VALUES (?, ?)",
        [
            (one.id, " ".join((one.title, *one.searched_names, *one.keywords, one.definition, *one.notes)))
            for one in glossary.pack.entries
        ],
    )

    def answered(found: Sequence[str]) -> tuple[Outcome, list[str]]:
        return (Outcome.SURE if found else Outcome.NONE), list(dict.fromkeys(found))[:25]

    def substring(query: str) -> tuple[Outcome, list[str]]:
        return answered([one for text, one in sorted(named, key=lambda name: len(name[0])) if query.casefold() in text])

    def close_matches(query: str) -> tuple[Outcome, list[str]]:
        return answered([ids[text] for text in difflib.get_close_matches(query.casefold(), texts, n=25)])

    def weighted_ratio(query: str) -> tuple[Outcome, list[str]]:
        found = process.extract(query.casefold(), texts, scorer=fuzz.WRatio, score_cutoff=80, limit=25)
        return answered([ids[text] for text, _, _ in found])

    def full_text(query: str) -> tuple[Outcome, list[str]]:
        if not (expression := " OR ".join(f'"{word}"' for word in words(query))):
            return answered([])
        rows = database.execute("SELECT id FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT 25", (expression,))
        return answered([one for (one,) in rows])

    return {"substring": substring, "difflib": close_matches, "rapidfuzz WRatio": weighted_ratio, "FTS5": full_text}


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("data"))
@click.option("--compare", is_flag=True, help="Add what people use instead, measured in the same run.")
def main(folder: Path, data: Path, *, compare: bool) -> None:
    """Print the scores of every set in a folder."""
    glossary = Glossary(read_pack(data)[0])
    others = rivals(glossary) if compare else {}
    table = Table("set", "search", "rows", "first", "in 3", "MRR", *(str(outcome) for outcome in Outcome), "wrong sure")
    explained = Table("set", "rows", "precision", "recall", "p50 ms", "p99 ms")
    table.add_column("p50 ms")
    table.add_column("p99 ms")
    for path in sorted(folder.glob("*.jsonl")):
        if not (rows := read_set(path, glossary)):
            continue
        if path.stem.startswith("messages"):
            explained.add_row(path.stem, *_cells(explain(glossary, rows)))
            continue
        for name, search in ({"the bot's": search_of(glossary, path.stem)} | others).items():
            got = score(glossary, rows, search)
            shares = [got.first, got.in_three, got.mean_reciprocal_rank, *got.outcomes.values(), got.wrong_sure]
            times = [f"{one:.2f}" for one in got.times]
            table.add_row(path.stem, name, str(got.rows), *(f"{share:.3f}" for share in shares), *times)
    for one in (table, explained):
        if one.row_count:
            Console(width=160).print(one)


def _cells(got: Explained) -> list[str]:
    return [str(got.rows), f"{got.precision:.3f}", f"{got.recall:.3f}", *(f"{one:.2f}" for one in got.times)]


if __name__ == "__main__":
    main()
