"""A process that is killed while moderators work loses nothing that was acknowledged and leaves nothing half-done."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL, select, text

from bot.glossary.model import Entry
from bot.storage.change_history import ChangeHistory, ChangeKind
from bot.storage.database import Database
from bot.storage.own_entries import OwnEntries
from bot.storage.revisions import Revisions
from bot.storage.tables import changes
from tests.storage.worker import GUILDS, IMPORTED, put_in_place
from tests.storage.workers import Worker, killed_after, started, tell

pytestmark = pytest.mark.slow

KILLS = 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that the processes change."""
    folder = tmp_path / "data"
    folder.mkdir()
    notices = 'title = "A glossary"\ndisclaimer = "Short."\nfull_disclaimer = "Long."\ntrademarks = "Marks."\n'
    (folder / "glossary.toml").write_text(notices, "utf-8")
    put_in_place(folder, "The first version.")
    return folder


@pytest.fixture
async def worker(empty_url: URL, tmp_path: Path) -> AsyncIterator[Worker]:
    """A process that starts those that are killed."""
    async with started(empty_url, [], tmp_path) as process:
        yield process


async def test_a_moderating_process_killed_at_any_moment_loses_nothing_it_acknowledged(
    worker: Worker, empty_url: URL, folder: Path
) -> None:
    moments = random.Random(20261126)  # noqa: S311
    replay = Replay()
    newest = (0, "")
    for seed in range(KILLS):
        count = moments.choice([0, 0, 1, 2, 4])
        # Long enough to fall anywhere into opening, or into the next change.
        seconds = moments.uniform(0, 0.02 if count else 0.1)
        tell(worker, f"moderate {folder} {seed}")
        words = [line.split() for line in await killed_after(worker, count, seconds)]
        acknowledged = {(int(guild), int(number)) for verb, guild, number in words if verb == "changed"}
        reloads = [(int(number), content) for verb, number, content in words if verb == "reloaded"]
        database = await Database.open(empty_url)
        try:
            made = await replay.whole(database)
            newest = await served_whole(database, max([newest, *reloads]))
        finally:
            await database.close()
        assert acknowledged <= made
        # At most one more than was acknowledged: the change that the kill fell into.
        assert len(made - acknowledged) <= 1
    assert replay.latest > KILLS
    assert newest[0] > 1


class Replay:
    """The entries of every server as their history makes them."""

    def __init__(self) -> None:
        """Begin before the first change."""
        self.latest = 0
        self._state: dict[int, dict[str, tuple[Entry, int]]] = {guild_id: {} for guild_id in GUILDS}

    async def whole(self, database: Database) -> set[tuple[int, int]]:
        """Replay the changes that are new, check that each is whole, and compare; return their servers and ids."""
        own = OwnEntries(database)
        async with database.read() as connection:
            if connection.dialect.name == "sqlite":
                assert (await connection.execute(text("PRAGMA integrity_check"))).scalar_one() == "ok"
                assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
            rows = (await connection.execute(select(changes).where(changes.c.id > self.latest))).all()
        for row in sorted(rows, key=lambda row: row.id):
            items = await ChangeHistory(database).items(row.guild_id, row.id)
            assert len(items) == IMPORTED if row.kind == ChangeKind.IMPORT else items, row
            state = self._state[row.guild_id]
            for item in items:
                before = state.pop(item.entry_id, None)
                assert (before[0] if before else None) == item.before, row
                if item.after:
                    state[item.entry_id] = item.after, row.id
            self.latest = row.id
        for guild_id, state in self._state.items():
            stored, _ = await own.of(guild_id)
            assert {key: tuple(one) for key, one in stored.items()} == state
        return {(row.guild_id, row.id) for row in rows}


async def served_whole(database: Database, acknowledged: tuple[int, str]) -> tuple[int, str]:
    """Return the number and hash of the newest revision, which is none older than what was acknowledged."""
    newest = await Revisions(database).newest()
    if newest is None:
        assert acknowledged == (0, "")
        return acknowledged
    assert newest.content_hash == newest.pack.content_hash()
    assert newest.number >= acknowledged[0]
    if newest.number == acknowledged[0]:
        assert newest.content_hash == acknowledged[1]
    return newest.number, newest.content_hash
