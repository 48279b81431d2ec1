"""Posting by itself: claim a post, send it, and note why Discord refuses it."""

import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import aiohttp
import discord

from bot.chat import send
from bot.chat.card import Card
from bot.chat.client import Client
from bot.chat.errors import REFUSED, UNREACHABLE
from bot.chat.refused_mentions import reason_of
from bot.features.posts import cards
from bot.services import Services
from bot.storage.posts import DuePost, PostKind, Problem

_log = logging.getLogger(__name__)


class Post(NamedTuple):
    """What to post, and the id of the term that it shows, if it shows one."""

    card: Card
    entry_id: str = ""


# Returns `None` if there is nothing to post.
MakePost = Callable[[Services, DuePost], Awaitable[Post | None]]


def serves(client: Client, guild_id: int) -> bool:
    """Tell whether a server belongs to one of the shards that this process keeps connected.

    https://docs.discord.com/developers/events/gateway#sharding
    """
    shard = client.shards.get((guild_id >> 22) % (client.shard_count or 1))
    return shard is not None and not shard.is_closed()


async def post(client: Client, due: DuePost, make: MakePost) -> None:
    """Post something that is due, unless another process has claimed it.

    From the claim on, the post is sent once or not at all: after an error nobody knows whether Discord has posted it.
    """
    posts = client.services.posts
    made = await make(client.services, due)
    if made is None or not await posts.claim(due, made.entry_id):
        return
    try:
        await send.post(client, due.channel_id, made.card)
    except aiohttp.ClientConnectorError:
        # Nothing has left this machine, so it can be tried again.
        await posts.release(due)
        raise
    except (discord.HTTPException, *UNREACHABLE) as error:
        await note_failure(client, due.guild_id, due.kind, due.channel_id, error)


async def note_failure(client: Client, guild_id: int, kind: PostKind, channel_id: int, error: Exception) -> None:
    """Log and note why a post failed. If the channel forbids it, pause what is posted by the clock and say so."""
    is_refused = isinstance(error, REFUSED)
    code = error.code if isinstance(error, discord.HTTPException) else 0
    reason = reason_of(code) if code else "Discord failed or could not be reached"
    problem = Problem(channel_id, reason, is_paused=is_refused and kind is not PostKind.LOG)
    _log.warning("Posting %s in server %d failed: %s", cards.named(kind), guild_id, str(error).partition("\n")[0])
    await client.services.posts.note_problem(guild_id, kind, problem)
    if problem.is_paused:
        await _tell_moderators(client, guild_id, channel_id, cards.paused(kind, problem))


async def _tell_moderators(client: Client, guild_id: int, refusing_channel_id: int, card: Card) -> None:
    """Post a card in the channel of suggestions, where moderators look, if there is one that may work."""
    channel_id = (await client.services.servers.of(guild_id)).settings.suggestions_channel
    if channel_id is None or channel_id == refusing_channel_id:
        return
    try:
        await send.post(client, channel_id, card)
    except (discord.HTTPException, *UNREACHABLE) as error:
        _log.info("The moderators of server %d could not be told; their settings show it: %s", guild_id, error)
