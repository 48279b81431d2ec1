"""The questions of each day, by how they were answered, and the numbers along the axis of their chart."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.glossary.search.names import Outcome

MAX_AXIS_STEPS = 5
_UNITS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


class DayCounts(NamedTuple):
    """How many questions of a day were answered, met with suggestions, or missed. `day` counts from 1970-01-01."""

    day: int
    answered: int = 0
    suggested: int = 0
    missed: int = 0

    @classmethod
    def of(cls, day: int, outcomes: Mapping[Outcome, int]) -> "DayCounts":
        """Sum up the outcomes of a day."""
        answered = outcomes.get(Outcome.EXACT, 0) + outcomes.get(Outcome.SURE, 0)
        return cls(day, answered, outcomes.get(Outcome.SUGGEST, 0), outcomes.get(Outcome.NONE, 0))

    @property
    def asked(self) -> int:
        """Return how many questions there were."""
        return sum(self.parts)

    @property
    def rate(self) -> float:
        """Return the share of the questions that were answered, from 0 to 1."""
        return self.answered / self.asked if self.asked else 0.0

    @property
    def parts(self) -> tuple[int, int, int]:
        """Return the three counts in the order in which a column stacks them, from the bottom."""
        return self.answered, self.suggested, self.missed


def total(days: Sequence[DayCounts]) -> DayCounts:
    """Add up several days; the sum has the date of the first."""
    return DayCounts(
        days[0].day if days else 0,
        sum(day.answered for day in days),
        sum(day.suggested for day in days),
        sum(day.missed for day in days),
    )


def by_week(days: Sequence[DayCounts]) -> list[DayCounts]:
    """Add up consecutive days by week. The last week ends with the last day, so the first may be shorter."""
    in_first_week = len(days) % 7 or 7
    starts = [0, *range(in_first_week, len(days), 7)]
    ends = [*starts[1:], len(days)]
    return [total(days[start:end]) for start, end in zip(starts, ends, strict=True)]


def axis_step(highest: int) -> int:
    """Return a step of 1, 2 or 5 times a power of ten that reaches the highest count in five steps.

    >>> axis_step(7), axis_step(80), axis_step(1_234)
    (2, 20, 500)
    """
    power: int = 10 ** max(0, math.floor(math.log10(highest)) - 1)
    steps = [factor * power for factor in (1, 2, 5, 10, 20, 50)]
    return next(step for step in steps if highest <= MAX_AXIS_STEPS * step)


def short_number(value: int, *, in_full_below: int = 10_000, digits: int = 4) -> str:
    """Write a number in full, or with a unit and a few digits if it is large.

    >>> short_number(9_999), short_number(25_000), short_number(1_234_567)
    ('9,999', '25k', '1.235M')
    """
    if value >= in_full_below:
        for unit, sign in _UNITS:
            if value >= unit:
                return f"{value / unit:,.{digits}g}{sign}"
    return f"{value:,}"
