"""What each server sees: the shared glossary with the server's own entries in front, and how moderators change them."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from bot.catalogue import Catalogue
from bot.glossary.checks import Fault
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY
from bot.server_view import (
    DEFAULT_SETTINGS,
    Decide,
    RefusedChange,
    Server,
    check_beside_others,
    removed,
    reverted,
    saved,
)
from bot.storage.database import Database
from bot.storage.own_entries import Also, Change, Kind, OwnEntries, Stale, Versioned
from bot.storage.server_settings import AllServerSettings, ServerSettings

# The servers in memory have so many own entries together, each server counted as some more for what it takes itself;
# those that were not used for longest make room. An entry takes some 2 KB beside its text.
MOST_HELD, EACH_SERVER = 100_000, 10
# More own entries than this are indexed in a thread, so that nobody else waits.
FEW_ENTRIES = 50
# How often a change is decided anew when another process was faster.
MOST_TRIES = 5


class Servers:
    """Every server's view, loaded when it is first used; `Servers.open` makes one."""

    def __init__(self, catalogue: Catalogue, own_entries: OwnEntries, settings: AllServerSettings) -> None:
        """Serve the catalogue to all; `open` notes which servers have data of their own."""
        self._catalogue = catalogue
        self._own_entries = own_entries
        self._settings = settings
        self._with_data: set[int] = set()
        self._loaded: OrderedDict[int, Server] = OrderedDict()
        self._loaded_over = catalogue.glossary
        self._held = 0
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    async def open(cls, catalogue: Catalogue, database: Database) -> "Servers":
        """Note which servers have data of their own, and load none of it."""
        servers = cls(catalogue, OwnEntries(database), AllServerSettings(database))
        await servers._note_data()
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
        decide = saved(entry, seen=seen, instead_of=instead_of)
        return await self.change(guild_id, user_id, kind, decide, also=also)

    async def remove(self, guild_id: int, user_id: int, entry_id: str) -> int:
        """Remove an own entry and return the id of the change; raise `RefusedChange` when there is none."""
        return await self.change(guild_id, user_id, Kind.REMOVE, removed(entry_id))

    async def revert(self, guild_id: int, user_id: int, change_id: int, *, despite: int | None = None) -> int:
        """Take a change back, by another change whose id is returned.

        Raise `OvertakenChange` when later changes touched the same entries, unless those up to `despite` are meant to
        be taken back as well; raise `RefusedChange` when there is nothing to take back.
        """
        decide = reverted(await self._own_entries.items(guild_id, change_id), despite=despite)
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
                await asyncio.to_thread(check_beside_others, server, items)
                try:
                    change_id = await self._own_entries.change(
                        guild_id, user_id, kind, items, latest=server.latest, reverts=reverts, also=also
                    )
                except Stale:
                    server = await self._load(guild_id)
                    continue
                # Should anything go wrong from here on, the next use reads what was committed.
                self._drop(guild_id)
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

    async def follow(self) -> None:
        """Drop from memory what is not in the database as it was: what another process has changed, or forgotten."""
        await self._note_data()
        held = dict(self._loaded)
        latest = await self._own_entries.latest(held)
        settings = await self._settings.of_all(held)
        for guild_id, server in held.items():
            stored = latest.get(guild_id, 0), settings.get(guild_id, DEFAULT_SETTINGS)
            # What was changed here meanwhile is newer than what was read.
            if stored != (server.latest, server.settings) and self._loaded.get(guild_id) is server:
                self._drop(guild_id)

    def forget(self, guild_id: int) -> None:
        """Drop what is held of a server whose data was deleted."""
        self._with_data.discard(guild_id)
        self._drop(guild_id)

    async def _note_data(self) -> None:
        """Note which servers have data; one whose data is gone costs no more than a look that finds none."""
        self._with_data |= await self._own_entries.servers() | await self._settings.servers()

    def _lock(self, guild_id: int) -> asyncio.Lock:
        return self._locks.setdefault(guild_id, asyncio.Lock())

    def _current(self, guild_id: int) -> Server | None:
        """Return a loaded server."""
        if self._loaded_over is not self._catalogue.glossary:
            # What lies over a former snapshot would keep that in memory, too.
            self._loaded.clear()
            self._held, self._loaded_over = 0, self._catalogue.glossary
        server = self._loaded.get(guild_id)
        if server is not None:
            self._loaded.move_to_end(guild_id)
        return server

    def _keep(self, guild_id: int, server: Server) -> None:
        self._drop(guild_id)
        self._loaded[guild_id] = server
        self._held += EACH_SERVER + len(server.own)
        while self._held > MOST_HELD and len(self._loaded) > 1:
            self._drop(next(iter(self._loaded)))

    def _drop(self, guild_id: int) -> None:
        if (server := self._loaded.pop(guild_id, None)) is not None:
            self._held -= EACH_SERVER + len(server.own)

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
