"""The settings of each server."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import or_, select

from bot.storage.database import Database
from bot.storage.tables import server_settings
from bot.storage.upsert import insert_into

_SCHEDULED_CHANNELS = ("daily_channel", "digest_channel")


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The settings of one server. Without any channels, the bot answers for everyone in all of them."""

    answer_mentions: bool = True
    hide_replies: bool = False
    channels: tuple[int, ...] = ()
    take_suggestions: bool = True
    suggestions_channel: int | None = None
    moderator_role: int | None = None
    # What the bot posts by itself: each into a channel, or not at all.
    daily_channel: int | None = None
    digest_channel: int | None = None
    log_channel: int | None = None
    # The hour of the daily term and the digest, the weekday of the digest (0 is Monday), and the IANA name of the zone.
    post_hour: int = 9
    digest_weekday: int = 0
    time_zone: str = "UTC"
    # When moderators last changed what is posted when, in Unix time: nothing that was due before is made up.
    scheduled_at: int = 0

    def answers_in(self, *places: int | None) -> bool:
        """Tell whether the bot answers for everyone in a channel, given its id and that of its parent."""
        return not self.channels or not set(places).isdisjoint(self.channels)


class AllServerSettings:
    """The table of settings."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def servers(self) -> frozenset[int]:
        """Return the ids of the servers that have set anything."""
        async with self._database.read() as connection:
            return frozenset((await connection.execute(select(server_settings.c.guild_id))).scalars())

    async def of(self, guild_id: int) -> ServerSettings:
        """Return the settings of a server."""
        async with self._database.read() as connection:
            body = (await connection.execute(_body_of(guild_id))).scalar_one_or_none()
        return _decoded(body)

    async def of_all(self, guild_ids: Collection[int]) -> dict[int, ServerSettings]:
        """Return the settings of those servers that have set any."""
        query = select(server_settings).where(server_settings.c.guild_id.in_(guild_ids))
        async with self._database.read() as connection:
            return {row.guild_id: _decoded(row.body) for row in await connection.execute(query)}

    async def with_schedule(self) -> dict[int, ServerSettings]:
        """Return the settings of the servers in which something is posted at an hour.

        Most servers have no such channel. Their settings, in which it would stand by its name, are not even read.
        """
        is_scheduled = or_(
            *(server_settings.c.body.contains(f'"{name}"', autoescape=True) for name in _SCHEDULED_CHANNELS)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(select(server_settings).where(is_scheduled))
            return {row.guild_id: _decoded(row.body) for row in rows}

    async def set(self, guild_id: int, **values: Any) -> ServerSettings:
        """Change some settings of a server and return all of them; changes that others make meanwhile stay."""
        async with self._database.write() as connection:
            body = (await connection.execute(_body_of(guild_id))).scalar_one_or_none()
            changed = msgspec.structs.replace(_decoded(body), **values)
            statement = insert_into(connection, server_settings)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["guild_id"], set_={"body": statement.excluded.body}),
                {"guild_id": guild_id, "body": msgspec.json.encode(changed).decode()},
            )
        return changed


def _body_of(guild_id: int) -> Any:
    return select(server_settings.c.body).where(server_settings.c.guild_id == guild_id)


def _decoded(body: str | None) -> ServerSettings:
    return msgspec.json.decode(body, type=ServerSettings) if body else ServerSettings()
