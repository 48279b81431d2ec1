"""A server is greeted once, whichever process is first and however often the bot starts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import URL

from bot.storage.database import Database
from bot.storage.welcomes import Welcomes

GUILD, OTHER_GUILD = 2**62, 2**62 + 1


@pytest.fixture
async def processes(database_url: URL) -> AsyncIterator[list[Welcomes]]:
    """Open one database three times, as three processes do."""
    async with AsyncExitStack() as stack:
        databases = [await Database.open(database_url) for _ in range(3)]
        for database in databases:
            stack.push_async_callback(database.close)
        yield [Welcomes(database) for database in databases]


async def test_one_process_may_greet_a_server(processes: list[Welcomes]) -> None:
    claims = await asyncio.gather(*(one.claim(GUILD) for one in processes))
    assert sum(claims) == 1
    assert await processes[0].unknown([GUILD, OTHER_GUILD]) == (OTHER_GUILD,)


async def test_a_greeting_that_failed_is_due_for_one_process_again(processes: list[Welcomes]) -> None:
    first, *others = processes
    assert await first.claim(GUILD)
    await first.give_back(GUILD)
    for one in processes:
        await one.load()
        assert one.is_due(GUILD)
    assert sum(await asyncio.gather(*(one.claim(GUILD) for one in others))) == 1
    await first.load()
    assert not first.is_due(GUILD)
