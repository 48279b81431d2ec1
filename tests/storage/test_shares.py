"""An answer is shared once, whatever processes are asked."""

import asyncio

from sqlalchemy import update

from bot.storage.database import Database
from bot.storage.shares import KEPT_DAYS, Shares
from bot.storage.tables import shares

MESSAGE = 2**62


async def test_only_the_first_claim_of_a_process_counts(database: Database) -> None:
    store = Shares(database)
    claims = await asyncio.gather(*(store.claim(MESSAGE, "leverage") for _ in range(5)))
    assert claims == [True, False, False, False, False]
    assert await store.claim(MESSAGE, "fee")
    assert await store.claim(MESSAGE + 1, "leverage")


async def test_only_the_first_of_two_processes_claims(database: Database, other_instance: Database) -> None:
    stores = Shares(database), Shares(other_instance)
    claims = await asyncio.gather(*(store.claim(MESSAGE, "leverage") for store in stores))
    assert sorted(claims) == [False, True]


async def test_without_the_database_the_process_decides_alone(database: Database) -> None:
    async with database.write() as connection:
        await connection.run_sync(shares.drop)
    store = Shares(database)
    assert await store.claim(MESSAGE, "leverage")
    assert not await store.claim(MESSAGE, "leverage")


async def test_old_shares_expire(database: Database) -> None:
    store = Shares(database)
    await store.claim(MESSAGE, "leverage")
    assert await store.expire() == 0
    async with database.write() as connection:
        await connection.execute(update(shares).values(shared_at=shares.c.shared_at - KEPT_DAYS * 86_400 - 60))
    assert await store.expire() == 1
