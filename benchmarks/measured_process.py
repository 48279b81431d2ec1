"""A process, and what it costs: CPU time and memory as Linux counts them."""

import asyncio
import ctypes
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


class MeasuredProcess:
    """A Python process with an environment of its own."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        """Prepare to run in a folder, where the log goes too."""
        self._arguments = arguments
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._clock = ctypes.c_int()

    @property
    def pid(self) -> int:
        """Return the id of the process, which must have been started."""
        if self._process is None:
            raise RuntimeError("the process was not started")
        return self._process.pid

    @property
    def log(self) -> str:
        """Return what the process has written."""
        return (self._folder / "log").read_text("utf-8")

    async def start(self) -> None:
        """Start the process."""
        with (self._folder / "log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, *self._arguments), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        # The same clock as in /proc/PID/stat, but in nanoseconds instead of hundredths of a second.
        if ctypes.CDLL(None).clock_getcpuclockid(self.pid, ctypes.byref(self._clock)):
            raise OSError("the CPU time of the process cannot be read")

    def cpu_seconds(self) -> float:
        """Return the CPU time that the process has used, all threads together."""
        return time.clock_gettime(self._clock.value)

    def memory(self) -> dict[str, int]:
        """Return the process's memory in KB by the names of `smaps_rollup`, such as "Rss", "Pss" and "Anonymous"."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
        pairs = [line.split()[:2] for line in lines]
        return {name.removesuffix(":"): int(kilobytes) for name, kilobytes in pairs}

    async def stop(self) -> None:
        """Ask the process to stop, and wait until it has."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()
