"""The addresses of PostgreSQL that people copy from their provider work, or fail with one clear sentence."""

import asyncio

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import URL, func, select, text
from sqlalchemy.pool import NullPool

from bot.storage import database
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.postgres import engine_options
from bot.storage.tables import lookups


async def test_an_address_with_sslmode_is_connected_to(postgres_url: URL) -> None:
    opened = await Database.open(postgres_url.update_query_dict({"sslmode": "prefer"}))
    async with opened.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(lookups))).scalar_one() == 0
    await opened.close()


async def test_an_encrypted_connection_that_is_required_but_not_there_is_one_sentence(
    postgres_url: URL,
) -> None:
    """Over a Unix socket nothing is encrypted, so the driver is asked for a server on the network that is not there."""
    away = postgres_url.set(query={"sslmode": "require"}, host="127.0.0.1", port=1)
    with pytest.raises(DatabaseUnavailable, match=r"^DATABASE_URL: [^\n]* cannot be used: [^\n]*\.$"):
        await Database.open(away)


def test_sslmode_is_what_the_driver_calls_ssl() -> None:
    url, _ = engine_options(URL.create("postgresql+asyncpg", query={"sslmode": "require", "host": "/tmp"}))  # noqa: S108
    assert dict(url.query) == {"ssl": "require", "host": "/tmp"}  # noqa: S108


async def test_behind_pgbouncer_no_prepared_statement_outlives_its_transaction(postgres_url: URL) -> None:
    opened = await Database.open(postgres_url.update_query_dict({"pgbouncer": "true"}))
    assert isinstance(opened._engine.sync_engine.pool, NullPool)
    for _ in range(2):
        async with opened.write() as connection:
            await connection.execute(select(lookups))
            prepared = "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%lookups%'"
            names = (await connection.execute(text(prepared))).scalars().all()
            assert all(name.startswith("__asyncpg_") and len(name) > 30 for name in names)
    await opened.close()


async def test_the_write_lock_of_another_process_is_awaited_for_a_limited_time(
    postgres_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    opened = await Database.open(postgres_url)
    other = await asyncpg.connect(host=postgres_url.query["host"], user="bot", database=postgres_url.database)
    async with other.transaction():
        await other.execute(f"SELECT pg_advisory_xact_lock({database._WRITE_LOCK})")
        with pytest.raises(DatabaseUnavailable, match="lock timeout"):
            async with asyncio.timeout(10), opened.write():
                raise AssertionError("nobody may write now")
    await other.close()
    await opened.close()


async def test_no_part_of_a_password_is_told() -> None:
    away = URL.create("postgresql+asyncpg", "me", "se@cret", "127.0.0.1", 1, "bot")
    with pytest.raises(DatabaseUnavailable) as caught:
        await Database.open(away)
    assert "cret" not in str(caught.value)
