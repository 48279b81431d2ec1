"""How questions were answered: counted in memory, written in batches."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select

from bot.glossary.search.names import Outcome
from bot.storage.counts import Counts, today
from bot.storage.database import Database
from bot.storage.ids import NO_SERVER
from bot.storage.tables import answers


class Answers:
    """Counts of outcomes by day and server. Neither ids of people nor questions are stored."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self._database = database
        self._counts = Counts(database, answers)

    def count(self, outcome: Outcome, guild_id: int | None) -> None:
        """Count one question in a server, or in direct messages (`None`)."""
        self._counts.add(today(), guild_id or NO_SERVER, outcome.value)

    async def flush(self) -> None:
        """Write what was counted since the last flush, as `Counts.flush` does."""
        await self._counts.flush()

    async def first_day(self, guild_id: int) -> int | None:
        """Return the first day on which somebody asked something in a server, `None` if nobody has."""
        query = select(func.min(answers.c.day)).where(answers.c.guild_id == guild_id)
        async with self._database.read() as connection:
            day: int | None = (await connection.execute(query)).scalar_one()
        return day

    async def by_day(self, guild_id: int, since: int) -> Mapping[int, Mapping[Outcome, int]]:
        """Return how questions in a server were answered on each day since a day, as far as it is written."""
        query = select(answers.c.day, answers.c.outcome, answers.c.count).where(
            answers.c.guild_id == guild_id, answers.c.day >= since
        )
        days: dict[int, dict[Outcome, int]] = defaultdict(dict)
        async with self._database.read() as connection:
            for day, outcome, count in await connection.execute(query):
                days[day][Outcome(outcome)] = count
        return days
