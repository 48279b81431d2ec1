"""Processes for `test_processes.py` to start and to kill: each uses the storage as the bot does.

Usage: worker.py URL PACKS. One interpreter imports what is needed and forks each process off, which is many times
faster than starting an interpreter for each. It reads from its standard input, line by line:

open N    start N processes that open the database at the same moment; each says "opened" or what went wrong
publish   start a process that publishes the packs in turn until it is killed; it says "started PID", then
          "published N HASH" after each, and "ended STATUS" follows when it is gone
"""

import asyncio
import itertools
import os
import sys
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path

import msgspec
from sqlalchemy import URL, make_url

from bot.glossary.model import Pack
from bot.storage.database import Database
from bot.storage.revisions import Revisions


def say(line: str) -> None:
    """Write a line in one piece, so that those of several processes do not mix."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def fork(work: Callable[[], Coroutine[None, None, None]]) -> int:
    """Do the work in a process of its own and return its id."""
    if pid := os.fork():
        return pid
    status = 1
    try:
        asyncio.run(work())
        status = 0
    except BaseException:
        say(f"failed {traceback.format_exc()!r}")
        raise
    finally:
        os._exit(status)


async def open_when(gate: int, url: URL) -> None:
    """Open the database once the other end of the pipe is closed."""
    os.read(gate, 1)
    database = await Database.open(url)
    await database.close()
    say("opened")


async def publish_forever(url: URL, packs: list[Pack]) -> None:
    """Publish the packs in turn."""
    say(f"started {os.getpid()}")
    revisions = Revisions(await Database.open(url))
    for pack in itertools.cycle(packs):
        revision, _ = await revisions.publish(pack)
        say(f"published {revision.number} {revision.content_hash}")


def main(url: URL, packs: list[Pack]) -> None:
    """Do what standard input says."""
    for line in sys.stdin:
        verb, *arguments = line.split()
        if verb == "open":
            gate, opener = os.pipe()

            async def open_database(gate: int = gate, opener: int = opener) -> None:
                os.close(opener)
                await open_when(gate, url)

            pids = [fork(open_database) for _ in range(int(arguments[0]))]
            os.close(gate)
            os.close(opener)
        else:
            pids = [fork(lambda: publish_forever(url, packs))]
        for pid in pids:
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            say(f"ended {status}")


if __name__ == "__main__":
    main(make_url(sys.argv[1]), msgspec.json.decode(Path(sys.argv[2]).read_bytes(), type=list[Pack]))
