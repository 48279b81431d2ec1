"""What servers with entries of their own cost: the start, the first use of one, its memory, and a large import.

A database with many such servers is compared with one without any, in the same run.
"""

import asyncio
import gc
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert, make_url

from benchmarks.percentiles import percentiles
from bot.catalogue import Catalogue
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY
from bot.servers.changes import ImportEntries, RevertChange
from bot.servers.servers import Servers
from bot.storage.change_history import ChangeHistory, ChangeKind
from bot.storage.database import Database
from bot.storage.misses import Misses
from bot.storage.own_entries import OwnEntries
from bot.storage.revisions import Revisions
from bot.storage.server_settings import AllServerSettings
from bot.storage.tables import changes, own_entries

FIRST_GUILD = 10**18
SENTENCE = "What this server calls it differs from what the shared glossary says, number {} of many that say so. "


def made(number: int) -> Entry:
    """Make an own entry of the usual size."""
    return Entry(
        id=f"own-term-{number}",
        name=f"own term {number}",
        category=OWN_CATEGORY.name,
        definition=SENTENCE.format(number) * 3,
        aliases=(f"house word {number}", f"inside name {number}"),
        notes=(SENTENCE.format(number), SENTENCE.format(number)),
        keywords=tuple(f"people say this {word} {number}" for word in ("here", "there", "often", "seldom")),
    )


async def fill(database: Database, servers: int, entries: int) -> int:
    """Give each of some servers a number of entries, and return the characters that one server's entries have."""
    bodies = [msgspec.json.encode(made(number)).decode() for number in range(entries)]
    async with database.write() as connection:
        for first in range(0, servers, 500):
            guilds = range(FIRST_GUILD + first, FIRST_GUILD + min(first + 500, servers))
            made_at = {"user_id": 1, "made_at": 0, "kind": ChangeKind.IMPORT.value}
            rows = [{"id": guild - FIRST_GUILD + 1, "guild_id": guild, **made_at} for guild in guilds]
            await connection.execute(insert(changes), rows)
            await connection.execute(
                insert(own_entries),
                [
                    {
                        "guild_id": guild,
                        "entry_id": f"own-term-{number}",
                        "version": guild - FIRST_GUILD + 1,
                        "body": body,
                    }
                    for guild in guilds
                    for number, body in enumerate(bodies)
                ],
            )
    return sum(map(len, bodies))


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Return how long some work takes, in milliseconds."""
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


async def started(database: Database, data: Path) -> Servers:
    """Open what a bot opens at its start."""
    catalogue, _ = await Catalogue.open(data, Revisions(database))
    servers = Servers(
        catalogue, OwnEntries(database), ChangeHistory(database), AllServerSettings(database), Misses(database)
    )
    await servers.note_servers_with_data()
    return servers


async def worst_lag(work: Coroutine[None, None, object]) -> float:
    """Return for how long some work kept everything else waiting at worst, in milliseconds."""
    lag = 0.0
    running = asyncio.create_task(work)
    while not running.done():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        lag = max(lag, (time.perf_counter() - began) * 1000 - 1)
    await running
    return lag


async def measure(servers: int, entries: int, data: Path) -> Table:
    """Return the figures as a table."""
    table = Table("", "without", f"{servers:,} servers", "ratio")
    with tempfile.TemporaryDirectory() as folder:
        empty = await Database.open(make_url(f"sqlite+aiosqlite:///{folder}/empty.db"))
        full = await Database.open(make_url(f"sqlite+aiosqlite:///{folder}/full.db"))
        characters = await fill(full, servers, entries)
        for database in (empty, full):
            await started(database, data)  # publishes the data files
        starts = [await timed(partial(started, database, data)) for database in (empty, full) * 3]
        without, with_servers = min(starts[::2]), min(starts[1::2])
        table.add_row("start, ms", f"{without:.0f}", f"{with_servers:.0f}", f"{with_servers / without:.2f}")
        running = await started(full, data)
        shared = await running.of(None)
        shared.glossary.find("warm up the search")
        uses = [await timed(partial(running.of, FIRST_GUILD + guild)) for guild in range(100)]
        again = [await timed(partial(running.of, FIRST_GUILD + guild)) for guild in range(100)]
        table.add_row("first use of one, ms (median)", "", f"{percentiles(uses).p50:.2f}", "")
        table.add_row("later uses, ms (median)", "", f"{percentiles(again).p50:.4f}", "")
        gc.collect()
        tracemalloc.start()
        for guild in range(100, 200):
            await running.of(FIRST_GUILD + guild)
        gc.collect()
        kilobytes = tracemalloc.get_traced_memory()[0] / 100 / 1024
        tracemalloc.stop()
        table.add_row("memory of one, KB", "", f"{kilobytes:.0f}", "")
        table.add_row("of that beyond its text, KB", "", f"{kilobytes - characters / 1024:.0f}", "")
        misses = Misses(full)
        for number in range(1000):
            misses.count(1, number, f"term {number}")
        await misses.flush()
        entries_to_import = tuple(made(number) for number in range(1000))
        lag = await worst_lag(running.apply(1, 1, ImportEntries(entries_to_import, 0)))
        table.add_row("import of 1,000: others wait at worst, ms", "", f"{lag:.0f}", "")
        imported = (await running.of(1)).last_change_id
        done = await running.items_of(1, imported)
        lag = await worst_lag(running.apply(1, 1, RevertChange(imported, done)))
        table.add_row("its undo: others wait at worst, ms", "", f"{lag:.0f}", "")
        await empty.close()
        await full.close()
    return table


@click.command()
@click.option("--servers", default=10_000, show_default=True, help="How many servers have entries of their own.")
@click.option("--entries", default=10, show_default=True, help="How many entries each of them has.")
@click.option("--data", default=Path("data"), type=click.Path(path_type=Path), show_default=True)
def main(servers: int, entries: int, data: Path) -> None:
    """Print the figures."""
    Console(width=100).print(asyncio.run(measure(servers, entries, data)))


if __name__ == "__main__":
    main()
