"""Counts of what is asked for: they add up, and none gets lost or is counted twice."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import URL, event, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counts import SECONDS_A_DAY
from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.lookups import Lookups
from bot.storage.tables import lookups

GUILD = 2**62

HoldTable = Callable[[str], AbstractAsyncContextManager[AsyncConnection]]
UntilWaiting = Callable[[AsyncConnection, int], Awaitable[None]]


async def stored(database: Database) -> dict[tuple[int, str], int]:
    """Return what is written, by server and entry, over all days."""
    keys = lookups.c.guild_id, lookups.c.entry_id
    async with database.read() as connection:
        rows = await connection.execute(select(*keys, func.sum(lookups.c.count)).group_by(*keys))
        return {(guild_id, entry_id): total for guild_id, entry_id, total in rows}


async def favourites(database: Database) -> tuple[str, ...]:
    """Return the favourites as a bot that starts now would see them."""
    fresh = Lookups(database)
    await fresh.load()
    return fresh.favourites


def count(counted: Lookups, **times: int) -> None:
    for entry_id, number in times.items():
        for _ in range(number):
            counted.count(entry_id, GUILD)


async def test_nothing_was_asked_for_at_first(database: Database) -> None:
    assert await favourites(database) == ()


async def test_counts_add_up_over_flushes(database: Database) -> None:
    counted = Lookups(database)
    for _ in range(3):
        count(counted, order=2, trade=1)
        await counted.flush()
    assert await stored(database) == {(GUILD, "order"): 6, (GUILD, "trade"): 3}


async def test_counts_add_up_over_instances(database: Database, other_instance: Database) -> None:
    one, other = Lookups(database), Lookups(other_instance)
    count(one, order=2)
    count(other, order=3, trade=1)
    await one.flush()
    await other.flush()
    assert await stored(database) == {(GUILD, "order"): 5, (GUILD, "trade"): 1}


async def test_counts_add_up_over_restarts(database_url: URL) -> None:
    for expected in (2, 4):
        database = await Database.open(database_url)
        counted = Lookups(database)
        await counted.load()
        count(counted, order=2)
        await counted.flush()
        assert await stored(database) == {(GUILD, "order"): expected}
        await database.close()


async def test_instances_that_flush_at_once_both_succeed(
    database: Database,
    other_instance: Database,
    until_waiting: UntilWaiting,
) -> None:
    one, other = Lookups(database), Lookups(other_instance)
    count(one, first=1, between=1, second=1)
    await one.flush()
    count(one, first=1, between=1, second=1)
    count(other, second=1, between=1, first=1)
    async with asyncio.TaskGroup() as group, database.write() as connection:
        # Each gets as far as the row in the middle of what it writes.
        await connection.execute(lookups.update().where(lookups.c.entry_id == "between").values(count=1))
        flushes = [group.create_task(flushing.flush()) for flushing in (one, other)]
        await until_waiting(connection, 2)
        assert not any(flush.done() for flush in flushes)
    assert await stored(database) == dict.fromkeys([(GUILD, "first"), (GUILD, "between"), (GUILD, "second")], 3)


async def test_servers_and_direct_messages_are_counted_apart(database: Database) -> None:
    counted = Lookups(database)
    for guild_id in (GUILD, GUILD + 1, None, None):
        counted.count("order", guild_id)
    await counted.flush()
    assert await stored(database) == {(GUILD, "order"): 1, (GUILD + 1, "order"): 1, (0, "order"): 2}


async def test_a_count_is_of_the_day_in_utc(database: Database) -> None:
    counted = Lookups(database)
    earliest = int(time.time()) // SECONDS_A_DAY
    counted.count("order", GUILD)
    latest = int(time.time()) // SECONDS_A_DAY
    await counted.flush()
    async with database.read() as connection:
        assert earliest <= (await connection.execute(select(lookups.c.day))).scalar_one() <= latest


async def test_counts_of_earlier_days_stay_and_count_for_the_favourites(database: Database) -> None:
    async with database.write() as connection:
        row = {"day": 20_000, "guild_id": GUILD, "entry_id": "trade", "count": 5}
        await connection.execute(lookups.insert(), row)
    counted = Lookups(database)
    await counted.load()
    count(counted, order=4, trade=1)
    await counted.flush()
    assert counted.favourites == await favourites(database) == ("trade", "order")
    assert await stored(database) == {(GUILD, "order"): 4, (GUILD, "trade"): 6}


async def test_the_favourites_are_those_most_asked_for_anywhere_in_order(database: Database) -> None:
    counted = Lookups(database)
    count(counted, second=3, third=2, first=2)
    counted.count("first", None)
    counted.count("first", GUILD + 1)
    await counted.flush()
    assert counted.favourites == await favourites(database) == ("first", "second", "third")


async def test_there_are_as_many_favourites_as_discord_shows_choices(database: Database) -> None:
    counted = Lookups(database)
    count(counted, **{f"entry-{number}": number for number in range(1, 31)})
    await counted.flush()
    expected = tuple(f"entry-{number}" for number in range(30, 5, -1))
    assert counted.favourites == await favourites(database) == expected


async def test_the_favourites_change_with_a_flush_only(database: Database) -> None:
    counted = Lookups(database)
    count(counted, trade=1)
    await counted.flush()
    count(counted, order=2)
    before = counted.favourites
    await counted.flush()
    assert (before, counted.favourites) == (("trade",), ("order", "trade"))


async def test_a_failed_flush_keeps_the_counts_for_the_next(database: Database) -> None:
    counted = Lookups(database)
    count(counted, order=2, trade=1)
    async with database.write() as connection:
        await connection.run_sync(lookups.drop)
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable):
            await counted.flush()
    count(counted, order=1)
    async with database.write() as connection:
        await connection.run_sync(lookups.create)
    await counted.flush()
    assert await stored(database) == {(GUILD, "order"): 3, (GUILD, "trade"): 1}
    await counted.flush()
    assert await stored(database) == {(GUILD, "order"): 3, (GUILD, "trade"): 1}


async def test_what_is_counted_during_a_flush_is_for_the_next(
    database: Database, other_instance: Database, hold_table: HoldTable, until_waiting: UntilWaiting
) -> None:
    counted = Lookups(other_instance)
    count(counted, order=1)
    async with hold_table("lookups") as connection:
        flushing = asyncio.create_task(counted.flush())
        await until_waiting(connection, 1)
        assert not flushing.done()
        count(counted, order=1, trade=1)
    await flushing
    assert await stored(database) == {(GUILD, "order"): 1}
    await counted.flush()
    assert await stored(database) == {(GUILD, "order"): 2, (GUILD, "trade"): 1}


async def test_a_flush_that_is_cancelled_while_it_waits_keeps_the_counts(
    database: Database, other_instance: Database, hold_table: HoldTable, until_waiting: UntilWaiting
) -> None:
    counted = Lookups(other_instance)
    count(counted, order=2)
    async with hold_table("lookups") as connection:
        flushing = asyncio.create_task(counted.flush())
        await until_waiting(connection, 1)
        flushing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await flushing
    await counted.flush()
    assert await stored(database) == {(GUILD, "order"): 2}


async def test_a_flush_that_is_cancelled_while_it_commits_counts_once(sqlite_url: URL) -> None:
    database = await Database.open(sqlite_url)
    counted = Lookups(database)
    count(counted, order=2)
    async with database.read() as connection:
        engine = connection.engine.sync_engine
    flushing = asyncio.create_task(counted.flush())
    event.listen(engine, "commit", lambda _: flushing.cancel(), once=True)
    try:
        await asyncio.wait({flushing})
        await counted.flush()
        assert await stored(database) == {(GUILD, "order"): 2}
    finally:
        await database.close()


async def test_a_flush_of_nothing_does_not_touch_the_database(database: Database) -> None:
    counted = Lookups(database)
    count(counted, order=1)
    await counted.flush()
    async with database.write() as connection:
        await connection.execute(text("DROP TABLE lookups"))
        engine = connection.engine.sync_engine
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    event.listen(engine, "begin", lambda _: statements.append("BEGIN"))
    await counted.flush()
    await Lookups(database).flush()
    assert statements == []
