"""Rounds and what was learned in them are stored once for all processes, and each answer counts once."""

import asyncio
import time

from sqlalchemy import update

from bot.glossary.quiz.questions import Choice, Kind, Question
from bot.storage.database import Database
from bot.storage.leaderboards import Leaderboards, Place
from bot.storage.quiz_progress import QuizProgress
from bot.storage.quiz_rounds import KEPT_DAYS, MOST_ROUNDS, QuizRounds, Round
from bot.storage.tables import quiz_rounds

GUILD, OTHER_GUILD, USER, OTHER_USER = 2**62, 2**62 + 1, 2**63 - 1, 1
DAY = 86_400


def asked(*entry_ids: str, own_ids: frozenset[str] = frozenset()) -> Round:
    """A round that asks about entries; the first choice is right."""
    choices = (Choice("'; DROP 🍕\n", "a"), Choice("wrong", "b"))
    return Round("Orders", tuple(Question(Kind.TERM, one, one, "What?", choices, 0) for one in entry_ids), own_ids)


async def test_a_round_comes_back_as_it_was_with_its_answers(database: Database, other_instance: Database) -> None:
    rounds = QuizRounds(database)
    begun = await rounds.start(GUILD, USER, asked("a", "b", own_ids=frozenset({"b"})))
    assert await QuizRounds(other_instance).get(begun.id) == begun
    answered = await QuizRounds(other_instance).answer(begun.id, USER, 0, 1)
    assert answered is not None
    assert [one.choice for one in answered.round.answers] == [1]
    assert answered.round.right == 0
    assert await rounds.get(begun.id) == answered
    assert await rounds.get(begun.id + 1) is None
    assert await rounds.answer(begun.id + 1, USER, 0, 0) is None


async def test_a_round_of_another_version_counts_as_gone(database: Database) -> None:
    rounds = QuizRounds(database)
    begun = await rounds.start(GUILD, USER, asked("a"))
    async with database.write() as connection:
        await connection.execute(update(quiz_rounds).values(body='{"kind": "new"}'))
    assert await rounds.get(begun.id) is None
    assert await rounds.answer(begun.id, USER, 0, 0) is None


async def test_only_the_next_question_of_ones_own_round_can_be_answered_with_a_choice_that_is_there(
    database: Database,
) -> None:
    rounds = QuizRounds(database)
    begun = await rounds.start(GUILD, USER, asked("a"))
    for user_id, number, choice in ((OTHER_USER, 0, 0), (USER, 1, 0), (USER, 0, 2)):
        assert await rounds.answer(begun.id, user_id, number, choice) == begun
    assert not await QuizProgress(database).of(USER, GUILD)


async def test_of_answers_at_the_same_moment_in_two_processes_one_counts(
    database: Database, other_instance: Database
) -> None:
    await Leaderboards(database).join(GUILD, USER)
    begun = await QuizRounds(database).start(GUILD, USER, asked("a", "b"))
    stores = [QuizRounds(database), QuizRounds(other_instance)] * 3
    await asyncio.gather(*(store.answer(begun.id, USER, 0, number % 2) for number, store in enumerate(stores)))
    answered = await QuizRounds(database).get(begun.id)
    assert answered is not None
    assert len(answered.round.answers) == 1
    learned = await QuizProgress(database).of(USER, GUILD)
    assert [one.answered for one in learned.values()] == [1]
    (place,) = await Leaderboards(database).top(GUILD, 5)
    assert place.answered == 1


async def test_what_is_known_comes_again_later_each_time_and_what_is_not_soon(database: Database) -> None:
    rounds, progress = QuizRounds(database), QuizProgress(database)
    waits = []
    for choice in (0, 0, 1):
        begun = await rounds.start(GUILD, USER, asked("a"))
        await rounds.answer(begun.id, USER, 0, choice)
        waits.append((await progress.of(USER, GUILD))["a"].due_at - int(time.time()))
    known_once, known_twice, unknown = waits
    assert 0 < known_once < DAY <= known_twice
    assert unknown < DAY
    learned = (await progress.of(USER, GUILD))["a"]
    assert (learned.answered, learned.answered_right) == (3, 2)


async def test_shared_entries_are_learned_for_all_servers_and_own_ones_for_theirs(database: Database) -> None:
    rounds, progress = QuizRounds(database), QuizProgress(database)
    begun = await rounds.start(GUILD, USER, asked("shared", "own", own_ids=frozenset({"own"})))
    for number in range(2):
        await rounds.answer(begun.id, USER, number, 0)
    assert set(await progress.of(USER, GUILD)) == {"shared", "own"}
    assert set(await progress.of(USER, OTHER_GUILD)) == set(await progress.of(USER, 0)) == {"shared"}
    assert not await progress.of(OTHER_USER, GUILD)


async def test_one_person_keeps_the_newest_rounds_and_takes_no_room_from_others(database: Database) -> None:
    rounds = QuizRounds(database)
    theirs = await rounds.start(GUILD, OTHER_USER, asked("a"))
    ids = [(await rounds.start(GUILD, USER, asked("a"))).id for _ in range(MOST_ROUNDS + 1)]
    assert [await rounds.get(one) is None for one in ids] == [True] + [False] * MOST_ROUNDS
    assert await rounds.get(theirs.id) == theirs


async def test_an_old_round_expires(database: Database) -> None:
    rounds = QuizRounds(database)
    old, new = await rounds.start(GUILD, USER, asked("a")), await rounds.start(GUILD, USER, asked("a"))
    async with database.write() as connection:
        statement = update(quiz_rounds).where(quiz_rounds.c.id == old.id)
        await connection.execute(statement.values(created_at=quiz_rounds.c.created_at - KEPT_DAYS * DAY - 60))
    assert await rounds.expire() == 1
    assert await rounds.get(old.id) is None
    assert await rounds.get(new.id) == new


async def test_a_leaderboard_has_those_who_joined_the_best_first(database: Database) -> None:
    boards, rounds = Leaderboards(database), QuizRounds(database)
    for user_id, choices in ((1, (0, 1)), (2, (0, 0)), (3, (0,))):
        await boards.join(GUILD, user_id)
        begun = await rounds.start(GUILD, user_id, asked("a", "b"))
        for number, choice in enumerate(choices):
            await rounds.answer(begun.id, user_id, number, choice)
    await boards.join(GUILD, 2)
    assert await boards.top(GUILD, 5) == (Place(2, 2, 2), Place(3, 1, 1), Place(1, 2, 1))
    assert await boards.top(GUILD, 1) == (Place(2, 2, 2),)
    assert await boards.top(OTHER_GUILD, 5) == ()
    await boards.leave(GUILD, 2)
    await boards.leave(GUILD, 2)
    assert [place.user_id for place in await boards.top(GUILD, 5)] == [3, 1]
