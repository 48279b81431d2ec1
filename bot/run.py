"""Running the bot on Discord: connect, work in the background, and stop in order when a signal asks for it."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import Iterable
from typing import Any

import aiohttp
import discord

from bot.chat import internals
from bot.chat.client import Client
from bot.exits import ExitCode, Stop, stop_event
from bot.features.dispatch import make_client
from bot.services import open_services
from bot.settings import Settings
from bot.upkeep import background_work

# Together with `services.FLUSH_SECONDS` these stay below the ten seconds that Docker gives a container to stop.
DRAIN_SECONDS, CLOSE_SECONDS, CANCEL_SECONDS = 3.0, 1.5, 0.5

_log = logging.getLogger(__name__)


async def run(settings: Settings, token: str) -> None:
    """Run the bot until SIGTERM or SIGINT; raise `Stop` if Discord cannot be reached or refuses."""
    internals.use_api(settings.discord_api_url)
    stop = stop_event()
    async with open_services(settings) as services:
        client = make_client(services)
        # The glossary stays, so the garbage collector need not walk through it again and again.
        gc.collect()
        gc.freeze()
        connection = asyncio.create_task(_connect(client, token))
        stopping = asyncio.create_task(stop.wait())
        background = [asyncio.create_task(work) for work in background_work(client)]
        await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            _log.info("Stopping.")
            await client.in_flight.wait_until_empty(seconds=DRAIN_SECONDS)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(client.close(), CLOSE_SECONDS)
        await _cancel({connection, stopping, *background})
        if not stop.is_set():
            connection.result()


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended.

    A shard that waits to reconnect does not notice that the client was closed, and one that is just connecting may
    swallow the first cancellation.
    """
    running = set(tasks)
    while running:
        for task in running:
            task.cancel()
        _, running = await asyncio.wait(running, timeout=CANCEL_SECONDS)


async def _connect(client: Client, token: str) -> None:
    """Log in and stay connected; raise `Stop` if Discord cannot be reached or refuses."""
    try:
        await client.login(token)
        client.shard_count, gateway, _ = await client.http.get_bot_gateway()
        internals.use_gateway(gateway)
        _log.info("Logged in as %s; connecting.", client.user)
        await client.connect()
    except discord.LoginFailure as error:
        raise Stop(ExitCode.TOKEN, "Discord does not accept DISCORD_TOKEN; copy it anew from the portal.") from error
    except discord.PrivilegedIntentsRequired as error:
        raise Stop(ExitCode.REFUSED, f"Discord's gateway refuses the bot's intents: {error}") from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise Stop(ExitCode.TOKEN, "Discord's gateway does not accept DISCORD_TOKEN.") from error
        raise Stop(ExitCode.REFUSED, f"Discord's gateway refuses the bot with code {error.code}.") from error
    except (discord.GatewayNotFound, discord.HTTPException, aiohttp.ClientError, OSError) as error:
        address = client.services.settings.discord_api_url
        raise Stop(ExitCode.UNREACHABLE, f"Discord's API at {address} cannot be used: {error}") from error
