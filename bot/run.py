"""Running the bot: opening what it needs, connecting, and stopping in order when a signal asks for it."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from sqlalchemy.exc import SQLAlchemyError

from bot.catalogue import Catalogue
from bot.client import GlossaryBot
from bot.exits import ExitCode, Stop
from bot.glossary.pack import PackError, Problem
from bot.servers import Servers
from bot.settings import Settings
from bot.storage.database import Database, StorageError
from bot.storage.revisions import Revisions
from bot.upkeep import keep_up
from bot.usage import Usage

# Together these stay below the ten seconds that Docker gives a container to stop.
DRAIN_SECONDS, CLOSE_SECONDS, CANCEL_SECONDS, FLUSH_SECONDS = 3.0, 1.5, 0.5, 1.0
FLUSH_EVERY = FOLLOW_EVERY = 30.0

_log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[GlossaryBot]:
    """Open the database and the glossary and give the bot on top of them; raise `Stop` when that is not possible."""
    try:
        database = await Database.open(settings.database_url)
    except StorageError as error:
        raise Stop(ExitCode.DATABASE, str(error)) from error
    try:
        catalogue, servers, usage = await _loaded(settings, database)
        try:
            yield GlossaryBot(settings, catalogue, servers, usage, database)
        finally:
            try:
                await asyncio.wait_for(usage.flush(), FLUSH_SECONDS)
            except (SQLAlchemyError, TimeoutError) as error:
                _log.warning("The last usage counts could not be written: %s", _first_line(error) or "it took too long")
    finally:
        await database.close()


async def _loaded(settings: Settings, database: Database) -> tuple[Catalogue, Servers, Usage]:
    try:
        catalogue, problems = await Catalogue.open(settings.glossary_path, Revisions(database))
        servers = await Servers.open(catalogue, database)
        usage = Usage(database)
        await usage.lookups.load()
    except PackError as error:
        raise Stop(ExitCode.DATA, f"The glossary cannot be used:\n{error}") from error
    except SQLAlchemyError as error:
        raise Stop(ExitCode.DATABASE, f"The database cannot be used: {_first_line(error)}") from error
    _log_problems(problems, catalogue.revision.number)
    return catalogue, servers, usage


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _log_problems(problems: tuple[Problem, ...], revision: int) -> None:
    errors = [problem for problem in problems if not problem.is_warning]
    for problem in errors:
        _log.warning("%s", problem)
    if errors:
        _log.warning("The data files are broken; revision %d, the last good one, serves instead.", revision)
    elif problems:
        _log.info("The data files have %d warnings; `python -m bot check` lists them.", len(problems))


async def run(settings: Settings, token: str) -> None:
    """Run the bot on Discord until SIGTERM or SIGINT; raise `Stop` when Discord cannot be reached or refuses."""
    Route.BASE = settings.discord_api_url
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings) as bot:
        serving = asyncio.create_task(_serve(bot, token))
        stopping = asyncio.create_task(stop.wait())
        flushing = asyncio.create_task(_flush(bot.usage))
        following = asyncio.create_task(_follow(bot))
        upkeep = asyncio.create_task(keep_up(bot))
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            _log.info("Stopping.")
            await bot.in_flight.drained(seconds=DRAIN_SECONDS)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(bot.close(), CLOSE_SECONDS)
        # A shard that waits to reconnect does not notice that the bot was closed, and one that is just dialling may
        # swallow the first cancellation.
        tasks = {serving, stopping, flushing, following, upkeep}
        while tasks:
            for task in tasks:
                task.cancel()
            _, tasks = await asyncio.wait(tasks, timeout=CANCEL_SECONDS)
        if not stop.is_set():
            serving.result()


async def _serve(bot: GlossaryBot, token: str) -> None:
    try:
        await bot.login(token)
        bot.shard_count, gateway, _ = await bot.http.get_bot_gateway()
        # With DISCORD_API_URL set, discord.py's own address is not the one to fall back to after an invalid session.
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        _log.info("Logged in as %s; connecting.", bot.user)
        await bot.connect()
    except discord.LoginFailure as error:
        raise Stop(ExitCode.TOKEN, "Discord does not accept DISCORD_TOKEN; copy it anew from the portal.") from error
    except discord.PrivilegedIntentsRequired as error:
        raise Stop(ExitCode.REFUSED, f"Discord's gateway refuses the bot's intents: {error}") from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise Stop(ExitCode.TOKEN, "Discord's gateway does not accept DISCORD_TOKEN.") from error
        raise Stop(ExitCode.REFUSED, f"Discord's gateway refuses the bot with code {error.code}.") from error
    except (discord.GatewayNotFound, discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise Stop(ExitCode.UNREACHABLE, f"Discord's API at {Route.BASE} cannot be used: {error}") from error


async def _flush(usage: Usage) -> None:
    while True:
        await asyncio.sleep(FLUSH_EVERY)
        try:
            await usage.flush()
        except SQLAlchemyError:
            _log.exception("Usage counts could not be written; they are kept for the next try.")


async def _follow(bot: GlossaryBot) -> None:
    """Serve what other processes, and the command `forget`, do to the database."""
    while True:
        await asyncio.sleep(FOLLOW_EVERY)
        try:
            if await bot.catalogue.follow():
                _log.info("Revision %d was published by another process and serves now.", bot.catalogue.revision.number)
            await bot.servers.follow()
        except SQLAlchemyError as error:
            _log.warning("The database could not be read for changes by other processes: %s", _first_line(error))
        except Exception:  # noqa: BLE001 - whatever it was, it is tried again
            _log.exception("What other processes have changed could not be served; it is tried again.")
