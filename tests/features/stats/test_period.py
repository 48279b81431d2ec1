"""The headline figures of a period, and how they differ from those before."""

import pytest

from bot.features.stats.day_counts import DayCounts
from bot.features.stats.period import Period


def changes(now: DayCounts, before: DayCounts) -> list[tuple[str, bool | None] | None]:
    """How the four figures have changed, and whether that is good."""
    headlines = Period(7, [now], [], before).headlines
    return [one.change and (f"{one.change.amount:+} {one.change}", one.change.is_good) for one in headlines]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (
            DayCounts(1, 9, 0, 1),
            DayCounts(0, 4, 0, 1),
            [("+100 100%", None), ("+10 10 points", True), None, ("+0 0", None)],
        ),
        (
            DayCounts(1, 1, 1, 2),
            DayCounts(0, 6, 1, 1),
            [("-50 50%", None), ("-50 50 points", False), None, ("+1 1", False)],
        ),
        (DayCounts(1, 99, 0, 1), DayCounts(0, 98, 0, 2), [("+0 0%", None), ("+1 1 point", True), None, ("-1 1", True)]),
        (DayCounts(1, 5), DayCounts(0), [None, ("+100 100 points", True), None, ("+0 0", None)]),
    ],
)
def test_a_change_says_how_much_and_whether_it_is_good(
    now: DayCounts, before: DayCounts, expected: list[tuple[str, bool | None] | None]
) -> None:
    assert changes(now, before) == expected


def test_without_a_period_before_there_are_no_changes() -> None:
    headlines = Period(7, [DayCounts(1, 9, 3, 1)], []).headlines
    assert [one.change for one in headlines] == [None] * 4
    assert [one.value for one in headlines] == ["13", "69%", "3", "1"]
