"""Opening the database: connections and transactions."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.schema import NewerSchema, bring_up_to_date

# How long one process waits for another's transaction, in seconds.
BUSY_TIMEOUT = 4
# Any number will do, as long as every process that writes takes the same lock.
_WRITE_LOCK = 74_974_001
# https://www.sqlite.org/rescode.html: locked by somebody else, read-only, broken, full, or not there.
_SQLITE_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
# https://www.postgresql.org/docs/current/errcodes-appendix.html: the connection, resources, an operator or the system
# failed; the server only reads; another process holds the write lock for too long; or a table is missing.
_POSTGRES_UNAVAILABLE = ("08", "53", "57", "58", "25006", "55P03", "42P01")
# Where the driver appends the details of an error to its message.
_DETAIL = "\nDETAIL:"


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
            shown = url.set(query={}).render_as_string(hide_password=True)
            raise DatabaseUnavailable(f"DATABASE_URL: {shown} cannot be used: {_cause(error)}.") from error
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

        There is one writer at a time, over all processes: what it reads before it writes stays true.
        """
        async with self._connection() as connection:
            # Taking the write lock at once makes a second writer wait; taken at the first write, it would fail it.
            await connection.execution_options(begin_immediate=True)
            async with connection.begin():
                if connection.dialect.name == "postgresql":
                    await connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT}s'"))
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITE_LOCK})
                yield connection

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
            raise DatabaseUnavailable(f"The database cannot be reached: {_cause(error)}.") from error
        try:
            yield connection
        except SQLAlchemyError as error:
            _hide_details(error)
            if _is_unavailable(error):
                raise DatabaseUnavailable(f"The database cannot be used: {_cause(error)}.") from error
            raise
        finally:
            with suppress(SQLAlchemyError, OSError):  # a lost connection cannot be returned to the pool
                await connection.close()


def _is_unavailable(error: SQLAlchemyError) -> bool:
    """Tell whether an error is the database's and not that of a statement."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    sqlite_code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    if sqlite_code is not None:
        # An extended code has the primary one in its lowest byte. A missing table has none of its own.
        return sqlite_code & 0xFF in _SQLITE_UNAVAILABLE or "no such table" in str(error.orig)
    state: str = getattr(error.orig, "sqlstate", None) or ""
    return state.startswith(_POSTGRES_UNAVAILABLE)


def _hide_details(error: BaseException | None) -> None:
    """Cut PostgreSQL's details, which quote the row, from an error and from those that led to it.

    Errors are logged, and the log must not hold what people wrote.
    """
    while error is not None:
        error.args = tuple(part.partition(_DETAIL)[0] if isinstance(part, str) else part for part in error.args)
        if isinstance(getattr(error, "detail", None), str):
            error.detail = None  # type: ignore[attr-defined] # asyncpg's own errors have it
        error = error.__cause__


def _cause(error: Exception) -> str:
    """Return what the driver says, on one line and without the statement or its values."""
    if isinstance(error, DatabaseUnavailable) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return (str(cause).partition("\n")[0] or type(cause).__name__).rstrip(".")


def _engine(url: URL) -> AsyncEngine:
    # Errors are logged, and the log must not hold what people wrote.
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
