"""Processes for `test_processes.py` and `test_kills.py` to start and to kill: each uses the storage as the bot does.

Usage: worker.py URL PACKS. One interpreter imports what is needed and forks each process off, which is many times
faster than starting an interpreter for each. It reads from its standard input, line by line:

open N    start N processes that open the database at the same moment; each says "opened" or what went wrong
publish   start a process that publishes the packs in turn until it is killed; it says "started PID", then
          "published N HASH" after each, and "ended STATUS" follows when it is gone
moderate FOLDER SEED
          start a process that edits, imports, reverts and reloads like moderators of two servers until it is killed;
          it says "started PID", then "changed SERVER N" or "reloaded N HASH" after each, and "ended STATUS"
"""

import asyncio
import itertools
import os
import random
import sys
import traceback
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import URL, make_url

from bot.catalogue import Catalogue
from bot.glossary.model import Entry, Pack
from bot.glossary.own import OWN_CATEGORY
from bot.glossary.search.meaning import Sense, load_word_vectors
from bot.glossary.search.real_words import load_real_words
from bot.servers.changes import Changed, ImportEntries, RemoveEntry, RevertChange, SaveEntry
from bot.servers.servers import Outcome, Servers
from bot.storage.change_history import ChangeHistory, ChangeKind
from bot.storage.database import Database
from bot.storage.misses import Misses
from bot.storage.own_entries import OwnEntries
from bot.storage.revisions import Revisions
from bot.storage.server_settings import AllServerSettings

GUILDS = (1, 2**62)
# How many entries one change imports.
IMPORTED = 60
DATA_FILE = """
[category]
name = "TWS"
description = "The workstation"
emoji = "🖥️"
colour = "#2b6cb0"
order = 1

[[term]]
name = "leverage"
definition = "{text}"
"""


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


async def moderate_forever(url: URL, folder: Path, seed: int) -> None:
    """Do what moderators do, in random order."""
    say(f"started {os.getpid()}")
    database = await Database.open(url)
    catalogue, _ = await Catalogue.open(folder, Revisions(database))
    servers = Servers(
        catalogue, OwnEntries(database), ChangeHistory(database), AllServerSettings(database), Misses(database)
    )
    await servers.note_servers_with_data()
    chance = random.Random(seed)  # noqa: S311
    while True:
        if chance.random() < 0.1:
            put_in_place(folder, f"Version {chance.random()}.")
            done = await catalogue.reload()
            say(f"reloaded {done.revision.number} {done.revision.content_hash}")
            continue
        guild_id = chance.choice(GUILDS)
        outcome = await moderate(servers, guild_id, chance)
        if isinstance(outcome, Changed):
            say(f"changed {guild_id} {outcome.change_id}")


async def moderate(servers: Servers, guild_id: int, chance: random.Random) -> Outcome:
    """Make one change, large or small, and return what came of it."""
    server = await servers.of(guild_id)
    kind = chance.choice([ChangeKind.ADD, ChangeKind.EDIT, ChangeKind.REMOVE, ChangeKind.IMPORT, ChangeKind.REVERT])
    text = f"Text {chance.random()}."
    if kind is ChangeKind.IMPORT:
        entries = tuple(made(number, text) for number in chance.sample(range(200), IMPORTED))
        return await servers.apply(guild_id, 1, ImportEntries(entries, server.last_change_id))
    if kind is ChangeKind.REVERT and (changes := await servers.history(guild_id, limit=5)):
        change_id = chance.choice(changes).id
        done = await servers.items_of(guild_id, change_id)
        return await servers.apply(guild_id, 1, RevertChange(change_id, done, server.last_change_id))
    if kind is ChangeKind.REMOVE and server.own_entries:
        return await servers.apply(guild_id, 1, RemoveEntry(chance.choice(sorted(server.own_entries))))
    entry = made(chance.randrange(200), text)
    return await servers.apply(guild_id, 1, SaveEntry(entry, server.version(entry.id)))


def made(number: int, text: str) -> Entry:
    """Make one of the entries that are moderated."""
    return Entry(id=f"term-{number}", name=f"term {number}", category=OWN_CATEGORY.name, definition=text)


def put_in_place(folder: Path, text: str) -> None:
    """Replace a data file in one step."""
    new = folder / "terms.new"
    new.write_text(DATA_FILE.format(text=text), "utf-8")
    new.replace(folder / "terms.toml")


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
        elif verb == "publish":
            pids = [fork(lambda: publish_forever(url, packs))]
        else:
            folder, seed = Path(arguments[0]), int(arguments[1])
            pids = [fork(partial(moderate_forever, url, folder, seed))]
        for pid in pids:
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            say(f"ended {status}")


if __name__ == "__main__":
    load_real_words()
    for sense in Sense:
        load_word_vectors(sense)
    main(make_url(sys.argv[1]), msgspec.json.decode(Path(sys.argv[2]).read_bytes(), type=list[Pack]))
