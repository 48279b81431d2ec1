"""What the bot posts by itself is posted once on each local day, by one of the processes on a database."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import URL, update

from bot.schedule import ONE_DAY
from bot.servers.timetable import Timetable
from bot.storage.database import Database
from bot.storage.posts import KEPT_DAYS, DuePost, PostKind, Posts, Problem
from bot.storage.server_settings import AllServerSettings
from bot.storage.tables import posts as posts_table

GUILD, OTHER_GUILD, CHANNEL = 2**62, 2**62 + 1, 2**63 - 1
DAY = dt.date(2026, 3, 29)
DAILY = DuePost(GUILD, PostKind.DAILY_TERM, DAY, CHANNEL, dt.datetime(2026, 3, 29, 9, tzinfo=dt.UTC))
# A time zone and a day on which its clocks are put forward or back.
CHANGES = (
    ("America/New_York", dt.date(2026, 3, 8)),
    ("America/New_York", dt.date(2026, 11, 1)),
    ("Europe/Berlin", dt.date(2026, 3, 29)),
    ("Europe/Berlin", dt.date(2026, 10, 25)),
    ("Australia/Sydney", dt.date(2026, 4, 5)),
    ("Australia/Sydney", dt.date(2026, 10, 4)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 5)),
    ("Australia/Lord_Howe", dt.date(2026, 10, 4)),
    ("America/Santiago", dt.date(2026, 9, 6)),
)
# How wrong the clocks of the three machines are.
CLOCKS = [dt.timedelta(minutes=minutes) for minutes in (-40, 0, 40)]
CHECKS_A_DAY = 6


@pytest.fixture
async def processes(database_url: URL) -> AsyncIterator[list[Database]]:
    """Open one database three times, as three processes do."""
    async with AsyncExitStack() as stack:
        opened = [await Database.open(database_url) for _ in CLOCKS]
        for database in opened:
            stack.push_async_callback(database.close)
        yield opened


async def test_one_of_many_gets_a_claim(database: Database, other_instance: Database) -> None:
    stores = [Posts(database), Posts(other_instance)]
    won = await asyncio.gather(*(stores[number % 2].claim(DAILY) for number in range(10)))
    assert won.count(True) == 1
    assert not await stores[0].claim(DAILY)


async def test_a_claim_is_for_one_server_kind_and_day(database: Database) -> None:
    posts = Posts(database)
    others = (
        DAILY,
        DAILY._replace(guild_id=OTHER_GUILD),
        DAILY._replace(kind=PostKind.DIGEST),
        DAILY._replace(day=DAY + ONE_DAY),
    )
    assert all([await posts.claim(one) for one in others])
    assert not await posts.claim(DAILY._replace(channel_id=1))


async def test_a_claim_that_was_given_back_can_be_claimed_again(database: Database) -> None:
    posts = Posts(database)
    await posts.claim(DAILY)
    await posts.claim(DAILY._replace(guild_id=OTHER_GUILD))
    await posts.release(DAILY)
    assert await posts.claim(DAILY)
    assert not await posts.claim(DAILY._replace(guild_id=OTHER_GUILD))


async def test_the_terms_of_a_server_are_listed_newest_first(database: Database) -> None:
    posts = Posts(database)
    for number, term in enumerate(("leverage", "slippage", "leverage")):
        await posts.claim(DAILY._replace(day=DAY + number * ONE_DAY), term)
    await posts.claim(DAILY._replace(guild_id=OTHER_GUILD), "spread")
    await posts.claim(DAILY._replace(kind=PostKind.DIGEST))
    assert await posts.shown_terms(GUILD) == ("leverage", "slippage", "leverage")


async def test_claims_are_deleted_when_they_are_old(database: Database) -> None:
    posts = Posts(database)
    await posts.claim(DAILY)
    assert await posts.expire() == 0
    async with database.write() as connection:
        aged = posts_table.c.claimed_at - (KEPT_DAYS + 1) * 86_400
        await connection.execute(update(posts_table).values(claimed_at=aged))
    assert await posts.expire() == 1


async def test_a_problem_is_noted_until_it_is_cleared_or_something_is_posted(database: Database) -> None:
    posts = Posts(database)
    refused, failed = Problem(CHANNEL, "it may not", is_paused=True), Problem(1, "an outage")
    await posts.note_problem(GUILD, PostKind.DAILY_TERM, failed)
    await posts.note_problem(GUILD, PostKind.DAILY_TERM, refused)
    await posts.note_problem(GUILD, PostKind.LOG, failed)
    assert await posts.problems_of(GUILD) == {PostKind.DAILY_TERM: refused, PostKind.LOG: failed}
    assert await posts.problems_of(OTHER_GUILD) == {}
    assert await posts.paused() == {(GUILD, PostKind.DAILY_TERM)}
    await posts.claim(DAILY)
    assert await posts.problems_of(GUILD) == {PostKind.LOG: failed}
    await posts.clear_problem(GUILD, PostKind.LOG)
    assert await posts.problems_of(GUILD) == {}


async def test_nothing_is_due_where_nothing_is_set(database: Database) -> None:
    settings = AllServerSettings(database)
    await settings.set(GUILD, hide_replies=True, post_hour=1)
    assert await Timetable(settings, Posts(database)).due(dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC)) == ()


async def test_a_missed_hour_is_made_up_for_until_the_local_day_ends(database: Database) -> None:
    settings, posts = AllServerSettings(database), Posts(database)
    timetable = Timetable(settings, posts)
    await settings.set(GUILD, daily_channel=CHANNEL, post_hour=9, time_zone="Asia/Tokyo")
    nine = dt.datetime(2026, 3, 29, 0, tzinfo=dt.UTC)
    due = (DuePost(GUILD, PostKind.DAILY_TERM, DAY, CHANNEL, nine),)
    assert await timetable.due(nine - dt.timedelta(seconds=1)) == ()
    assert await timetable.due(nine) == due
    assert await timetable.due(nine + dt.timedelta(hours=14, minutes=59)) == due
    assert await timetable.due(nine + dt.timedelta(hours=15)) == ()
    await posts.claim(due[0])
    assert await timetable.due(nine + dt.timedelta(hours=1)) == ()


async def test_what_was_due_before_moderators_chose_it_is_not_made_up_for(database: Database) -> None:
    settings = AllServerSettings(database)
    timetable = Timetable(settings, Posts(database))
    chosen = dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC)
    server = await settings.set(GUILD, daily_channel=CHANNEL, post_hour=9, scheduled_at=int(chosen.timestamp()))
    assert await timetable.due(chosen + dt.timedelta(minutes=1)) == ()
    tomorrow = dt.datetime(2026, 3, 30, 9, tzinfo=dt.UTC)
    assert await timetable.upcoming(GUILD, server, chosen) == {PostKind.DAILY_TERM: tomorrow}
    assert len(await timetable.due(tomorrow)) == 1


async def test_what_is_paused_is_not_due(database: Database) -> None:
    settings, posts = AllServerSettings(database), Posts(database)
    for guild_id in (GUILD, OTHER_GUILD):
        await settings.set(guild_id, daily_channel=CHANNEL)
    await posts.note_problem(GUILD, PostKind.DAILY_TERM, Problem(CHANNEL, "it may not", is_paused=True))
    due = await Timetable(settings, posts).due(dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC))
    assert [one.guild_id for one in due] == [OTHER_GUILD]


async def test_the_digest_is_due_on_its_weekday_alone(database: Database) -> None:
    settings = AllServerSettings(database)
    timetable = Timetable(settings, Posts(database))
    server = await settings.set(GUILD, digest_channel=CHANNEL, digest_weekday=2, time_zone="Pacific/Auckland")
    wednesday = dt.date(2026, 4, 1)
    moment = dt.datetime(2026, 3, 31, 20, tzinfo=dt.UTC)
    assert await timetable.due(moment - ONE_DAY) == ()
    assert await timetable.due(moment) == (DuePost(GUILD, PostKind.DIGEST, wednesday, CHANNEL, moment),)
    assert await timetable.due(moment + ONE_DAY) == ()
    # On Sunday, the clocks are put back.
    next_week = dt.datetime(2026, 4, 7, 21, tzinfo=dt.UTC)
    assert await timetable.upcoming(GUILD, server, moment) == {PostKind.DIGEST: next_week}


async def test_a_day_that_had_its_post_gets_no_other_when_the_hour_is_changed(database: Database) -> None:
    settings, posts = AllServerSettings(database), Posts(database)
    timetable = Timetable(settings, posts)
    await posts.claim(DAILY)
    server = await settings.set(GUILD, daily_channel=CHANNEL, post_hour=18)
    noon = dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC)
    assert await timetable.upcoming(GUILD, server, noon) == {
        PostKind.DAILY_TERM: dt.datetime(2026, 3, 30, 18, tzinfo=dt.UTC)
    }
    assert await timetable.due(noon + dt.timedelta(hours=7)) == ()


async def test_three_processes_post_once_on_each_local_day_when_clocks_change(processes: list[Database]) -> None:
    """The processes look at times of their own, and their clocks differ. Each server is in a zone of its own."""
    settings = AllServerSettings(processes[0])
    for number, (zone, _) in enumerate(CHANGES):
        await settings.set(number, daily_channel=CHANNEL, post_hour=2, time_zone=zone)
    sent: list[DuePost] = []

    async def run(database: Database, clock: dt.timedelta, day: dt.date, chance: random.Random) -> None:
        timetable, posts = Timetable(AllServerSettings(database), Posts(database)), Posts(database)
        start = dt.datetime.combine(day - 2 * ONE_DAY, dt.time(), dt.UTC)
        for seconds in sorted(chance.choices(range(4 * 86_400), k=4 * CHECKS_A_DAY)):
            due = await timetable.due(start + dt.timedelta(seconds=seconds) + clock)
            sent.extend([one for one in due if await posts.claim(one)])

    for seed, day in enumerate(sorted({day for _, day in CHANGES})):
        chance = random.Random(seed)  # noqa: S311
        await asyncio.gather(
            *(run(database, clock, day, chance) for database, clock in zip(processes, CLOCKS, strict=True))
        )
    assert len(sent) == len(set(sent))
    for number, (_, day) in enumerate(CHANGES):
        around = [one.day for one in sent if one.guild_id == number and abs(one.day - day) <= ONE_DAY]
        assert sorted(around) == [day - ONE_DAY, day, day + ONE_DAY]
