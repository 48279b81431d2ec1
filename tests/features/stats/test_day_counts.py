"""Rules for adding up days, and for the numbers along an axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.stats.day_counts import DayCounts, axis_step, by_week, short_number, total
from bot.glossary.search.names import Outcome

TODAY = 20_783

counts = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


def until_today(parts: list[tuple[int, int, int]]) -> list[DayCounts]:
    """Consecutive days with the given counts, the last of them today."""
    first = TODAY - len(parts) + 1
    return [DayCounts(day, *of_day) for day, of_day in enumerate(parts, first)]


def test_questions_found_by_name_and_questions_understood_are_both_answered() -> None:
    outcomes = {Outcome.EXACT: 1, Outcome.SURE: 2, Outcome.SUGGEST: 3, Outcome.NONE: 4}
    assert DayCounts.of(TODAY, outcomes) == DayCounts(TODAY, answered=3, suggested=3, missed=4)


def test_a_day_without_outcomes_counts_nothing() -> None:
    assert DayCounts.of(TODAY, {}).parts == (0, 0, 0)


@given(st.lists(counts, max_size=400))
def test_weeks_hold_the_same_questions_as_their_days(parts: list[tuple[int, int, int]]) -> None:
    days = until_today(parts)
    assert total(by_week(days)).parts == total(days).parts


@given(st.lists(counts, min_size=1, max_size=400))
def test_weeks_are_seven_days_apart_and_the_last_one_ends_today(parts: list[tuple[int, int, int]]) -> None:
    days = until_today(parts)
    weeks = by_week(days)
    from_today_backwards = [TODAY + 1 - 7 * number for number in range(1, len(weeks))]
    assert [week.day for week in weeks] == [days[0].day, *reversed(from_today_backwards)]
    assert len(weeks) == -(-len(days) // 7)


@given(st.integers(1, 10**12))
def test_an_axis_has_at_most_five_round_steps(highest: int) -> None:
    step = axis_step(highest)
    assert highest <= 5 * step
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(st.integers(1, 10**12))
def test_the_next_smaller_round_step_would_not_reach_the_highest_count(highest: int) -> None:
    step = axis_step(highest)
    smaller = step * 2 // 5 if str(step).startswith("5") else step // 2
    assert highest > 5 * smaller


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (9_999, "9,999"), (25_000, "25k"), (1_500_000, "1.5M"), (1_234_567, "1.235M"), (2 * 10**9, "2bn")],
)
def test_large_numbers_on_the_axis_are_short(value: int, text: str) -> None:
    assert short_number(value) == text


def test_a_number_below_the_given_bound_is_written_in_full() -> None:
    assert short_number(1_234_567, in_full_below=10_000_000) == "1,234,567"
