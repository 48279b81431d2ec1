"""If PostgreSQL stops answering, the connection is closed with one clear error, and no change is left half-done."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL, func, select, text

from bot.storage import database as database_module
from bot.storage import postgres
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.tables import command_syncs
from tests.storage.hanging import StandIn, stand_in

# Long enough for a statement of a busy machine, and short enough to wait for.
ANSWER_TIMEOUT = 0.5
INSERT = text("INSERT INTO command_syncs (application_id, content_hash) VALUES (:id, 'x')")


@pytest.fixture
async def hanging(postgres_copy: URL, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[StandIn, Database]]:
    """A database behind a stand-in that can hang."""
    async with stand_in(postgres_copy) as (server, url):
        # Opening it may take as long as it does.
        database = await Database.open(url)
        await database.close()
        monkeypatch.setattr(postgres, "ANSWER_TIMEOUT", ANSWER_TIMEOUT)
        database = await Database.open(url)
        yield server, database
        server.answer()
        await database.close()


async def count(database: Database) -> int:
    """How many rows were written."""
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(command_syncs))).scalar_one()


async def read_until_it_hangs(server: StandIn, database: Database) -> None:
    """Read twice, the second time without an answer."""
    async with database.read() as connection:
        await connection.execute(select(command_syncs))
        server.hang()
        await connection.execute(select(command_syncs))


async def write_until_it_hangs(server: StandIn, database: Database) -> None:
    """Write two rows in one transaction, the second one without an answer."""
    async with database.write() as connection:
        await connection.execute(INSERT, {"id": 1})
        server.hang()
        await connection.execute(INSERT, {"id": 2})


async def test_reading_from_a_server_that_does_not_answer_is_one_error(hanging: tuple[StandIn, Database]) -> None:
    server, database = hanging
    async with asyncio.timeout(10):
        with pytest.raises(DatabaseUnavailable, match=r"^The database cannot be (used|reached): [^\n]+\.$"):
            await read_until_it_hangs(server, database)
    server.answer()
    assert await count(database) == 0


async def test_a_connection_that_began_to_hang_while_nobody_used_it_is_one_error(
    hanging: tuple[StandIn, Database],
) -> None:
    server, database = hanging
    assert await count(database) == 0
    server.hang()
    async with asyncio.timeout(10):
        with pytest.raises(DatabaseUnavailable, match=r"^The database cannot be (used|reached): [^\n]+\.$"):
            await count(database)
    server.answer()
    assert await count(database) == 0


async def test_a_change_that_gets_no_answer_is_written_as_a_whole_or_not_at_all(
    hanging: tuple[StandIn, Database],
) -> None:
    server, database = hanging
    async with asyncio.timeout(10):
        with pytest.raises(DatabaseUnavailable, match="does not answer"):
            await write_until_it_hangs(server, database)
    server.answer()
    assert await count(database) == 0


async def test_a_process_that_hangs_does_not_keep_the_others_from_writing(
    hanging: tuple[StandIn, Database], postgres_copy: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, database = hanging
    monkeypatch.setattr(database_module, "ANSWER_TIMEOUT", ANSWER_TIMEOUT / 4)
    other = await Database.open(postgres_copy)
    with pytest.raises(DatabaseUnavailable):
        await write_until_it_hangs(server, database)
    async with other.write() as connection:
        await connection.execute(INSERT, {"id": 3})
    assert await count(other) == 1
    await other.close()
