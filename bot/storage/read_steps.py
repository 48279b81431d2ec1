"""What each person has read on paths."""

import time

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import read_steps
from bot.storage.upsert import insert_into


class ReadSteps:
    """The table of entries that people have read on paths, whatever the path."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def note(self, user_id: int, entry_id: str) -> None:
        """Note that somebody has read an entry."""
        row = {"user_id": user_id, "entry_id": entry_id, "read_at": int(time.time())}
        async with self._database.write() as connection:
            await connection.execute(insert_into(connection, read_steps).on_conflict_do_nothing(), row)

    async def of(self, user_id: int) -> frozenset[str]:
        """Return the ids of the entries that somebody has read."""
        query = select(read_steps.c.entry_id).where(read_steps.c.user_id == user_id)
        async with self._database.read() as connection:
            return frozenset((await connection.execute(query)).scalars())
