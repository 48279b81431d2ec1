"""What is stored about people: each table with a `user_id`, and how its rows are counted, copied and deleted."""

import datetime as dt
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import RowMapping, Table, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.glossary.text import counted
from bot.storage.ids import FORGOTTEN_PERSON
from bot.storage.tables import (
    changes,
    drafts,
    leaderboards,
    quiz_progress,
    quiz_rounds,
    read_steps,
    revisions,
    saved_entries,
    sent_questions,
    suggestions,
)

# Columns that hold JSON, which a copy shows as such.
_JSON_COLUMNS = frozenset({"body", "notices", "summary"})


class Personal(NamedTuple):
    """A table with rows about people. "One `what` `of_what`" is what people read about a row.

    What a person wrote is deleted. If a row `stays`, as a change of a moderator does so that it can still be reverted,
    only the id of the person is taken out of it.
    """

    table: Table
    what: str
    of_what: str = ""
    stays: bool = False

    def counted(self, count: int) -> str:
        """Return how many rows there are, in words.

        >>> Personal(suggestions, "suggestion", "of terms").counted(2)
        '2 suggestions of terms'
        """
        return f"{counted(count, self.what)} {self.of_what}".rstrip()


# Every table with a `user_id` is here, in the order in which `/privacy` lists what is stored.
PERSONAL = (
    Personal(suggestions, "suggestion", "of terms or corrections"),
    Personal(sent_questions, "question", "sent to moderators"),
    Personal(drafts, "draft", "of entries and imports"),
    Personal(saved_entries, "saved term"),
    Personal(quiz_progress, "term", "learned in the quiz"),
    Personal(quiz_rounds, "round", "of the quiz"),
    Personal(read_steps, "step", "read on paths"),
    Personal(leaderboards, "place", "on the leaderboard of a server"),
    Personal(changes, "change", "of entries", stays=True),
    Personal(revisions, "reload", "of the shared data", stays=True),
)


class Stored(NamedTuple):
    """How many rows of one table are about a person."""

    kind: Personal
    rows: int


async def stored_about(connection: AsyncConnection, user_id: int) -> tuple[Stored, ...]:
    """Return how much each table holds about a person, without the tables that hold nothing."""
    found = []
    for kind in PERSONAL:
        query = select(func.count()).select_from(kind.table).where(kind.table.c.user_id == user_id)
        found.append(Stored(kind, (await connection.execute(query)).scalar_one()))
    return tuple(stored for stored in found if stored.rows)


async def copy_about(connection: AsyncConnection, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a person by the name of its table, as values that JSON can hold."""
    copied = {}
    for kind in PERSONAL:
        columns = [column for column in kind.table.columns if column.name != "user_id"]
        query = select(*columns).where(kind.table.c.user_id == user_id).order_by(*kind.table.primary_key)
        copied[kind.table.name] = list(map(_readable, (await connection.execute(query)).mappings()))
    return copied


async def forget(connection: AsyncConnection, user_id: int) -> None:
    """Delete what a person wrote, and take their id out of the rows that stay."""
    for kind in PERSONAL:
        is_theirs = kind.table.c.user_id == user_id
        if kind.stays:
            await connection.execute(update(kind.table).where(is_theirs).values(user_id=FORGOTTEN_PERSON))
        else:
            await connection.execute(delete(kind.table).where(is_theirs))


def _readable(row: RowMapping) -> dict[str, Any]:
    return {str(name): _readable_value(str(name), value) for name, value in row.items()}


def _readable_value(name: str, value: Any) -> Any:
    """Return a value as people read it: ids as text, because many programs round numbers of 64 bits; times as dates."""
    if name == "guild_id":
        return str(value)
    if name.endswith("_at"):
        return dt.datetime.fromtimestamp(value, dt.UTC)
    return msgspec.json.decode(value) if name in _JSON_COLUMNS else value
