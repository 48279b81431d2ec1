"""Where the bot may not write, asked of Discord: without the guilds intent it is not told."""

from collections.abc import Iterable, Mapping

import discord

from bot.chat.client import Client
from bot.chat.errors import UNREACHABLE

# What a message of the bot needs, by the names that people see in Discord.
_NEEDED = {"view_channel": "View Channel", "send_messages": "Send Messages", "embed_links": "Embed Links"}


async def missing_permissions(client: Client, guild_id: int, channel_ids: Iterable[int]) -> Mapping[int, str]:
    """Return which permissions the bot lacks in which of some channels.

    Channels about which Discord says nothing are left out. A deleted channel is one in which nothing can be written.
    """
    wanted = frozenset(channel_ids)
    if not wanted or client.user is None:
        return {}
    try:
        guild = await client.fetch_guild(guild_id, with_counts=False)
        me = await guild.fetch_member(client.user.id)
        channels = {channel.id: channel for channel in await guild.fetch_channels()}
    except (discord.HTTPException, *UNREACHABLE):
        return {}
    missing = {one: _missing(channels[one], me) if one in channels else "View Channel" for one in sorted(wanted)}
    return {channel_id: names for channel_id, names in missing.items() if names}


def _missing(channel: discord.abc.GuildChannel, me: discord.Member) -> str:
    granted = channel.permissions_for(me)
    return ", ".join(name for permission, name in _NEEDED.items() if not getattr(granted, permission))
