"""Drafts: what somebody typed and could not save yet, or uploaded and has not confirmed yet."""

import time
from typing import TypeVar

import msgspec
from sqlalchemy import delete, insert, select

from bot.storage.database import Database
from bot.storage.tables import drafts

# A draft that nobody came back to is deleted after so many days.
KEPT_DAYS = 7
# So many drafts of one person are kept; the oldest make room.
MOST_DRAFTS = 10

Body = TypeVar("Body", bound=msgspec.Struct)


class Drafts:
    """The table of drafts, each read by whoever made it, in the server that it was made in."""

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
        """Return somebody's draft, `None` when it is theirs no more, was finished or has expired."""
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
        """Delete drafts that were kept for long enough and return how many there were."""
        before = int(time.time()) - KEPT_DAYS * 86_400
        async with self._database.write() as connection:
            return (await connection.execute(delete(drafts).where(drafts.c.created_at < before))).rowcount
