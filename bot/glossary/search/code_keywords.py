"""Find the entries that name a message code among their aliases or keywords, such as "error 10243" or "7497"."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.codes import codes_in
from bot.glossary.search.compact import Filed


class _Layer(NamedTuple):
    """Some entries, their numbers by code, and the ids of those that are not found."""

    entries: tuple[Entry, ...]
    by_code: Filed
    hidden: frozenset[str] = frozenset()


class CodeKeywords:
    """The codes among the keywords of entries, in layers: a server's own in front of the shared ones."""

    def __init__(
        self, entries: tuple[Entry, ...], behind: "CodeKeywords | None" = None, hidden: frozenset[str] = frozenset()
    ) -> None:
        """Index the entries. `behind` holds the shared ones; the `hidden` ones of them are not found."""
        by_code = Filed((str(code), number) for number, entry in enumerate(entries) for code in _codes_of(entry))
        shared = behind.layers if behind else ()
        self.layers: tuple[_Layer, ...] = (
            _Layer(entries, by_code),
            *(layer._replace(hidden=layer.hidden | hidden) for layer in shared),
        )

    def holding(self, code: int) -> Iterator[Entry]:
        """Yield the entries that have a code among their keywords."""
        for layer in self.layers:
            for number in layer.by_code.get(str(code)):
                if layer.entries[number].id not in layer.hidden:
                    yield layer.entries[number]


def _codes_of(entry: Entry) -> set[int]:
    return {code for text in (entry.name, *entry.aliases, *entry.keywords) for code in codes_in(text)}
