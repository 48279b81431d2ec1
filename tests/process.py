"""The bot as a process of its own."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


class BotProcess:
    """`python -m bot` with an environment, and what it wrote to standard output and standard error."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        """Prepare to run in a folder, where there is no `.env`."""
        self.environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.log = ""

    @property
    def pid(self) -> int:
        """Return the id of the process, which must be running."""
        assert self._process is not None
        return self._process.pid

    async def start(self, *arguments: str) -> None:
        """Start the process."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=self._folder,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def says(self, pattern: str, timeout: float = 20) -> re.Match[str]:
        """Wait until the process has written something, and return it."""
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(timeout):
            while (found := re.search(pattern, self.log)) is None:
                line = await self._process.stdout.readline()
                assert line, self.log
                self.log += line.decode()
        return found

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
