"""Counting in memory, and writing what was counted in batches."""

import asyncio
import time
from collections import Counter
from collections.abc import Container
from typing import Any

from sqlalchemy import Table

from bot.storage.database import Database
from bot.storage.upsert import insert_into

SECONDS_A_DAY = 86_400


def today() -> int:
    """Return the day, in days since 1970-01-01, UTC."""
    return int(time.time()) // SECONDS_A_DAY


class Counts:
    """Counts by key, added to a table. Its columns are those of its primary key, and `count`."""

    def __init__(self, database: Database, table: Table) -> None:
        """Count for a table."""
        self._database = database
        self._table = table
        self._columns = [column.name for column in table.primary_key]
        self._unwritten: Counter[tuple[Any, ...]] = Counter()
        self._writing = asyncio.Lock()

    def add(self, *key: int | str) -> None:
        """Count one for a key: the values of the primary key in its order."""
        self._unwritten[key] += 1

    def drop(self, **values: Container[int | str]) -> None:
        """Forget unwritten counts of the keys whose columns have one of the given values each."""
        at = {self._columns.index(name): among for name, among in values.items()}
        for key in [key for key in self._unwritten if all(key[index] in among for index, among in at.items())]:
            del self._unwritten[key]

    async def flush(self) -> None:
        """Write what was counted since the last flush; if that fails, the next flush tries again.

        Cancelling does not interrupt a write, because nobody would know whether it was committed; the next flush waits.
        """
        await asyncio.shield(self._flush())

    async def _flush(self) -> None:
        async with self._writing:
            if not self._unwritten:
                return
            batch, self._unwritten = self._unwritten, Counter()
            try:
                async with self._database.write() as connection:
                    statement = insert_into(connection, self._table)
                    await connection.execute(
                        statement.on_conflict_do_update(
                            index_elements=self._columns,
                            set_={"count": self._table.c.count + statement.excluded.count},
                        ),
                        [dict(zip(self._columns, key, strict=True)) | {"count": n} for key, n in batch.items()],
                    )
            except Exception:
                self._unwritten.update(batch)
                raise
