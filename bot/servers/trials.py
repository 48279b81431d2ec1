"""What a change would do before it is made: what stands in its way, and which misses it would answer."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.glossary.checks import Fault
from bot.glossary.clashes import clashes_of
from bot.glossary.glossary import Glossary
from bot.glossary.own import OWN_CATEGORY
from bot.servers.changes import AddAliases, Refused
from bot.servers.server import Server
from bot.storage.change_history import ChangeItem
from bot.storage.misses import Miss


class Taken(NamedTuple):
    """A query that found one entry and would find another."""

    query: str
    found: str


class Effect(NamedTuple):
    """How many of how many misses new names would answer, and the misses that find something else without them."""

    answered: int
    missed: int
    taken: tuple[Taken, ...]


def clashes(server: Server, items: Iterable[ChangeItem]) -> tuple[Fault, ...]:
    """Return why the entries that a change leaves cannot stand beside the others, nothing if they can."""
    own = server.own_by_id()
    return tuple(clashes_of(server.shared.pack, own, {item.entry_id: item.after for item in items}))


def effect_of(server: Server, change: AddAliases, missed: Sequence[Miss]) -> Effect | Refused:
    """Return what new names would do, by searching the misses with and without them; a thousand take a second or two.

    Return why the names cannot be given if they cannot.
    """
    items = change.items(server)
    if isinstance(items, Refused):
        return items
    faults = clashes(server, items)
    if faults:
        return Refused(faults)
    own = server.own_by_id()
    own |= {item.entry_id: item.after for item in items if item.after is not None}
    changed = server.shared.with_own(list(own.values()), OWN_CATEGORY)
    answered = 0
    taken: list[Taken] = []
    for miss in missed:
        if _found(changed, miss.query) != change.entry_id:
            continue
        before = _found(server.glossary, miss.query)
        if before is None:
            answered += miss.count
        elif before != change.entry_id:
            entry = server.glossary.get(before)
            taken.append(Taken(miss.query, entry.name if entry else before))
    return Effect(answered, sum(miss.count for miss in missed), tuple(taken))


def _found(glossary: Glossary, query: str) -> str | None:
    """Return the id of the entry that answers a query, `None` if none is sure."""
    found = glossary.ask(query)
    return found.hits[0].name.entry_id if found.is_answer else None
