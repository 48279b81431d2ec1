"""Search the text of all shared entries, with SQLite's FTS5 and by similar meaning."""

import functools
import math
import sqlite3
import threading
import weakref
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.glossary.model import Entry
from bot.glossary.search.meaning import Vectors
from bot.glossary.search.phrases import Phrases, phrases_of
from bot.glossary.search.spellings import Spellings
from bot.glossary.search.stems import Stemmer, scratch
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.search.topics import NameStems
from bot.glossary.text import fold, words

# The weight of a word in the name, aliases, keywords, definition, notes and related terms.
WEIGHTS = (4, 3, 4, 2, 1, 0.5)
# The most entries that are fetched for a question.
MOST_FETCHED = 60
# The weight of a stop word against another word that is as common.
STOP_WORD_WEIGHT = 0.3


class FullText:
    """A full-text table of the entries, their phrases, and vectors of both."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the entries."""
        self.entries = tuple(entries)
        # Built in a worker thread, then read from the event loop, and from threads that index own entries.
        self._reading = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._create_tables()
        # The numbers of the entries that contain each stem, in order. A set of words for each entry would take ten
        # times as much memory.
        self._holders: dict[str, array[int]] = defaultdict(lambda: array("I"))
        stemmer = Stemmer()
        stems: dict[str, str] = {}
        for number, entry in enumerate(self.entries):
            text = columns(entry)
            said = distinct_words(text)
            stems |= stemmer.stem(said - stems.keys())
            self._add(number, text, {stems[word] for word in said} - {""})
        (self.tokens,) = self._database.execute("SELECT ifnull(sum(cnt), 0) FROM stems").fetchone()
        # In alphabetical order, because the order of a set of strings differs from process to process.
        self._vocabulary = sorted(set(map(fold, stems)))
        self._near_words = Spellings((word, number) for number, word in enumerate(self._vocabulary))
        self.messages = messages_among(self.entries)
        self.name_weights = array("f", map(self.name_weight, self.entries))
        self.name_stems = NameStems(self.entries, stems)
        self.phrases = Phrases(map(phrases_of, self.entries), stems, self.weight)
        self.vectors = vectors_of(self.entries)

    def _create_tables(self) -> None:
        # Without content: only the index of the text is needed, not the text.
        self._database.execute(
            "CREATE VIRTUAL TABLE entries USING fts5(name, aliases, keywords, definition, notes, related,"
            " tokenize = 'porter unicode61', content = '')"
        )
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(entries, 'row')")

    def _add(self, number: int, text: Sequence[tuple[str, ...]], stems: Iterable[str]) -> None:
        """Index the text of an entry, given by columns, and its distinct stems."""
        self._database.execute(
            "INSERT INTO entries (rowid, name, aliases, keywords, definition, notes, related)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *map(" ".join, text)),
        )
        for stem in stems:
            self._holders[stem].append(number)

    def by_words(self, terms: Sequence[str], limit: int = MOST_FETCHED) -> list[tuple[int, float]]:
        """Return the numbers of the entries with any of the terms, and their BM25 scores, best first."""
        expression = " OR ".join(f'"{term}"' for term in terms)
        weights = ", ".join(map(str, WEIGHTS))
        return self._read(
            f"SELECT rowid, -bm25(entries, {weights}) AS score FROM entries WHERE entries MATCH ?"  # noqa: S608 - numbers
            f" ORDER BY score DESC LIMIT {limit}",
            expression,
        )

    def name_weight(self, entry: Entry) -> float:
        """Return how much it tells that a question names an entry: from 1 down to 0 for a name that all entries have.

        "Why does TWS reject my order?" is hardly about TWS.
        """
        names = filter(None, map(words, (entry.name, *entry.aliases)))
        # A server's own entry has its name, even if no shared one does.
        most = max((1, *(self._holding_phrase(" ".join(name)) for name in names)))
        return (1 - math.log(1 + most) / math.log(2 + len(self.entries))) ** 2

    def _holding_phrase(self, phrase: str) -> int:
        """Return how many entries contain these words next to each other."""
        ((count,),) = self._read("SELECT count(*) FROM entries WHERE entries MATCH ?", f'"{phrase}"')
        return int(count)

    def _read(self, query: str, parameter: str) -> list[Any]:
        """Return the rows of a query with one parameter."""
        with self._reading:
            return self._database.execute(query, (parameter,)).fetchall()

    def spread(self, stem: str) -> int:
        """Return how many entries contain a stem."""
        return len(self._holders.get(stem, ()))

    def weight(self, stem: str) -> float:
        """Return how much a stem tells: the rarer it is, the more, and a stop word less than others."""
        idf = math.log(1 + len(self.entries) / (1 + self.spread(stem)))
        return idf * STOP_WORD_WEIGHT if stem in _stop_stems() else idf

    def speaks_of(self, number: int, stem: str) -> bool:
        """Tell whether an entry contains a stem."""
        holders = self._holders.get(stem, ())
        at = bisect_left(holders, number)
        return at < len(holders) and holders[at] == number

    def has_word(self, word: str) -> bool:
        """Tell whether any entry contains a folded word."""
        at = bisect_left(self._vocabulary, word)
        return at < len(self._vocabulary) and self._vocabulary[at] == word

    def near(self, word: str) -> Iterator[str]:
        """Yield the folded words that are a few edits away from this one and start with the same letter."""
        near = (self._vocabulary[number] for number, _, _ in self._near_words.near(word))
        yield from (other for other in near if other[0] == word[0])


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


def distinct_words(text: Iterable[Iterable[str]]) -> set[str]:
    """Return the distinct words of the columns."""
    return {word for column in text for word in column}


def messages_among(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Return the numbers of the entries that are messages."""
    return tuple(number for number, entry in enumerate(entries) if entry.message)


def vectors_of(entries: Sequence[Entry]) -> tuple[Vectors, Vectors]:
    """Return the vectors of the entries' topics and of their phrases."""
    return Vectors([(summary(entry),) for entry in entries]), Vectors(list(map(phrases_of, entries)))


def summary(entry: Entry) -> str:
    """Return the text whose vector is the topic of an entry."""
    return f"{entry.title} {' '.join(entry.keywords)} {entry.definition}"


@functools.cache
def _stop_stems() -> frozenset[str]:
    return frozenset(scratch().stem(STOP_WORDS).values())
