"""Real databases: an SQLite file and a throwaway PostgreSQL server, with a fresh database for each test."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.model import Category, Entry, Notices, Pack
from bot.storage.database import Database

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """Start a PostgreSQL that listens on a Unix socket only; nothing of it outlives the session."""
    initdb, postgres = _binary("initdb"), _binary("postgres")
    if not initdb or not postgres:
        _unavailable("PostgreSQL's `initdb` and `postgres` are neither on PATH nor under /usr/lib/postgresql")
    # Short, because the path of a Unix socket is, and outside of pytest's folders, which only their owner may enter;
    # in memory, if there is enough, where a new database takes half the time.
    memory = Path("/dev/shm")  # noqa: S108
    enough = memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=memory if enough else "/tmp"))  # noqa: S108
    try:
        owner = _owner(home)
        data = home / "data"
        made = subprocess.run(
            [initdb, "-D", data, "-U", "bot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=False,
            capture_output=True,
            text=True,
            cwd=home,
            **owner,
        )
        if made.returncode:
            _unavailable(f"initdb failed: {made.stderr}")
        options = {
            "listen_addresses": "",
            "unix_socket_directories": home,
            "fsync": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "log_checkpoints": "off",
            "log_min_messages": "log",
            "max_connections": "60",
            "deadlock_timeout": "100ms",
        }
        server = subprocess.Popen(
            [postgres, "-D", data, *(f"--{name}={value}" for name, value in options.items())],
            stderr=subprocess.PIPE,
            text=True,
            cwd=home,
            **owner,
        )
        with server:
            assert server.stderr
            seen = []
            for line in server.stderr:
                seen.append(line)
                if "ready to accept connections" in line:
                    break
            else:
                _unavailable(f"PostgreSQL does not start: {''.join(seen)}")
            drained = Thread(target=deque, args=(server.stderr, 0))
            drained.start()
            try:
                yield URL.create("postgresql+asyncpg", "bot", database="postgres", query={"host": str(home)})
            finally:
                server.send_signal(signal.SIGQUIT)
                drained.join()
    finally:
        shutil.rmtree(home)


def _binary(name: str) -> str | None:
    """Return the path of one of PostgreSQL's programs: the one on PATH, or the newest that Debian has installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


def _owner(home: Path) -> dict[str, Any]:
    """Return how to start the server as anybody but root, which it refuses, and give that user its folder."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _unavailable(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"In CI the storage is tested on PostgreSQL, too: {reason}")
    pytest.skip(reason)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    """Where an SQLite file would be; there is none yet, and no folder for it."""
    return URL.create("sqlite+aiosqlite", database=str(tmp_path / "var" / "glossary.db"))


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[URL]:
    """Make a new, empty PostgreSQL database."""
    name = f"glossary_{uuid.uuid4().hex}"

    async def execute(statement: str) -> None:
        connection = await asyncpg.connect(
            host=postgres_server.query["host"], user=postgres_server.username, database=postgres_server.database
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    # A loop of its own, made this way, leaves the one of the tests alone.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(execute(f"CREATE DATABASE {name} STRATEGY FILE_COPY"))
        yield postgres_server.set(database=name)
        runner.run(execute(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> URL:
    """Run the test on each kind of database: where one is that has never been opened."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: URL = request.getfixturevalue(fixture)
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
    """Return a context manager inside of which whoever else writes to a table has to wait, but readers have not."""

    @asynccontextmanager
    async def hold(table: str) -> AsyncIterator[AsyncConnection]:
        async with database.write() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
            yield connection

    return hold


@pytest.fixture
def until_waiting() -> Callable[[AsyncConnection, int], Awaitable[None]]:
    """Return a function that waits until so many others wait for a lock that this connection holds."""

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
