"""The simulated server: its channels, two members and two moderators."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.chat.client import Client

# Any id will do; it is fixed so that the moderators' server is the home server.
GUILD_ID = 1_000_000_000_000_000_000
MODERATES = discord.Permissions(manage_guild=True, manage_messages=True)
BOT_NAME = "Glossary"


@dataclass(frozen=True, slots=True)
class World:
    """Who and what is there.

    `channel` is the one of the server that the page shows, and `direct` has the direct messages of each person.
    """

    env: Env
    bot: Client
    guild: GuildHandle
    channel: ChannelHandle
    people: tuple[MemberActor, ...]
    direct: tuple[ChannelHandle, ...]

    @property
    def bot_mention(self) -> Mapping[str, str]:
        """Return what people type to mention the bot, with what Discord makes of it."""
        return {f"@{BOT_NAME}": self.bot.user.mention} if self.bot.user else {}

    @property
    def mentions(self) -> Mapping[str, str]:
        """Return what people type to mention somebody or a channel, each with what Discord makes of it."""
        people = {f"@{one.user.global_name}": one.mention for one in self.people}
        channels = {f"#{one.name}": one.mention for one in self.guild.channels.values()}
        return {**self.bot_mention, **people, **channels}


async def make_world(env: Env, bot: Client) -> World:
    """Set up the server; the ids are the same at every start."""
    if bot.user is not None:
        await bot.user.edit(username=BOT_NAME)
    guild = env.create_guild("Playground", id=GUILD_ID)
    channel = guild.create_text_channel("glossary", topic="Type / for commands, @ to mention somebody.")
    guild.create_text_channel("moderators")
    role = guild.create_role("Moderators", permissions=MODERATES, color=discord.Colour(0x2F855A))
    people = [
        guild.add_member(env.create_user(name, global_name=shown, avatar=name), roles=roles)
        for name, shown, roles in (
            ("mia", "Mia (member)", []),
            ("noah", "Noah (member)", []),
            ("max", "Max (moderator)", [role]),
            ("zoe", "Zoe (moderator)", [role]),
        )
    ]
    direct = tuple(one.user.dm_channel for one in people)
    await catch_up(env)
    return World(env, bot, guild, channel, tuple(people), direct)


async def catch_up(env: Env) -> None:
    """Let the simulated clock, which moves only when it is told to, show what time it is."""
    behind = (dt.datetime.now(dt.UTC) - env.now()).total_seconds()
    if behind > 0:
        await env.advance_time(behind)
