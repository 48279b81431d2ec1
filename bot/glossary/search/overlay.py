"""Lay a server's own entries over the shared ones."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from bot.glossary.model import Category, Entry, Pack
from bot.glossary.search.names import Name
from bot.glossary.text import squash


class Renamed(NamedTuple):
    """A shared entry with the additional names that a server gave it, and these names alone."""

    entry: Entry
    names: tuple[str, ...]


class Overlay(NamedTuple):
    """The pack that a server sees, and the parts of it that are its own.

    `entries` are the own entries with a definition, `replaced` the ids of the shared entries that they replace, and
    `renamed` the shared entries with additional names.
    """

    pack: Pack
    entries: tuple[Entry, ...]
    replaced: frozenset[str] = frozenset()
    renamed: tuple[Renamed, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether the server has anything of its own."""
        return bool(self.entries or self.renamed)

    def names(self) -> tuple[Name, ...]:
        """Return the own names that have letters or digits: names first, then aliases."""
        names = list(map(Name.of, self.entries))
        for entry in self.entries:
            names += _aliases(entry, entry.searched_names)
        for entry, added in self.renamed:
            names += _aliases(entry, added)
        return tuple(name for name in names if squash(name.text))


def _aliases(entry: Entry, texts: Iterable[str]) -> list[Name]:
    return [Name(text, entry.id, is_alias=True) for text in texts]


def laid_over(pack: Pack, own: Iterable[Entry], category: Category) -> Overlay:
    """Lay own entries over a shared pack.

    An own entry replaces the shared one with its id, or gives it more names if it only adds names. Own entries from a
    category that the pack does not have are put into `category`.
    """
    shared = {entry.id: entry for entry in pack.entries}
    known = {category.name, *pack.category_names}
    whole: dict[str, Entry] = {}
    added_names: dict[str, list[str]] = {}
    for entry in own:
        if entry.adds_names_only:
            added_names.setdefault(entry.id, []).extend(entry.aliases)
        else:
            whole[entry.id] = entry if entry.category in known else _moved(entry, category)
    renamed = {
        entry_id: _renamed(shared[entry_id], aliases)
        for entry_id, aliases in added_names.items()
        if entry_id in shared and entry_id not in whole
    }
    seen = [renamed[entry.id].entry if entry.id in renamed else entry for entry in pack.entries]
    entries = (*whole.values(), *(entry for entry in seen if entry.id not in whole))
    return Overlay(
        pack=msgspec.structs.replace(pack, categories=_categories(pack, whole.values(), category), entries=entries),
        entries=tuple(whole.values()),
        replaced=frozenset(whole.keys() & shared.keys()),
        renamed=tuple(one for one in renamed.values() if one.names),
    )


def _moved(entry: Entry, category: Category) -> Entry:
    return msgspec.structs.replace(entry, category=category.name)


def _categories(pack: Pack, own: Iterable[Entry], category: Category) -> tuple[Category, ...]:
    """Return the categories of the pack, after the own category if it is used."""
    is_used = any(entry.category == category.name for entry in own)
    if is_used and category.name not in pack.category_names:
        return (category, *pack.categories)
    return pack.categories


def _renamed(entry: Entry, aliases: Sequence[str]) -> Renamed:
    """Add the aliases to an entry that it does not have in any spelling."""
    # Of several spellings of one alias, the first is kept.
    new = {squash(alias): alias for alias in reversed(aliases)}
    for known in ("", entry.name, *entry.searched_names):
        new.pop(squash(known), None)
    kept = set(new.values())
    names = tuple(alias for alias in dict.fromkeys(aliases) if alias in kept)
    return Renamed(msgspec.structs.replace(entry, aliases=(*entry.aliases, *names)), names)
