"""Rounds of the quiz: the questions, and what was answered. A round goes on after a restart, in any process."""

import time
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Row, Select, delete, insert, select, update

from bot.glossary.quiz.questions import Question
from bot.storage.database import Database
from bot.storage.ids import NO_SERVER
from bot.storage.leaderboards import count_answer
from bot.storage.quiz_progress import record_answer
from bot.storage.tables import quiz_rounds

# How many days a round is kept, and how many rounds of one person; a new one replaces the oldest.
KEPT_DAYS, MOST_ROUNDS = 30, 5


class Answer(msgspec.Struct, frozen=True):
    """The position of a choice, and when the entry is due again, in Unix time."""

    choice: int
    due_at: int


class Round(msgspec.Struct, frozen=True):
    """Questions, and the answers to the first of them. `own_ids` are those of a server's own entries among them.

    `scope` is what it asks about, as the features write it; "" for everything.
    """

    scope: str
    questions: tuple[Question, ...]
    own_ids: frozenset[str] = frozenset()
    answers: tuple[Answer, ...] = ()

    @property
    def right(self) -> int:
        """Return how many answers were right."""
        return sum(self.is_right(number) for number in range(len(self.answers)))

    def is_right(self, number: int) -> bool:
        """Tell whether a question, counted from 0, was answered right."""
        return self.answers[number].choice == self.questions[number].right


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round with its id, whose it is, and where it is played."""

    id: int
    guild_id: int
    user_id: int
    round: Round


class QuizRounds:
    """The table of rounds."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def start(self, guild_id: int, user_id: int, begun: Round) -> StoredRound:
        """Store a new round of somebody."""
        values = {"guild_id": guild_id, "user_id": user_id, "created_at": int(time.time()), "body": _encoded(begun)}
        mine = quiz_rounds.c.user_id == user_id
        kept = select(quiz_rounds.c.id).where(mine).order_by(quiz_rounds.c.id.desc()).limit(MOST_ROUNDS - 1)
        async with self._database.write() as connection:
            await connection.execute(delete(quiz_rounds).where(mine, quiz_rounds.c.id.not_in(kept)))
            added = await connection.execute(insert(quiz_rounds).returning(quiz_rounds.c.id), values)
            return StoredRound(added.scalar_one(), guild_id, user_id, begun)

    async def get(self, round_id: int) -> StoredRound | None:
        """Return a round, `None` if it is no longer kept."""
        async with self._database.read() as connection:
            row = (await connection.execute(_row_of(round_id))).one_or_none()
        return _decoded(row)

    async def answer(self, round_id: int, user_id: int, number: int, choice: int) -> StoredRound | None:
        """Answer a question of a round, counted from 0, and return the round, `None` if it is no longer kept.

        Only the next question of one's own round can be answered, and only once; otherwise nothing changes.
        """
        async with self._database.write() as connection:
            stored = _decoded((await connection.execute(_row_of(round_id))).one_or_none())
            if stored is None or stored.user_id != user_id or not _is_next(stored.round, number, choice):
                return stored
            question = stored.round.questions[number]
            is_right = choice == question.right
            learned_in = stored.guild_id if question.entry_id in stored.round.own_ids else NO_SERVER
            now = int(time.time())
            due_at = await record_answer(connection, user_id, learned_in, question.entry_id, now, is_right=is_right)
            await count_answer(connection, stored.guild_id, user_id, is_right=is_right)
            answers = (*stored.round.answers, Answer(choice, due_at))
            answered = replace(stored, round=msgspec.structs.replace(stored.round, answers=answers))
            body = _encoded(answered.round)
            await connection.execute(update(quiz_rounds).where(quiz_rounds.c.id == round_id).values(body=body))
        return answered

    async def expire(self) -> int:
        """Delete rounds older than `KEPT_DAYS` and return how many there were."""
        before = int(time.time()) - KEPT_DAYS * 86_400
        async with self._database.write() as connection:
            return (await connection.execute(delete(quiz_rounds).where(quiz_rounds.c.created_at < before))).rowcount


def _is_next(played: Round, number: int, choice: int) -> bool:
    is_there = number < len(played.questions) and choice < len(played.questions[number].choices)
    return is_there and number == len(played.answers)


def _row_of(round_id: int) -> Select[int, int, int, str]:
    table = quiz_rounds.c
    return select(table.id, table.guild_id, table.user_id, table.body).where(table.id == round_id)


def _encoded(played: Round) -> str:
    return msgspec.json.encode(played).decode()


def _decoded(row: Row[int, int, int, str] | None) -> StoredRound | None:
    if row is None:
        return None
    try:
        played = msgspec.json.decode(row.body, type=Round)
    except msgspec.ValidationError:
        return None  # from another version of the bot
    return StoredRound(row.id, row.guild_id, row.user_id, played)
