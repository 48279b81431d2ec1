"""Finding the glossary's terms in what somebody wrote."""

import functools
import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.codes import codes_in
from bot.glossary.search.compact import Filed, Postings, few_in, packed
from bot.glossary.search.real_words import is_real_word
from bot.glossary.search.stop_words import STOP_WORDS
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


class _Layer:
    """The names of one layer's entries, ready to be found inside a text."""

    def __init__(self, named: Iterable[tuple[Entry, Sequence[str]]], few: int) -> None:
        """Index the names of each entry; up to `few` take the least room."""
        listed = list(named)
        self.codes = {entry.message.code: entry for entry, _ in listed if entry.message}
        pairs = [(entry, name) for entry, names in listed for name in names]
        self.entries = tuple(entry for entry, _ in pairs)
        self.names = names = tuple(name for _, name in pairs)
        self.token_counts = packed([len(_WORD.findall(name)) for name in names])
        keys = list(map(_key, names))
        self.by_key = Filed(zip(keys, range(len(keys)), strict=True), lambda number: (_key(names[number]),), few)
        beginnings = {key[:length] for key in keys for length in range(1, COMPARED_LETTERS + 1)}
        self.beginnings: Container[str] = beginnings
        if len(names) <= few:
            self.beginnings = Postings(dict.fromkeys(beginnings, (0,)))


class Jargon:
    """The names of the entries of a glossary, in layers; those of layers in front win."""

    def __init__(
        self,
        entries: Iterable[Entry],
        behind: "Jargon | None" = None,
        hidden: frozenset[str] = frozenset(),
        renamed: Sequence[tuple[Entry, Sequence[str]]] = (),
    ) -> None:
        """Index every name and alias, and of the renamed entries, which lie behind, the names that they got.

        What lies behind is shared and not indexed again; the names of the hidden entries are not found in it.
        """
        own = _Layer([*((entry, _written_names(entry)) for entry in entries), *renamed], few_in(behind))
        shared = [(layer, gone | hidden) for layer, gone in (behind.layers if behind else ())]
        self.layers: list[tuple[_Layer, frozenset[str]]] = [(own, frozenset()), *shared]
        self._as_shown = {entry.id: entry for entry, _ in renamed}
        self.has_codes = any(entry.id not in gone for layer, gone in self.layers for entry in layer.codes.values())
        self._longest = max(1, *(_longest(layer, gone) for layer, gone in self.layers))

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text speaks of, in the order in which it does, each once.

        The longest name wins. Addresses are passed over. An everyday word counts only where the text around it shows
        that the term is meant.
        """
        plain = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
        seen = list(self._seen(plain))
        around = {fold(word) for word in words(plain) if word not in STOP_WORDS}
        is_about = any(not one.is_everyday for one in seen)
        codes = [(at, entry) for code, at in codes_in(plain).items() if (entry := self.of_code(code))]
        terms = [(one.at, one.entry) for one in seen if not one.is_everyday or _fits(one, around, is_about=is_about)]
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
            beginning = squashed[start][:COMPARED_LETTERS]
            if any(beginning in layer.beginnings for layer, _ in self.layers):
                while end < len(tokens) and end - start < self._longest and is_joined[end - 1]:
                    end += 1
                while end > start and (named := self._of_key(fold("".join(squashed[start:end])))) is None:
                    end -= 1
                if end > start and named:
                    written = text[tokens[start].start() : tokens[end - 1].end()]
                    yield _as_written(tokens[start].start(), written, *named)
            start = max(end, start + 1)

    def _of_key(self, key: str) -> tuple[Entry, str] | None:
        """Return the entry that is called so, and the name."""
        for layer, hidden in self.layers:
            for number in layer.by_key.get(key):
                entry = layer.entries[number]
                if entry.id not in hidden:
                    return self._as_shown.get(entry.id, entry), layer.names[number]
        return None

    def of_code(self, code: int) -> Entry | None:
        """Return the entry about a message with this code."""
        for layer, hidden in self.layers:
            entry = layer.codes.get(code)
            if entry is not None and entry.id not in hidden:
                return self._as_shown.get(entry.id, entry)
        return None


def _key(name: str) -> str:
    return fold(squash(name))


def _written_names(entry: Entry) -> tuple[str, ...]:
    """Return the names that stand in texts; a message is named by its code."""
    return entry.aliases if entry.message else (entry.name, *entry.aliases)


def _longest(layer: _Layer, hidden: frozenset[str]) -> int:
    """Return the number of words of the longest name that is not hidden."""
    counts = zip(layer.entries, layer.token_counts, strict=True)
    return max((count for entry, count in counts if entry.id not in hidden), default=1)


def _as_written(at: int, written: str, entry: Entry, name: str) -> _Seen:
    said = words(written)
    # "SMART" is the routing, "smart" a compliment.
    is_as_spelled = written == name and written != written.lower()
    is_everyday = len(said) == 1 and is_real_word(said[0]) and not is_as_spelled
    return _Seen(at, entry, is_everyday, frozenset(map(fold, said)))


def _fits(seen: _Seen, around: set[str], *, is_about: bool) -> bool:
    """Tell whether the text around an everyday word shows that it is meant as a term."""
    others = around - seen.said
    if not others:
        return True  # nothing else was said
    shared = others & _context(seen.entry)
    return len(shared) >= (1 if is_about else ENOUGH_CONTEXT)


# Only the entries that are called by an everyday word have one, and a server's own are not worth keeping it for.
@functools.lru_cache(maxsize=500)
def _context(entry: Entry) -> frozenset[str]:
    """Return the telling words of an entry's own text."""
    texts = (entry.name, *entry.aliases, *entry.keywords, entry.definition, *entry.related)
    said = {fold(word) for text in texts for word in words(text)}
    return frozenset(word for word in said if word not in STOP_WORDS)
