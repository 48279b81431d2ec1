"""Opening a database, and what its transactions promise."""

import asyncio
import re
import stat
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.tables import categories, command_syncs, misses, revisions
from tests.databases import PostgresServer
from tests.storage.outages import as_nobody

PASSWORD = "correct-horse"
SECRET = "what somebody wrote"


async def add(connection: AsyncConnection, application_id: int) -> None:
    await connection.execute(insert(command_syncs), {"application_id": application_id, "content_hash": "abc"})


async def count(connection: AsyncConnection) -> int:
    found = await connection.execute(select(func.count()).select_from(command_syncs))
    return found.scalar_one()


async def count_now(database: Database) -> int:
    async with database.read() as connection:
        return await count(connection)


async def refusal(url: URL) -> str:
    """Return what is said when the database cannot be opened: one sentence that names the setting."""
    with pytest.raises(DatabaseUnavailable) as caught:
        await Database.open(url)
    message = str(caught.value)
    assert re.fullmatch(r"DATABASE_URL\b[^\n]*[^.]\.", message)
    assert PASSWORD not in message
    return message


async def test_opening_makes_the_file_and_its_folder(sqlite_url: URL) -> None:
    assert sqlite_url.database
    database = await Database.open(sqlite_url)
    await database.close()
    assert Path(sqlite_url.database).stat().st_size > 0


async def test_opening_again_keeps_what_is_there(empty_url: URL) -> None:
    for expected in (0, 1, 2):
        database = await Database.open(empty_url)
        assert await count_now(database) == expected
        async with database.write() as connection:
            await add(connection, expected)
        await database.close()


async def test_opening_while_another_instance_has_it_open_is_harmless(
    database: Database, other_instance: Database
) -> None:
    async with database.write() as connection:
        await add(connection, 1)
    assert await count_now(other_instance) == 1


async def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(
    database: Database, database_url: URL
) -> None:
    async with database.write() as connection:
        await add(connection, 1)
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = database_url if database_url.get_backend_name() == "sqlite" else database_url.set(password=PASSWORD)
    assert "9999" in await refusal(url)
    assert await count_now(database) == 1
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == "9999"


async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(sqlite_url: URL, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, this is no database. " * 200, "utf-8")
    before = file.read_bytes()
    await refusal(sqlite_url.set(database=str(file)))
    assert file.read_bytes() == before


async def test_a_directory_is_refused(sqlite_url: URL, tmp_path: Path) -> None:
    await refusal(sqlite_url.set(database=str(tmp_path)))


async def test_a_folder_that_cannot_be_made_is_refused(sqlite_url: URL, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    await refusal(sqlite_url.set(database=str(tmp_path / "file" / "glossary.db")))
    await refusal(sqlite_url.set(database=str(tmp_path / "file" / "var" / "glossary.db")))


@pytest.mark.parametrize("exists", [False, True], ids=["no file", "read-only file"])
async def test_an_unwritable_place_is_refused(sqlite_url: URL, *, exists: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = sqlite_url.set(database=f"{folder}/glossary.db")
        if exists:
            await (await Database.open(url)).close()
            Path(folder, "glossary.db").chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
        Path(folder).chmod(0o555)
        try:
            with as_nobody():
                await refusal(url)
        finally:
            Path(folder).chmod(0o755)


@pytest.mark.parametrize(
    "changed", [{"database": "missing"}, {"username": "stranger"}, {"query": {"host": "/missing"}}]
)
async def test_a_postgres_that_does_not_let_us_in_is_refused_without_the_password(
    postgres_server: PostgresServer, changed: dict[str, str]
) -> None:
    await refusal(postgres_server.url.set(password=PASSWORD, **changed))  # type: ignore[arg-type] # by name


async def test_a_postgres_that_is_not_there_is_refused_without_the_password() -> None:
    # Nobody listens on port 1.
    await refusal(URL.create("postgresql+asyncpg", "bot", PASSWORD, "127.0.0.1", 1, "glossary"))


async def test_a_password_among_the_options_is_not_shown_either(postgres_server: PostgresServer) -> None:
    await refusal(postgres_server.url.set(database="missing").update_query_dict({"password": PASSWORD}))


async def test_an_option_that_the_driver_does_not_know_is_refused(postgres_server: PostgresServer) -> None:
    await refusal(postgres_server.url.update_query_dict({"sslcompression": "1"}))


async def test_a_driver_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, postgres_server: PostgresServer
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    assert "asyncpg" in await refusal(postgres_server.url.set(host="", query={}))


async def test_sqlite_writes_ahead_and_waits_for_the_disk(sqlite_url: URL) -> None:
    database = await Database.open(sqlite_url)
    async with database.read() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await connection.execute(text("PRAGMA synchronous"))).scalar_one() == 2
    await database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT nothing FROM lookups",
        "SELECT FROM WHERE",
        "INSERT INTO command_syncs (application_id, content_hash) VALUES (1, 'abc'), (1, 'abc')",
        "INSERT INTO command_syncs (application_id, content_hash) VALUES (1, NULL)",
        "INSERT INTO command_syncs (application_id, content_hash) VALUES ('one', 'abc')",
    ],
)
async def test_a_wrong_statement_is_a_bug_and_not_an_outage(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError):
        await add_and_fail(database, lambda connection: connection.execute(text(statement)))
    with pytest.raises(DBAPIError):
        async with database.read() as connection:
            await connection.execute(text(statement))


async def test_a_row_must_belong_to_a_revision_that_exists(database: Database) -> None:
    async def write() -> None:
        async with database.write() as connection:
            row = {"revision_id": 4711, "position": 0, "name": "TWS", "body": "{}"}
            await connection.execute(insert(categories), row)

    with pytest.raises(IntegrityError):
        await write()


async def test_what_belongs_to_a_revision_goes_with_it(database: Database) -> None:
    async with database.write() as connection:
        columns = {"content_hash": "", "published_at": 0, "summary": "", "notices": ""}
        number = (await connection.execute(insert(revisions).returning(revisions.c.id), columns)).scalar_one()
        row = {"revision_id": number, "position": 0, "name": "TWS", "body": "{}"}
        await connection.execute(insert(categories), row)
    async with database.write() as connection:
        await connection.execute(delete(revisions))
    async with database.read() as connection:
        assert (await connection.execute(select(categories))).all() == []


async def add_and_fail(database: Database, fail: Callable[[AsyncConnection], Awaitable[object]]) -> None:
    async with database.write() as connection:
        await add(connection, 1)
        assert await count(connection) == 1
        await fail(connection)


async def test_an_exception_inside_a_write_leaves_nothing(database: Database) -> None:
    for error in (RuntimeError(), OSError(), asyncio.CancelledError(), KeyboardInterrupt()):

        async def fail(_: AsyncConnection, error: BaseException = error) -> None:
            raise error

        with pytest.raises(type(error), check=lambda raised, error=error: raised is error):
            await add_and_fail(database, fail)
        assert await count_now(database) == 0


async def test_an_exception_inside_a_read_stays_as_it_is(database: Database) -> None:
    error = OSError()

    async def fail() -> None:
        async with database.read():
            raise error

    with pytest.raises(OSError, check=lambda raised: raised is error):
        await fail()


async def test_a_statement_that_fails_undoes_the_ones_before_it(database: Database) -> None:
    with pytest.raises(SQLAlchemyError):
        await add_and_fail(database, lambda connection: connection.execute(text("SELECT nothing FROM lookups")))
    assert await count_now(database) == 0


async def test_a_change_of_the_schema_is_undone_like_any_other(database: Database) -> None:
    async def fail(connection: AsyncConnection) -> None:
        await connection.execute(text("DROP TABLE command_syncs"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await add_and_fail(database, fail)
    assert await count_now(database) == 0


async def test_a_write_works_after_one_that_failed(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add_and_fail(database, lambda connection: add(connection, 1))
    async with database.write() as connection:
        await add(connection, 1)
    assert await count_now(database) == 1


async def test_two_writers_at_once_both_succeed(
    database: Database,
    other_instance: Database,
    until_waiting: Callable[[AsyncConnection, int], Awaitable[None]],
) -> None:
    async with database.write() as connection:
        await add(connection, 1)

    async def second_write() -> None:
        async with other_instance.write() as connection:
            # Reading first is what fails a writer that takes its lock late.
            assert await count(connection) == 1
            await connection.execute(update(command_syncs).values(content_hash="second"))

    async with database.write() as connection:
        await connection.execute(update(command_syncs).values(content_hash="first"))
        second = asyncio.create_task(second_write())
        await until_waiting(connection, 1)
        assert not second.done()
    async with asyncio.timeout(10):
        await second
    async with database.read() as connection:
        assert (await connection.execute(select(command_syncs.c.content_hash))).scalar_one() == "second"


async def test_many_writers_at_once_all_succeed(database: Database, other_instance: Database) -> None:
    async def write(instance: Database, application_id: int) -> None:
        async with instance.write() as connection:
            await add(connection, application_id)

    async with asyncio.TaskGroup() as group:
        for number in range(24):
            group.create_task(write((database, other_instance)[number % 2], number))
    assert await count_now(database) == 24


async def test_a_reader_sees_only_what_is_committed(database: Database, other_instance: Database) -> None:
    async with database.write() as connection:
        await add(connection, 1)
        assert await count_now(other_instance) == 0
    assert await count_now(other_instance) == 1


async def test_a_reader_sees_one_state_throughout(database: Database, other_instance: Database) -> None:
    async with other_instance.read() as reader:
        assert await count(reader) == 0
        async with database.write() as writer:
            await add(writer, 1)
        assert await count(reader) == 0
    assert await count_now(other_instance) == 1


async def test_errors_tell_nothing_of_what_people_wrote(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as caught:
        async with database.write() as connection:
            await connection.execute(text("SELECT nowhere FROM lookups WHERE entry_id = :word"), {"word": "my secret"})
    assert "nowhere" in str(caught.value)
    assert "my secret" not in str(caught.value)


async def test_a_broken_rule_tells_nothing_of_what_people_wrote(database: Database) -> None:
    async def write() -> None:
        async with database.write() as connection:
            await connection.execute(insert(misses), {"guild_id": 1, "query": SECRET, "day": 1, "count": 1})

    await write()
    with pytest.raises(IntegrityError) as caught:
        await write()
    assert "misses" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
