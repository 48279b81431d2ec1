"""Only the database's own failures are called `DatabaseUnavailable`, and no error repeats what people wrote."""

import asyncio
import sqlite3
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import URL, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import QueuePool

from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.tables import lookups

WRITTEN_BY_PEOPLE = "what-somebody-wrote"
ROW = {"day": 1, "guild_id": 2**62, "entry_id": WRITTEN_BY_PEOPLE, "count": 1}

CLOSED = r"^The database cannot be used: .*closed\.$"


async def add(connection: AsyncConnection) -> None:
    await connection.execute(insert(lookups), ROW)


async def rows(database: Database) -> int:
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(lookups))).scalar_one()


def logged(error: BaseException) -> str:
    """Return what a log has of an error and its causes, without the lines of code."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    return "\n".join(line for line in lines if not line.startswith(" "))


@pytest.fixture
async def postgres_database(postgres_url: URL) -> AsyncIterator[Database]:
    """An open PostgreSQL database, to which connections can be lost."""
    database = await Database.open(postgres_url)
    yield database
    await database.close()


async def lose(connection: AsyncConnection) -> None:
    """Cut the connection and let the driver notice."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    driver.terminate()


async def add_twice(connection: AsyncConnection) -> None:
    await add(connection)
    await add(connection)


async def add_without_a_count(connection: AsyncConnection) -> None:
    await connection.execute(insert(lookups), ROW | {"count": None})


async def add_a_text_for_a_number(connection: AsyncConnection) -> None:
    await connection.execute(insert(lookups), ROW | {"count": WRITTEN_BY_PEOPLE})


async def ask_for_a_column_that_does_not_exist(connection: AsyncConnection) -> None:
    await connection.execute(text("SELECT nowhere FROM lookups WHERE entry_id = :word"), {"word": WRITTEN_BY_PEOPLE})


@pytest.mark.parametrize(
    ("bug", "error"),
    [
        (add_twice, IntegrityError),
        (add_without_a_count, IntegrityError),
        (add_a_text_for_a_number, DBAPIError),
        (ask_for_a_column_that_does_not_exist, DBAPIError),
    ],
)
async def test_a_bug_stays_a_bug_and_is_logged_without_what_people_wrote(
    database: Database, bug: Callable[[AsyncConnection], Awaitable[None]], error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        async with database.write() as connection:
            await bug(connection)
    assert "lookups" in str(caught.value)
    assert WRITTEN_BY_PEOPLE not in logged(caught.value)
    assert await rows(database) == 0


@pytest.mark.parametrize("error", [RuntimeError, OSError, ConnectionResetError, TimeoutError, sqlite3.OperationalError])
async def test_an_error_of_the_caller_is_not_taken_for_one_of_the_database(
    database: Database, error: type[Exception]
) -> None:
    for block in (database.read, database.write):
        with pytest.raises(error, match=r"^a bug$"):
            async with block():
                raise error("a bug")


@pytest.mark.parametrize("error", [RuntimeError, OSError, TimeoutError, asyncio.CancelledError])
async def test_an_error_of_the_caller_stays_what_it_is_when_the_connection_is_lost_as_well(
    postgres_database: Database, error: type[BaseException]
) -> None:
    """Rolling back fails then, which must not hide what happened first."""

    async def interrupted() -> None:
        async with postgres_database.write() as connection:
            await add(connection)
            await lose(connection)
            raise error("a bug")

    with pytest.raises(error, match=r"^a bug$"):
        await interrupted()
    assert await rows(postgres_database) == 0
    assert_no_connection_is_in_use(postgres_database)


async def test_a_connection_that_the_driver_knows_to_be_lost_is_an_outage(postgres_database: Database) -> None:
    """The driver gives no error code then."""

    async def interrupted(block: Callable[[], AbstractAsyncContextManager[AsyncConnection]]) -> None:
        async with block() as connection:
            await connection.execute(select(lookups))
            await lose(connection)
            await connection.execute(select(lookups))

    for block in (postgres_database.read, postgres_database.write):
        with pytest.raises(DatabaseUnavailable, match=CLOSED):
            await interrupted(block)
        assert await rows(postgres_database) == 0
    assert_no_connection_is_in_use(postgres_database)


async def test_a_commit_on_a_lost_connection_is_an_outage_and_leaves_nothing(postgres_database: Database) -> None:
    async def interrupted() -> None:
        async with postgres_database.write() as connection:
            await add(connection)
            await lose(connection)

    with pytest.raises(DatabaseUnavailable, match=CLOSED):
        await interrupted()
    assert await rows(postgres_database) == 0
    assert_no_connection_is_in_use(postgres_database)


async def test_a_pool_whose_connections_are_all_in_use_says_so_in_one_sentence(postgres_database: Database) -> None:
    """SQLAlchemy appends a link to its documentation, which is of no use to an operator."""
    url = postgres_database._engine.url
    small = Database(create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.01))
    async with small.read():
        with pytest.raises(DatabaseUnavailable, match=r"^The database cannot be reached: [^\n(]*[^.]\.$"):
            await rows(small)
    assert await rows(small) == 0
    await small.close()


def assert_no_connection_is_in_use(database: Database) -> None:
    """Check that every connection was given back, even a lost one."""
    pool = database._engine.sync_engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedout() == 0
