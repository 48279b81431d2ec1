"""Opening the database: connections and transactions."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.driver_errors import NoAnswer, hide_values, is_unavailable, raise_no_answer, reason
from bot.storage.postgres import ANSWER_TIMEOUT, engine_options
from bot.storage.schema import NewerSchema, bring_up_to_date

# How long one process waits for another's transaction, in seconds.
BUSY_TIMEOUT = 4
# Any number will do, as long as every process that writes takes the same lock.
_WRITE_LOCK = 74_974_001
# For this transaction only: how long to wait for the lock, and when PostgreSQL gives up a process that says no more and
# that would keep the lock.
_SET_TIMEOUTS = text(
    "SELECT set_config('lock_timeout', :lock, true), set_config('idle_in_transaction_session_timeout', :idle, true)"
)


class DatabaseUnavailable(Exception):  # noqa: N818 - what is, not what somebody did wrong
    """The database cannot be reached or used right now; the message says why in one sentence.

    A wrong statement or a broken rule is not among the reasons: that is a bug and stays the error that it is.
    """


class Database:
    """One SQLite file or one PostgreSQL database, at the newest schema.

    Everything that uses it raises `DatabaseUnavailable` when the database goes away.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        """Use an engine; `Database.open` makes one."""
        self._engine = engine

    @classmethod
    async def open(cls, url: URL) -> "Database":
        """Connect and bring the database to the newest schema."""
        try:
            if url.get_backend_name() == "sqlite":
                await asyncio.to_thread(_use_write_ahead_log, Path(url.database or ""))
            database = cls(_engine(url))
            try:
                async with database.write() as connection:
                    await connection.run_sync(bring_up_to_date)
            except BaseException:
                await database.close()
                raise
        except ModuleNotFoundError as error:
            what = f"DATABASE_URL needs the package {error.name}, which is not installed."
            raise DatabaseUnavailable(what) from error
        except (DatabaseUnavailable, NewerSchema, SQLAlchemyError, sqlite3.Error, OSError, TypeError) as error:
            # Drivers raise TypeError for unknown URL options.
            cause = (error.__cause__ if isinstance(error, DatabaseUnavailable) else None) or error
            shown = url.set(query={}, password=None).render_as_string()
            raise DatabaseUnavailable(f"DATABASE_URL: {shown} cannot be used: {reason(cause)}.") from error
        return database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the data throughout."""
        async with self._connection() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that commits at the end, or undoes everything on an exception.

        There is one writer at a time, over all processes: what it reads before it writes stays true. The next one waits
        for at most `BUSY_TIMEOUT`.
        """
        async with self._connection() as connection:
            # Taking the write lock at once makes a second writer wait; taken at the first write, it would fail it.
            await connection.execution_options(begin_immediate=True)
            transaction = await connection.begin()
            try:
                if connection.dialect.name == "postgresql":
                    await connection.execute(_SET_TIMEOUTS, {"lock": f"{BUSY_TIMEOUT}s", "idle": f"{ANSWER_TIMEOUT}s"})
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITE_LOCK})
                yield connection
                await transaction.commit()
            except NoAnswer:
                raise  # a connection that hangs would not answer a rollback either
            except BaseException:
                # If the connection is lost, this fails too. The first error says what happened, so that one is raised.
                with suppress(SQLAlchemyError, OSError):
                    await transaction.rollback()
                raise

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection; raise `DatabaseUnavailable` if there is none, or if it is lost while it is used."""
        try:
            connection = await self._engine.connect()
        except (SQLAlchemyError, OSError) as error:
            # asyncpg raises a refused connection as an OSError of the system.
            raise DatabaseUnavailable(f"The database cannot be reached: {reason(error)}.") from error
        try:
            yield connection
        except SQLAlchemyError as error:
            hide_values(error)
            if is_unavailable(error):
                raise DatabaseUnavailable(f"The database cannot be used: {reason(error)}.") from error
            raise
        except NoAnswer as error:
            # Without a connection to tell it, PostgreSQL rolls back by itself, once it misses the next statement.
            await connection.invalidate(error)
            raise DatabaseUnavailable("The database cannot be used: it does not answer.") from error
        finally:
            with suppress(SQLAlchemyError, OSError):  # a lost connection cannot be returned to the pool
                await connection.close()


def _engine(url: URL) -> AsyncEngine:
    # Errors are logged, and the log must not hold what people wrote.
    if url.get_backend_name() != "sqlite":
        address, options = engine_options(url)
        engine = create_async_engine(address, hide_parameters=True, **options)
        event.listen(engine.sync_engine, "handle_error", raise_no_answer)
        return engine
    # The driver's own transactions would commit before each change of the schema: they are begun here instead.
    engine = create_async_engine(
        url, connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT}, hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _use_write_ahead_log(path: Path) -> None:
    """Create the file if it does not exist, and let readers go on while one process writes."""
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
    # An edit that was acknowledged survives a power cut too.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("begin_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
