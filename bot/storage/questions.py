"""Questions that people send to the moderators, whole and with their name, because nothing was found for them."""

import time
from typing import NamedTuple

from sqlalchemy import delete, func, select

from bot.storage.counts import SECONDS_A_DAY
from bot.storage.database import Database
from bot.storage.tables import sent_questions
from bot.storage.upsert import insert_into

# How many questions of one person are kept in one server at a time.
MOST_SENT = 5


class SentQuestion(NamedTuple):
    """A question as somebody sent it, the query under which it is counted as a miss, and when, as Unix time."""

    user_id: int
    query: str
    text: str
    sent_at: int

    @property
    def sent_day(self) -> int:
        """Return the day on which it was sent, in days since 1970-01-01."""
        return self.sent_at // SECONDS_A_DAY


class Questions:
    """The questions that were sent, by server, until they are answered, dismissed or old."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def send(self, guild_id: int, question: SentQuestion) -> bool:
        """Store a question in place of an earlier one of the same person about the same.

        Return whether it is stored; it is not if the person has `MOST_SENT` others in the server.
        """
        is_theirs = (sent_questions.c.guild_id == guild_id, sent_questions.c.user_id == question.user_id)
        others = select(func.count()).where(*is_theirs, sent_questions.c.query != question.query)
        async with self._database.write() as connection:
            if (await connection.execute(others)).scalar_one() >= MOST_SENT:
                return False
            statement = insert_into(connection, sent_questions)
            updated = {"text": statement.excluded.text, "sent_at": statement.excluded.sent_at}
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["guild_id", "user_id", "query"], set_=updated),
                {"guild_id": guild_id, **question._asdict()},
            )
        return True

    async def of(self, guild_id: int) -> tuple[SentQuestion, ...]:
        """Return the questions of a server, the newest first."""
        query = (
            select(*(sent_questions.c[name] for name in SentQuestion._fields))
            .where(sent_questions.c.guild_id == guild_id)
            .order_by(sent_questions.c.sent_at.desc(), sent_questions.c.user_id, sent_questions.c.query)
        )
        async with self._database.read() as connection:
            return tuple(SentQuestion(*row) for row in await connection.execute(query))

    async def expire(self, days: int) -> int:
        """Delete questions that were sent more than a number of days ago, and return how many."""
        before = int(time.time()) - days * SECONDS_A_DAY
        async with self._database.write() as connection:
            return (await connection.execute(delete(sent_questions).where(sent_questions.c.sent_at < before))).rowcount
