"""Misses are counted by server, without who asked, until they are answered, dismissed or old."""

import time

import pytest
from sqlalchemy import insert, select, update

from bot.storage.counts import SECONDS_A_DAY
from bot.storage.database import Database
from bot.storage.misses import SOON, Miss, Misses, delete_answered
from bot.storage.tables import found_instead, misses

GUILD, OTHER_GUILD, USER, OTHER_USER = 2**62, 2**62 + 1, 2**63 - 1, 1
TODAY = int(time.time()) // SECONDS_A_DAY


async def listed(one: Misses, guild_id: int = GUILD) -> list[tuple[str, int]]:
    await one.flush()
    return [(miss.query, miss.count) for miss in await one.most_frequent(guild_id, 10)]


async def test_the_most_frequent_come_first_and_servers_are_told_apart(database: Database) -> None:
    one = Misses(database)
    for user_id, query in ((USER, "b"), (USER, "a"), (OTHER_USER, "a")):
        one.count(GUILD, user_id, query)
    one.count(OTHER_GUILD, USER, "c")
    assert await listed(one) == [("a", 2), ("b", 1)]
    assert await listed(one, OTHER_GUILD) == [("c", 1)]
    one.count(GUILD, USER, "a")
    assert await listed(one) == [("a", 3), ("b", 1)]
    assert [miss.query for miss in await one.most_frequent(GUILD, 1)] == ["a"]


async def test_what_was_missed_since_a_day_is_told_from_what_was_missed_before(database: Database) -> None:
    rows = [("old", 1, 5), ("both", 1, 5), ("both", 6, 2), ("new", 7, 1)]
    async with database.write() as connection:
        await connection.execute(
            insert(misses),
            [{"guild_id": GUILD, "query": text, "day": day, "count": count} for text, day, count in rows],
        )
    assert await Misses(database).most_frequent(GUILD, 10, since=6) == (Miss("both", 2, 6), Miss("new", 1, 7))


async def test_many_queries_are_answered_or_dismissed_at_once(database: Database) -> None:
    one = Misses(database)
    for query in "abcd":
        one.count(GUILD, USER, query)
    await one.flush()
    one.count(GUILD, USER, "a")
    await one.answer(GUILD, ["a", "b"])
    await one.dismiss(GUILD, ["c"])
    one.count(GUILD, USER, "c")
    assert await listed(one) == [("d", 1)]


async def test_a_miss_is_new_on_its_first_day_alone(database: Database) -> None:
    one = Misses(database)
    days = {"old": (1, 5), "new": (5, 6), "often": (5, 6, 7), "newest": (7,)}
    rows = [{"guild_id": GUILD, "query": text, "day": day, "count": 1} for text, on in days.items() for day in on]
    rows.append({"guild_id": OTHER_GUILD, "query": "elsewhere", "day": 5, "count": 1})
    async with database.write() as connection:
        await connection.execute(insert(misses), rows)
    assert await one.first_missed(GUILD, 5, 7) == (Miss("often", 3, 7), Miss("new", 2, 6))
    await one.dismiss(GUILD, ["often"])
    assert [miss.query for miss in await one.first_missed(GUILD, 5, 8)] == ["new", "newest"]


def test_nothing_of_who_asked_is_stored() -> None:
    for table in (misses, found_instead):
        assert "user_id" not in table.c


async def test_what_the_same_person_soon_finds_is_noted_once(database: Database) -> None:
    now = 0.0
    one = Misses(database, clock=lambda: now)
    one.count(GUILD, USER, "fee")
    one.found(GUILD, OTHER_USER, "someone-elses")
    now += SOON
    one.found(GUILD, USER, "spread")
    one.found(GUILD, USER, "later")
    await one.flush()
    assert await one.get(GUILD, "fee") == Miss("fee", 1, TODAY, ("spread",))


async def test_what_is_found_later_or_in_another_server_has_nothing_to_do_with_it(database: Database) -> None:
    now = 0.0
    one = Misses(database, clock=lambda: now)
    one.count(GUILD, USER, "fee")
    one.found(OTHER_GUILD, USER, "elsewhere")
    now += SOON + 1
    one.found(GUILD, USER, "spread")
    await one.flush()
    assert await one.get(GUILD, "fee") == Miss("fee", 1, TODAY)


async def test_what_was_found_most_often_comes_first(database: Database) -> None:
    one = Misses(database)
    for user_id, entry_id in enumerate(("a", "b", "b"), 1):
        one.count(GUILD, user_id, "fee")
        one.found(GUILD, user_id, entry_id)
    await one.flush()
    (miss,) = await one.most_frequent(GUILD, 10)
    assert miss.found_instead == ("b", "a")


async def test_a_dismissed_miss_stays_away_however_often_it_is_asked(database: Database) -> None:
    one = Misses(database)
    one.count(GUILD, USER, "fee")
    one.count(OTHER_GUILD, USER, "fee")
    await one.flush()
    one.count(GUILD, USER, "fee")
    await one.dismiss(GUILD, ["fee"])
    assert await one.get(GUILD, "fee") is None
    one.count(GUILD, USER, "fee")
    assert await listed(one) == []
    assert await listed(one, OTHER_GUILD) == [("fee", 1)]
    await one.dismiss(GUILD, ["fee"])


async def test_an_answered_miss_is_gone_and_counts_anew(database: Database) -> None:
    one = Misses(database)
    one.count(GUILD, USER, "fee")
    await one.flush()
    one.count(GUILD, USER, "fee")
    async with database.write() as connection:
        await delete_answered(connection, GUILD, ["fee"])
    one.drop_pending(GUILD, ["fee"])
    assert await listed(one) == []
    one.count(GUILD, USER, "fee")
    assert await listed(one) == [("fee", 1)]


async def test_old_ones_are_dropped_also_when_nobody_did_for_a_long_time(database: Database) -> None:
    one = Misses(database)
    one.count(GUILD, USER, "old")
    one.found(GUILD, USER, "spread")
    one.count(GUILD, USER, "new")
    await one.flush()
    async with database.write() as connection:
        for table in (misses, found_instead):
            await connection.execute(update(table).where(table.c.query == "old").values(day=TODAY - 91))
    assert await one.expire(90) == 2
    assert await listed(one) == [("new", 1)]
    async with database.read() as connection:
        assert (await connection.execute(select(found_instead))).all() == []


async def test_of_too_many_the_most_frequent_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.misses.MOST_KEPT", 2)
    one = Misses(database)
    for query in ("a", "b", "b", "c", "c", "d"):
        one.count(GUILD, USER, query)
        one.found(GUILD, USER, "spread")
    one.count(OTHER_GUILD, USER, "e")
    await one.flush()
    async with database.write() as connection:
        await connection.execute(update(misses).where(misses.c.query == "c").values(day=TODAY - 1))
    assert await one.expire(90) == 4
    assert await listed(one) == [("b", 2), ("c", 2)]
    assert await listed(one, OTHER_GUILD) == [("e", 1)]
    async with database.read() as connection:
        kept = (await connection.execute(select(found_instead.c.query).order_by(found_instead.c.query))).scalars()
        assert list(kept) == ["b", "c"]
