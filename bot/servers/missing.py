"""What people miss in a server: its misses and the terms that members suggest, those that say the same together."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.glossary.search.frames import asked
from bot.glossary.search.same_question import grouped
from bot.storage.misses import Miss, Misses
from bot.storage.questions import Questions, SentQuestion
from bot.storage.suggestions import Suggestion, Suggestions

# How many of the most frequent misses of a server are grouped, which takes a second, and how many suggestions.
MOST_GROUPED, MOST_SUGGESTIONS = 2_000, 500


@dataclass(frozen=True, slots=True)
class Missing:
    """Misses that say the same, the most frequent first, with the suggestions and whole questions about the same."""

    misses: tuple[Miss, ...]
    suggestions: tuple[Suggestion, ...]
    questions: tuple[SentQuestion, ...] = ()

    @property
    def query(self) -> str:
        """Return the most frequent wording, which stands for all."""
        return self.misses[0].query

    @property
    def queries(self) -> tuple[str, ...]:
        """Return every wording."""
        return tuple(miss.query for miss in self.misses)

    @property
    def count(self) -> int:
        """Return how often it was missed, in any wording."""
        return sum(miss.count for miss in self.misses)

    @property
    def last_day(self) -> int:
        """Return the day on which it was last missed, in days since 1970-01-01."""
        return max(miss.last_day for miss in self.misses)

    @property
    def found_instead(self) -> tuple[str, ...]:
        """Return the ids of the entries that the same people soon found."""
        return tuple(dict.fromkeys(entry_id for miss in self.misses for entry_id in miss.found_instead))


class MissingTerms:
    """What people miss, by server."""

    def __init__(self, misses: Misses, suggestions: Suggestions, questions: Questions) -> None:
        """Use these tables."""
        self._questions = questions
        self._misses = misses
        self._suggestions = suggestions

    async def of(self, guild_id: int) -> list[Missing]:
        """Return what people miss in a server, the most frequent first, as far as it is written."""
        misses = await self._misses.most_frequent(guild_id, MOST_GROUPED)
        suggestions = await self._suggestions.open_in((guild_id,), MOST_SUGGESTIONS, are_reports=False)
        questions = await self._questions.of(guild_id)
        return await asyncio.to_thread(_together, misses, suggestions, questions)

    async def first_missed(self, guild_id: int, since: int, until: int) -> list[Missing]:
        """Return what people missed in a range of days and in no wording before; the day `until` is not in it."""
        earlier = {miss.query for miss in await self._misses.first_missed(guild_id, 0, since)}
        new = {miss.query for miss in await self._misses.first_missed(guild_id, since, until)}
        missing = await self.of(guild_id)
        return [one for one in missing if earlier.isdisjoint(one.queries) and not new.isdisjoint(one.queries)]

    async def with_wording(self, guild_id: int, query: str) -> Missing | None:
        """Return what people miss with a wording among others, `None` if it was dealt with meanwhile."""
        return next((one for one in await self.of(guild_id) if query in one.queries), None)


def _together(
    misses: Sequence[Miss], suggestions: Iterable[Suggestion], questions: Sequence[SentQuestion]
) -> list[Missing]:
    """Group misses, suggestions and questions.

    A suggestion that nobody missed stands on the list of suggestions alone. A question that was changed before it was
    sent counts as a miss, or nobody would see it.
    """
    by_query = {miss.query: miss for miss in misses}
    for question in questions:
        by_query.setdefault(question.query, Miss(question.query, 1, question.sent_day))
    suggested: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        suggested.setdefault(asked(suggestion.term), []).append(suggestion)
    found = [
        Missing(
            tuple(by_query[query] for query in group if query in by_query),
            tuple(one for query in group for one in suggested.get(query, ())),
            tuple(question for question in questions if question.query in group),
        )
        for group in grouped(list(dict.fromkeys((*by_query, *suggested))))
    ]
    return sorted((one for one in found if one.misses), key=lambda one: -one.count)
