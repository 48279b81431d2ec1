"""Which entries an entry lists as related, and which list it."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.compact import Filed, few_in
from bot.glossary.search.names import Names
from bot.glossary.text import squash


class Relations(NamedTuple):
    """What an entry lists as related, what lists it without being listed back, and phrases that are no entry."""

    listed: tuple[Entry, ...]
    listed_by: tuple[Entry, ...]
    phrases: tuple[str, ...]


class _Layer(NamedTuple):
    """The ids of one layer's entries, the phrases that they list, and which of the entries are hidden."""

    ids: tuple[str, ...]
    listing: Filed
    hidden: frozenset[str] = frozenset()


class Listings:
    """What the entries of a glossary list as related, in layers, read by the names of all of them."""

    def __init__(
        self,
        entries: tuple[Entry, ...],
        names: Names,
        behind: "Listings | None" = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Index the phrases of the entries.

        What lies behind is shared and not indexed again; what its hidden entries list does not count.
        """
        filed = ((squash(phrase), number) for number, entry in enumerate(entries) for phrase in entry.related)
        listing = Filed(filed, lambda number: set(map(squash, entries[number].related)), few_in(behind))
        self._names = names
        self.layers: tuple[_Layer, ...] = (
            _Layer(tuple(entry.id for entry in entries), listing),
            *(layer._replace(hidden=layer.hidden | hidden) for layer in (behind.layers if behind else ())),
        )

    def listed(self, entry: Entry) -> tuple[dict[str, None], tuple[str, ...]]:
        """Return the ids of the entries that an entry lists, and the phrases that are no entry, both in order."""
        named = [(phrase, self._names.called(squash(phrase))) for phrase in entry.related]
        ids = dict.fromkeys(name.entry_id for _, name in named if name)
        return ids, tuple(phrase for phrase, name in named if not name)

    def listing(self, entry: Entry) -> Iterator[str]:
        """Yield the ids of the entries that list an entry by any of its names, in their order."""
        called = {squash(name) for name in (entry.name, *entry.searched_names)}
        own_names = [
            squashed for squashed in called if (name := self._names.called(squashed)) and name.entry_id == entry.id
        ]
        for layer in self.layers:
            for number in sorted({number for squashed in own_names for number in layer.listing.get(squashed)}):
                if layer.ids[number] not in layer.hidden:
                    yield layer.ids[number]
