"""How often each entry is asked for: counted in memory, written in batches."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import lookups
from bot.storage.upsert import insert_into

SECONDS_A_DAY = 86_400


class Lookups:
    """Counts of shown entries by day and server; nobody's id is kept."""

    def __init__(self, database: Database) -> None:
        """Use a database; `load` reads what earlier runs counted."""
        self._database = database
        self._unwritten: Counter[tuple[int, int, str]] = Counter()
        self._totals: Counter[str] = Counter()
        self._favourites: tuple[str, ...] = ()
        self._writing = asyncio.Lock()

    @property
    def favourites(self) -> tuple[str, ...]:
        """Return the ids of the entries most asked for, most first, as of the last load or flush."""
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
        self._unwritten[int(time.time()) // SECONDS_A_DAY, guild_id or 0, entry_id] += 1
        self._totals[entry_id] += 1

    async def flush(self) -> None:
        """Write what was counted since the last flush; on failure it stays counted for the next.

        Cancelling does not interrupt the write, whose commit might or might not have happened; the next flush waits.
        """
        await asyncio.shield(self._flush())

    async def _flush(self) -> None:
        async with self._writing:
            if not self._unwritten:
                return
            batch, self._unwritten = self._unwritten, Counter()
            try:
                async with self._database.write() as connection:
                    await _add(connection, batch)
            except Exception:
                self._unwritten.update(batch)
                raise
            self._rank()

    def _rank(self) -> None:
        self._favourites = tuple(entry_id for entry_id, _ in self._totals.most_common(25))


async def _add(connection: AsyncConnection, batch: Mapping[tuple[int, int, str], int]) -> None:
    statement = insert_into(connection, lookups)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(lookups.primary_key),
            set_={"count": lookups.c.count + statement.excluded.count},
        ),
        [
            {"day": day, "guild_id": guild_id, "entry_id": entry_id, "count": count}
            for (day, guild_id, entry_id), count in batch.items()
        ],
    )
