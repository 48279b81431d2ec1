"""How often each entry is shown: counted in memory, written in batches."""

from collections import Counter

from sqlalchemy import func, select

from bot.storage.counts import Counts, today
from bot.storage.database import Database
from bot.storage.ids import NO_SERVER
from bot.storage.tables import lookups


class Lookups:
    """Counts of shown entries by day and server. No ids of people are stored."""

    def __init__(self, database: Database) -> None:
        """Use a database; `load` reads what earlier runs counted."""
        self._database = database
        self._counts = Counts(database, lookups)
        self._totals: Counter[str] = Counter()
        self._favourites: tuple[str, ...] = ()

    @property
    def favourites(self) -> tuple[str, ...]:
        """Return the ids of the entries shown most, most first, as of the last load or flush."""
        return self._favourites

    async def load(self) -> None:
        """Read the totals of each entry."""
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(lookups.c.entry_id, func.sum(lookups.c.count)).group_by(lookups.c.entry_id)
            )
            self._totals = Counter({entry_id: int(total) for entry_id, total in rows})
        self._rank()

    def count(self, entry_id: str, guild_id: int | None) -> None:
        """Count one entry shown in a server, or in direct messages (`None`)."""
        self._counts.add(today(), guild_id or NO_SERVER, entry_id)
        self._totals[entry_id] += 1

    async def flush(self) -> None:
        """Write what was counted since the last flush, as `Counts.flush` does."""
        await self._counts.flush()
        self._rank()

    async def top(self, guild_id: int, since: int, limit: int) -> tuple[tuple[str, int], ...]:
        """Return the entries shown most in a server since a day, with their counts, as far as they are written."""
        total = func.sum(lookups.c.count)
        query = (
            select(lookups.c.entry_id, total)
            .where(lookups.c.guild_id == guild_id, lookups.c.day >= since)
            .group_by(lookups.c.entry_id)
            .order_by(total.desc(), lookups.c.entry_id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return tuple((entry_id, int(count)) for entry_id, count in await connection.execute(query))

    def _rank(self) -> None:
        self._favourites = tuple(entry_id for entry_id, _ in self._totals.most_common(25))
