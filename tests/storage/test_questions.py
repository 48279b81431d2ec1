"""Questions that people send are kept once, up to a few of each person, until they are old."""

import time

from bot.storage.counts import SECONDS_A_DAY
from bot.storage.database import Database
from bot.storage.misses import Misses
from bot.storage.questions import MOST_SENT, Questions, SentQuestion

GUILD, OTHER_GUILD, USER, OTHER_USER = 2**62, 2**62 + 1, 2**63 - 1, 1
NOW = int(time.time())


def question(query: str, user_id: int = USER, text: str = "What is it?", sent_at: int = NOW) -> SentQuestion:
    """A question that somebody sends."""
    return SentQuestion(user_id, query, text, sent_at)


async def test_the_newest_come_first_and_one_about_the_same_replaces_the_one_before(database: Database) -> None:
    questions = Questions(database)
    for one in (question("a", sent_at=NOW - 2), question("b", sent_at=NOW - 1), question("a", text="Newer?")):
        assert await questions.send(GUILD, one)
    assert await questions.of(GUILD) == (question("a", text="Newer?"), question("b", sent_at=NOW - 1))
    assert await questions.of(OTHER_GUILD) == ()


async def test_each_person_has_so_many_in_a_server(database: Database) -> None:
    questions = Questions(database)
    for number in range(MOST_SENT):
        assert await questions.send(GUILD, question(f"q{number}"))
    assert not await questions.send(GUILD, question("another"))
    assert await questions.send(GUILD, question("q0", text="Again?"))
    assert await questions.send(GUILD, question("another", OTHER_USER))
    assert await questions.send(OTHER_GUILD, question("another"))


async def test_old_ones_and_answered_ones_are_deleted(database: Database) -> None:
    questions = Questions(database)
    old = NOW - 10 * SECONDS_A_DAY - 60
    for one in (question("old", sent_at=old), question("answered"), question("dismissed"), question("kept")):
        await questions.send(GUILD, one)
    await questions.send(OTHER_GUILD, question("answered"))
    assert await questions.expire(10) == 1
    misses = Misses(database)
    await misses.answer(GUILD, ["answered"])
    await misses.dismiss(GUILD, ["dismissed"])
    assert [one.query for one in await questions.of(GUILD)] == ["kept"]
    assert len(await questions.of(OTHER_GUILD)) == 1
