"""The log channel: each change of a server's own entries, posted by the process that made it."""

import asyncio
import logging

import discord

from bot.chat import send
from bot.chat.client import Client
from bot.chat.errors import UNREACHABLE
from bot.features.history import cards
from bot.features.posts.posting import note_failure
from bot.storage.database import DatabaseUnavailable
from bot.storage.posts import PostKind

_log = logging.getLogger(__name__)


async def post_change(client: Client, guild_id: int, change_id: int) -> None:
    """Post a change that was just committed, if moderators have chosen a channel for that.

    The change is made, whatever becomes of the post: a failure is logged, and the settings of the server show it.
    """
    try:
        await _post_change(client, guild_id, change_id)
    except DatabaseUnavailable as error:
        _log.warning("Change #%d of server %d is not in its log channel: %s", change_id, guild_id, error)


async def _post_change(client: Client, guild_id: int, change_id: int) -> None:
    services = client.services
    server = await services.servers.of(guild_id)
    channel_id = server.settings.log_channel
    if channel_id is None:
        return
    change = await services.servers.recorded(guild_id, change_id)
    items = await services.servers.items_of(guild_id, change_id)
    card = await asyncio.to_thread(cards.logged, change, items, server.shared)
    try:
        await send.post(client, channel_id, card)
    except (discord.HTTPException, *UNREACHABLE) as error:
        _log.warning("Change #%d of server %d is not in its log channel.", change_id, guild_id)
        await note_failure(client, guild_id, PostKind.LOG, channel_id, error)
    else:
        await services.posts.clear_problem(guild_id, PostKind.LOG)
