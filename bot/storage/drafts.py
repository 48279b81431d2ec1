"""Drafts: forms that could not be saved yet, and imports that nobody has confirmed yet."""

import time
from typing import TypeVar

import msgspec
from sqlalchemy import delete, insert, select

from bot.storage.database import Database
from bot.storage.tables import drafts

# How many days a draft is kept.
KEPT_DAYS = 7
# How many drafts of one person are kept; a new one replaces the oldest.
MOST_DRAFTS = 10

Body = TypeVar("Body", bound=msgspec.Struct)


class Drafts:
    """The table of drafts. Only the person who made a draft can read it, in the server where they made it."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def keep(self, guild_id: int, user_id: int, body: msgspec.Struct) -> int:
        """Keep a draft and return its id."""
        values = {
            "guild_id": guild_id,
            "user_id": user_id,
            "created_at": int(time.time()),
            "body": msgspec.json.encode(body).decode(),
        }
        newest = (
            select(drafts.c.id).where(drafts.c.user_id == user_id).order_by(drafts.c.id.desc()).limit(MOST_DRAFTS - 1)
        )
        async with self._database.write() as connection:
            await connection.execute(delete(drafts).where(drafts.c.user_id == user_id, drafts.c.id.not_in(newest)))
            draft_id: int = (await connection.execute(insert(drafts).returning(drafts.c.id), values)).scalar_one()
        return draft_id

    async def get(self, draft_id: int, guild_id: int, user_id: int, kind: type[Body]) -> Body | None:
        """Return somebody's draft, `None` if it is not theirs, was finished or has expired."""
        query = select(drafts.c.body).where(
            drafts.c.id == draft_id, drafts.c.guild_id == guild_id, drafts.c.user_id == user_id
        )
        async with self._database.read() as connection:
            body = (await connection.execute(query)).scalar_one_or_none()
        try:
            return None if body is None else msgspec.json.decode(body, type=kind)
        except msgspec.ValidationError:
            return None  # of another kind, or from another version of the bot

    async def discard(self, draft_id: int, user_id: int) -> None:
        """Delete somebody's draft, if it is still there."""
        async with self._database.write() as connection:
            await connection.execute(delete(drafts).where(drafts.c.id == draft_id, drafts.c.user_id == user_id))

    async def expire(self) -> int:
        """Delete drafts older than `KEPT_DAYS` and return how many there were."""
        before = int(time.time()) - KEPT_DAYS * 86_400
        async with self._database.write() as connection:
            return (await connection.execute(delete(drafts).where(drafts.c.created_at < before))).rowcount
