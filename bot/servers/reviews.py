"""Which entries of a server were checked longest ago, and noting that one is still right."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from bot.glossary.model import Entry
from bot.servers.server import Server
from bot.storage.checks import Checks
from bot.storage.own_entries import OwnEntries


class Reviewed(NamedTuple):
    """An entry as members of a server see it, and the day on which it was last known to be right, if ever.

    For an own entry without a date of its own, that is the day of its last change.
    """

    entry: Entry
    day: dt.date | None
    is_own: bool


class Reviews:
    """The checks of all servers. `place` is a server, or `HOME_SERVERS` for all home servers together."""

    def __init__(self, checks: Checks, own_entries: OwnEntries) -> None:
        """Use these tables."""
        self._checks = checks
        self._own_entries = own_entries

    async def oldest_first(self, server: Server, guild_id: int, place: int) -> list[Reviewed]:
        """Return all entries of a server, those checked longest ago first."""
        checked = await self._checks.of(place)
        changed = await self._own_entries.changed_on(guild_id)
        glossary = server.glossary
        found = [
            Reviewed(entry, _own_day(entry, changed), is_own=True)
            if glossary.is_own(entry.id)
            else Reviewed(entry, _shared_day(entry, checked), is_own=False)
            for entry in glossary.pack.entries
        ]
        return sorted(found, key=lambda one: (one.day or dt.date.min, one.entry.name.casefold()))

    async def still_right(self, place: int, entry: Entry, day: dt.date) -> None:
        """Note that a shared entry was still right on a day."""
        await self._checks.note(place, entry.id, day)

    async def for_maintainers(self, server: Server, place: int) -> dict[str, dt.date]:
        """Return the checks that the shared data does not have yet: the day of each, by the name of the entry."""
        checked = await self._checks.of(place)
        return {
            entry.name: checked[entry.id]
            for entry in server.shared.pack.entries
            if entry.id in checked and _shared_day(entry, checked) != entry.reviewed
        }


def _own_day(entry: Entry, changed: Mapping[str, dt.date]) -> dt.date | None:
    return entry.reviewed or changed.get(entry.id)


def _shared_day(entry: Entry, checked: Mapping[str, dt.date]) -> dt.date | None:
    return max(filter(None, (entry.reviewed, checked.get(entry.id))), default=None)
