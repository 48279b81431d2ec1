"""Deleting what is stored about a person or a server, and about servers that the bot has left."""

import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.ids import HOME_SERVERS, NO_SERVER
from bot.storage.personal import Stored, copy_about, forget, stored_about
from bot.storage.tables import left_servers, metadata

_OF_SERVERS = [table for table in reversed(metadata.sorted_tables) if "guild_id" in table.c]


class Retention:
    """Deletes data for good."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def stored_about(self, user_id: int) -> tuple[Stored, ...]:
        """Return how much is stored about a person, by table."""
        async with self._database.read() as connection:
            return await stored_about(connection, user_id)

    async def copy_about(self, user_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return everything that is stored about a person, by the name of its table."""
        async with self._database.read() as connection:
            return await copy_about(connection, user_id)

    async def forget_person(self, user_id: int) -> tuple[Stored, ...]:
        """Delete what a person wrote and take their id out of every history; return how much there was."""
        async with self._database.write() as connection:
            stored = await stored_about(connection, user_id)
            await forget(connection, user_id)
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


async def _forget_server(connection: AsyncConnection, guild_id: int) -> int:
    deleted = [await connection.execute(delete(table).where(table.c.guild_id == guild_id)) for table in _OF_SERVERS]
    return sum(one.rowcount for one in deleted)
