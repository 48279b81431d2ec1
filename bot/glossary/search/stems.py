"""Stem words exactly as SQLite's full-text search does, so that own and shared texts can be scored together."""

import functools
import sqlite3
import threading
import weakref
from collections.abc import Iterable


class Stemmer:
    """A scratch full-text table: words are written into it, and their stems are read from it."""

    def __init__(self) -> None:
        """Open the table; this takes a quarter of a millisecond."""
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute("CREATE VIRTUAL TABLE scratch USING fts5(word, content='', tokenize='porter unicode61')")
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(scratch, 'instance')")

    def stem(self, words: Iterable[str]) -> dict[str, str]:
        """Return the stem of each word, or "" if SQLite finds no word in it."""
        distinct = list(dict.fromkeys(words))
        with self._lock:
            self._database.executemany("INSERT INTO scratch (rowid, word) VALUES (?, ?)", enumerate(distinct))
            rows = self._database.execute("SELECT doc, term FROM stems ORDER BY doc, offset").fetchall()
            self._database.execute("INSERT INTO scratch (scratch) VALUES ('delete-all')")
        stems: dict[int, str] = {}
        for number, term in rows:
            # SQLite splits a word if it does not know its script.
            stems[number] = f"{stems[number]} {term}" if number in stems else term
        return {word: stems.get(number, "") for number, word in enumerate(distinct)}


@functools.cache
def scratch() -> Stemmer:
    """Return the stemmer that the process shares for queries; for many words at once, make another."""
    return Stemmer()
