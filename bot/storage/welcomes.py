"""Which servers the bot has greeted, so that it greets each of them once."""

from collections.abc import Iterable

from sqlalchemy import select, update

from bot.storage.database import Database
from bot.storage.tables import welcomes
from bot.storage.upsert import insert_into


class Welcomes:
    """The servers that were greeted, and those where the greeting is still due."""

    def __init__(self, database: Database) -> None:
        """Use a database; nothing is due before `load`."""
        self._database = database
        self._due: frozenset[int] = frozenset()

    def is_due(self, guild_id: int | None) -> bool:
        """Tell whether a server could not be greeted yet, as of the last `load`."""
        return guild_id in self._due

    async def load(self) -> None:
        """Read where the greeting is due."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(welcomes.c.guild_id).where(welcomes.c.is_due == 1))
            self._due = frozenset(rows.scalars())

    async def unknown(self, guild_ids: Iterable[int]) -> tuple[int, ...]:
        """Return the servers about which nothing is noted yet."""
        async with self._database.read() as connection:
            known = frozenset((await connection.execute(select(welcomes.c.guild_id))).scalars())
        return tuple(guild_id for guild_id in guild_ids if guild_id not in known)

    async def claim(self, guild_id: int) -> bool:
        """Note a server as greeted, and return whether nobody did before; only then may it be greeted."""
        async with self._database.write() as connection:
            is_it = welcomes.c.guild_id == guild_id
            due = await connection.execute(update(welcomes).where(is_it, welcomes.c.is_due == 1).values(is_due=0))
            if due.rowcount == 1:
                return True
            statement = insert_into(connection, welcomes).on_conflict_do_nothing()
            return (await connection.execute(statement, {"guild_id": guild_id, "is_due": 0})).rowcount == 1

    async def give_back(self, guild_id: int) -> None:
        """Note that a claimed server could not be greeted, so that its first question is."""
        async with self._database.write() as connection:
            await connection.execute(update(welcomes).where(welcomes.c.guild_id == guild_id).values(is_due=1))
