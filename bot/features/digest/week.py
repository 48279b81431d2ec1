"""What happened in a week, in numbers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.glossary.review import is_due
from bot.glossary.search.names import Outcome

DAYS = 7


class Week(NamedTuple):
    """How many questions were asked, answered and missed."""

    asked: int
    answered: int
    missed: int

    @property
    def answer_rate(self) -> int | None:
        """Return how many of a hundred questions were answered; `None` if none was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None


class Due(NamedTuple):
    """How many entries are due for review, and how many of them were not a week before."""

    all: int
    new: int


def week_of(days: Iterable[Mapping[Outcome, int]]) -> Week:
    """Sum up the outcomes of the days of a week."""
    totals: Counter[Outcome] = Counter()
    for outcomes in days:
        totals.update(outcomes)
    return Week(totals.total(), totals[Outcome.EXACT] + totals[Outcome.SURE], totals[Outcome.NONE])


def due_in(reviewed: Sequence[dt.date | None], end: dt.date) -> Due:
    """Return how many entries are due at the end of a week, given the day of the last review of each, if ever."""
    due = sum(is_due(day, end) for day in reviewed)
    return Due(due, due - sum(is_due(day, end - dt.timedelta(days=DAYS)) for day in reviewed))
