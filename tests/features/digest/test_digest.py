"""The digest of a week: its figures, beside those of the week before, and the misses that are new."""

import datetime as dt

import msgspec
from sqlalchemy import insert

from bot.glossary.model import Entry
from bot.glossary.search.names import Outcome
from bot.servers.changes import SaveEntry
from bot.storage.tables import answers, misses
from tests.features.posts.posting import NINE, ONE_DAY, posted_at
from tests.world import World, shown

# The 1st of March 2027 is a Monday. The days are counted from 1970-01-01.
MONDAY = NINE.date().toordinal() - dt.date(1970, 1, 1).toordinal()


async def answered(world: World, day: int, **counts: int) -> None:
    """So many questions of a day had these outcomes."""
    rows = [
        {"day": day, "guild_id": world.guild.id, "outcome": Outcome(outcome).value, "count": count}
        for outcome, count in counts.items()
    ]
    async with world.services.database.write() as connection:
        await connection.execute(insert(answers), rows)


async def missed(world: World, query: str, *days: int) -> None:
    """A query was missed once on each of some days."""
    rows = [{"guild_id": world.guild.id, "query": query, "day": day, "count": 1} for day in days]
    async with world.services.database.write() as connection:
        await connection.execute(insert(misses), rows)


async def digest(world: World) -> str:
    """The digest that is posted on Monday."""
    await world.services.servers.change_settings(world.guild.id, digest_channel=world.channel.id)
    (message,) = await posted_at(world, NINE)
    return shown(message)


async def test_it_is_posted_once_a_week(world: World) -> None:
    await digest(world)
    assert not await posted_at(world, NINE)
    for day in range(1, 7):
        assert not await posted_at(world, NINE + day * ONE_DAY)
    assert len(await posted_at(world, NINE + 7 * ONE_DAY)) == 1


async def test_it_counts_the_seven_days_before_and_compares_them_with_the_week_before(world: World) -> None:
    await answered(world, MONDAY, exact=1000)
    await answered(world, MONDAY - 1, exact=10, sure=5, suggest=2, none=3)
    await answered(world, MONDAY - 7, exact=5)
    await answered(world, MONDAY - 8, exact=6, none=4)
    await answered(world, MONDAY - 15, exact=1000)
    text = await digest(world)
    assert "22 February to 28 February" in text
    assert "**25** questions (+15)" in text
    assert "**80%** answered (+20 points)" in text
    assert "**3** found nothing (-1)" in text


async def test_one_of_a_thing_is_in_the_singular(world: World) -> None:
    await answered(world, MONDAY - 1, exact=51, none=49)
    await answered(world, MONDAY - 8, exact=50, none=50)
    assert "**51%** answered (+1 point)" in await digest(world)


async def test_it_counts_the_entries_that_are_due_for_review_and_those_that_are_since_this_week(world: World) -> None:
    monday = NINE.date()
    for name, days in (("of a year ago", 368), ("of years ago", 1000), ("of this year", 300)):
        entry = Entry(id=name.replace(" ", "-"), name=name, category="", definition="A thing.")
        checked = msgspec.structs.replace(entry, reviewed=monday - days * ONE_DAY)
        await world.services.servers.apply(world.guild.id, world.moderator.id, SaveEntry(checked))
    # The three shared entries were never reviewed.
    assert "**5** entries due for review, 1 of them since this week" in await digest(world)


async def test_it_names_the_misses_that_nobody_missed_before(world: World) -> None:
    await missed(world, "old one", MONDAY - 20, MONDAY - 2)
    await missed(world, "seldom", MONDAY - 1)
    await missed(world, "often", MONDAY - 3, MONDAY - 2, MONDAY - 1)
    await missed(world, "today", MONDAY)
    await missed(world, "dismissed", MONDAY - 1)
    await world.services.usage.misses.dismiss(world.guild.id, ["dismissed"])
    listed = (await digest(world)).partition("**2 new misses**, asked for most:\n")[2]
    assert listed.splitlines()[:2] == ["- often (3)", "- seldom (1)"]
    assert "old one" not in listed
    assert "today" not in listed


async def test_misses_that_say_the_same_are_one_and_new_only_if_no_wording_is_older(world: World) -> None:
    await missed(world, "trailing stop", MONDAY - 3, MONDAY - 2)
    await missed(world, "traling stop", MONDAY - 1)
    await missed(world, "fees for market data", MONDAY - 20)
    await missed(world, "market data fees", MONDAY - 1)
    assert "**1 new miss**, asked for most:\n- trailing stop (3)" in await digest(world)


async def test_a_week_without_questions_says_so_and_no_rate(world: World) -> None:
    text = await digest(world)
    assert "**0** questions (as before)" in text
    assert "answered" not in text
    assert "miss" not in text.replace("/glossary misses", "")


async def test_many_misses_do_not_make_it_long(world: World) -> None:
    for number in range(40):
        await missed(world, f"{number} <@1> *stars* {'long ' * 10}".strip(), MONDAY - 1)
    text = await digest(world)
    assert "**40 new misses**" in text
    assert "\\*stars\\*" in text
    assert len(text) < 900
