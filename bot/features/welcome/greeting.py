"""Greeting a server that the bot was added to: once, in its system channel or the first that allows it."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import discord

from bot.chat import send
from bot.chat.card import Card
from bot.chat.client import Client
from bot.chat.errors import REFUSED
from bot.features.welcome.cards import welcome

# A server that the bot joined longer ago knows it already. The bot may have been off meanwhile.
NEW_FOR = dt.timedelta(days=1)
# How many channels are tried; Discord counts every refusal.
MOST_TRIED = 10
# https://docs.discord.com/developers/resources/channel#channel-object-channel-types
_TEXT_CHANNEL = 0

_log = logging.getLogger(__name__)


async def greet_new_servers(client: Client, now: dt.datetime) -> None:
    """Greet the servers that the bot joined lately; one about which Discord fails keeps none of the rest.

    Without the guilds intent Discord does not say when the bot is added, so it is asked where the bot is.
    """
    welcomes = client.services.welcomes
    present = [guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)]
    for guild_id in await welcomes.unknown(present):
        try:
            await _greet_if_new(client, guild_id, now)
        except discord.HTTPException as error:
            _log.warning("Whether to greet server %d could not be found out: %s", guild_id, error)
    await welcomes.load()


async def greet_asker(client: Client, guild_id: int, channel_id: int, message_id: int) -> None:
    """Greet a server below the first question there, if it could not be greeted before."""
    if await client.services.welcomes.claim(guild_id):
        await send.reply_to(client, channel_id, message_id, await _card(client, guild_id))
    await client.services.welcomes.load()


async def _greet_if_new(client: Client, guild_id: int, now: dt.datetime) -> None:
    if now - await _joined_at(client, guild_id) < NEW_FOR:
        # Once a server is claimed, stopping must wait until it is greeted.
        await client.in_flight.finish(_greet(client, guild_id))
    else:
        await client.services.welcomes.claim(guild_id)


async def _greet(client: Client, guild_id: int) -> None:
    card = await _card(client, guild_id)
    guild = await client.http.get_guild(guild_id, with_counts=False)
    channels = await client.http.get_all_guild_channels(guild_id)
    if not await client.services.welcomes.claim(guild_id):
        return
    try:
        for channel_id in list(_in_order(guild, channels))[:MOST_TRIED]:
            if await _is_posted(client, channel_id, card):
                _log.info("Greeted server %d.", guild_id)
                return
    except discord.HTTPException as error:
        _log.warning("Server %d could not be greeted: %s", guild_id, error)
    await client.services.welcomes.give_back(guild_id)


async def _is_posted(client: Client, channel_id: int, card: Card) -> bool:
    """Post a card, and return whether the channel allows it."""
    try:
        await send.post(client, channel_id, card)
    except REFUSED:
        return False
    return True


def _in_order(guild: Any, channels: Any) -> Iterator[int]:
    """Yield the channels to try: the system channel, then the others from the top."""
    system = int(guild.get("system_channel_id") or 0)
    if system:
        yield system
    texts = [channel for channel in channels if channel["type"] == _TEXT_CHANNEL]
    for channel in sorted(texts, key=lambda one: (one["position"], int(one["id"]))):
        if int(channel["id"]) != system:
            yield int(channel["id"])


async def _joined_at(client: Client, guild_id: int) -> dt.datetime:
    assert client.user is not None  # noqa: S101 - the bot is connected
    member = await client.http.get_member(guild_id, client.user.id)
    return discord.utils.parse_time(str(member["joined_at"]))


async def _card(client: Client, guild_id: int) -> Card:
    return welcome((await client.services.servers.of(guild_id)).glossary)
