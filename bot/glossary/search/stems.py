"""Stems of words as SQLite's full-text search makes them, so that what is counted here fits what is counted there."""

import functools
import sqlite3
import threading
import weakref
from collections.abc import Iterable


class Stemmer:
    """A scratch full-text table, which words are written to and stems are read from."""

    def __init__(self) -> None:
        """Open the table, in a quarter of a millisecond."""
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute("CREATE VIRTUAL TABLE scratch USING fts5(word, content='', tokenize='porter unicode61')")
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(scratch, 'instance')")

    def stem(self, words: Iterable[str]) -> dict[str, str]:
        """Return the stem of each word; "" for what is no word to SQLite."""
        distinct = list(dict.fromkeys(words))
        with self._lock:
            self._database.executemany("INSERT INTO scratch (rowid, word) VALUES (?, ?)", enumerate(distinct))
            rows = self._database.execute("SELECT doc, term FROM stems ORDER BY doc, offset").fetchall()
            self._database.execute("INSERT INTO scratch (scratch) VALUES ('delete-all')")
        stems: dict[int, str] = {}
        for number, term in rows:
            # In scripts younger than SQLite's tables a word may be several.
            stems[number] = f"{stems[number]} {term}" if number in stems else term
        return {word: stems.get(number, "") for number, word in enumerate(distinct)}


@functools.cache
def scratch() -> Stemmer:
    """Return the stemmer for a few words at a time, one a process; who has many opens one of their own."""
    return Stemmer()
