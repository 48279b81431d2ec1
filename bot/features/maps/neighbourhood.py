"""Which entries are on a map, and the links between them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry

# A menu has 25 options; with fewer entries, every name is legible on a phone.
MOST_ENTRIES = 18
# The most entries next to the one in the middle, so that there is room for the step after them.
MOST_NEXT = 11


class Link(NamedTuple):
    """Two entries, by their places on the map. They are related, or people mix them up."""

    first: int
    second: int
    is_confusion: bool = False


class Neighbourhood(NamedTuple):
    """The entries on a map and the links between them; the first entry is in the middle if `has_middle`."""

    entries: tuple[Entry, ...]
    links: tuple[Link, ...]
    has_middle: bool


def around(glossary: Glossary, middle: Entry) -> Neighbourhood:
    """Return what an entry lists, what lists it, what it is mixed up with, and what is one step further."""
    nearest = list(_beside(glossary, middle))[:MOST_NEXT]
    entries = {entry.id: entry for entry in (middle, *nearest)}
    # Of the entries one step further, those with most links to the map come first.
    linked: dict[str, int] = {}
    further: dict[str, Entry] = {}
    for entry in nearest:
        for other in _beside(glossary, entry):
            if other.id not in entries:
                further[other.id] = other
                linked[other.id] = linked.get(other.id, 0) + 1
    ranked = sorted(further.values(), key=lambda entry: -linked[entry.id])
    chosen = (*entries.values(), *ranked[: MOST_ENTRIES - len(entries)])
    return Neighbourhood(chosen, tuple(_links(glossary, chosen)), has_middle=True)


def within(glossary: Glossary, entries: Sequence[Entry]) -> Neighbourhood:
    """Return some entries, such as those of a category, and the links between them.

    If they are too many, those with most links are chosen, each linked with one chosen before where possible.
    """
    linked: dict[int, set[int]] = {place: set() for place in range(len(entries))}
    for link in _links(glossary, entries):
        linked[link.first].add(link.second)
        linked[link.second].add(link.first)
    chosen: set[int] = set()
    while len(chosen) < min(len(entries), MOST_ENTRIES):
        left = linked.keys() - chosen
        beside = [place for place in left if linked[place] & chosen]
        chosen.add(max(beside or left, key=lambda place: (len(linked[place]), -place)))
    shown = tuple(entries[place] for place in sorted(chosen))
    return Neighbourhood(shown, tuple(_links(glossary, shown)), has_middle=False)


def _beside(glossary: Glossary, entry: Entry) -> Iterator[Entry]:
    """Yield the entries that are linked with an entry: what it is mixed up with, what it lists, what lists it."""
    relations = glossary.related(entry)
    confused = (found for one in entry.confusions if (found := glossary.named(one.name)))
    seen = {entry.id}
    for other in (*confused, *relations.listed, *relations.listed_by):
        if other.id not in seen:
            seen.add(other.id)
            yield other


def _links(glossary: Glossary, entries: Sequence[Entry]) -> Iterator[Link]:
    """Yield each pair of linked entries once."""
    places = {entry.id: place for place, entry in enumerate(entries)}
    confused = set(_pairs(places, ((entry, _confused(glossary, entry)) for entry in entries)))
    related = set(_pairs(places, ((entry, glossary.related(entry).listed) for entry in entries)))
    for first, second in sorted(confused | related):
        yield Link(first, second, is_confusion=(first, second) in confused)


def _confused(glossary: Glossary, entry: Entry) -> Iterator[Entry]:
    for one in entry.confusions:
        found = glossary.named(one.name)
        if found is not None:
            yield found


def _pairs(places: dict[str, int], linked: Iterable[tuple[Entry, Iterable[Entry]]]) -> Iterator[tuple[int, int]]:
    for entry, others in linked:
        for other in others:
            first, second = places[entry.id], places.get(other.id)
            if second is not None and first != second:
                yield min(first, second), max(first, second)
