"""The entries that servers have of their own, and every change that was ever made to them."""

import enum
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, case, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Entry
from bot.storage.database import Database
from bot.storage.tables import change_items, changes, own_entries
from bot.storage.upsert import insert_into

# So many of a change's entries are shown in a list of changes.
MOST_SHOWN = 3


class Kind(enum.StrEnum):
    """What sort of change was made."""

    ADD = enum.auto()
    EDIT = enum.auto()
    REMOVE = enum.auto()
    ALIAS = enum.auto()
    APPROVE = enum.auto()
    IMPORT = enum.auto()
    REVERT = enum.auto()


class Versioned(NamedTuple):
    """An own entry and its version, which is the id of the change that made it what it is."""

    entry: Entry
    version: int


class Item(msgspec.Struct, frozen=True):
    """What a change did to one entry: `None` before for one that was new, after for one that was removed."""

    entry_id: str
    before: Entry | None
    after: Entry | None

    @property
    def name(self) -> str:
        """Return what the entry is called, or was."""
        entry = self.after or self.before
        return entry.name if entry else self.entry_id


@dataclass(frozen=True, slots=True)
class Change:
    """One change: who made it and when (Unix time in seconds), how much it did, and its first entries."""

    id: int
    user_id: int
    made_at: int
    kind: Kind
    reverts: int | None
    added: int
    edited: int
    removed: int
    items: tuple[Item, ...]


class Stale(Exception):  # noqa: N818 - not a failure: whoever gets it looks again
    """The server's entries were changed by somebody else since they were read."""


# What is to happen in the same transaction as a change.
Also = Callable[[AsyncConnection], Awaitable[None]]


class OwnEntries:
    """The tables of own entries and their history."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def servers(self) -> frozenset[int]:
        """Return the ids of the servers that have entries of their own."""
        async with self._database.read() as connection:
            return frozenset((await connection.execute(select(own_entries.c.guild_id).distinct())).scalars())

    async def of(self, guild_id: int) -> tuple[Mapping[str, Versioned], int]:
        """Return the own entries of a server by their id, and the id of its last change, 0 before the first."""
        query = select(own_entries.c.entry_id, own_entries.c.version, own_entries.c.body).where(
            own_entries.c.guild_id == guild_id
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(own_entries.c.entry_id))).all()
            latest = await _latest(connection, guild_id)
        return {row.entry_id: Versioned(_decoded(row.body), row.version) for row in rows}, latest

    async def latest(self, guild_ids: Collection[int]) -> dict[int, int]:
        """Return the ids of the last changes of those servers that have any."""
        of_servers = changes.c.guild_id.in_(guild_ids)
        latest = func.max(changes.c.id).label("latest")
        query = select(changes.c.guild_id, latest).where(of_servers).group_by(changes.c.guild_id)
        async with self._database.read() as connection:
            return {row.guild_id: row.latest for row in await connection.execute(query)}

    async def change(
        self,
        guild_id: int,
        user_id: int,
        kind: Kind,
        items: Sequence[Item],
        *,
        latest: int,
        reverts: int | None = None,
        also: Sequence[Also] = (),
    ) -> int:
        """Make a change in one transaction, with what else belongs to it, and return its id.

        Raise `Stale` and change nothing when `latest` is not the last change of the server any more.
        """
        async with self._database.write() as connection:
            if await _latest(connection, guild_id) != latest:
                raise Stale
            values = {
                "guild_id": guild_id,
                "user_id": user_id,
                "made_at": int(time.time()),
                "kind": kind.value,
                "reverts": reverts,
            }
            change_id: int = (await connection.execute(insert(changes).returning(changes.c.id), values)).scalar_one()
            await connection.execute(
                insert(change_items),
                [
                    {
                        "change_id": change_id,
                        "entry_id": item.entry_id,
                        "before": _encoded(item.before),
                        "after": _encoded(item.after),
                    }
                    for item in items
                ],
            )
            await _put(connection, guild_id, change_id, items)
            for work in also:
                await work(connection)
        return change_id

    async def history(
        self, guild_id: int, *, limit: int, entry_id: str | None = None, before: int | None = None
    ) -> tuple[Change, ...]:
        """Return changes of a server, the newest first, each with its first entries.

        With `entry_id` only those of one entry, with `before` only those made before another change.
        """
        query = select(changes).where(changes.c.guild_id == guild_id).order_by(changes.c.id.desc()).limit(limit)
        if entry_id is not None:
            of_entry = select(change_items.c.change_id).where(change_items.c.entry_id == entry_id)
            query = query.where(changes.c.id.in_(of_entry))
        if before is not None:
            query = query.where(changes.c.id < before)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
            return await _with_items(connection, rows, entry_id)

    async def items(self, guild_id: int, change_id: int) -> tuple[Item, ...]:
        """Return all that a change of a server did, nothing when the server has no such change."""
        query = (
            select(change_items.c.entry_id, change_items.c.before, change_items.c.after)
            .join(changes, changes.c.id == change_items.c.change_id)
            .where(changes.c.id == change_id, changes.c.guild_id == guild_id)
            .order_by(change_items.c.entry_id)
        )
        async with self._database.read() as connection:
            return tuple(map(_item, await connection.execute(query)))


async def _latest(connection: AsyncConnection, guild_id: int) -> int:
    query = select(func.max(changes.c.id)).where(changes.c.guild_id == guild_id)
    return (await connection.execute(query)).scalar_one() or 0


async def _put(connection: AsyncConnection, guild_id: int, version: int, items: Sequence[Item]) -> None:
    """Bring the entries to what a change makes of them."""
    kept = [
        {"guild_id": guild_id, "entry_id": item.entry_id, "version": version, "body": _encoded(item.after)}
        for item in items
        if item.after is not None
    ]
    if kept:
        statement = insert_into(connection, own_entries)
        new = {"version": statement.excluded.version, "body": statement.excluded.body}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["guild_id", "entry_id"], set_=new), kept
        )
    gone = [{"of": guild_id, "gone": item.entry_id} for item in items if item.after is None]
    if gone:
        same = (own_entries.c.guild_id == bindparam("of"), own_entries.c.entry_id == bindparam("gone"))
        await connection.execute(delete(own_entries).where(*same), gone)


async def _with_items(connection: AsyncConnection, rows: Sequence[Any], entry_id: str | None) -> tuple[Change, ...]:
    """Add to changes how much they did and their first entries, or the one entry asked for."""
    ids = [row.id for row in rows]
    new, gone = change_items.c.before.is_(None), change_items.c.after.is_(None)
    sums = select(
        change_items.c.change_id,
        func.sum(case((new, 1), else_=0)),
        func.sum(case((new | gone, 0), else_=1)),
        func.sum(case((gone, 1), else_=0)),
    )
    sums = sums.where(change_items.c.change_id.in_(ids)).group_by(change_items.c.change_id)
    sizes = {row[0]: row[1:] for row in await connection.execute(sums)}
    position = func.row_number().over(partition_by=change_items.c.change_id, order_by=change_items.c.entry_id)
    numbered = select(change_items, position.label("position")).where(change_items.c.change_id.in_(ids))
    if entry_id is not None:
        numbered = numbered.where(change_items.c.entry_id == entry_id)
    first = numbered.subquery()
    found = await connection.execute(
        select(first.c.change_id, first.c.entry_id, first.c.before, first.c.after)
        .where(first.c.position <= MOST_SHOWN)
        .order_by(first.c.change_id, first.c.position)
    )
    items: dict[int, list[Item]] = {change_id: [] for change_id in ids}
    for change_id, *parts in found:
        items[change_id].append(_item(parts))
    return tuple(
        Change(row.id, row.user_id, row.made_at, Kind(row.kind), row.reverts, *sizes[row.id], tuple(items[row.id]))
        for row in rows
    )


def _item(row: Sequence[Any]) -> Item:
    entry_id, before, after = row
    return Item(entry_id, _decoded(before) if before else None, _decoded(after) if after else None)


def _encoded(entry: Entry | None) -> str | None:
    return None if entry is None else msgspec.json.encode(entry).decode()


def _decoded(body: str) -> Entry:
    return msgspec.json.decode(body, type=Entry)
