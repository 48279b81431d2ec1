"""Every change that moderators made to their server's own entries, newest first."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Entry
from bot.storage.database import Database
from bot.storage.tables import change_items, changes

# How many entries of a change are shown in a list of changes.
MAX_SHOWN = 3


class ChangeKind(enum.StrEnum):
    """What sort of change was made."""

    ADD = enum.auto()
    EDIT = enum.auto()
    REMOVE = enum.auto()
    ALIAS = enum.auto()
    APPROVE = enum.auto()
    IMPORT = enum.auto()
    REVERT = enum.auto()
    # The shared entry behind an own one has changed: moderators take its text, or keep theirs.
    TAKE = enum.auto()
    KEEP = enum.auto()


class ChangeItem(msgspec.Struct, frozen=True):
    """What a change did to one entry: `before` is `None` if it was new, `after` if it was removed."""

    entry_id: str
    before: Entry | None
    after: Entry | None

    @property
    def name(self) -> str:
        """Return the name of the entry, or the one it had."""
        entry = self.after or self.before
        return entry.name if entry else self.entry_id


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """One change: who made it and when (Unix time in seconds), how many entries it touched, and the first of them."""

    id: int
    user_id: int
    made_at: int
    kind: ChangeKind
    reverts: int | None
    added: int
    edited: int
    removed: int
    items: tuple[ChangeItem, ...]


class ChangeHistory:
    """The tables of changes, for reading."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def latest(
        self, guild_id: int, *, limit: int, entry_id: str | None = None, before: int | None = None
    ) -> tuple[RecordedChange, ...]:
        """Return changes of a server, the newest first.

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
            change_ids = [row.id for row in rows]
            sizes = await _sizes(connection, change_ids)
            items = await _first_items(connection, change_ids, entry_id)
        return tuple(_recorded(row, sizes[row.id], items[row.id]) for row in rows)

    async def items(self, guild_id: int, change_id: int) -> tuple[ChangeItem, ...]:
        """Return everything that a change of a server did, nothing if the server has no such change."""
        query = (
            select(change_items.c.entry_id, change_items.c.before, change_items.c.after)
            .join(changes, changes.c.id == change_items.c.change_id)
            .where(changes.c.id == change_id, changes.c.guild_id == guild_id)
            .order_by(change_items.c.entry_id)
        )
        async with self._database.read() as connection:
            return tuple(map(_item, await connection.execute(query)))


async def _sizes(connection: AsyncConnection, change_ids: Iterable[int]) -> dict[int, tuple[int, int, int]]:
    """Return how many entries each change added, edited and removed."""
    is_new, is_gone = change_items.c.before.is_(None), change_items.c.after.is_(None)
    query = (
        select(
            change_items.c.change_id,
            func.sum(case((is_new, 1), else_=0)),
            func.sum(case((is_new | is_gone, 0), else_=1)),
            func.sum(case((is_gone, 1), else_=0)),
        )
        .where(change_items.c.change_id.in_(change_ids))
        .group_by(change_items.c.change_id)
    )
    rows = await connection.execute(query)
    return {change_id: (added, edited, removed) for change_id, added, edited, removed in rows}


async def _first_items(
    connection: AsyncConnection, change_ids: Sequence[int], entry_id: str | None
) -> dict[int, list[ChangeItem]]:
    """Return the first entries of each change, or only the entry with an id."""
    position = func.row_number().over(partition_by=change_items.c.change_id, order_by=change_items.c.entry_id)
    numbered = select(change_items, position.label("position")).where(change_items.c.change_id.in_(change_ids))
    if entry_id is not None:
        numbered = numbered.where(change_items.c.entry_id == entry_id)
    first = numbered.subquery()
    query = (
        select(first.c.change_id, first.c.entry_id, first.c.before, first.c.after)
        .where(first.c.position <= MAX_SHOWN)
        .order_by(first.c.change_id, first.c.position)
    )
    items: dict[int, list[ChangeItem]] = {change_id: [] for change_id in change_ids}
    for change_id, *columns in await connection.execute(query):
        items[change_id].append(_item(columns))
    return items


def _recorded(row: Row[Any], size: tuple[int, int, int], items: Iterable[ChangeItem]) -> RecordedChange:
    kind = ChangeKind(row.kind)
    return RecordedChange(row.id, row.user_id, row.made_at, kind, row.reverts, *size, tuple(items))


def _item(columns: Sequence[Any]) -> ChangeItem:
    entry_id, before, after = columns
    return ChangeItem(entry_id, _decoded(before), _decoded(after))


def _decoded(body: str | None) -> Entry | None:
    return msgspec.json.decode(body, type=Entry) if body else None
