"""Laying a server's own entries over the shared ones: what the server then has."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from bot.glossary.model import Category, Entry, Pack
from bot.glossary.search.names import Name
from bot.glossary.text import squash


class Renamed(NamedTuple):
    """A shared entry as the server sees it, and the names that it has there alone."""

    entry: Entry
    names: tuple[str, ...]


class Overlay(NamedTuple):
    """All that a server has, and what of it is its own: whole entries, some in place of shared ones, and more names."""

    pack: Pack
    entries: tuple[Entry, ...]
    replaced: frozenset[str] = frozenset()
    renamed: tuple[Renamed, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is the server's own."""
        return bool(self.entries or self.renamed)

    def names(self) -> tuple[Name, ...]:
        """Return the own names that say something, in the order of their importance: names before aliases."""
        named = [(entry, entry.searched_names) for entry in self.entries] + list(self.renamed)
        names = [Name(entry.name, entry.id, is_alias=False) for entry in self.entries]
        names += [Name(alias, entry.id, is_alias=True) for entry, aliases in named for alias in aliases]
        return tuple(name for name in names if squash(name.text))


def laid_over(pack: Pack, own: Iterable[Entry], category: Category) -> Overlay:
    """Lay own entries over a shared pack; those without a definition only name entries of it."""
    categories = frozenset(pack.category_names)
    shared = {entry.id: entry for entry in pack.entries}
    whole: dict[str, Entry] = {}
    aliases: dict[str, list[str]] = {}
    for entry in own:
        if not entry.definition:
            aliases.setdefault(entry.id, []).extend(entry.aliases)
        elif entry.category in categories or entry.category == category.name:
            whole[entry.id] = entry
        else:
            whole[entry.id] = msgspec.structs.replace(entry, category=category.name)
    renamed = {
        entry_id: _renamed(shared[entry_id], more)
        for entry_id, more in aliases.items()
        if entry_id in shared and entry_id not in whole
    }
    is_used = category.name not in categories and any(entry.category == category.name for entry in whole.values())
    seen = (renamed[entry.id].entry if entry.id in renamed else entry for entry in pack.entries)
    merged = Pack(
        notices=pack.notices,
        categories=(category, *pack.categories) if is_used else pack.categories,
        entries=(*whole.values(), *(entry for entry in seen if entry.id not in whole)),
    )
    return Overlay(
        pack=merged,
        entries=tuple(whole.values()),
        replaced=frozenset(whole.keys() & shared.keys()),
        renamed=tuple(one for one in renamed.values() if one.names),
    )


def _renamed(entry: Entry, aliases: Sequence[str]) -> Renamed:
    """Add the aliases that are new, and say something, to an entry."""
    new: dict[str, str] = {squash(alias): alias for alias in reversed(aliases)}
    for known in ("", entry.name, *entry.searched_names):
        new.pop(squash(known), None)
    names = tuple(alias for alias in dict.fromkeys(aliases) if alias in new.values())
    return Renamed(msgspec.structs.replace(entry, aliases=(*entry.aliases, *names)), names)
