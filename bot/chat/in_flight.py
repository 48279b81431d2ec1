"""The answers and posts that are being sent right now, so that stopping can wait for them."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any


class InFlight:
    """A set of tasks; `wait_until_empty` waits until all of them are done."""

    def __init__(self) -> None:
        """Start with none."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def hold_current_task(self) -> None:
        """Add the current task until it ends."""
        task = asyncio.current_task()
        if task is not None:
            self._add(task)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task and add it until it ends."""
        self._add(asyncio.get_running_loop().create_task(work))

    async def finish(self, work: Coroutine[Any, Any, None]) -> None:
        """Do some work to its end, even if what waits for it is cancelled meanwhile."""
        task = asyncio.get_running_loop().create_task(work)
        self._add(task)
        await asyncio.shield(task)

    async def wait_until_empty(self, *, seconds: float) -> None:
        """Wait until nothing is in flight, at most the given seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)

    def _add(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
