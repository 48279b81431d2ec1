"""Every way to the newest schema ends at the same tables and loses nothing on the way."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, BigInteger, Connection, Integer, MetaData, Table, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import bot.storage
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.schema import NEWEST
from bot.storage.tables import metadata

CONFIG = Config()
CONFIG.set_main_option("script_location", str(Path(bot.storage.__path__[0], "migrations")).replace("%", "%%"))
SCRIPTS = ScriptDirectory.from_config(CONFIG)
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]


def upgrade(connection: Connection, revision: str) -> None:
    CONFIG.attributes["connection"] = connection
    command.upgrade(CONFIG, revision)


def described(connection: Connection) -> dict[str, Any]:
    """Return all that can be told of the tables: columns, keys, indexes, and what only SQLite or PostgreSQL has."""
    inspector = inspect(connection)
    found: dict[str, Any] = {}
    for table in sorted(set(inspector.get_table_names()) - {"alembic_version"}):
        found[table] = {
            "columns": [column | {"type": repr(column["type"])} for column in inspector.get_columns(table)],
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": inspector.get_foreign_keys(table),
            "indexes": inspector.get_indexes(table),
            "checks": inspector.get_check_constraints(table),
            "unique": inspector.get_unique_constraints(table),
        }
        if connection.dialect.name == "sqlite":
            query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
            sql = connection.execute(query, {"table": table}).scalar_one()
            found[table]["options"] = [word for word in ("STRICT", "AUTOINCREMENT", "WITHOUT ROWID") if word in sql]
    return found


def reflected(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def fill(connection: Connection) -> dict[str, dict[str, Any]]:
    """Put a row into every table that there is and return the rows; numbers are 1, so that references fit."""
    tables = MetaData()
    tables.reflect(connection)
    rows = {}
    for table in tables.sorted_tables:
        if table.name != "alembic_version":
            row = {column.name: 1 if isinstance(column.type, Integer) else "kept" for column in table.columns}
            connection.execute(table.insert(), row)
            rows[table.name] = row
    return rows


@pytest.fixture
async def migrated(empty_url: URL) -> AsyncIterator[AsyncEngine]:
    """A database that every migration was run on, from an empty one."""
    if empty_url.database and empty_url.get_backend_name() == "sqlite":
        Path(empty_url.database).parent.mkdir()
    engine = create_async_engine(empty_url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, "head")
    yield engine
    await engine.dispose()


@pytest.fixture
async def new_database(empty_url: URL) -> AsyncIterator[Database]:
    """A database that was opened for the first time."""
    database = await Database.open(empty_url)
    yield database
    await database.close()


def test_there_is_one_newest_revision_and_it_is_the_one_that_new_databases_get() -> None:
    assert SCRIPTS.get_heads() == [NEWEST]


async def test_a_new_database_is_at_the_newest_revision(new_database: Database) -> None:
    async with new_database.read() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == NEWEST


async def test_the_migrations_make_the_tables_that_the_code_declares(migrated: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        return found

    async with migrated.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_migrated_tables_are_those_that_a_new_database_gets(migrated: AsyncEngine) -> None:
    """What Alembic does not compare counts, too: keys, their names, defaults, STRICT and AUTOINCREMENT."""
    async with migrated.begin() as connection:
        by_migrations = await connection.run_sync(described)
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert by_migrations == await connection.run_sync(described)


async def test_every_table_is_strict_in_sqlite(sqlite_url: URL) -> None:
    database = await Database.open(sqlite_url)
    async with database.read() as connection:
        strict = await connection.execute(text("SELECT name FROM pragma_table_list WHERE strict"))
        assert set(strict.scalars()) == set(metadata.tables)
    await database.close()


async def test_own_entries_of_an_earlier_version_are_compared_with_the_newest_shared_ones(empty_url: URL) -> None:
    engine = create_async_engine(empty_url)
    if empty_url.database and empty_url.get_backend_name() == "sqlite":
        Path(empty_url.database).parent.mkdir()
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, "0009")
        await connection.run_sync(fill)
    await engine.dispose()
    database = await Database.open(empty_url)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT made_from FROM own_entries"))).scalars().all() == ["kept"]
    await database.close()


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_database_of_every_earlier_version_opens_with_its_data(empty_url: URL, revision: str) -> None:
    engine = create_async_engine(empty_url)
    if empty_url.database and empty_url.get_backend_name() == "sqlite":
        Path(empty_url.database).parent.mkdir()
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, revision)
        rows = await connection.run_sync(fill)
    await engine.dispose()
    assert rows

    database = await Database.open(empty_url)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == REVISIONS[-1]
        for name, row in rows.items():
            table = await connection.run_sync(reflected, name)
            # A column that a later version has renamed or dropped is for the test of that version.
            kept = {key: value for key, value in row.items() if key in table.columns}
            found = await connection.execute(select(*(table.columns[key] for key in kept)))
            assert [dict(row) for row in found.mappings()] == [kept]
    await database.close()


async def test_a_migration_that_fails_leaves_nothing_behind(empty_url: URL) -> None:
    if empty_url.database and empty_url.get_backend_name() == "sqlite":
        Path(empty_url.database).parent.mkdir()
    engine = create_async_engine(empty_url)
    in_the_way = metadata.sorted_tables[-1].name
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE TABLE {in_the_way} (id INTEGER)"))
    with pytest.raises(DatabaseUnavailable, match=f"^DATABASE_URL.*{in_the_way}.*already exists"):
        await Database.open(empty_url)
    async with engine.connect() as connection:
        left = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    assert left == [in_the_way]


async def test_a_discord_id_of_64_bits_fits_wherever_one_is_kept(new_database: Database) -> None:
    async with new_database.read() as connection:
        for table in metadata.tables.values():
            for column in table.columns:
                if column.name.endswith(("guild_id", "application_id", "user_id", "channel_id", "message_id")):
                    real = await connection.run_sync(reflected, table.name)
                    wide = Integer if connection.dialect.name == "sqlite" else BigInteger
                    assert isinstance(real.columns[column.name].type, wide), column
