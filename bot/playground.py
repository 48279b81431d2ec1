"""The real bot in a Discord that exists on this machine alone, shown in the browser."""

import asyncio
import datetime as dt
import signal
from urllib.parse import urlsplit

import discord
import msgspec
import simcord
from rich.console import Console
from simcord.actors import MemberActor
from simcord.backend.cdn import CDN_BASE
from simcord.builders import ChannelHandle
from simcord.env import Env
from sqlalchemy import make_url

from bot.chat.card import Json
from bot.chat.client import Client
from bot.chat.command_links import CommandLinks
from bot.exits import ExitCode, Stop
from bot.features.dispatch import make_client
from bot.services import open_services
from bot.settings import Settings, SyncCommands
from bot.terminal import print_message

# Any id will do; it is fixed so that the moderator's server is the home server.
GUILD_ID = 1_000_000_000_000_000_000
MODERATES = discord.Permissions(manage_guild=True, manage_messages=True)
# How long a click may take; the default of 5 seconds is made for tests.
SETTLE_SECONDS = 30.0


class PlainCommands(CommandLinks):
    """Commands as they are written; the page would show the id of a link instead of its command."""

    def link(self, message: Json) -> None:
        """Leave the message as it is."""


async def serve(settings: Settings, port: int) -> None:
    """Serve the playground on a loopback port until SIGTERM, SIGINT or the page's own end button; 0 is any port."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    # A database of its own keeps what is tried here out of a real bot's; each start is a new Discord without commands.
    own = msgspec.structs.replace(
        settings,
        database_url=make_url("sqlite+aiosqlite:///var/playground.db"),
        home_guild_ids=frozenset({GUILD_ID}),
        sync_commands=SyncCommands.ALWAYS,
    )
    async with open_services(own) as services:
        client = make_client(services)
        client.command_links = PlainCommands()
        client.file_hosts |= {str(urlsplit(CDN_BASE).hostname)}
        async with simcord.run(client, shard_count=1, check_errors=False, settle_timeout=SETTLE_SECONDS) as env:
            try:
                await _show(client, env, port, stop)
            finally:
                await client.close()


async def _show(client: Client, env: Env, port: int, stop: asyncio.Event) -> None:
    """Set up a server, print one real exchange, and serve the page until it ends or `stop` is set."""
    # The simulated clock starts at a fixed date; messages should carry today's.
    await env.advance_time(max(0.0, (dt.datetime.now(dt.UTC) - env.now()).total_seconds()))
    if client.user is not None:
        await client.user.edit(username="Glossary")
    guild = env.create_guild("Playground", id=GUILD_ID)
    channel = guild.create_text_channel("glossary", topic="Type / to see the commands.")
    member = guild.add_member(env.create_user("mia", global_name="Mia (member)"))
    role = guild.create_role("Moderators", permissions=MODERATES)
    moderator = guild.add_member(env.create_user("max", global_name="Max (moderator)"), roles=[role])
    console = Console()
    await _print_exchange(console, client, member, channel)
    try:
        async with env.preview(channel, viewers=[member, moderator], layout="channel", port=port) as preview:
            console.print(f"\nThe playground is at [bold]{preview.url}[/]\nCtrl-C ends it.", soft_wrap=True)
            ends = {asyncio.create_task(stop.wait()), asyncio.create_task(preview.wait_closed())}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in ends:
                task.cancel()
    except simcord.SetupError as error:
        message = f"The playground cannot use port {port}; name another in PLAYGROUND_PORT. ({error})"
        raise Stop(ExitCode.SETTINGS, message) from error


async def _print_exchange(console: Console, client: Client, member: MemberActor, channel: ChannelHandle) -> None:
    """Use `/define` as a member, and print the command and the answer."""
    sample = client.services.catalogue.glossary.sample
    answer = await member.slash(channel, "define", term=sample)
    console.print(f"\n[bold]{member.name}[/] used [bold blue]/define[/] term: {sample}")
    if answer.response is not None:
        embeds = [embed.to_dict() for embed in answer.response.embeds]
        print_message({"embeds": embeds, "components": answer.response.components})
