"""The text of a whole glossary, searched by SQLite's FTS5 and by likeness of meaning."""

import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.glossary.model import Entry
from bot.glossary.search.meaning import Meaning
from bot.glossary.search.spellings import Spellings
from bot.glossary.text import fold, words

# How much a word counts in the name, the aliases, the keywords, the definition, the notes and the related terms.
WEIGHTS = (4, 3, 4, 2, 1, 0.5)
# No more than these are ranked.
MOST_FETCHED = 60


class FullText:
    """The text of the entries in a full-text table, and the vectors of what they are about."""

    def __init__(self, entries: Iterable[Entry], meaning: Meaning | None) -> None:
        """Index the entries."""
        self.entries = tuple(entries)
        # Built in one thread and asked from another, one after the other.
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(name, aliases, keywords, definition, notes, related,"
            " tokenize = 'porter unicode61')"
        )
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(entries, 'row')")
        texts = [columns(entry) for entry in self.entries]
        self._database.executemany(
            "INSERT INTO entries (rowid, name, aliases, keywords, definition, notes, related)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, *map(" ".join, one)) for number, one in enumerate(texts)],
        )
        (self.tokens,) = self._database.execute("SELECT ifnull(sum(cnt), 0) FROM stems").fetchone()
        self._words = [{fold(word) for said in one for word in said} for one in texts]
        self._spread = Counter(word for said in self._words for word in said)
        self._vocabulary = list(self._spread)
        self._near_words = Spellings((word, number) for number, word in enumerate(self._vocabulary))
        self._vectors = meaning.embed([summary(entry) for entry in self.entries], norm=True) if meaning else None

    def by_words(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """Return the entries that hold any of the terms, with their BM25, the best first."""
        expression = " OR ".join(f'"{term}"' for term in terms)
        weights = ", ".join(map(str, WEIGHTS))
        return self._database.execute(
            f"SELECT rowid, -bm25(entries, {weights}) AS score FROM entries WHERE entries MATCH ?"  # noqa: S608 - numbers
            f" ORDER BY score DESC LIMIT {MOST_FETCHED}",
            (expression,),
        ).fetchall()

    def holding_stem(self, stem: str) -> int:
        """Return the number of entries that hold a stem."""
        row = self._database.execute("SELECT doc FROM stems WHERE term = ?", (stem,)).fetchone()
        return row[0] if row else 0

    def spread(self, word: str) -> int:
        """Return the number of entries that hold a folded word."""
        return self._spread[word]

    def speaks_of(self, number: int, word: str) -> bool:
        """Tell whether an entry holds a folded word."""
        return word in self._words[number]

    def near(self, word: str) -> Iterator[tuple[float, int, str]]:
        """Yield similarity, number and text of the words that a word may be a typo of."""
        for number, similarity, _ in self._near_words.near(word):
            yield similarity, number, self._vocabulary[number]

    def likeness(self, meant: Any) -> list[float]:
        """Return how much what each entry is about is like what is meant, given as a vector."""
        return list(map(float, self._vectors @ meant))


def columns(entry: Entry) -> list[tuple[str, ...]]:
    """Return the words of the columns, split as those of questions are: camelCase and codes included."""
    message = entry.message
    notes = [*entry.notes, entry.example, *((*message.causes, *message.checks) if message else ())]
    texts = (
        entry.title,
        " ".join(entry.searched_names),
        " ".join(entry.keywords),
        entry.definition,
        " ".join(notes),
        " ".join(entry.related),
    )
    return list(map(words, texts))


def summary(entry: Entry) -> str:
    """Return the text that says what an entry is about."""
    return f"{entry.title} {' '.join(entry.keywords)} {entry.definition}"
