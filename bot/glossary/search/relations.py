"""Find the entries that an entry lists as related, and those that list it."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.glossary.search.compact import Filed
from bot.glossary.search.names import Names
from bot.glossary.text import squash


class Relations(NamedTuple):
    """The relations of one entry.

    `listed` are the entries that it lists, `listed_by` the other entries that list it, and `phrases` the related names
    for which there is no entry.
    """

    listed: tuple[Entry, ...]
    listed_by: tuple[Entry, ...]
    phrases: tuple[str, ...]


class _Layer(NamedTuple):
    """The ids of some entries, an index of the phrases that they list, and the ids that do not count."""

    ids: tuple[str, ...]
    listing: Filed
    hidden: frozenset[str] = frozenset()


class Listings:
    """What the entries of a glossary list as related, in layers: a server's own in front of the shared ones."""

    def __init__(
        self,
        entries: tuple[Entry, ...],
        names: Names,
        behind: "Listings | None" = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Index the related phrases of the entries; `names`, those of all layers, tell which entry a phrase means.

        `behind` holds the shared entries, which are not indexed again; what the `hidden` ones of them list is ignored.
        """
        listing = Filed((squash(phrase), number) for number, entry in enumerate(entries) for phrase in entry.related)
        shared = behind.layers if behind else ()
        self._names = names
        self.layers: tuple[_Layer, ...] = (
            _Layer(tuple(entry.id for entry in entries), listing),
            *(layer._replace(hidden=layer.hidden | hidden) for layer in shared),
        )

    def listed(self, entry: Entry) -> tuple[dict[str, None], tuple[str, ...]]:
        """Return the ids of the entries that an entry lists, and the phrases that name no entry; both in order."""
        ids: dict[str, None] = {}
        phrases: list[str] = []
        for phrase in entry.related:
            name = self._names.called(squash(phrase))
            if name is None:
                phrases.append(phrase)
            else:
                ids[name.entry_id] = None
        return ids, tuple(phrases)

    def listing(self, entry: Entry) -> Iterator[str]:
        """Yield the ids of the entries that list an entry by any of its names, in order."""
        squashed = {squash(name) for name in (entry.name, *entry.searched_names)}
        names = [one for one in squashed if self._is_called(entry, one)]
        for layer in self.layers:
            numbers = {number for name in names for number in layer.listing.get(name)}
            for number in sorted(numbers):
                if layer.ids[number] not in layer.hidden:
                    yield layer.ids[number]

    def _is_called(self, entry: Entry, squashed: str) -> bool:
        """Tell whether a name means this entry; the alias of a shared entry may be an own entry's name."""
        name = self._names.called(squashed)
        return name is not None and name.entry_id == entry.id
