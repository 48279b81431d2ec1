"""Starting `worker.py`, telling it what to do, and hearing what it and its processes say."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
from sqlalchemy import URL

from bot.glossary.model import Pack

WORKER = Path(__file__).with_name("worker.py")
ROOT = WORKER.parents[2]

Worker = asyncio.subprocess.Process


@asynccontextmanager
async def started(url: URL, packs: Sequence[Pack], folder: Path) -> AsyncIterator[Worker]:
    """Start a process that starts others; all of them are gone at the end."""
    (folder / "packs.json").write_bytes(msgspec.json.encode(packs))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        WORKER,
        url.render_as_string(hide_password=False),
        folder / "packs.json",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()


def tell(worker: Worker, line: str) -> None:
    """Tell the worker what to do."""
    assert worker.stdin
    worker.stdin.write(f"{line}\n".encode())


async def heard(worker: Worker) -> str:
    """Return the next line that the worker or one of its processes says."""
    assert worker.stdout
    async with asyncio.timeout(30):
        line = (await worker.stdout.readline()).decode().rstrip("\n")
    assert line, "the worker is gone"
    return line


async def killed_after(worker: Worker, acknowledgements: int, seconds: float) -> list[str]:
    """Kill the started process a while after a number of acknowledgements, or at the next one; return them all."""
    said: list[str] = []
    while len(said) <= acknowledgements:
        said.append(await heard(worker))
    pid = int(said[0].removeprefix("started "))
    with suppress(TimeoutError):
        said.append(await asyncio.wait_for(heard(worker), seconds))
    os.kill(pid, signal.SIGKILL)
    while not said[-1].startswith("ended"):
        said.append(await heard(worker))
    assert said.pop() == f"ended {-signal.SIGKILL}", said
    assert not any(line.startswith("failed") for line in said), said
    return said[1:]
