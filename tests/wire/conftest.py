"""A Discord on loopback, and the bot pointed at it over real HTTP and WebSocket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.process import BotProcess
from tests.wire.discord_server import TOKEN, DiscordServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test at the wire as slow: each starts the bot as a process."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("slow")


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


@pytest.fixture
async def discord(discord_server: DiscordServer, process: BotProcess) -> DiscordServer:
    """A Discord that the bot is connected to."""
    await process.start()
    await discord_server.connected()
    return discord_server
