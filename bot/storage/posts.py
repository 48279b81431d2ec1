"""What the bot posts by itself: which process may post it, and why it could not be posted.

A post is claimed before it is sent. If the process dies in between, the post is left out; it never comes twice.
"""

import datetime as dt
import enum
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select

from bot.storage.database import Database
from bot.storage.tables import post_problems, posts
from bot.storage.upsert import insert_into

# How many days claims are kept, which is also how long a term counts as shown lately.
KEPT_DAYS = 730
_FIRST_DAY = dt.date(1970, 1, 1)


class PostKind(enum.StrEnum):
    """What is posted. The values are in the database and in the ids of buttons."""

    DAILY_TERM = "daily"
    DIGEST = "digest"
    LOG = "log"


class DuePost(NamedTuple):
    """Something that a server gets on a local day, where, and since when it is due (in UTC)."""

    guild_id: int
    kind: PostKind
    day: dt.date
    channel_id: int
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something could not be posted in a channel, and whether the bot waits until moderators resume it."""

    channel_id: int
    reason: str
    is_paused: bool = False


Key = tuple[int, PostKind]


class Posts:
    """The tables of claims and problems."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database

    async def claim(self, due: DuePost, entry_id: str = "") -> bool:
        """Claim a post, and return whether it is the caller's to send; otherwise it is somebody else's, or was sent.

        What was wrong with the last one is over then. `entry_id` is the term that the post shows.
        """
        async with self._database.write() as connection:
            statement = insert_into(connection, posts).on_conflict_do_nothing()
            row = {
                "guild_id": due.guild_id,
                "kind": due.kind.value,
                "day": _number_of(due.day),
                "claimed_at": int(time.time()),
                "entry_id": entry_id,
            }
            is_ours = (await connection.execute(statement, row)).rowcount == 1
            if is_ours:
                await connection.execute(delete(post_problems).where(*_problem_of(due.guild_id, due.kind)))
        return is_ours

    async def release(self, due: DuePost) -> None:
        """Give a claim back, because what it was for has certainly not been sent."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(posts).where(
                    posts.c.guild_id == due.guild_id,
                    posts.c.kind == due.kind.value,
                    posts.c.day == _number_of(due.day),
                )
            )

    async def claimed_since(self, day: dt.date) -> frozenset[tuple[int, PostKind, dt.date]]:
        """Return which posts of a day and of later ones were claimed, in all servers."""
        query = select(posts.c.guild_id, posts.c.kind, posts.c.day).where(posts.c.day >= _number_of(day))
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return frozenset((row.guild_id, PostKind(row.kind), _day_of(row.day)) for row in rows)

    async def shown_terms(self, guild_id: int) -> tuple[str, ...]:
        """Return the ids of the terms that a server was shown, the newest first; one may be there several times."""
        query = (
            select(posts.c.entry_id)
            .where(posts.c.guild_id == guild_id, posts.c.kind == PostKind.DAILY_TERM.value)
            .order_by(posts.c.day.desc())
        )
        async with self._database.read() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def note_problem(self, guild_id: int, kind: PostKind, problem: Problem) -> None:
        """Note why the last post of a kind failed; it replaces what was noted before."""
        async with self._database.write() as connection:
            statement = insert_into(connection, post_problems)
            new = {
                "channel_id": problem.channel_id,
                "reason": problem.reason,
                "is_paused": int(problem.is_paused),
                "noted_at": int(time.time()),
            }
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["guild_id", "kind"], set_=new),
                {"guild_id": guild_id, "kind": kind.value, **new},
            )

    async def problems_of(self, guild_id: int) -> Mapping[PostKind, Problem]:
        """Return what is noted about a server, by what could not be posted."""
        query = select(post_problems).where(post_problems.c.guild_id == guild_id)
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return {PostKind(row.kind): Problem(row.channel_id, row.reason, bool(row.is_paused)) for row in rows}

    async def clear_problem(self, guild_id: int, kind: PostKind) -> None:
        """Delete what is noted about a kind of post, so that it is posted again if it was paused."""
        async with self._database.write() as connection:
            await connection.execute(delete(post_problems).where(*_problem_of(guild_id, kind)))

    async def paused(self) -> frozenset[Key]:
        """Return what is paused, in all servers."""
        query = select(post_problems.c.guild_id, post_problems.c.kind).where(post_problems.c.is_paused == 1)
        async with self._database.read() as connection:
            return frozenset((row.guild_id, PostKind(row.kind)) for row in await connection.execute(query))

    async def expire(self) -> int:
        """Delete claims older than `KEPT_DAYS` and return how many there were."""
        before = int(time.time()) - KEPT_DAYS * 86_400
        async with self._database.write() as connection:
            return (await connection.execute(delete(posts).where(posts.c.claimed_at < before))).rowcount


def _problem_of(guild_id: int, kind: PostKind) -> tuple[ColumnElement[bool], ...]:
    return post_problems.c.guild_id == guild_id, post_problems.c.kind == kind.value


def _number_of(day: dt.date) -> int:
    return (day - _FIRST_DAY).days


def _day_of(number: int) -> dt.date:
    return _FIRST_DAY + dt.timedelta(days=number)
