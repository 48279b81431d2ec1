"""Real databases for tests: copies of an SQLite file, and a PostgreSQL server that is thrown away."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections import deque
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import URL

from bot.storage.database import Database

# Safe enough for data that nobody keeps, and many times faster.
OPTIONS = {
    "listen_addresses": "",
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


class PostgresServer:
    """A PostgreSQL server that listens on a Unix socket only, and that can be stopped and started again."""

    def __init__(self, home: Path) -> None:
        """Make the server's files in an empty folder; `start` starts it."""
        self._home = home
        self._data = home / "data"
        self._owner = _owner(home)
        self._process: subprocess.Popen[str] | None = None
        self._drain: Thread | None = None
        self._run("initdb", "-D", self._data, "-U", "bot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @property
    def url(self) -> URL:
        """Return the address of the database that every server has."""
        return URL.create("postgresql+asyncpg", "bot", database="postgres", query={"host": str(self._home)})

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        options = OPTIONS | {"unix_socket_directories": str(self._home)}
        self._process = subprocess.Popen(
            [_binary("postgres"), "-D", self._data, *(f"--{name}={value}" for name, value in options.items())],
            stderr=subprocess.PIPE,
            text=True,
            cwd=self._home,
            **self._owner,
        )
        assert self._process.stderr
        seen = []
        for line in self._process.stderr:
            seen.append(line)
            if "ready to accept connections" in line:
                break
        else:
            _unavailable(f"PostgreSQL does not start: {''.join(seen)}")
        # A server whose messages nobody reads would stand still.
        self._drain = Thread(target=deque, args=(self._process.stderr, 0))
        self._drain.start()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server if it runs: with SIGINT it ends every connection in order, with SIGQUIT it just dies."""
        if self._process is None or self._drain is None:
            return
        self._process.send_signal(how)
        self._process.wait()
        self._drain.join()
        assert self._process.stderr
        self._process.stderr.close()
        self._process = self._drain = None

    def create(self, template: URL | None = None) -> URL:
        """Create a database, which is empty or a copy of another, and return its address."""
        name = f"glossary_{uuid.uuid4().hex}"
        source = template.database if template else "template1"
        run(self.execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY FILE_COPY"))
        return self.url.set(database=name)

    def drop(self, url: URL) -> None:
        """Drop a database, even if others are connected to it."""
        run(self.execute(f"DROP DATABASE {url.database} WITH (FORCE)"))

    async def execute(self, statement: str) -> None:
        """Execute a statement as the administrator would."""
        connection = await asyncpg.connect(host=str(self._home), user="bot", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [_binary(program), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self._home, **self._owner)
        if done.returncode:
            _unavailable(f"{program} failed: {done.stderr}")


@contextmanager
def started_postgres() -> Iterator[PostgresServer]:
    """Start a server that leaves nothing behind; skip the test where that is not possible, except in CI."""
    # Short, because the path of a Unix socket is, and outside of pytest's folders, which only their owner may enter;
    # in memory, if there is enough, where a new database takes half the time.
    memory = Path("/dev/shm")  # noqa: S108
    enough = memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=memory if enough else "/tmp"))  # noqa: S108
    try:
        server = PostgresServer(home)
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(home)


def copy_file(template: Path, path: Path) -> None:
    """Copy an SQLite file that nobody has open, and make the folder for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, path)


def make_newest(url: URL) -> None:
    """Create a database's tables, as the first start of the bot does."""

    async def make() -> None:
        await (await Database.open(url)).close()

    run(make())


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in an event loop of its own, which leaves the one of the tests alone."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(work)


def _binary(name: str) -> str:
    """Return the path of one of PostgreSQL's programs: the one on PATH, or the newest that Debian has installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    path = shutil.which(name) or (str(installed[-1]) if installed else None)
    if path is None:
        _unavailable(f"PostgreSQL's `{name}` is neither on PATH nor under /usr/lib/postgresql")
    return path


def _unavailable(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"In CI the storage is tested on PostgreSQL, too: {reason}")
    pytest.skip(reason)


def _owner(home: Path) -> dict[str, Any]:
    """Return how to start the server as anybody but root, which it refuses, and give that user its folder."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
