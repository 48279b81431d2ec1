"""What happened in a week, in numbers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.glossary.model import Entry
from bot.glossary.review import is_due
from bot.glossary.search.names import Outcome

DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """How many questions were asked, answered and missed, and how many entries were due for review at its end."""

    asked: int
    answered: int
    missed: int
    due_for_review: int

    @property
    def answer_rate(self) -> int | None:
        """Return how many of a hundred questions were answered; `None` if none was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None


def week_of(days: Iterable[Mapping[Outcome, int]], entries: Iterable[Entry], end: dt.date) -> Week:
    """Sum up a week from the outcomes of its days; `end` is the day after it."""
    totals: Counter[Outcome] = Counter()
    for outcomes in days:
        totals.update(outcomes)
    answered = totals[Outcome.EXACT] + totals[Outcome.SURE]
    due = sum(is_due(entry.reviewed, end) for entry in entries)
    return Week(totals.total(), answered, totals[Outcome.NONE], due)
