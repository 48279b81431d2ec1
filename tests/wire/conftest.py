"""The bot as a process of its own, and the Discord it talks to over real HTTP and WebSocket."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wire.discord_server import TOKEN, DiscordServer

ROOT = Path(__file__).parents[2]


class BotProcess:
    """`python -m bot` with an environment, and what it wrote to standard error."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        """Prepare to run in a folder, where there is no `.env`."""
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.log = ""

    async def start(self, *arguments: str) -> None:
        """Start the process."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def ended(self, timeout: float = 40) -> int:
        """Wait for the end and return the exit code."""
        assert self._process is not None
        async with asyncio.timeout(timeout):
            output, _ = await self._process.communicate()
        self.log += output.decode()
        code = self._process.returncode
        self._process = None
        assert code is not None
        return code

    async def stop(self, number: signal.Signals = signal.SIGTERM, timeout: float = 10) -> int:
        """Send a signal and return the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return await self.ended(timeout)

    async def kill_if_running(self) -> None:
        """Leave nothing behind."""
        if self._process is not None:
            await self.stop(signal.SIGKILL)


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
