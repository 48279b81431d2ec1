"""What each person was asked in the quiz, how well they knew it, and when it is due again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from fsrs import Card, Rating, Scheduler
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.ids import NO_SERVER
from bot.storage.tables import quiz_progress
from bot.storage.upsert import insert_into

# The scheduler can shift the days at random, so that cards learned together do not stay together. The choice among the
# due entries is random already.
_SCHEDULER = Scheduler(enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Learned:
    """An entry that somebody was asked about: how often, how often they knew it, and when it is due, in Unix time."""

    answered: int
    answered_right: int
    due_at: int


class QuizProgress:
    """The table of what people have learned."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def of(self, user_id: int, guild_id: int) -> Mapping[str, Learned]:
        """Return what somebody has learned of the shared entries and of a server's own ones, by entry id.

        If an entry is learned both as a shared and as an own one, the own one counts.
        """
        table = quiz_progress.c
        query = (
            select(table.guild_id, table.entry_id, table.answered, table.answered_right, table.due_at)
            .where(table.user_id == user_id, table.guild_id.in_({NO_SERVER, guild_id}))
            .order_by(table.guild_id)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return {entry_id: Learned(answered, right, due_at) for _, entry_id, answered, right, due_at in rows}


async def record_answer(
    connection: AsyncConnection, user_id: int, guild_id: int, entry_id: str, at: int, *, is_right: bool
) -> int:
    """Record an answer within a transaction and return when the entry is due again; both times are Unix times."""
    key = {"user_id": user_id, "guild_id": guild_id, "entry_id": entry_id}
    query = select(quiz_progress).where(*(quiz_progress.c[name] == value for name, value in key.items()))
    known = (await connection.execute(query)).one_or_none()
    card = _reviewed(known.body if known else None, at, is_right=is_right)
    due_at = int(card.due.timestamp())
    values = {
        "due_at": due_at,
        "answered": (known.answered if known else 0) + 1,
        "answered_right": (known.answered_right if known else 0) + is_right,
        "body": card.to_json(),
    }
    statement = insert_into(connection, quiz_progress).values(key | values)
    await connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
    return due_at


def _reviewed(body: str | None, at: int, *, is_right: bool) -> Card:
    """Return the scheduler's card of an entry after an answer. A card without an id would wait for a new one."""
    card = Card(card_id=0) if body is None else Card.from_json(body)
    rating = Rating.Good if is_right else Rating.Again
    # The scheduler insists on this time zone.
    return _SCHEDULER.review_card(card, rating, dt.datetime.fromtimestamp(at, dt.timezone.utc))[0]  # noqa: UP017
