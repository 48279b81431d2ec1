"""Find the terms of the glossary in what somebody wrote."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.codes import codes_in
from bot.glossary.search.compact import Filed, packed
from bot.glossary.search.real_words import is_real_word
from bot.glossary.search.stop_words import STOP_WORDS
from bot.glossary.text import fold, squash, words

_ADDRESS = re.compile(r"<?https?://\S+|www\.\S+")
# "C++", "C#" and ".NET" are words, too.
_WORD = re.compile(r"(?:(?<!\w)\.(?=net\b))?[^\W_]+(?:['’][^\W_]+|\+\+|#)?", re.IGNORECASE)
# What may stand between two words of a name: "read-only API", "trusted_IPs", "requirements.txt". A comma may not, nor a
# full stop at the end of a sentence.
_JOINT = re.compile(r"[ \t_/’'-]{0,2}\n?|\.")
# A word is skipped unless some name starts with its first three letters.
COMPARED_LETTERS = 3
# An everyday word is meant as a term if the text around it shares at least this many words with the entry.
ENOUGH_CONTEXT = 2


class _Seen(NamedTuple):
    """A name that was found in a text; `is_everyday` if it is an ordinary word, too, such as "leverage"."""

    at: int
    entry: Entry
    is_everyday: bool
    said: frozenset[str]


class _Text:
    """The words of a text, and which neighbours may be parts of one name."""

    def __init__(self, text: str) -> None:
        """Split the text."""
        self.text = text
        self.tokens = list(_WORD.finditer(text))
        self.squashed = [squash(token[0]) for token in self.tokens]
        self._is_joined = [
            _JOINT.fullmatch(text, before.end(), after.start()) is not None for before, after in pairwise(self.tokens)
        ]

    def longest_end(self, start: int, most: int) -> int:
        """Return the end of the longest run of joined words from here, of at most `most` words."""
        end = start + 1
        while end < len(self.tokens) and end - start < most and self._is_joined[end - 1]:
            end += 1
        return end

    def key(self, start: int, end: int) -> str:
        """Return a run of words as names are compared."""
        return fold("".join(self.squashed[start:end]))

    def written(self, start: int, end: int) -> str:
        """Return a run of words as it is written."""
        return self.text[self.tokens[start].start() : self.tokens[end - 1].end()]


class _Layer:
    """The names of some entries, indexed to be found inside a text."""

    def __init__(self, named: Iterable[tuple[Entry, Sequence[str]]]) -> None:
        """Index the names of each entry."""
        listed = list(named)
        self.codes = {entry.message.code: entry for entry, _ in listed if entry.message}
        pairs = [(entry, name) for entry, names in listed for name in names]
        self.entries = tuple(entry for entry, _ in pairs)
        self.names = names = tuple(name for _, name in pairs)
        self.token_counts = packed([len(_WORD.findall(name)) for name in names])
        self.by_key = Filed((_key(name), number) for number, name in enumerate(names))

    def longest(self, hidden: frozenset[str]) -> int:
        """Return the number of words in the longest name whose entry is not hidden."""
        counts = zip(self.entries, self.token_counts, strict=True)
        return max((count for entry, count in counts if entry.id not in hidden), default=1)


class Jargon:
    """The names of a glossary's entries, in layers: a server's own in front of the shared ones, and found first."""

    def __init__(
        self,
        entries: Iterable[Entry],
        behind: "Jargon | None" = None,
        hidden: frozenset[str] = frozenset(),
        renamed: Sequence[tuple[Entry, Sequence[str]]] = (),
    ) -> None:
        """Index every name of the entries, and the added names of the renamed ones, which are shared entries.

        `behind` holds the shared names, which are not indexed again; names of the `hidden` entries are not found in it.
        """
        named = [(entry, _written_names(entry)) for entry in entries]
        own = _Layer([*named, *renamed])
        shared = [(layer, gone | hidden) for layer, gone in (behind.layers if behind else ())]
        self.layers: list[tuple[_Layer, frozenset[str]]] = [(own, frozenset()), *shared]
        self._as_shown = {entry.id: entry for entry, _ in renamed}
        self.has_codes = any(entry.id not in gone for layer, gone in self.layers for entry in layer.codes.values())
        self._longest = max(1, *(layer.longest(gone) for layer, gone in self.layers))

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text mentions, in order and each once.

        The longest name wins, and links are skipped. An everyday word counts only if the text around it shows that the
        term is meant.
        """
        plain = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
        seen = list(self._seen(plain))
        around = {fold(word) for word in words(plain) if word not in STOP_WORDS}
        is_about_terms = any(not one.is_everyday for one in seen)
        found = [(one.at, one.entry) for one in seen if _is_meant(one, around, is_about_terms=is_about_terms)]
        found = [*self._messages(plain), *found]
        found.sort(key=lambda mention: mention[0])
        return tuple({entry.id: entry for _, entry in found}.values())

    def of_code(self, code: int) -> Entry | None:
        """Return the entry for the message with this code."""
        for layer, hidden in self.layers:
            entry = layer.codes.get(code)
            if entry is not None and entry.id not in hidden:
                return self._as_shown.get(entry.id, entry)
        return None

    def _messages(self, text: str) -> Iterator[tuple[int, Entry]]:
        """Yield the entries for the message codes in a text, each after its position."""
        for code, at in codes_in(text).items():
            entry = self.of_code(code)
            if entry is not None:
                yield at, entry

    def _seen(self, text: str) -> Iterator[_Seen]:
        """Yield the names in a text, from left to right, without overlaps."""
        split = _Text(text)
        start = 0
        while start < len(split.tokens):
            end, named = self._longest_name(split, start)
            if named is None:
                start += 1
            else:
                yield _as_written(split.tokens[start].start(), split.written(start, end), *named)
                start = end

    def _longest_name(self, text: _Text, start: int) -> tuple[int, tuple[Entry, str] | None]:
        """Return where the longest name from here ends, and its entry and name; `None` if no name starts here."""
        beginning = text.squashed[start][:COMPARED_LETTERS]
        if not any(layer.by_key.has_start(beginning) for layer, _ in self.layers):
            return start, None
        for end in range(text.longest_end(start, self._longest), start, -1):
            named = self._of_key(text.key(start, end))
            if named is not None:
                return end, named
        return start, None

    def _of_key(self, key: str) -> tuple[Entry, str] | None:
        """Return the entry with this name, and the name as it is written there."""
        for layer, hidden in self.layers:
            for number in layer.by_key.get(key):
                entry = layer.entries[number]
                if entry.id not in hidden:
                    return self._as_shown.get(entry.id, entry), layer.names[number]
        return None


def _key(name: str) -> str:
    return fold(squash(name))


def _written_names(entry: Entry) -> tuple[str, ...]:
    """Return the names that people write in texts; the codes of messages are found otherwise."""
    return entry.aliases if entry.message else (entry.name, *entry.aliases)


def _as_written(at: int, written: str, entry: Entry, name: str) -> _Seen:
    said = words(written)
    # "SMART" is the routing, "smart" an ordinary word.
    is_as_spelled = written == name and written != written.lower()
    is_everyday = len(said) == 1 and is_real_word(said[0]) and not is_as_spelled
    return _Seen(at, entry, is_everyday, frozenset(map(fold, said)))


def _is_meant(seen: _Seen, around: set[str], *, is_about_terms: bool) -> bool:
    """Tell whether a name in a text is meant as a term; for an everyday word, the text around it has to show it.

    One word of the entry's own text is enough if the text mentions other terms.
    """
    if not seen.is_everyday:
        return True
    others = around - seen.said
    if not others:
        return True  # nothing else was said
    shared = others & _context(seen.entry)
    return len(shared) >= (1 if is_about_terms else ENOUGH_CONTEXT)


# Bounded: only entries with an everyday word as a name need a context, and few shared ones have such a name.
@functools.lru_cache(maxsize=500)
def _context(entry: Entry) -> frozenset[str]:
    """Return the words of an entry's own text, without stop words."""
    texts = (entry.name, *entry.aliases, *entry.keywords, entry.definition, *entry.related)
    said = {fold(word) for text in texts for word in words(text)}
    return frozenset(word for word in said if word not in STOP_WORDS)
