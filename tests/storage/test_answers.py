"""How questions were answered is counted by day and server."""

from bot.glossary.search.names import Outcome
from bot.storage.answers import Answers
from bot.storage.counts import today
from bot.storage.database import Database

GUILD, OTHER = 7, 8


async def test_the_first_day_is_that_of_one_server(database: Database) -> None:
    answers = Answers(database)
    assert await answers.first_day(GUILD) is None
    for guild_id, days_ago in ((GUILD, 3), (GUILD, 5), (OTHER, 9)):
        answers._counts.add(today() - days_ago, guild_id, Outcome.EXACT.value)
    await answers.flush()
    assert await answers.first_day(GUILD) == today() - 5
    assert await answers.first_day(OTHER) == today() - 9


async def test_the_outcomes_of_a_day_are_summed_up_since_a_day(database: Database) -> None:
    answers = Answers(database)
    for outcome in (Outcome.EXACT, Outcome.EXACT, Outcome.NONE):
        answers.count(outcome, GUILD)
    answers.count(Outcome.EXACT, None)
    await answers.flush()
    assert await answers.by_day(GUILD, today()) == {today(): {Outcome.EXACT: 2, Outcome.NONE: 1}}
    assert await answers.by_day(GUILD, today() + 1) == {}
