"""Ways in which a database goes away. Each lasts as long as its context manager; then everything is as before."""

import os
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, text

from bot.storage.database import Database
from tests.databases import PostgresServer

NOBODY = 65534


@dataclass(frozen=True)
class Fragile:
    """An open database, its address, and the server that it is on, if it is on one."""

    database: Database
    url: URL
    server: PostgresServer | None

    @property
    def path(self) -> Path:
        """Return the SQLite file."""
        return Path(self.url.database or "")


@dataclass(frozen=True)
class Outage:
    """A way to lose a database of some kind, and whether it can be read all the same."""

    backend: str
    begin: Callable[[Fragile], AbstractAsyncContextManager[None]]
    can_read: bool = False

    def __str__(self) -> str:
        """Return the name of the test with it."""
        return f"{self.backend} {getattr(self.begin, '__name__', '').replace('_', ' ')}"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's right to write anywhere, if the tests run as root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@asynccontextmanager
async def locked(fragile: Fragile) -> AsyncIterator[None]:
    """Another process is writing."""
    other = await Database.open(fragile.url)
    try:
        async with other.write():
            yield
    finally:
        await other.close()


@asynccontextmanager
async def unreadable(fragile: Fragile) -> AsyncIterator[None]:
    """Another process keeps the file to itself."""
    await fragile.database.close()
    with closing(sqlite3.connect(fragile.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


@asynccontextmanager
async def full(fragile: Fragile) -> AsyncIterator[None]:
    """The file cannot grow."""
    async with fragile.database.read() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        largest = (await connection.execute(text("PRAGMA max_page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    yield
    async with fragile.database.read() as connection:
        await connection.execute(text(f"PRAGMA max_page_count = {largest}"))


@asynccontextmanager
async def unwritable(fragile: Fragile) -> AsyncIterator[None]:
    """The file can only be read, as on a disk that the system has taken back from writers."""
    async with fragile.database.read() as connection:
        await connection.execute(text("PRAGMA query_only = ON"))
    yield
    async with fragile.database.read() as connection:
        await connection.execute(text("PRAGMA query_only = OFF"))


@asynccontextmanager
async def failing_disk(_: Fragile) -> AsyncIterator[None]:
    """Writing to any file fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@asynccontextmanager
async def write_protected(fragile: Fragile) -> AsyncIterator[None]:
    """The bot may not write the file and its folder."""
    await fragile.database.close()
    fragile.path.chmod(0o444)
    fragile.path.parent.chmod(0o555)
    with as_nobody():
        yield
    fragile.path.parent.chmod(0o755)
    fragile.path.chmod(0o644)


@asynccontextmanager
async def overwritten(fragile: Fragile) -> AsyncIterator[None]:
    """The file holds something else, until it is restored."""
    await fragile.database.close()
    whole = fragile.path.read_bytes()
    fragile.path.write_bytes(b"This is no database. " * 100)
    yield
    fragile.path.write_bytes(whole)


@asynccontextmanager
async def not_mounted(fragile: Fragile) -> AsyncIterator[None]:
    """The folder is not there, as when its disk is not mounted."""
    await fragile.database.close()
    elsewhere = fragile.path.parent.with_name("elsewhere")
    fragile.path.parent.rename(elsewhere)
    yield
    elsewhere.rename(fragile.path.parent)


@asynccontextmanager
async def stopped(fragile: Fragile) -> AsyncIterator[None]:
    """The server is stopped, as for an update."""
    assert fragile.server
    fragile.server.stop()
    yield
    fragile.server.start()


@asynccontextmanager
async def crashed(fragile: Fragile) -> AsyncIterator[None]:
    """The server dies without a word."""
    assert fragile.server
    fragile.server.stop(signal.SIGQUIT)
    yield
    fragile.server.start()


@asynccontextmanager
async def read_only(fragile: Fragile) -> AsyncIterator[None]:
    """The server accepts no changes, as a standby server does not."""
    assert fragile.server
    setting = f"ALTER DATABASE {fragile.url.database} SET default_transaction_read_only"
    await fragile.server.execute(f"{setting} = on")
    await fragile.database.close()  # new connections follow the setting
    yield
    await fragile.server.execute(f"{setting} = off")
    await fragile.database.close()


OUTAGES = (
    Outage("sqlite", locked, can_read=True),
    Outage("sqlite", unreadable),
    Outage("sqlite", full, can_read=True),
    Outage("sqlite", unwritable, can_read=True),
    Outage("sqlite", failing_disk, can_read=True),
    Outage("sqlite", write_protected),
    Outage("sqlite", overwritten),
    Outage("sqlite", not_mounted),
    Outage("postgresql", locked, can_read=True),
    Outage("postgresql", stopped),
    Outage("postgresql", crashed),
    Outage("postgresql", read_only, can_read=True),
)
