"""What is counted when people ask: which entries they see, how questions are answered, and what is missing."""

from collections import OrderedDict

from bot.glossary.search.frames import asked, without_frame
from bot.glossary.search.names import Found, Outcome
from bot.glossary.search.small_talk import small_talk_in
from bot.storage.answers import Answers
from bot.storage.lookups import Lookups
from bot.storage.misses import Misses

# How many people's last questions are remembered, in memory only.
MOST_REMEMBERED = 1_000


class Usage:
    """Counts for every way of asking. `guild_id` is `None` in direct messages and where the bot is not a member."""

    def __init__(self, lookups: Lookups, answers: Answers, misses: Misses) -> None:
        """Count into these tables."""
        self.lookups = lookups
        self.answers = answers
        self.misses = misses
        self._last_questions: OrderedDict[int, str] = OrderedDict()

    def count(self, found: Found, query: str, guild_id: int | None, user_id: int) -> None:
        """Count a question and how it was answered. Small talk and what asks for advice are not counted."""
        if found.outcome is Outcome.NONE and (found.asks_advice or small_talk_in(query)):
            return
        self.answers.count(found.outcome, guild_id)
        if not found.is_answer:
            self._remember(query, user_id)
        for hit in found.answers:
            self.count_shown(hit.name.entry_id, guild_id, user_id)
        if found.unknown_codes and not found.is_answer:
            # The rest of a line of a log says nothing about what is missing.
            for code in found.unknown_codes:
                self.count_missed(str(code), guild_id, user_id)
        elif found.outcome is Outcome.NONE:
            self.count_missed(query, guild_id, user_id)

    def count_shown(self, entry_id: str, guild_id: int | None, user_id: int) -> None:
        """Count an entry that somebody saw."""
        self.lookups.count(entry_id, guild_id)
        if guild_id is not None:
            self.misses.found(guild_id, user_id, entry_id)

    def count_missed(self, query: str, guild_id: int | None, user_id: int) -> None:
        """Count a query that found nothing that fits, in a server, where moderators can read it.

        A query of general words alone says nothing about what is missing, nor does small talk.
        """
        normalised = asked(query)
        if guild_id is not None and normalised and without_frame(query) and not small_talk_in(query):
            self.misses.count(guild_id, user_id, normalised)

    def last_question(self, user_id: int) -> str:
        """Return the last question of somebody that was not answered for sure, "" if it is not remembered."""
        return self._last_questions.get(user_id, "")

    def forget_person(self, user_id: int) -> None:
        """Forget what somebody asked a moment ago."""
        self._last_questions.pop(user_id, None)
        self.misses.forget_person(user_id)

    def _remember(self, query: str, user_id: int) -> None:
        self._last_questions.pop(user_id, None)
        self._last_questions[user_id] = query
        if len(self._last_questions) > MOST_REMEMBERED:
            self._last_questions.popitem(last=False)

    async def flush(self) -> None:
        """Write what was counted."""
        await self.lookups.flush()
        await self.answers.flush()
        await self.misses.flush()
