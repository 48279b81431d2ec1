"""The entries that servers have of their own, and how a change is written."""

import datetime as dt
import time
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Entry
from bot.storage.change_history import ChangeItem, ChangeKind
from bot.storage.database import Database
from bot.storage.misses import delete_answered
from bot.storage.suggestions import Status, Suggestion, SuggestionClosed, close_suggestion
from bot.storage.tables import change_items, changes, own_entries
from bot.storage.upsert import insert_into


class VersionedEntry(NamedTuple):
    """An own entry and its version: the id of the change that made it what it is.

    `made_from` is the shared entry that it was made from, or that moderators last compared it with; `None` if there was
    no shared entry with its id.
    """

    entry: Entry
    version: int
    made_from: Entry | None = None


class NewChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change to write, with what belongs into the same transaction.

    `expected_last_change_id` is the last change of the server that it was decided on. `made_from` has the shared
    entries that the entries were made from, by id. The misses of the `answered_queries` are deleted, and the suggestion
    with the id `closes_suggestion` is closed as done.
    """

    guild_id: int
    user_id: int
    kind: ChangeKind
    items: Sequence[ChangeItem]
    expected_last_change_id: int
    made_from: Mapping[str, Entry | None] = {}
    reverts: int | None = None
    answered_queries: Sequence[str] = ()
    closes_suggestion: int | None = None


class Committed(NamedTuple):
    """The id of a change that was written, and the suggestion that it closed."""

    change_id: int
    suggestion: Suggestion | None


class StaleServer(Exception):  # noqa: N818 - somebody else was faster; the caller looks again
    """The server's entries were changed by somebody else since they were read."""


class OwnEntries:
    """The table of own entries."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def servers(self) -> frozenset[int]:
        """Return the ids of the servers that have entries of their own."""
        async with self._database.read() as connection:
            return frozenset((await connection.execute(select(own_entries.c.guild_id).distinct())).scalars())

    async def of(self, guild_id: int) -> tuple[Mapping[str, VersionedEntry], int]:
        """Return the own entries of a server by id, and the id of its last change, 0 before the first."""
        query = (
            select(own_entries.c.entry_id, own_entries.c.version, own_entries.c.body, own_entries.c.made_from)
            .where(own_entries.c.guild_id == guild_id)
            .order_by(own_entries.c.entry_id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
            last_change_id = await _last_change_id(connection, guild_id)
        return {row.entry_id: _versioned(row) for row in rows}, last_change_id

    async def changed_on(self, guild_id: int) -> dict[str, dt.date]:
        """Return the day on which each own entry of a server was last changed, by id."""
        query = (
            select(own_entries.c.entry_id, changes.c.made_at)
            .join(changes, changes.c.id == own_entries.c.version)
            .where(own_entries.c.guild_id == guild_id)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return {entry_id: dt.datetime.fromtimestamp(made_at, dt.UTC).date() for entry_id, made_at in rows}

    async def last_change_ids(self, guild_ids: Collection[int]) -> dict[int, int]:
        """Return the id of the last change of each server that has any."""
        last = func.max(changes.c.id).label("last")
        query = select(changes.c.guild_id, last).where(changes.c.guild_id.in_(guild_ids)).group_by(changes.c.guild_id)
        async with self._database.read() as connection:
            return {row.guild_id: row.last for row in await connection.execute(query)}

    async def write(self, change: NewChange) -> Committed:
        """Write a change in one transaction.

        Raise `StaleServer` if the server was changed meanwhile, and `SuggestionClosed` if the suggestion is not open;
        nothing is written then.
        """
        async with self._database.write() as connection:
            if await _last_change_id(connection, change.guild_id) != change.expected_last_change_id:
                raise StaleServer
            change_id = await _insert_change(connection, change)
            await _store_entries(connection, change, change_id)
            await delete_answered(connection, change.guild_id, change.answered_queries)
            suggestion = await _close_suggestion(connection, change)
        return Committed(change_id, suggestion)


async def _last_change_id(connection: AsyncConnection, guild_id: int) -> int:
    query = select(func.max(changes.c.id)).where(changes.c.guild_id == guild_id)
    return (await connection.execute(query)).scalar_one() or 0


async def _insert_change(connection: AsyncConnection, change: NewChange) -> int:
    """Record a change with everything that it does, and return its id."""
    values = {
        "guild_id": change.guild_id,
        "user_id": change.user_id,
        "made_at": int(time.time()),
        "kind": change.kind.value,
        "reverts": change.reverts,
    }
    change_id: int = (await connection.execute(insert(changes).returning(changes.c.id), values)).scalar_one()
    rows = [
        {
            "change_id": change_id,
            "entry_id": item.entry_id,
            "before": _encoded(item.before),
            "after": _encoded(item.after),
        }
        for item in change.items
    ]
    await connection.execute(insert(change_items), rows)
    return change_id


async def _store_entries(connection: AsyncConnection, change: NewChange, version: int) -> None:
    """Bring the table of own entries to what the change makes of it. An entry that stays as it is keeps its version."""
    kept: list[dict[str, object]] = []
    same: list[dict[str, object]] = []
    gone: list[dict[str, object]] = []
    for item in change.items:
        if item.after is None:
            gone.append({"of": change.guild_id, "of_entry": item.entry_id})
        elif item.after == item.before:
            made_from = _encoded(change.made_from.get(item.entry_id))
            same.append({"of": change.guild_id, "of_entry": item.entry_id, "now_from": made_from})
        else:
            row = {"guild_id": change.guild_id, "entry_id": item.entry_id, "version": version}
            made_from = _encoded(change.made_from.get(item.entry_id))
            kept.append(row | {"body": _encoded(item.after), "made_from": made_from})
    if kept:
        statement = insert_into(connection, own_entries)
        new = {name: statement.excluded[name] for name in ("version", "body", "made_from")}
        upsert = statement.on_conflict_do_update(index_elements=["guild_id", "entry_id"], set_=new)
        await connection.execute(upsert, kept)
    is_meant = (own_entries.c.guild_id == bindparam("of"), own_entries.c.entry_id == bindparam("of_entry"))
    if same:
        await connection.execute(update(own_entries).where(*is_meant).values(made_from=bindparam("now_from")), same)
    if gone:
        await connection.execute(delete(own_entries).where(*is_meant), gone)


async def _close_suggestion(connection: AsyncConnection, change: NewChange) -> Suggestion | None:
    if change.closes_suggestion is None:
        return None
    suggestion = await close_suggestion(connection, change.closes_suggestion, (change.guild_id,), Status.DONE)
    if suggestion is None:
        raise SuggestionClosed
    return suggestion


def _versioned(row: Row[str, int, str, str | None]) -> VersionedEntry:
    made_from = None if row.made_from is None else msgspec.json.decode(row.made_from, type=Entry)
    return VersionedEntry(msgspec.json.decode(row.body, type=Entry), row.version, made_from)


def _encoded(entry: Entry | None) -> str | None:
    return None if entry is None else msgspec.json.encode(entry).decode()
