"""When moderators last found a shared entry still right, until the data files have that day."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import checked_entries
from bot.storage.upsert import insert_into

# Day 0 of the table.
_EPOCH = dt.date(1970, 1, 1).toordinal()


class Checks:
    """The days of checks, by server; those of the home servers are together under `HOME_SERVERS`."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def note(self, guild_id: int, entry_id: str, day: dt.date) -> None:
        """Note that an entry was still right on a day, in place of an earlier day."""
        async with self._database.write() as connection:
            statement = insert_into(connection, checked_entries)
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["guild_id", "entry_id"], set_={"day": statement.excluded.day}
                ),
                {"guild_id": guild_id, "entry_id": entry_id, "day": day.toordinal() - _EPOCH},
            )

    async def of(self, guild_id: int) -> Mapping[str, dt.date]:
        """Return the day of the last check of each entry that was checked in a server, by id."""
        query = select(checked_entries.c.entry_id, checked_entries.c.day).where(checked_entries.c.guild_id == guild_id)
        async with self._database.read() as connection:
            return {entry_id: dt.date.fromordinal(day + _EPOCH) for entry_id, day in await connection.execute(query)}
