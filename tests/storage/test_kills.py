"""A process that is killed while moderators work loses nothing that was acknowledged and leaves nothing half-done."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.storage.database import Database
from tests.storage.replay import Replay, served_whole
from tests.storage.worker import put_in_place
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
