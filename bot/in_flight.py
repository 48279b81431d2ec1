"""The answers that are being given right now, so that stopping can wait for them."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any


class InFlight:
    """A set of tasks; `drained` waits until it is empty."""

    def __init__(self) -> None:
        """Start with none."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def hold(self) -> None:
        """Count the current task as one to wait for, until it ends."""
        if (task := asyncio.current_task()) is not None:
            self._add(task)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work that is to be waited for."""
        self._add(asyncio.get_running_loop().create_task(work))

    async def drained(self, *, seconds: float) -> None:
        """Wait until nothing is in flight, so many seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)

    def _add(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
