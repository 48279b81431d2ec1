"""While a database is away, using it raises `DatabaseUnavailable`; once it is back, everything works again."""

import asyncio
import re
import signal
import tempfile
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Table, func, insert, select

from bot.glossary.search.names import Outcome
from bot.storage.answers import Answers
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.lookups import Lookups
from bot.storage.misses import Misses
from bot.storage.tables import answers, command_syncs, found_instead, lookups, misses
from bot.upkeep import repeat
from bot.usage import Usage
from tests.databases import PostgresServer, copy_file
from tests.storage.outages import OUTAGES, Fragile, Outage, locked, stopped

GUILD, USER = 2**62, 2**63 - 1
SECRET = "what somebody wrote"
BUSY_TIMEOUT = 0.1
# So many rows need a larger file.
MANY = 500


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait only for a moment for other processes."""
    monkeypatch.setattr("bot.storage.database.BUSY_TIMEOUT", BUSY_TIMEOUT)


@pytest.fixture(params=OUTAGES, ids=str)
def outage(request: pytest.FixtureRequest) -> Outage:
    """Run the test with each way in which a database goes away."""
    chosen: Outage = request.param
    return chosen


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[URL]:
    """Copy an SQLite file to where everybody may read it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "var", "glossary.db")
        copy_file(sqlite_template, path)
        yield URL.create("sqlite+aiosqlite", database=str(path))


@pytest.fixture
def database_url(outage: Outage, request: pytest.FixtureRequest) -> URL:
    """Where a database of the outage's kind is."""
    url: URL = request.getfixturevalue("sqlite_url" if outage.backend == "sqlite" else "stoppable_url")
    return url


@pytest.fixture
def fragile(database: Database, database_url: URL, outage: Outage, request: pytest.FixtureRequest) -> Fragile:
    """The database that goes away."""
    server = None if outage.backend == "sqlite" else request.getfixturevalue("stoppable_server")
    return Fragile(database, database_url, server)


async def write(database: Database, first: int) -> None:
    """Write many rows."""
    rows = [{"application_id": first + number, "content_hash": SECRET} for number in range(MANY)]
    async with database.write() as connection:
        await connection.execute(insert(command_syncs), rows)


async def rows(database: Database, table: Table = command_syncs) -> int:
    """Return how many rows a table has."""
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def refused(work: Awaitable[object]) -> None:
    """See that something raises `DatabaseUnavailable`, with one sentence and nothing of what people wrote."""
    with pytest.raises(DatabaseUnavailable) as caught:
        async with asyncio.timeout(10):
            await work
    assert re.fullmatch(r"The database cannot be (reached|used): [^\n]+[^.]\.", str(caught.value))
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_nothing_can_be_written_during_an_outage_and_everything_after_it(
    fragile: Fragile, outage: Outage
) -> None:
    database = fragile.database
    await write(database, 0)
    async with outage.begin(fragile):
        for _ in range(2):
            await refused(write(database, MANY))
    assert await rows(database) == MANY
    await write(database, MANY)
    assert await rows(database) == 2 * MANY


async def test_reading_fails_in_the_same_way_or_goes_on(fragile: Fragile, outage: Outage) -> None:
    database = fragile.database
    await write(database, 0)
    async with outage.begin(fragile):
        if outage.can_read:
            assert await rows(database) == MANY
        else:
            await refused(rows(database))
    assert await rows(database) == MANY


async def test_what_was_counted_is_kept_and_written_after_the_outage(fragile: Fragile, outage: Outage) -> None:
    database = fragile.database
    usage = Usage(Lookups(database), Answers(database), Misses(database))

    def ask() -> None:
        for number in range(MANY):
            usage.count_shown(f"{SECRET} {number}", GUILD, USER)
            usage.count_missed(f"{SECRET} {number}", GUILD, USER)
            usage.answers.count(Outcome.EXACT, GUILD)

    ask()
    async with outage.begin(fragile):
        await refused(usage.flush())
        ask()
        await refused(usage.flush())
    for _ in range(2):
        await usage.flush()
        assert await total(database, lookups) == await total(database, answers) == 2 * MANY
        assert await total(database, misses) == 2 * MANY
        # What was shown first had not been missed before.
        assert await total(database, found_instead) == 2 * MANY - 1


@pytest.mark.parametrize("outage", [one for one in OUTAGES if one.begin is stopped], ids=str, indirect=True)
async def test_the_loop_that_writes_counts_outlives_the_outage(
    fragile: Fragile, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    database = fragile.database
    counted = Answers(database)
    writing = asyncio.create_task(repeat("Writing", 0, counted.flush))
    async with asyncio.timeout(10):
        async with outage.begin(fragile):
            counted.count(Outcome.EXACT, GUILD)
            while "Writing failed and is tried again later: The database cannot be" not in caplog.text:
                await refused(rows(database))
        while await rows(database, answers) == 0:
            assert not writing.done()
    assert "Traceback" not in caplog.text
    writing.cancel()


@pytest.mark.parametrize("outage", [one for one in OUTAGES if one.begin is locked], ids=str, indirect=True)
async def test_a_write_waits_for_another_process_only_for_so_long(fragile: Fragile, outage: Outage) -> None:
    async with outage.begin(fragile):
        started = time.monotonic()
        await refused(write(fragile.database, 0))
        assert BUSY_TIMEOUT <= time.monotonic() - started < BUSY_TIMEOUT + 5


@pytest.fixture
async def postgres(stoppable_url: URL) -> AsyncIterator[Database]:
    """Open a database of a server that may be stopped."""
    database = await Database.open(stoppable_url)
    yield database
    await database.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
async def test_connections_that_were_lost_while_nobody_used_them_are_replaced(
    postgres: Database, stoppable_server: PostgresServer, how: signal.Signals
) -> None:
    await write(postgres, 0)
    stoppable_server.stop(how)
    stoppable_server.start()
    await write(postgres, MANY)
    assert await rows(postgres) == 2 * MANY


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
@pytest.mark.parametrize("is_used_again", [True, False], ids=["at the next statement", "at the commit"])
async def test_a_change_that_is_cut_off_is_undone(
    postgres: Database, stoppable_server: PostgresServer, how: signal.Signals, *, is_used_again: bool
) -> None:
    async def cut_off() -> None:
        async with postgres.write() as connection:
            await connection.execute(insert(command_syncs), {"application_id": 1, "content_hash": SECRET})
            await asyncio.to_thread(stoppable_server.stop, how)
            if is_used_again:
                await connection.execute(insert(command_syncs), {"application_id": 2, "content_hash": SECRET})

    await refused(cut_off())
    stoppable_server.start()
    assert await rows(postgres) == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
async def test_reading_that_is_cut_off_is_said(
    postgres: Database, stoppable_server: PostgresServer, how: signal.Signals
) -> None:
    async def cut_off() -> None:
        async with postgres.read() as connection:
            await connection.execute(select(command_syncs))
            await asyncio.to_thread(stoppable_server.stop, how)
            await connection.execute(select(command_syncs))

    await refused(cut_off())
    stoppable_server.start()
    assert await rows(postgres) == 0


async def total(database: Database, table: Table) -> int:
    """Return the sum of the counts in a table."""
    async with database.read() as connection:
        return int((await connection.execute(select(func.sum(table.c.count)))).scalar_one())
