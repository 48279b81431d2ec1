"""Finding the glossary's terms in what somebody wrote."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from bot.glossary.codes import codes_in
from bot.glossary.model import Entry
from bot.glossary.real_words import is_real_word
from bot.glossary.stop_words import STOP_WORDS
from bot.glossary.text import fold, squash, words

_ADDRESS = re.compile(r"<?https?://\S+|www\.\S+")
# What stands between two words of one name: "read-only API", "trusted_IPs", "requirements.txt", but not what ends a
# sentence or a part of one.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_JOINT = re.compile(r"[ \t_/’'-]{0,2}\n?|\.")
# A word that begins unlike every name begins none.
COMPARED_LETTERS = 3
# So many words of an entry's own text around it show that an everyday word is meant as a term.
ENOUGH_CONTEXT = 2


class _Seen(NamedTuple):
    """A name that stands in a text, and whether it could just as well be an everyday word."""

    at: int
    entry: Entry
    is_everyday: bool
    said: frozenset[str]


class Jargon:
    """The names of the entries, ready to be found inside a text."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index every name and alias."""
        self._names: dict[str, tuple[Entry, str]] = {}
        self._by_code: dict[int, Entry] = {}
        self._context: dict[str, frozenset[str]] = {}
        self._longest = 1
        for entry in entries:
            if entry.message is not None:
                self._by_code[entry.message.code] = entry
            names = entry.aliases if entry.message else (entry.name, *entry.aliases)
            for name in names:
                self._names.setdefault(fold(squash(name)), (entry, name))
                self._longest = max(self._longest, len(_WORD.findall(name)))
            texts = (entry.name, *entry.aliases, *entry.keywords, entry.definition, *entry.related)
            said = {fold(word) for text in texts for word in words(text)}
            self._context[entry.id] = frozenset(word for word in said if word not in STOP_WORDS)
        self._beginnings = {key[:length] for key in self._names for length in range(1, COMPARED_LETTERS + 1)}

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text speaks of, in the order in which it does, each once.

        The longest name wins. Addresses are passed over. An everyday word counts only where the text around it shows
        that the term is meant.
        """
        plain = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
        seen = list(self._seen(plain))
        around = {fold(word) for word in words(plain) if word not in STOP_WORDS}
        is_about = any(not one.is_everyday for one in seen)
        codes = [(at, self._by_code[code]) for code, at in codes_in(plain).items() if code in self._by_code]
        terms = [
            (one.at, one.entry) for one in seen if not one.is_everyday or self._fits(one, around, is_about=is_about)
        ]
        return tuple({entry.id: entry for _, entry in sorted(codes + terms, key=lambda found: found[0])}.values())

    def _seen(self, text: str) -> Iterable[_Seen]:
        tokens = list(_WORD.finditer(text))
        squashed = [squash(token[0]) for token in tokens]
        is_joined = [
            _JOINT.fullmatch(text, before.end(), after.start()) is not None for before, after in pairwise(tokens)
        ]
        start = 0
        while start < len(tokens):
            end = start + 1
            if squashed[start][:COMPARED_LETTERS] in self._beginnings:
                while end < len(tokens) and end - start < self._longest and is_joined[end - 1]:
                    end += 1
                while end > start and (key := fold("".join(squashed[start:end]))) not in self._names:
                    end -= 1
                if end > start:
                    written = text[tokens[start].start() : tokens[end - 1].end()]
                    yield self._as_written(tokens[start].start(), written, *self._names[key])
            start = max(end, start + 1)

    def _as_written(self, at: int, written: str, entry: Entry, name: str) -> _Seen:
        said = words(written)
        # "SMART" is the routing, "smart" a compliment.
        is_as_spelled = written == name and written != written.lower()
        is_everyday = len(said) == 1 and is_real_word(said[0]) and not is_as_spelled
        return _Seen(at, entry, is_everyday, frozenset(map(fold, said)))

    def _fits(self, seen: _Seen, around: set[str], *, is_about: bool) -> bool:
        others = around - seen.said
        if not others:
            return True  # nothing else was said
        shared = others & self._context[seen.entry.id]
        return len(shared) >= (1 if is_about else ENOUGH_CONTEXT)
