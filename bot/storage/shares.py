"""Which answers were shared, so that clicks at the same moment, on one process or on two, post an answer once."""

import time
from collections import OrderedDict

from sqlalchemy import delete

from bot.storage.database import Database, DatabaseUnavailable
from bot.storage.tables import shares
from bot.storage.upsert import insert_into

# Discord answers clicks under a private message only as long as somebody still sees it.
KEPT_DAYS = 7
# How many are remembered without the database.
MAX_REMEMBERED = 1000


class Shares:
    """The table of shares."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database
        self._remembered: OrderedDict[tuple[int, str], None] = OrderedDict()

    async def claim(self, message_id: int, entry_id: str) -> bool:
        """Claim to share the entry that a message shows, and return whether the caller is the first.

        Without the database, this process decides alone.
        """
        key = (message_id, entry_id)
        if key in self._remembered:
            return False
        self._remembered[key] = None
        if len(self._remembered) > MAX_REMEMBERED:
            self._remembered.popitem(last=False)
        try:
            return await self._store(message_id, entry_id)
        except DatabaseUnavailable:
            return True

    async def expire(self) -> int:
        """Delete shares older than `KEPT_DAYS` and return how many there were."""
        before = int(time.time()) - KEPT_DAYS * 86_400
        async with self._database.write() as connection:
            return (await connection.execute(delete(shares).where(shares.c.shared_at < before))).rowcount

    async def _store(self, message_id: int, entry_id: str) -> bool:
        async with self._database.write() as connection:
            statement = insert_into(connection, shares).on_conflict_do_nothing()
            row = {"message_id": message_id, "entry_id": entry_id, "shared_at": int(time.time())}
            return (await connection.execute(statement, row)).rowcount == 1
