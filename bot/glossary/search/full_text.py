"""Search the text of all shared entries, with SQLite's FTS5 and by similar meaning."""

import sqlite3
import weakref
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.glossary.model import Entry
from bot.glossary.search.meaning import Meaning
from bot.glossary.search.spellings import Spellings
from bot.glossary.text import fold, words

# The weight of a word in the name, aliases, keywords, definition, notes and related terms.
WEIGHTS = (4, 3, 4, 2, 1, 0.5)
# The most entries that are fetched for a question.
MOST_FETCHED = 60


class FullText:
    """A full-text table of the entries, and a vector for the topic of each."""

    def __init__(self, entries: Iterable[Entry], meaning: Meaning | None) -> None:
        """Index the entries."""
        self.entries = tuple(entries)
        # Built in a worker thread, then only read from the event loop.
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._create_tables()
        # The numbers of the entries that contain each folded word, in order. A set of words for each entry would take
        # ten times as much memory.
        self._holders: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, entry in enumerate(self.entries):
            self._add(number, columns(entry))
        (self.tokens,) = self._database.execute("SELECT ifnull(sum(cnt), 0) FROM stems").fetchone()
        # In alphabetical order, because the order of a set of strings differs from process to process.
        self._vocabulary = sorted(self._holders)
        self._near_words = Spellings((word, number) for number, word in enumerate(self._vocabulary))
        self._vectors = meaning.embed([summary(entry) for entry in self.entries]) if meaning else None

    def _create_tables(self) -> None:
        # Without content: only the index of the text is needed, not the text.
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(name, aliases, keywords, definition, notes, related,"
            " tokenize = 'porter unicode61', content = '')"
        )
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(entries, 'row')")

    def _add(self, number: int, text: Sequence[tuple[str, ...]]) -> None:
        """Index the text of an entry, given by columns."""
        self._database.execute(
            "INSERT INTO entries (rowid, name, aliases, keywords, definition, notes, related)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *map(" ".join, text)),
        )
        for word in folded_words(text):
            self._holders[word].append(number)

    def by_words(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """Return the numbers of the entries with any of the terms, and their BM25 scores, best first."""
        expression = " OR ".join(f'"{term}"' for term in terms)
        weights = ", ".join(map(str, WEIGHTS))
        return self._database.execute(
            f"SELECT rowid, -bm25(entries, {weights}) AS score FROM entries WHERE entries MATCH ?"  # noqa: S608 - numbers
            f" ORDER BY score DESC LIMIT {MOST_FETCHED}",
            (expression,),
        ).fetchall()

    def holding_stem(self, stem: str) -> int:
        """Return how many entries contain a stem."""
        row = self._database.execute("SELECT doc FROM stems WHERE term = ?", (stem,)).fetchone()
        return row[0] if row else 0

    def spread(self, word: str) -> int:
        """Return how many entries contain a folded word."""
        return len(self._holders.get(word, ()))

    def speaks_of(self, number: int, word: str) -> bool:
        """Tell whether an entry contains a folded word."""
        holders = self._holders.get(word, ())
        at = bisect_left(holders, number)
        return at < len(holders) and holders[at] == number

    def near(self, word: str) -> Iterator[tuple[float, int, str]]:
        """Yield the words that this may be a typo of: similarity, number and text."""
        for number, similarity, _ in self._near_words.near(word):
            yield similarity, number, self._vocabulary[number]

    def likeness(self, meant: Any) -> list[float]:
        """Return how similar the topic of each entry is to a question, which is given as a vector."""
        # Not `@`: it would use a thread for each core, and mostly wait for them.
        return list(map(float, (self._vectors * meant).sum(axis=1)))


def columns(entry: Entry) -> list[tuple[str, ...]]:
    """Return the words in each column of the table, split like the words of questions."""
    message = entry.message
    notes = [*entry.notes, entry.example]
    if message:
        notes += [*message.causes, *message.checks, *message.reasons, message.libraries]
    texts = (
        entry.title,
        " ".join(entry.searched_names),
        " ".join(entry.keywords),
        entry.definition,
        " ".join(notes),
        " ".join(entry.related),
    )
    return list(map(words, texts))


def folded_words(text: Iterable[Iterable[str]]) -> set[str]:
    """Return the distinct words of the columns, without plurals."""
    return {fold(word) for column in text for word in column}


def summary(entry: Entry) -> str:
    """Return the text whose vector is the topic of an entry."""
    return f"{entry.title} {' '.join(entry.keywords)} {entry.definition}"
