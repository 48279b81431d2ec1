"""Several processes on one database, and processes that are killed."""

import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select

from bot.glossary.model import Pack
from bot.storage.database import Database
from bot.storage.revisions import KEPT, Revision, Revisions
from bot.storage.tables import categories, entries, revisions
from tests.storage.workers import Worker, heard, killed_after, started, tell

pytestmark = pytest.mark.slow


@pytest.fixture
def packs(make_pack: Callable[..., Pack]) -> list[Pack]:
    """Two packs of different sizes that have few entries in common."""
    return [
        make_pack(*(f"A{number}" for number in range(120)), "Both"),
        make_pack("Both", *(f"B{number}" for number in range(40)), definition="Something else."),
    ]


@pytest.fixture
async def worker(empty_url: URL, packs: list[Pack], tmp_path: Path) -> AsyncIterator[Worker]:
    """A process that starts others; all of them are gone at the end."""
    async with started(empty_url, packs, tmp_path) as process:
        yield process


async def publications(worker: Worker, count: int, seconds: float) -> list[tuple[int, str]]:
    """Kill the publishing process as `killed_after` does, and return what it acknowledged."""
    words = [line.split() for line in await killed_after(worker, count, seconds)]
    assert all(verb == "published" for verb, *_ in words), words
    return [(int(number), content_hash) for _, number, content_hash in words]


async def newest_whole(url: URL, packs: list[Pack]) -> Revision | None:
    """Open the database as a bot that starts now; return the newest revision after checking all of them."""
    database = await Database.open(url)
    try:
        return await assert_whole(database, packs)
    finally:
        await database.close()


async def assert_whole(database: Database, packs: list[Pack]) -> Revision | None:
    """Check that each revision holds exactly the categories and entries of one of the packs; return the newest."""
    sizes = {pack.content_hash(): (len(pack.categories), len(pack.entries)) for pack in packs}
    async with database.read() as connection:
        found: dict[str, dict[int, int]] = {}
        for table in (categories, entries):
            counts = select(table.c.revision_id, func.count()).group_by(table.c.revision_id)
            found[table.name] = {row[0]: row[1] for row in await connection.execute(counts)}
        hashes = {row.id: row.content_hash for row in await connection.execute(select(revisions))}
    assert len(hashes) <= KEPT
    assert found == {
        "categories": {number: sizes[content_hash][0] for number, content_hash in hashes.items()},
        "entries": {number: sizes[content_hash][1] for number, content_hash in hashes.items()},
    }
    newest = await Revisions(database).newest()
    assert (newest.number if newest else None) == max(hashes, default=None)
    if newest:
        assert newest.pack in packs
        assert newest.pack.content_hash() == newest.content_hash
    return newest


async def test_eight_processes_that_open_a_new_database_at_once_all_come_up(worker: Worker, empty_url: URL) -> None:
    tell(worker, "open 8")
    lines = [await heard(worker) for _ in range(16)]
    assert sorted(lines) == ["ended 0"] * 8 + ["opened"] * 8
    assert await newest_whole(empty_url, []) is None


async def test_eight_processes_that_open_what_a_killed_one_left_all_come_up(
    worker: Worker, empty_url: URL, packs: list[Pack]
) -> None:
    tell(worker, "publish")
    acknowledged = await publications(worker, 3, 0.0)
    assert len(acknowledged) >= 3
    tell(worker, "open 8")
    lines = [await heard(worker) for _ in range(16)]
    assert sorted(lines) == ["ended 0"] * 8 + ["opened"] * 8
    newest = await newest_whole(empty_url, packs)
    assert newest
    assert newest.number >= acknowledged[-1][0]


async def test_a_process_killed_at_any_moment_loses_nothing_it_acknowledged(
    worker: Worker, empty_url: URL, packs: list[Pack]
) -> None:
    moments = random.Random(20251123)  # noqa: S311
    last: tuple[int, str] | None = None
    for _ in range(20):
        count = moments.choice([0, 0, 1, 2, 3])
        # Long enough to fall anywhere into opening and migrating, or into the next publication.
        seconds = moments.uniform(0, 0.02 if count else 0.08)
        tell(worker, "publish")
        acknowledged = await publications(worker, count, seconds)
        last = acknowledged[-1] if acknowledged else last
        newest = await newest_whole(empty_url, packs)
        if last:
            assert newest
            # At most one publication more than was acknowledged: the one that the kill fell into.
            assert newest.number >= last[0]
            if newest.number == last[0]:
                assert newest.content_hash == last[1]
        if newest:
            last = newest.number, newest.content_hash
    assert last
