"""Opening the database: connections, transactions, and the migrations that run on start."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

# How long one process waits for another's transaction, in seconds.
BUSY_TIMEOUT = 4
_MIGRATIONS = Path(__file__).with_name("migrations")
# Any number will do, as long as every process that writes takes the same lock.
_WRITE_LOCK = 74_974_001


class StorageError(Exception):
    """The database cannot be used; the message says why in one sentence."""


class Database:
    """One SQLite file or one PostgreSQL database, at the newest schema."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Use an engine; `Database.open` makes one."""
        self._engine = engine

    @classmethod
    async def open(cls, url: URL) -> "Database":
        """Connect, create what is missing and migrate to the newest schema; raise `StorageError` when that fails."""
        try:
            if url.get_backend_name() == "sqlite":
                await asyncio.to_thread(_use_write_ahead_log, Path(url.database or ""))
            database = cls(_engine(url))
            try:
                async with database.write() as connection:
                    await connection.run_sync(_migrate)
            except BaseException:
                await database.close()
                raise
        except ModuleNotFoundError as error:
            raise StorageError(f"DATABASE_URL needs the package {error.name}, which is not installed.") from error
        except (SQLAlchemyError, sqlite3.Error, OSError, CommandError, TypeError) as error:
            # A driver says that it does not know an option of the address with a TypeError.
            cause = error.orig if isinstance(error, DBAPIError) else error
            shown = url.set(query={}).render_as_string(hide_password=True)
            raise StorageError(f"DATABASE_URL: {shown} cannot be used: {cause}.") from error
        return database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the data throughout."""
        async with self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that commits at the end, or undoes everything on an exception.

        There is one writer at a time, over all processes: what it reads before it writes stays true.
        """
        async with self._engine.connect() as connection:
            # Taking the write lock at once makes a second writer wait; taken at the first write, it would fail it.
            await connection.execution_options(begin_immediate=True)
            async with connection.begin():
                if connection.dialect.name == "postgresql":
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITE_LOCK})
                yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _engine(url: URL) -> AsyncEngine:
    # Errors are logged, and what people wrote is not to be in the log.
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    # The driver's own transactions would commit before each change of the schema: they are begun here instead.
    engine = create_async_engine(
        url, connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT}, hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _use_write_ahead_log(path: Path) -> None:
    """Create the file if need be and let readers go on while one process writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # For this statement SQLite does not wait for the lock that another starting process holds.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # An acknowledged edit outlives a power cut, too.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("begin_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _migrate(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
