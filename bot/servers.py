"""What each server sees: the shared glossary with the server's own entries in front, and how moderators change them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakValueDictionary

from bot.catalogue import Catalogue
from bot.glossary.checks import Fault
from bot.glossary.clashes import Taken
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.own import MOST_OWN, OWN_CATEGORY
from bot.storage.database import Database
from bot.storage.own_entries import Also, Change, Item, Kind, OwnEntries, Stale, Versioned
from bot.storage.server_settings import AllServerSettings, ServerSettings

DEFAULT_SETTINGS = ServerSettings()
# So many servers with data of their own are held in memory; the one that was not used for longest makes room.
MOST_LOADED = 10_000
# More own entries than this are indexed in a thread, so that nobody else waits.
FEW_ENTRIES = 50
# How often a change is decided anew when another process was faster.
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Server:
    """What one server sees, and its own entries by id; `latest` is the id of its last change, 0 before the first."""

    shared: Glossary
    glossary: Glossary
    settings: ServerSettings = DEFAULT_SETTINGS
    own: Mapping[str, Versioned] = field(default_factory=dict)
    latest: int = 0

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry as somebody would edit it: the own one, else the shared one."""
        own = self.own.get(entry_id)
        return own.entry if own and own.entry.definition else self.glossary.get(entry_id)

    def version(self, entry_id: str) -> int:
        """Return the version of an own entry, 0 where there is none."""
        own = self.own.get(entry_id)
        return own.version if own else 0


class RefusedChange(Exception):  # noqa: N818 - not a failure, but an answer
    """A change that cannot be made; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = tuple(faults)


class ConflictingChange(Exception):  # noqa: N818 - not a failure, but an answer
    """Somebody else has changed an entry since it was read; `current` is how it stands, `None` if it is gone."""

    def __init__(self, current: Versioned | None) -> None:
        """Keep what stands now."""
        super().__init__("the entry was changed meanwhile")
        self.current = current


class OvertakenChange(Exception):  # noqa: N818 - not a failure, but an answer
    """Later changes touched the same entries; taking a change back would take these back, too."""

    def __init__(self, names: Sequence[str], latest: int) -> None:
        """Keep the names of the entries and the last change that was taken into account."""
        super().__init__("later changes touched the same entries")
        self.names = tuple(names)
        self.latest = latest


# Decides on what a server has now what is to change.
Decide = Callable[[Server], Sequence[Item]]


class Servers:
    """Every server's view, loaded when it is first used; `Servers.open` makes one."""

    def __init__(self, catalogue: Catalogue, own_entries: OwnEntries, settings: AllServerSettings) -> None:
        """Serve the catalogue to all; `open` notes which servers have data of their own."""
        self._catalogue = catalogue
        self._own_entries = own_entries
        self._settings = settings
        self._with_data: set[int] = set()
        self._loaded: OrderedDict[int, Server] = OrderedDict()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    async def open(cls, catalogue: Catalogue, database: Database) -> "Servers":
        """Note which servers have data of their own, and load none of it."""
        servers = cls(catalogue, OwnEntries(database), AllServerSettings(database))
        servers._with_data = set(await servers._own_entries.servers() | await servers._settings.servers())
        return servers

    async def of(self, guild_id: int | None) -> Server:
        """Return what a server, or whoever writes directly (`None`), sees; only its first use reads the database."""
        shared = self._catalogue.glossary
        if guild_id is None or guild_id not in self._with_data:
            return Server(shared, shared)
        if (server := self._current(guild_id)) is None:
            async with self._lock(guild_id):
                server = self._current(guild_id) or await self._load(guild_id)
        return server

    async def change_settings(self, guild_id: int, **values: Any) -> Server:
        """Change some settings of a server."""
        async with self._lock(guild_id):
            settings = await self._settings.set(guild_id, **values)
            self._with_data.add(guild_id)
            server = replace(self._current(guild_id) or await self._load(guild_id), settings=settings)
            self._keep(guild_id, server)
            return server

    async def save(
        self,
        guild_id: int,
        user_id: int,
        kind: Kind,
        entry: Entry,
        *,
        seen: int,
        instead_of: str | None = None,
        also: Sequence[Also] = (),
    ) -> int:
        """Save an own entry, perhaps in the stead of one with another name, and return the id of the change.

        `seen` is the version that the editor started from, 0 where there was none. Raise `ConflictingChange` when it
        was changed since, and `RefusedChange` when it cannot stand beside the others.
        """

        def decide(server: Server) -> Sequence[Item]:
            old_id = instead_of or entry.id
            current = server.own.get(old_id)
            if (current.version if current else 0) != seen:
                raise ConflictingChange(current)
            before = current.entry if current else None
            if before == entry:
                raise RefusedChange([Fault("", "nothing was changed")])
            if old_id == entry.id:
                items = [Item(entry.id, before, entry)]
            else:
                there = server.own.get(entry.id)
                items = [Item(old_id, before, None), Item(entry.id, there.entry if there else None, entry)]
                if there:
                    raise RefusedChange([Fault("name", f"“{entry.name}” is another of your entries; edit that one")])
            return items

        return await self.change(guild_id, user_id, kind, decide, also=also)

    async def remove(self, guild_id: int, user_id: int, entry_id: str) -> int:
        """Remove an own entry and return the id of the change; raise `RefusedChange` when there is none."""

        def decide(server: Server) -> Sequence[Item]:
            if (current := server.own.get(entry_id)) is None:
                raise RefusedChange([Fault("name", "it is none of this server's own entries")])
            return [Item(entry_id, current.entry, None)]

        return await self.change(guild_id, user_id, Kind.REMOVE, decide)

    async def revert(self, guild_id: int, user_id: int, change_id: int, *, despite: int | None = None) -> int:
        """Take a change back, by another change whose id is returned.

        Raise `OvertakenChange` when later changes touched the same entries, unless those up to `despite` are meant to
        be taken back as well; raise `RefusedChange` when there is nothing to take back.
        """
        done = await self._own_entries.items(guild_id, change_id)
        if not done:
            raise RefusedChange([Fault("", "this change is not in the history of this server")])

        def decide(server: Server) -> Sequence[Item]:
            now = {item.entry_id: _entry(server.own.get(item.entry_id)) for item in done}
            items = [
                Item(item.entry_id, now[item.entry_id], item.before)
                for item in done
                if now[item.entry_id] != item.before
            ]
            if not items:
                raise RefusedChange([Fault("", "it is taken back already")])
            later = [item.name for item in done if now[item.entry_id] not in {item.after, item.before}]
            if later and despite != server.latest:
                raise OvertakenChange(later, server.latest)
            return items

        return await self.change(guild_id, user_id, Kind.REVERT, decide, reverts=change_id)

    async def change(
        self,
        guild_id: int,
        user_id: int,
        kind: Kind,
        decide: Decide,
        *,
        reverts: int | None = None,
        also: Sequence[Also] = (),
    ) -> int:
        """Make a change and return its id once it is committed and everybody in the server sees it.

        `decide` says what is to change; it is asked again when another process was faster. Raise what it raises, and
        `RefusedChange` when the entries could not stand beside one another.
        """
        async with self._lock(guild_id):
            server = self._current(guild_id) or await self._load(guild_id)
            for _ in range(MOST_TRIES):
                items = decide(server)
                await asyncio.to_thread(_check, server, items)
                try:
                    change_id = await self._own_entries.change(
                        guild_id, user_id, kind, items, latest=server.latest, reverts=reverts, also=also
                    )
                except Stale:
                    server = await self._load(guild_id)
                    continue
                # Should anything go wrong from here on, the next use reads what was committed.
                self._loaded.pop(guild_id, None)
                self._with_data.add(guild_id)
                own = dict(server.own)
                for item in items:
                    own.pop(item.entry_id, None)
                    if item.after is not None:
                        own[item.entry_id] = Versioned(item.after, change_id)
                self._keep(guild_id, await self._layered(own, change_id, server.settings))
                return change_id
        raise RefusedChange([Fault("", "others are changing this server's entries right now; try again")])

    async def history(
        self, guild_id: int, *, limit: int, entry_id: str | None = None, before: int | None = None
    ) -> tuple[Change, ...]:
        """Return changes of a server, as `OwnEntries.history` does."""
        return await self._own_entries.history(guild_id, limit=limit, entry_id=entry_id, before=before)

    def forget(self, guild_id: int) -> None:
        """Drop what is held of a server whose data was deleted."""
        self._with_data.discard(guild_id)
        self._loaded.pop(guild_id, None)

    def _lock(self, guild_id: int) -> asyncio.Lock:
        return self._locks.setdefault(guild_id, asyncio.Lock())

    def _current(self, guild_id: int) -> Server | None:
        """Return a loaded server, unless the shared glossary was swapped since."""
        server = self._loaded.get(guild_id)
        if server is None or server.shared is not self._catalogue.glossary:
            return None
        self._loaded.move_to_end(guild_id)
        return server

    def _keep(self, guild_id: int, server: Server) -> None:
        self._loaded[guild_id] = server
        self._loaded.move_to_end(guild_id)
        if len(self._loaded) > MOST_LOADED:
            self._loaded.popitem(last=False)

    async def _load(self, guild_id: int) -> Server:
        own, latest = await self._own_entries.of(guild_id)
        server = await self._layered(own, latest, await self._settings.of(guild_id))
        self._keep(guild_id, server)
        return server

    async def _layered(self, own: Mapping[str, Versioned], latest: int, settings: ServerSettings) -> Server:
        """Put own entries in front of the shared glossary, and do so again should that be swapped meanwhile."""
        entries = [own[entry_id].entry for entry_id in sorted(own)]
        while True:
            shared = self._catalogue.glossary
            if len(entries) > FEW_ENTRIES:
                glossary = await asyncio.to_thread(shared.with_own, entries, OWN_CATEGORY)
            else:
                glossary = shared.with_own(entries, OWN_CATEGORY)
            if shared is self._catalogue.glossary:
                return Server(shared, glossary, settings, own, latest)


def _entry(versioned: Versioned | None) -> Entry | None:
    return versioned.entry if versioned else None


def _check(server: Server, items: Iterable[Item]) -> None:
    """Check that the entries that a change leaves can stand beside the others; raise `RefusedChange` if not."""
    taken = Taken(server.shared.pack)
    for versioned in server.own.values():
        taken.put(versioned.entry)
    for item in items:
        taken.drop(item.entry_id)
    faults: list[Fault] = []
    for item in items:
        if item.after is not None:
            faults += taken.faults(item.after)
            taken.put(item.after)
    new = sum((item.before is None) - (item.after is None) for item in items)
    if new > 0 and len(server.own) + new > MOST_OWN:
        faults.append(Fault("", f"a server may have {MOST_OWN} entries of its own; remove some first"))
    if faults:
        raise RefusedChange(faults)
