"""What people asked for and did not find, by server, so that moderators can act on it."""

import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.counts import SECONDS_A_DAY, Counts, today
from bot.storage.database import Database
from bot.storage.tables import dismissed_misses, found_instead, misses, sent_questions
from bot.storage.upsert import insert_into

# What somebody finds within this many seconds after a miss is probably what they were looking for.
SOON = 180.0
# How many people's last misses are remembered, in memory only.
MOST_REMEMBERED = 10_000
# How many queries of a server are kept, so that somebody who types at random cannot fill the database.
MOST_KEPT = 5_000
_TOTAL = func.sum(misses.c.count)
_MOST_FREQUENT = _TOTAL.desc(), func.max(misses.c.day).desc(), misses.c.query


@dataclass(frozen=True, slots=True)
class Miss:
    """A query that found nothing: how often, on which day last, and what the same people soon found instead."""

    query: str
    count: int
    last_day: int
    found_instead: tuple[str, ...] = ()


class Misses:
    """Counts of queries that found nothing. Who asked is remembered for some minutes in memory, and never stored."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        """Use a database."""
        self._database = database
        self._clock = clock
        self._counts = Counts(database, misses)
        self._found = Counts(database, found_instead)
        self._recent: OrderedDict[tuple[int, int], tuple[str, float]] = OrderedDict()

    def count(self, guild_id: int, user_id: int, query: str) -> None:
        """Count a query of somebody in a server that found nothing; `query` is normalised."""
        self._counts.add(guild_id, query, today())
        self._recent.pop((guild_id, user_id), None)
        self._recent[guild_id, user_id] = query, self._clock()
        if len(self._recent) > MOST_REMEMBERED:
            self._recent.popitem(last=False)

    def found(self, guild_id: int, user_id: int, entry_id: str) -> None:
        """Note that somebody was shown an entry, which may be what they missed a moment before."""
        query, since = self._recent.pop((guild_id, user_id), ("", 0.0))
        if query and self._clock() - since <= SOON:
            self._found.add(guild_id, query, entry_id, today())

    def forget_person(self, user_id: int) -> None:
        """Forget that somebody missed something a moment ago."""
        for key in [key for key in self._recent if key[1] == user_id]:
            del self._recent[key]

    async def flush(self) -> None:
        """Write what was counted since the last flush, as `Counts.flush` does."""
        await self._counts.flush()
        await self._found.flush()

    async def most_frequent(self, guild_id: int, limit: int, *, since: int = 0) -> tuple[Miss, ...]:
        """Return the most frequent misses of a server that were not dismissed, as far as they are written.

        Only what was missed on the day `since` or later counts.
        """
        query = (
            select(misses.c.query, _TOTAL, func.max(misses.c.day))
            .where(*_is_listed(guild_id), misses.c.day >= since)
            .group_by(misses.c.query)
            .order_by(*_MOST_FREQUENT)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
            instead = await _found_instead(connection, guild_id, [row[0] for row in rows])
        return tuple(Miss(text, int(count), day, instead[text]) for text, count, day in rows)

    async def first_missed(self, guild_id: int, since: int, until: int) -> tuple[Miss, ...]:
        """Return the misses that `most_frequent` lists whose first day is in a range; the day `until` is not in it.

        What was found instead is not read.
        """
        first = func.min(misses.c.day)
        query = (
            select(misses.c.query, _TOTAL, func.max(misses.c.day))
            .where(*_is_listed(guild_id))
            .group_by(misses.c.query)
            .having(first >= since, first < until)
            .order_by(*_MOST_FREQUENT)
        )
        async with self._database.read() as connection:
            return tuple(Miss(text, int(count), day) for text, count, day in await connection.execute(query))

    async def get(self, guild_id: int, query: str) -> Miss | None:
        """Return one of the misses of a server, `None` if it was answered or dismissed meanwhile."""
        statement = select(func.sum(misses.c.count), func.max(misses.c.day)).where(
            misses.c.guild_id == guild_id, misses.c.query == query
        )
        async with self._database.read() as connection:
            count, day = (await connection.execute(statement)).one()
            instead = await _found_instead(connection, guild_id, [query])
        return None if count is None else Miss(query, int(count), day, instead[query])

    async def dismiss(self, guild_id: int, queries: Collection[str]) -> None:
        """Delete queries from the misses of a server, and do not list them again as long as misses are kept."""
        async with self._database.write() as connection:
            await delete_answered(connection, guild_id, queries)
            statement = insert_into(connection, dismissed_misses)
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["guild_id", "query"], set_={"day": statement.excluded.day}
                ),
                [{"guild_id": guild_id, "query": query, "day": today()} for query in queries],
            )
        self.drop_pending(guild_id, queries)

    async def answer(self, guild_id: int, queries: Collection[str]) -> None:
        """Delete queries that are answered now from the misses of a server."""
        async with self._database.write() as connection:
            await delete_answered(connection, guild_id, queries)
        self.drop_pending(guild_id, queries)

    def drop_pending(self, guild_id: int, queries: Collection[str]) -> None:
        """Forget what was counted for queries and is not written yet."""
        self._counts.drop(guild_id=(guild_id,), query=frozenset(queries))
        self._found.drop(guild_id=(guild_id,), query=frozenset(queries))

    async def expire(self, days: int) -> int:
        """Delete misses older than a number of days, and those beyond `MOST_KEPT` of a server; return how many rows."""
        before = int(time.time()) // SECONDS_A_DAY - days
        async with self._database.write() as connection:
            done = [
                await connection.execute(delete(table).where(table.c.day < before))
                for table in (misses, found_instead, dismissed_misses)
            ]
        crowded = select(misses.c.guild_id).group_by(misses.c.guild_id).having(func.count() > MOST_KEPT)
        async with self._database.read() as connection:
            guild_ids = (await connection.execute(crowded)).scalars().all()
        for guild_id in guild_ids:  # one transaction for each, so that other writers need not wait for all
            async with self._database.write() as connection:
                for table in (found_instead, misses):  # in this order, because the query for the surplus reads `misses`
                    is_surplus = (table.c.guild_id == guild_id, table.c.query.in_(_surplus(guild_id)))
                    done.append(await connection.execute(delete(table).where(*is_surplus)))
        return sum(one.rowcount for one in done)


async def delete_answered(connection: AsyncConnection, guild_id: int, queries: Collection[str]) -> None:
    """Delete the misses of queries that need no entry any more, and what was sent about them, in a transaction."""
    gone = [{"of": guild_id, "gone": query} for query in queries]
    for table in (misses, found_instead, sent_questions) if gone else ():
        same = (table.c.guild_id == bindparam("of"), table.c.query == bindparam("gone"))
        await connection.execute(delete(table).where(*same), gone)


def _is_listed(guild_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the misses of a server that were not dismissed."""
    dismissed = select(dismissed_misses.c.query).where(dismissed_misses.c.guild_id == guild_id)
    return misses.c.guild_id == guild_id, misses.c.query.not_in(dismissed)


def _surplus(guild_id: int) -> Select[tuple[str]]:
    """Select the least frequent misses of a server beyond `MOST_KEPT`."""
    placed = (
        select(misses.c.query, func.row_number().over(order_by=_MOST_FREQUENT).label("place"))
        .where(misses.c.guild_id == guild_id)
        .group_by(misses.c.query)
        .subquery()
    )
    return select(placed.c.query).where(placed.c.place > MOST_KEPT)


async def _found_instead(
    connection: AsyncConnection, guild_id: int, queries: list[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return for each query the ids of what was found instead, the most frequent first."""
    total = func.sum(found_instead.c.count)
    statement = (
        select(found_instead.c.query, found_instead.c.entry_id)
        .where(found_instead.c.guild_id == guild_id, found_instead.c.query.in_(queries))
        .group_by(found_instead.c.query, found_instead.c.entry_id)
        .order_by(total.desc(), found_instead.c.entry_id)
    )
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for query, entry_id in await connection.execute(statement):
        found[query] += (entry_id,)
    return found
