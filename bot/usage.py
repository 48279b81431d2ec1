"""What is counted when people ask: which entries are shown, how well questions are answered, and what is missing."""

from bot.glossary.search.frames import asked
from bot.glossary.search.names import Found, Outcome
from bot.storage.answers import Answers
from bot.storage.database import Database
from bot.storage.lookups import Lookups
from bot.storage.misses import Misses


class Usage:
    """One rule for what counts as what, wherever somebody asked; a server is `None` where the bot is in none."""

    def __init__(self, database: Database) -> None:
        """Use a database."""
        self.lookups = Lookups(database)
        self.answers = Answers(database)
        self.misses = Misses(database)

    def count(self, found: Found, query: str, guild_id: int | None, user_id: int) -> None:
        """Count a question and how it was answered."""
        self.answers.count(found.outcome, guild_id)
        if found.is_answer:
            self.count_shown(found.hits[0].name.entry_id, guild_id, user_id)
        elif found.outcome is Outcome.NONE:
            self.count_missed(query, guild_id, user_id)

    def count_shown(self, entry_id: str, guild_id: int | None, user_id: int) -> None:
        """Count an entry that somebody was shown."""
        self.lookups.count(entry_id, guild_id)
        if guild_id is not None:
            self.misses.found(guild_id, user_id, entry_id)

    def count_missed(self, query: str, guild_id: int | None, user_id: int) -> None:
        """Count a query that found nothing, or nothing that fits; only where there are moderators to read it."""
        if guild_id is not None and (normalised := asked(query)):
            self.misses.count(guild_id, user_id, normalised)

    async def flush(self) -> None:
        """Write what was counted."""
        await self.lookups.flush()
        await self.answers.flush()
        await self.misses.flush()
