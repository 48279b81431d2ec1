"""What people suggest: terms, and what is wrong with entries. Open until moderators decide, stored until forgotten."""

import enum
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import suggestions

# How many open suggestions one person may have in one server.
MOST_OPEN = 5


class Status(enum.StrEnum):
    """What became of a suggestion."""

    OPEN = enum.auto()
    DONE = enum.auto()
    DECLINED = enum.auto()


class SuggestionClosed(Exception):  # noqa: N818 - not a failure: somebody was faster
    """The suggestion that a change answers is not open."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that somebody suggested, or the name of an entry and what is wrong with it.

    `entry_id` is that of the wrong entry, "" for a suggested term; `created_at` is Unix time in seconds.
    """

    id: int
    user_id: int
    term: str
    details: str
    created_at: int
    entry_id: str = ""


class OpenCounts(NamedTuple):
    """How many suggestions are open, by kind."""

    terms: int
    reports: int


_COLUMNS = (
    suggestions.c.id,
    suggestions.c.user_id,
    suggestions.c.term,
    suggestions.c.details,
    suggestions.c.created_at,
    suggestions.c.entry_id,
)


class Suggestions:
    """The table of suggestions.

    The id of a server is `NO_SERVER` for direct messages and servers without the bot, and `HOME_SERVERS` for reports
    about shared entries.
    """

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def add(
        self, guild_id: int, user_id: int, term: str, details: str, *, entry_id: str = ""
    ) -> Suggestion | None:
        """Store a suggestion and return it, `None` if the person has `MOST_OPEN` open ones in the server already."""
        values = {
            "guild_id": guild_id,
            "user_id": user_id,
            "term": term,
            "details": details,
            "created_at": int(time.time()),
            "status": Status.OPEN,
            "entry_id": entry_id,
        }
        async with self._database.write() as connection:
            if await _count_open_by(connection, user_id, guild_id) >= MOST_OPEN:
                return None
            added = await connection.execute(insert(suggestions).returning(*_COLUMNS), values)
            return _suggestion(added.one())

    async def open_in(
        self, guild_ids: Collection[int], limit: int, *, are_reports: bool | None = None
    ) -> tuple[Suggestion, ...]:
        """Return the open suggestions of some servers, newest first, up to a limit.

        They are the reports only, or all but the reports, if `are_reports` says so.
        """
        query = (
            select(*_COLUMNS)
            .where(suggestions.c.guild_id.in_(guild_ids), suggestions.c.status == Status.OPEN)
            .order_by(suggestions.c.id.desc())
            .limit(limit)
        )
        if are_reports is not None:
            query = query.where((suggestions.c.entry_id != "") == are_reports)
        async with self._database.read() as connection:
            return tuple(map(_suggestion, await connection.execute(query)))

    async def count_open(self, guild_ids: Collection[int]) -> OpenCounts:
        """Return how many terms are suggested in some servers, and how many reports there are."""
        query = (
            select(suggestions.c.entry_id != "", func.count())
            .where(suggestions.c.guild_id.in_(guild_ids), suggestions.c.status == Status.OPEN)
            .group_by(suggestions.c.entry_id != "")
        )
        async with self._database.read() as connection:
            counts = {bool(are_reports): count for are_reports, count in await connection.execute(query)}
        return OpenCounts(counts.get(False, 0), counts.get(True, 0))

    async def get(self, suggestion_id: int, guild_ids: Collection[int]) -> Suggestion | None:
        """Return an open suggestion of one of these servers, `None` if there is none with this id."""
        query = select(*_COLUMNS).where(*_is_open(suggestion_id, guild_ids))
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _suggestion(row)

    async def close(self, suggestion_id: int, guild_ids: Collection[int], status: Status) -> Suggestion | None:
        """Close an open suggestion of one of these servers and return it, `None` if there is none with this id."""
        async with self._database.write() as connection:
            return await close_suggestion(connection, suggestion_id, guild_ids, status)

    async def count_open_by(self, user_id: int, guild_id: int) -> int:
        """Return how many open suggestions somebody has in a server."""
        async with self._database.read() as connection:
            return await _count_open_by(connection, user_id, guild_id)


async def close_suggestion(
    connection: AsyncConnection, suggestion_id: int, guild_ids: Collection[int], status: Status
) -> Suggestion | None:
    """Close an open suggestion within a transaction and return it, `None` if there is none with this id."""
    statement = (
        update(suggestions).where(*_is_open(suggestion_id, guild_ids)).values(status=status).returning(*_COLUMNS)
    )
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else _suggestion(row)


def _is_open(suggestion_id: int, guild_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        suggestions.c.id == suggestion_id,
        suggestions.c.guild_id.in_(guild_ids),
        suggestions.c.status == Status.OPEN,
    )


async def _count_open_by(connection: AsyncConnection, user_id: int, guild_id: int) -> int:
    query = select(func.count()).where(
        suggestions.c.guild_id == guild_id, suggestions.c.status == Status.OPEN, suggestions.c.user_id == user_id
    )
    return (await connection.execute(query)).scalar_one()


def _suggestion(row: Row[int, int, str, str, int, str]) -> Suggestion:
    return Suggestion(*row)
