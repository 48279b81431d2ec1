"""The leaderboards of servers: those members who joined, and what they have answered there since then."""

from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import leaderboards
from bot.storage.upsert import insert_into


class Place(NamedTuple):
    """A person on a leaderboard, with the number of their answers and of the right ones."""

    user_id: int
    answered: int
    answered_right: int


class Leaderboards:
    """The table of leaderboards. Nobody is on one who did not join it."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def join(self, guild_id: int, user_id: int) -> None:
        """Put somebody on the leaderboard of a server; what they have there already stays."""
        async with self._database.write() as connection:
            statement = insert_into(connection, leaderboards)
            row = {"guild_id": guild_id, "user_id": user_id, "answered": 0, "answered_right": 0}
            await connection.execute(statement.on_conflict_do_nothing(), row)

    async def leave(self, guild_id: int, user_id: int) -> None:
        """Take somebody off the leaderboard of a server, and delete their points there."""
        mine = (leaderboards.c.guild_id == guild_id, leaderboards.c.user_id == user_id)
        async with self._database.write() as connection:
            await connection.execute(delete(leaderboards).where(*mine))

    async def top(self, guild_id: int, limit: int) -> tuple[Place, ...]:
        """Return the first places of a server: most right answers first, then fewest wrong ones."""
        table = leaderboards.c
        query = (
            select(table.user_id, table.answered, table.answered_right)
            .where(table.guild_id == guild_id)
            .order_by(table.answered_right.desc(), table.answered, table.user_id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return tuple(Place(*row) for row in await connection.execute(query))


async def count_answer(connection: AsyncConnection, guild_id: int, user_id: int, *, is_right: bool) -> None:
    """Count an answer within a transaction, if the person is on the leaderboard of the server."""
    table = leaderboards.c
    await connection.execute(
        update(leaderboards)
        .where(table.guild_id == guild_id, table.user_id == user_id)
        .values(answered=table.answered + 1, answered_right=table.answered_right + int(is_right))
    )
