"""Deleting what is stored about a person or a server, and about servers that the bot has left."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.ids import FORGOTTEN_PERSON, HOME_SERVERS, NO_SERVER
from bot.storage.tables import changes, drafts, left_servers, metadata, revisions, suggestions

# What a person wrote is deleted. What a moderator changed can still be reverted, but no longer says who it was.
WRITTEN_BY = (suggestions, drafts)
CHANGED_BY = (changes, revisions)
_OF_SERVERS = [table for table in reversed(metadata.sorted_tables) if "guild_id" in table.c]


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is stored about a person."""

    suggestions: int
    drafts: int
    changes: int

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.suggestions or self.drafts or self.changes)


class Retention:
    """Deletes data for good."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def stored_about(self, user_id: int) -> Stored:
        """Return how much is stored about a person."""
        async with self._database.read() as connection:
            return await _stored_about(connection, user_id)

    async def forget_person(self, user_id: int) -> Stored:
        """Delete what a person wrote and take their id out of every history; return how much there was."""
        async with self._database.write() as connection:
            stored = await _stored_about(connection, user_id)
            for table in WRITTEN_BY:
                await connection.execute(delete(table).where(table.c.user_id == user_id))
            for table in CHANGED_BY:
                await connection.execute(
                    update(table).where(table.c.user_id == user_id).values(user_id=FORGOTTEN_PERSON)
                )
        return stored

    async def forget_server(self, guild_id: int) -> int:
        """Delete everything that is stored about a server and return how many rows that were."""
        async with self._database.write() as connection:
            return await _forget_server(connection, guild_id)

    async def servers(self) -> frozenset[int]:
        """Return the ids of the servers about which anything is stored, without those that are no server."""
        async with self._database.read() as connection:
            found = [await connection.execute(select(table.c.guild_id).distinct()) for table in _OF_SERVERS]
            return frozenset(guild_id for rows in found for guild_id in rows.scalars()) - {NO_SERVER, HOME_SERVERS}

    async def note_left(self, gone: Iterable[int], present: Iterable[int]) -> int:
        """Note which servers the bot has left and which it is in; return how many it has left since last time."""
        async with self._database.write() as connection:
            known = frozenset((await connection.execute(select(left_servers.c.guild_id))).scalars())
            rows = [{"guild_id": guild_id, "left_at": int(time.time())} for guild_id in gone if guild_id not in known]
            if rows:
                await connection.execute(insert(left_servers), rows)
            for guild_id in known.intersection(present):
                await connection.execute(delete(left_servers).where(left_servers.c.guild_id == guild_id))
        return len(rows)

    async def expire_left(self, days: int) -> tuple[int, ...]:
        """Delete what is stored about servers that were left more than a number of days ago, and return their ids."""
        before = int(time.time()) - days * 86_400
        query = select(left_servers.c.guild_id).where(left_servers.c.left_at <= before)
        async with self._database.write() as connection:
            expired = tuple((await connection.execute(query)).scalars())
            for guild_id in expired:
                await _forget_server(connection, guild_id)
        return expired


async def _stored_about(connection: AsyncConnection, user_id: int) -> Stored:
    counts = [
        await connection.execute(select(func.count()).select_from(table).where(table.c.user_id == user_id))
        for table in (suggestions, drafts, changes, revisions)
    ]
    written, unfinished, changed, reloaded = (count.scalar_one() for count in counts)
    return Stored(written, unfinished, changed + reloaded)


async def _forget_server(connection: AsyncConnection, guild_id: int) -> int:
    deleted = [await connection.execute(delete(table).where(table.c.guild_id == guild_id)) for table in _OF_SERVERS]
    return sum(one.rowcount for one in deleted)
