"""What each server sees, loaded when it is first used and kept in memory, and the changes made to it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from bot.catalogue import Catalogue
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.search.frames import asked
from bot.glossary.search.same_question import spelled_alike
from bot.servers.changes import (
    AlreadyThere,
    Change,
    Changed,
    Conflict,
    OutOfDate,
    Overtaken,
    Refused,
    SuggestionGone,
    TakesName,
    Unchanged,
    refused,
)
from bot.servers.server import DEFAULT_SETTINGS, Server
from bot.servers.trials import clashes
from bot.storage.change_history import ChangeHistory, ChangeItem, RecordedChange
from bot.storage.misses import Misses
from bot.storage.own_entries import NewChange, OwnEntries, StaleServer, VersionedEntry
from bot.storage.server_settings import AllServerSettings, ServerSettings
from bot.storage.suggestions import SuggestionClosed

# The budget of the cache: at most this many own entries over all servers in memory, where each server counts as some
# more for what it takes itself. The least recently used servers go first. An entry takes about 5 KB beside its text.
MAX_CACHED_ENTRIES, SERVER_OVERHEAD = 50_000, 10
# More own entries than this are indexed in a thread, so that nobody else waits.
MAX_INDEXED_AT_ONCE = 50
# How many of a server's misses are compared with the names of changed entries.
MOST_COMPARED = 2_000
# How often a change is tried again when another process was faster.
MAX_TRIES = 5

# Called with the id of a server and of a change that was just committed by this process.
Listener = Callable[[int, int], None]
Outcome = Changed | Refused | Unchanged | Conflict | AlreadyThere | TakesName | Overtaken | OutOfDate | SuggestionGone


class Servers:
    """Every server as its members see it."""

    def __init__(
        self,
        catalogue: Catalogue,
        own_entries: OwnEntries,
        history: ChangeHistory,
        settings: AllServerSettings,
        misses: Misses,
    ) -> None:
        """Serve the catalogue to all; `note_servers_with_data` says which servers have more than that."""
        self._catalogue = catalogue
        self._own_entries = own_entries
        self._history = history
        self._settings = settings
        self._misses = misses
        self._ids_with_data: set[int] = set()
        self._cache: OrderedDict[int, Server] = OrderedDict()
        self._cached_over = catalogue.glossary
        self._cached_size = 0
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._listener: Listener = lambda _guild_id, _change_id: None

    async def of(self, guild_id: int | None) -> Server:
        """Return what people see in a server, or in direct messages (`None`).

        The database is read only when a server with own entries or settings is used for the first time.
        """
        shared = self._catalogue.glossary
        if guild_id is None or guild_id not in self._ids_with_data:
            return Server(shared, shared)
        server = self._cached(guild_id)
        if server is None:
            async with self._lock(guild_id):
                server = self._cached(guild_id) or await self._load(guild_id)
        return server

    async def change_settings(self, guild_id: int, **values: Any) -> Server:
        """Change some settings of a server and return the server with them."""
        async with self._lock(guild_id):
            settings = await self._settings.set(guild_id, **values)
            self._ids_with_data.add(guild_id)
            server = replace(self._cached(guild_id) or await self._load(guild_id), settings=settings)
            self._put_in_cache(guild_id, server)
            return server

    async def apply(self, guild_id: int, user_id: int, change: Change) -> Outcome:
        """Make a change to a server's own entries, and return what came of it.

        When it returns `Changed`, the change is committed and everybody in the server sees it.
        """
        async with self._lock(guild_id):
            server = self._cached(guild_id) or await self._load(guild_id)
            for _ in range(MAX_TRIES):
                items = change.items(server)
                if not isinstance(items, Sequence):
                    return items
                faults = await asyncio.to_thread(clashes, server, items)
                if faults:
                    return Refused(faults)
                try:
                    return await self._commit(guild_id, user_id, change, server, items)
                except StaleServer:
                    server = await self._load(guild_id)
                except SuggestionClosed:
                    return SuggestionGone()
        return refused("others are changing this server's entries right now; try again")

    def tell_changes_to(self, listener: Listener) -> None:
        """Call a function after each change that this process commits."""
        self._listener = listener

    async def items_of(self, guild_id: int, change_id: int) -> tuple[ChangeItem, ...]:
        """Return what a change did to each entry, nothing if the server has no such change."""
        return await self._history.items(guild_id, change_id)

    async def history(
        self, guild_id: int, *, limit: int, entry_id: str | None = None, before: int | None = None
    ) -> tuple[RecordedChange, ...]:
        """Return the changes of a server, as `ChangeHistory.latest` does."""
        return await self._history.latest(guild_id, limit=limit, entry_id=entry_id, before=before)

    async def recorded(self, guild_id: int, change_id: int) -> RecordedChange:
        """Return a change that a server is known to have, as its history shows it."""
        (change,) = await self._history.latest(guild_id, limit=1, before=change_id + 1)
        return change

    async def follow(self) -> None:
        """Drop from the cache each server that another process has changed or forgotten."""
        await self.note_servers_with_data()
        cached = dict(self._cache)
        last_change_ids = await self._own_entries.last_change_ids(cached)
        settings = await self._settings.of_all(cached)
        for guild_id, server in cached.items():
            stored = last_change_ids.get(guild_id, 0), settings.get(guild_id, DEFAULT_SETTINGS)
            is_current = stored == (server.last_change_id, server.settings)
            # A server that was changed here meanwhile is newer than what was read.
            if not is_current and self._cache.get(guild_id) is server:
                self._drop(guild_id)

    def forget(self, guild_id: int) -> None:
        """Drop a server whose data was deleted."""
        self._ids_with_data.discard(guild_id)
        self._drop(guild_id)

    async def note_servers_with_data(self) -> None:
        """Note which servers have own entries or settings; the others see the shared glossary as it is."""
        self._ids_with_data |= await self._own_entries.servers() | await self._settings.servers()

    async def _commit(
        self, guild_id: int, user_id: int, change: Change, server: Server, items: Sequence[ChangeItem]
    ) -> Changed:
        """Write a change, then serve it; raise `StaleServer` if another process was faster."""
        answered = await self._answered(guild_id, items) if change.answers_misses else []
        made_from = {item.entry_id: _made_from(server, item) for item in items}
        committed = await self._own_entries.write(
            NewChange(
                guild_id=guild_id,
                user_id=user_id,
                kind=change.kind,
                items=items,
                made_from=made_from,
                expected_last_change_id=server.last_change_id,
                reverts=change.reverts,
                answered_queries=answered,
                closes_suggestion=change.closes_suggestion,
            )
        )
        # If anything fails from here on, the next use reads what was committed.
        self._drop(guild_id)
        self._listener(guild_id, committed.change_id)
        self._ids_with_data.add(guild_id)
        self._misses.drop_pending(guild_id, answered)
        own_entries = dict(server.own_entries)
        for item in items:
            before = own_entries.pop(item.entry_id, None)
            if item.after is not None:
                version = before.version if before and before.entry == item.after else committed.change_id
                own_entries[item.entry_id] = VersionedEntry(item.after, version, made_from[item.entry_id])
        changed = await self._with_own_entries(own_entries, committed.change_id, server.settings)
        self._put_in_cache(guild_id, changed)
        return Changed(committed.change_id, committed.suggestion)

    async def _answered(self, guild_id: int, items: Sequence[ChangeItem]) -> list[str]:
        """Return what people may have asked for, in any spelling, and find by the names of the changed entries."""
        names = _queries(items)
        missed = [miss.query for miss in await self._misses.most_frequent(guild_id, MOST_COMPARED)]
        alike = await asyncio.to_thread(spelled_alike, names, missed) if missed else []
        return list(dict.fromkeys((*names, *alike)))

    def _lock(self, guild_id: int) -> asyncio.Lock:
        return self._locks.setdefault(guild_id, asyncio.Lock())

    def _cached(self, guild_id: int) -> Server | None:
        """Return a server from the cache. Servers over a former snapshot go, or they would keep it in memory."""
        if self._cached_over is not self._catalogue.glossary:
            self._cache.clear()
            self._cached_size = 0
            self._cached_over = self._catalogue.glossary
        server = self._cache.get(guild_id)
        if server is not None:
            self._cache.move_to_end(guild_id)
        return server

    def _put_in_cache(self, guild_id: int, server: Server) -> None:
        """Put a server into the cache and drop the least recently used ones beyond the budget."""
        self._drop(guild_id)
        self._cache[guild_id] = server
        self._cached_size += _size(server)
        while self._cached_size > MAX_CACHED_ENTRIES and len(self._cache) > 1:
            self._drop(next(iter(self._cache)))

    def _drop(self, guild_id: int) -> None:
        server = self._cache.pop(guild_id, None)
        if server is not None:
            self._cached_size -= _size(server)

    async def _load(self, guild_id: int) -> Server:
        own_entries, last_change_id = await self._own_entries.of(guild_id)
        settings = await self._settings.of(guild_id)
        server = await self._with_own_entries(own_entries, last_change_id, settings)
        self._put_in_cache(guild_id, server)
        return server

    async def _with_own_entries(
        self, own_entries: Mapping[str, VersionedEntry], last_change_id: int, settings: ServerSettings
    ) -> Server:
        """Put own entries in front of the shared glossary; start again if a reload swaps that meanwhile."""
        entries = [own_entries[entry_id].entry for entry_id in sorted(own_entries)]
        while True:
            shared = self._catalogue.glossary
            if len(entries) > MAX_INDEXED_AT_ONCE:
                glossary = await asyncio.to_thread(shared.with_own, entries, OWN_CATEGORY)
            else:
                glossary = shared.with_own(entries, OWN_CATEGORY)
            if shared is self._catalogue.glossary:
                return Server(shared, glossary, settings, own_entries, last_change_id)


def _made_from(server: Server, item: ChangeItem) -> Entry | None:
    """Return the shared entry that an own one counts as made from after a change.

    Editing an own entry says nothing about a change of the shared one. Keeping it as it is says that it was seen.
    """
    current = server.own_entries.get(item.entry_id)
    is_edit = current is not None and not current.entry.adds_names_only and item.before != item.after
    return current.made_from if current and is_edit else server.shared.get(item.entry_id)


def _size(server: Server) -> int:
    kept_besides = sum(one.made_from is not None for one in server.own_entries.values())
    return SERVER_OVERHEAD + len(server.own_entries) + kept_besides


def _queries(items: Iterable[ChangeItem]) -> list[str]:
    """Return what people may have asked for and now find by the names of the changed entries."""
    names: list[str] = []
    for item in items:
        if item.after is not None:
            names += [item.after.name, *item.after.aliases]
    return list(dict.fromkeys(map(asked, names)))
