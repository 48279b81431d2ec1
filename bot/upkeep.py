"""Deleting what has been kept for long enough; by timestamps, so that it catches up after a standstill."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.replies.errors import UNREACHABLE

if TYPE_CHECKING:
    from bot.client import GlossaryBot

EVERY_HOURS = 6

_log = logging.getLogger(__name__)


async def keep_up(client: "GlossaryBot") -> None:
    """Delete what is due once the bot is connected, and every few hours from then on."""
    await client.wait_until_ready()
    while True:
        await delete_what_is_due(client)
        await asyncio.sleep(EVERY_HOURS * 3600)


async def delete_what_is_due(client: "GlossaryBot") -> None:
    """Do each part of the upkeep; what fails is tried again the next time and keeps no other part from being done."""
    for what, work in _PARTS.items():
        try:
            await work(client)
        except (SQLAlchemyError, *UNREACHABLE) as error:
            _log.warning("%s could not be deleted and will be later: %s", what, str(error).partition("\n")[0])
        except Exception:  # noqa: BLE001 - whatever it was, it is tried again
            _log.exception("%s could not be deleted and will be later", what)


async def _expire_misses(client: "GlossaryBot") -> None:
    await client.usage.misses.expire(client.settings.keep_misses_days)


async def _expire_drafts(client: "GlossaryBot") -> None:
    await client.drafts.expire()


async def _forget_left_servers(client: "GlossaryBot") -> None:
    """Note which servers with data the bot is no longer in, and delete the data of those left long ago.

    Without the guilds intent Discord does not say when the bot is removed; it is asked where the bot is instead.
    """
    with_data = await client.retention.servers()
    if not with_data:
        return
    present = {guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)}
    if left := await client.retention.note_left(with_data - present, present):
        days = client.settings.keep_left_servers_days
        _log.info("Servers that the bot is no longer in: %d; their data is deleted in %d days.", left, days)
    for guild_id in await client.retention.expire_left(client.settings.keep_left_servers_days):
        client.servers.forget(guild_id)
        _log.info("The data of server %d was deleted; the bot left it long ago.", guild_id)


_PARTS: dict[str, Callable[["GlossaryBot"], Awaitable[None]]] = {
    "Old misses": _expire_misses,
    "Old drafts": _expire_drafts,
    "The data of servers left": _forget_left_servers,
}
