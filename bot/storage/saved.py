"""The entries that people save for themselves."""

import time
from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, func, select

from bot.storage.database import Database
from bot.storage.ids import NO_SERVER
from bot.storage.tables import saved_entries
from bot.storage.upsert import insert_into

# How many entries one person can save.
MOST_SAVED = 300


class Saved:
    """The table of saved entries. A shared entry is saved for all servers (`None`), an own one for its server."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def save(self, user_id: int, guild_id: int | None, entry_id: str) -> bool:
        """Save an entry, unless it is saved already; return whether it is saved, as nothing is beyond `MOST_SAVED`."""
        key = {"user_id": user_id, "guild_id": guild_id or NO_SERVER, "entry_id": entry_id}
        is_theirs = saved_entries.c.user_id == user_id
        async with self._database.write() as connection:
            is_there = select(saved_entries.c.entry_id).filter_by(**key)
            if (await connection.execute(is_there)).first() is not None:
                return True
            count = (await connection.execute(select(func.count()).where(is_theirs))).scalar_one()
            if count >= MOST_SAVED:
                return False
            statement = insert_into(connection, saved_entries).on_conflict_do_nothing()
            await connection.execute(statement, key | {"saved_at": int(time.time())})
        return True

    async def remove(self, user_id: int, guild_id: int | None, entry_ids: Collection[str]) -> None:
        """Remove entries from what somebody saved, as far as it is seen in a server."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(saved_entries).where(*_seen_in(user_id, guild_id), saved_entries.c.entry_id.in_(entry_ids))
            )

    async def ids(self, user_id: int, guild_id: int | None) -> tuple[str, ...]:
        """Return the ids of what somebody saved, as far as it is seen in a server; the newest first."""
        query = (
            select(saved_entries.c.entry_id)
            .where(*_seen_in(user_id, guild_id))
            .order_by(saved_entries.c.saved_at.desc(), saved_entries.c.entry_id)
        )
        async with self._database.read() as connection:
            return tuple(dict.fromkeys((await connection.execute(query)).scalars()))


def _seen_in(user_id: int, guild_id: int | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for what somebody saved of the shared entries and of a server's own."""
    return saved_entries.c.user_id == user_id, saved_entries.c.guild_id.in_({NO_SERVER, guild_id or NO_SERVER})
