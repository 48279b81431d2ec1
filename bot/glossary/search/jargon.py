"""Find the terms of the glossary in what somebody wrote."""

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.bare_codes import bare_codes
from bot.glossary.search.codes import codes_in
from bot.glossary.search.jargon_layer import Layer
from bot.glossary.search.layered_names import LayeredNames
from bot.glossary.search.meant import (
    are_related,
    context_needed,
    is_ordinary,
    is_phrase,
    may_be_written,
    shared_words,
    uses_plural,
)
from bot.glossary.search.split_text import SplitText
from bot.glossary.search.tracebacks import Tracebacks
from bot.glossary.text import words

_ADDRESS = re.compile(r"<?https?://\S+|www\.\S+")
_AFTER_LABEL = re.compile(r"[\s:=#'\"-]{0,4}")
# A word is skipped unless some name starts with its first three letters.
COMPARED_LETTERS = 3
# By how many of these words another entry has to be ahead, so that the word is meant as a part of its name.
CLEAR_LEAD = 2
# Codes are read in all of a text; looking for the words of messages takes longer.
MOST_READ_FOR_WORDS = 200_000


class _Seen(NamedTuple):
    """A name that was found in a text, and the ordinary word that it also is, such as "leverage", or ""."""

    at: int
    end: int
    entry: Entry
    everyday: str
    around: frozenset[str]
    is_in_code: bool


class Mentions(NamedTuple):
    """The entries whose names stand in a text: those that are meant, and those whose names are everyday words there."""

    meant: tuple[Entry, ...]
    everyday: tuple[Entry, ...]


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
        own = Layer([*named, *renamed])
        shared = [(layer, gone | hidden) for layer, gone in (behind.layers if behind else ())]
        self.layers: list[tuple[Layer, frozenset[str]]] = [(own, frozenset()), *shared]
        self.has_codes = any(entry.id not in gone for layer, gone in self.layers for entry in layer.codes.values())
        self._names = LayeredNames(self.layers, {entry.id: entry for entry, _ in renamed})

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that a text mentions, in order and each once; see `mentions`."""
        return self.mentions(text).meant

    def mentions(self, text: str) -> Mentions:
        """Return the entries whose names stand in a text, in order and each once.

        The longest name wins. Links are skipped, and so are the paths and variables in a traceback; its exception comes
        first. An everyday word is meant only if the text around it shows that it is the term.
        """
        plain = _without_links(text)
        seen = list(self._seen(plain))
        messages = self._messages(plain, seen)
        code_places = {at for at, _ in messages}
        tracebacks = Tracebacks(plain)
        terms = [
            one
            for one in seen
            if not one.entry.message and not _is_label(plain, one, code_places) and not tracebacks.hide(one.at)
        ]
        certain = {one.entry.id: one.entry for one in terms if self._is_meant(one)}
        is_about_terms = bool(messages or certain)
        found = [
            (one.at, one.entry)
            for one in terms
            if one.entry.id in certain or self._is_meant(one, tuple(certain.values()), is_about_terms=is_about_terms)
        ]
        found += [(at, entry) for at, code in messages if (entry := self.of_code(code)) is not None]
        found.sort(key=lambda mention: (not tracebacks.have_exception(mention[0]), mention[0]))
        meant = {entry.id: entry for _, entry in found}
        everyday = {one.entry.id: one.entry for one in terms if one.entry.id not in meant}
        return Mentions(tuple(meant.values()), tuple(everyday.values()))

    def messages_in(self, text: str) -> list[tuple[int, int]]:
        """Return the codes of the messages that a text quotes by code or by words, in order, each after its position.

        A message counts once for each line; it may be one that has no entry.
        """
        plain = _without_links(text)
        return self._messages(plain, self._seen(plain[:MOST_READ_FOR_WORDS]))

    def of_code(self, code: int) -> Entry | None:
        """Return the entry for the message with this code."""
        return self._names.of_code(code)

    def _messages(self, text: str, seen: Iterable[_Seen]) -> list[tuple[int, int]]:
        """Return the positions and the codes of messages. A line with a code is about that message alone."""
        codes = self._codes(text)
        line_at = line_numbers(text)
        lines_with_code = {line_at(at) for at, _ in codes}
        for one in seen:
            if one.entry.message and line_at(one.at) not in lines_with_code:
                codes.add((one.at, one.entry.message.code))
        return sorted(codes)

    def _codes(self, text: str) -> set[tuple[int, int]]:
        """Return the positions and the codes in a text; a code counts once for each line."""
        found: set[tuple[int, int]] = set()
        # A log may repeat one line thousands of times.
        codes_of = functools.cache(codes_in)
        start = 0
        for line in text.splitlines(keepends=True):
            found.update((start + at, code) for code, at in codes_of(line).items())
            start += len(line)
        return found.union(bare_codes(text, self._has_code, {code for _, code in found}))

    def _has_code(self, code: int) -> bool:
        return self.of_code(code) is not None

    def _seen(self, text: str) -> Iterator[_Seen]:
        """Yield the names in a text, from left to right, without overlaps."""
        split = SplitText(text)
        start = 0
        while start < len(split.tokens):
            end, named = self._longest_name(split, start)
            if named is None:
                start += 1
                continue
            everyday = _everyday(split.written(start, end), named[1])
            if not everyday or (uses_plural(named[0], everyday) and not is_phrase(everyday, split.next_word(end))):
                around = split.around(start, end) if everyday else frozenset[str]()
                at, end_at = split.tokens[start].start(), split.tokens[end - 1].end()
                yield _Seen(at, end_at, named[0], everyday, around, split.is_in_code(start, end))
            start = end

    def _longest_name(self, text: SplitText, start: int) -> tuple[int, tuple[Entry, str] | None]:
        """Return where the longest name from here ends, and its entry and name; `None` if no name starts here."""
        beginning = text.squashed[start][:COMPARED_LETTERS]
        if not self._names.has_start(beginning):
            return start, None
        for end in range(text.longest_end(start, self._names.longest), start, -1):
            named = self._names.of_key("".join(text.squashed[start:end]))
            if named is not None and may_be_written(named[1], text.written(start, end), text.before(start)):
                return end, named
            entry = self._names.of_form(text.squashed[start:end])
            if entry is None and end == start + 1:
                entry = self._names.of_code_name(text.written(start, end))
            if entry is not None:
                return end, (entry, "")
        return start, None

    def _is_meant(self, seen: _Seen, certain: Sequence[Entry] = (), *, is_about_terms: bool = False) -> bool:
        """Tell whether a name is meant as a term where it stands; `certain` are terms that the text mentions."""
        if not seen.everyday or not seen.around:
            return True
        needed = context_needed(seen.everyday, is_about_terms=is_about_terms) - seen.is_in_code
        if seen.is_in_code and needed <= 0:
            return True
        shared = shared_words(seen.entry, seen.around) + any(are_related(seen.entry, other) for other in certain)
        if shared < needed:
            return False
        rivals = (shared_words(rival, seen.around) for rival in self._names.rivals(seen.everyday, seen.entry))
        return max(rivals, default=0) < shared + CLEAR_LEAD


def line_numbers(text: str) -> Callable[[int], int]:
    """Return a function that tells the number of the line at a position of the text, 1 for the first."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return lambda at: bisect_right(starts, at)


def _is_label(text: str, seen: _Seen, code_places: Collection[int]) -> bool:
    """Tell whether a name only labels a message code, as in "errorCode=162"."""
    between = _AFTER_LABEL.match(text, seen.end)
    return between is not None and between.end() in code_places


def _without_links(text: str) -> str:
    """Return a text with blanks in place of its links."""
    return _ADDRESS.sub(lambda address: " " * len(address[0]), text)


def _written_names(entry: Entry) -> tuple[str, ...]:
    """Return the names that people write in texts; the codes of messages are found otherwise."""
    return entry.aliases if entry.message else (entry.name, *entry.aliases)


def _everyday(written: str, name: str) -> str:
    """Return the ordinary word that a written name may be, or "" if it can only be a name."""
    said = words(written)
    # "SMART" is the routing, "smart" an ordinary word.
    is_as_spelled = written == name and written != written.lower()
    return said[0] if len(said) == 1 and not is_as_spelled and is_ordinary(said[0]) else ""
