"""Starting the playground, and ending it in order."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp
import msgspec
import simcord
from rich.console import Console
from simcord.backend.cdn import CDN_BASE
from sqlalchemy import make_url

from bot.chat import send
from bot.chat.render import render
from bot.exits import ExitCode, Stop, stop_event
from bot.features.dispatch import make_client
from bot.features.terms.entry_card import entry_card
from bot.features.welcome import samples
from bot.features.welcome.cards import help_card
from bot.glossary.glossary import Glossary
from bot.playground import internals
from bot.playground.conversations import Conversation, open_conversations, show_arriving
from bot.playground.folder import DATABASE, MESSAGES, own_folder, start_afresh
from bot.playground.front import Front
from bot.playground.world import GUILD_ID, World, catch_up, make_world
from bot.services import open_services
from bot.settings import Settings, SyncCommands
from bot.terminal import print_message
from bot.upkeep import post_due, repeat

# How long a click may take; the default of 5 seconds is made for tests.
SETTLE_SECONDS = 30.0
TICK_SECONDS = 10.0


class Options(NamedTuple):
    """How to serve: on which port (0 is any), whether to keep what was tried, and what opens the page, if anything."""

    port: int
    is_kept: bool = False
    open_page: Callable[[str], bool] | None = None


async def serve(settings: Settings, options: Options) -> None:
    """Serve the playground on a loopback port until SIGTERM, SIGINT or the button on the page that stops it."""
    with _listener(options.port) as listener, own_folder():
        stop = stop_event()
        if not options.is_kept:
            start_afresh()
        async with open_services(_own(settings)) as services:
            client = make_client(services)
            client.file_hosts |= {str(urlsplit(CDN_BASE).hostname)}
            internals.show_names_in_embeds()
            async with simcord.run(client, shard_count=1, check_errors=False, settle_timeout=SETTLE_SECONDS) as env:
                try:
                    await _show(await make_world(env, client), options, listener, stop)
                finally:
                    await client.close()


def _listener(port: int) -> socket.socket:
    """Return a socket that listens on a port; raise `Stop` if the port is taken."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        message = (
            f"The playground cannot use port {port}: {error.strerror or error}. Perhaps another one is running; choose "
            "another port with --port, or PLAYGROUND_PORT=0 for any that is free."
        )
        raise Stop(ExitCode.SETTINGS, message) from error


def _own(settings: Settings) -> Settings:
    """Return the settings of a playground. Each start is a new Discord, which has no commands yet."""
    return msgspec.structs.replace(
        settings,
        database_url=make_url(f"sqlite+aiosqlite:///{DATABASE}"),
        home_guild_ids=frozenset({GUILD_ID}),
        sync_commands=SyncCommands.ALWAYS,
    )


async def _show(world: World, options: Options, listener: socket.socket, stop: asyncio.Event) -> None:
    """Print an answer and the address, open the page, and serve it until it ends or `stop` is set."""
    glossary, console = world.bot.services.catalogue.glossary, Console()
    _print_answer(console, glossary, world.bot.services.disclaimer)
    is_restored = options.is_kept and internals.restore_messages(world.env, MESSAGES)
    if not is_restored:
        await send.post(world.bot, world.channel.id, help_card(glossary))
    async with (
        open_conversations(world, local_zone()) as conversations,
        aiohttp.ClientSession() as session,
        _served(Front(world, conversations, session), conversations, world, options, listener) as url,
    ):
        console.print(f"\nThe playground is at [bold]{url}[/]", soft_wrap=True)
        is_open = options.open_page is not None and options.open_page(url)
        console.print("It opens in your browser. Ctrl-C ends it." if is_open else "Ctrl-C ends it.")
        closed = (asyncio.create_task(one.preview.wait_closed()) for one in conversations)
        ends = {asyncio.create_task(stop.wait()), *closed}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for task in ends:
            task.cancel()


@asynccontextmanager
async def _served(
    front: Front, conversations: Sequence[Conversation], world: World, options: Options, listener: socket.socket
) -> AsyncIterator[str]:
    """Serve the page, let the clock run, and keep the messages if that is wanted."""

    async def tick() -> None:
        async with front.lock:
            async with show_arriving(conversations):
                await catch_up(world.env)
                await post_due(world.bot, world.env.now())
            keep()

    def keep() -> None:
        if options.is_kept:
            internals.keep_messages(world.env, (world.channel, *world.direct), MESSAGES)

    ticking = asyncio.create_task(repeat("Letting the clock run", TICK_SECONDS, tick))
    try:
        async with front.serve(listener) as url:
            yield url
    finally:
        ticking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ticking
        keep()


def _print_answer(console: Console, glossary: Glossary, disclaimer: str) -> None:
    """Print what `/define` answers, for those who have no browser at hand."""
    entry = samples.term(glossary)
    console.print(f"\n[bold blue]/define[/] {entry.name}")
    print_message(render(replace(entry_card(glossary, entry), components=()), disclaimer))


def local_zone() -> str:
    """Return the name of this machine's time zone, UTC if it has none."""
    _, found, name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
    return name if found else "UTC"
