"""A Discord on loopback, and the bot pointed at it over real HTTP and WebSocket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.process import BotProcess
from tests.wire.discord_server import TOKEN, DiscordServer


@pytest.fixture
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A Discord that listens on loopback."""
    async with DiscordServer() as server:
        yield server


@pytest.fixture
async def process(
    environment: dict[str, str], discord_server: DiscordServer, tmp_path: Path
) -> AsyncIterator[BotProcess]:
    """The bot, not started yet, pointed at that Discord."""
    wire = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": discord_server.api_url, "LOG_LEVEL": "DEBUG"}
    bot = BotProcess(environment | wire | {"HOME_GUILD_IDS": ""}, tmp_path)
    yield bot
    await bot.kill_if_running()
