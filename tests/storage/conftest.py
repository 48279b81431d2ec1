"""An SQLite file and a PostgreSQL database for each test: empty ones, or ones that have their tables."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Category, Entry, Notices, Pack
from bot.storage.database import Database
from tests.databases import PostgresServer, copy_file, make_newest


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    """Where an SQLite file would be; there is none yet, and no folder for it."""
    return URL.create("sqlite+aiosqlite", database=str(tmp_path / "var" / "glossary.db"))


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[URL]:
    """Create an empty PostgreSQL database."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> URL:
    """Create a PostgreSQL database at the newest schema, to be copied."""
    url = postgres_server.create()
    make_newest(url)
    return url


@pytest.fixture
def sqlite_copy(sqlite_url: URL, sqlite_template: Path) -> URL:
    """Copy the SQLite file that is at the newest schema."""
    assert sqlite_url.database
    copy_file(sqlite_template, Path(sqlite_url.database))
    return sqlite_url


@pytest.fixture
def postgres_copy(postgres_server: PostgresServer, postgres_template: URL) -> Iterator[URL]:
    """Copy the PostgreSQL database that is at the newest schema."""
    url = postgres_server.create(template=postgres_template)
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> URL:
    """Run the test on each kind of database: where one is that has never been opened."""
    url: URL = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> URL:
    """Run the test on each kind of database: where one is that has its tables and no rows."""
    url: URL = request.getfixturevalue("sqlite_copy" if request.param == "sqlite" else "postgres_copy")
    return url


@pytest.fixture
async def database(database_url: URL) -> AsyncIterator[Database]:
    """Open the database."""
    database = await Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture
async def other_instance(database_url: URL) -> AsyncIterator[Database]:
    """Open the database once more, as a second process of the bot would."""
    other = await Database.open(database_url)
    yield other
    await other.close()


@pytest.fixture
def make_pack() -> Callable[..., Pack]:
    """Return a function that makes a pack of entries with these names."""

    def make(*names: str, definition: str = "What it means.", title: str = "A glossary") -> Pack:
        return Pack(
            notices=Notices(title=title, disclaimer="Short.", full_disclaimer="Long.", trademarks="Marks."),
            categories=(Category(name="TWS", description="The workstation", emoji="🖥️", colour=0x2B6CB0, order=1),),
            entries=tuple(Entry(id=name.lower(), name=name, category="TWS", definition=definition) for name in names),
        )

    return make


@pytest.fixture
def hold_table(database: Database) -> Callable[[str], AbstractAsyncContextManager[AsyncConnection]]:
    """Return a context manager in which others who write to a table have to wait, but readers do not."""

    @asynccontextmanager
    async def hold(table: str) -> AsyncIterator[AsyncConnection]:
        async with database.write() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
            yield connection

    return hold


@pytest.fixture
def until_waiting() -> Callable[[AsyncConnection, int], Awaitable[None]]:
    """Return a function that waits until a number of others wait for a lock that this connection holds."""

    async def wait(connection: AsyncConnection, others: int) -> None:
        async with asyncio.timeout(10):
            if connection.dialect.name == "postgresql":
                waiting = text(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                while (await connection.execute(waiting)).scalar_one() < others:
                    # What the server shows of others is otherwise one picture for the whole transaction.
                    await connection.execute(text("SELECT pg_stat_clear_snapshot()"))
            else:
                # SQLite does not tell who waits; these round trips take longer than the others need to get there.
                for _ in range(200):
                    await connection.execute(text("SELECT 1"))

    return wait
