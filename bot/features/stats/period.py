"""What is known about the questions of some days: their counts, what was shown most, and the headline figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.features.stats.day_counts import DayCounts, short_number, total


class Shown(NamedTuple):
    """An entry that was shown, how often, and the name and colour (0xRRGGBB) of its category."""

    name: str
    times: int
    category: str
    colour: int


class Change(NamedTuple):
    """How a figure differs from the period before; `is_good` is `None` where neither more nor less is better."""

    amount: int
    unit: str
    is_good: bool | None

    def __str__(self) -> str:
        """Return the amount without its sign."""
        return f"{short_number(abs(self.amount), digits=3)}{self.unit}"


class Headline(NamedTuple):
    """A figure with what it counts, and how it has changed if the period before was counted as well."""

    value: str
    label: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Some days up to today. `days` are those since counting began; `before` sums up as many days before them.

    `before` is `None` if not all of those days were counted.
    """

    length: int
    days: Sequence[DayCounts]
    top: Sequence[Shown]
    before: DayCounts | None = None

    @property
    def title(self) -> str:
        """Return what the period is called."""
        return f"The last {self.length} days" if self.length > 1 else "Today"

    @property
    def headlines(self) -> tuple[Headline, Headline, Headline, Headline]:
        """Return all questions, then those that `DayCounts.parts` has, in its order."""
        now, then = total(self.days), self.before
        rate = now.rate
        return (
            Headline(
                _number(now.asked),
                "question" if now.asked == 1 else "questions",
                then and _share(now.asked, then.asked),
            ),
            Headline(f"{rate:.0%}", "answered", then and _points(rate, then.rate)),
            Headline(_number(now.suggested), "unsure"),
            Headline(_number(now.missed), "not found", then and _difference(now.missed, then.missed)),
        )


def _number(count: int) -> str:
    return short_number(count, digits=3)


def _share(now: int, then: int) -> Change | None:
    return Change(round((now - then) / then * 100), "%", None) if then else None


def _points(now: float, then: float) -> Change:
    points = round(now * 100) - round(then * 100)
    return Change(points, " point" if abs(points) == 1 else " points", points > 0 if points else None)


def _difference(now: int, then: int) -> Change:
    return Change(now - then, "", now < then if now != then else None)
