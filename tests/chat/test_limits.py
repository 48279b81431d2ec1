"""A person's answers in a minute."""

import pytest

from bot.chat.limits import MAX_REMEMBERED, AnswerLimit


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        """Start at zero."""
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


def test_a_full_bucket_holds_a_minutes_worth_and_refills_steadily() -> None:
    clock = Clock()
    limit = AnswerLimit(3, clock)
    assert [limit.seconds_to_wait(1) for _ in range(4)] == [0, 0, 0, 20]
    clock.now = 19
    assert limit.seconds_to_wait(1) == pytest.approx(1)
    clock.now = 20
    assert [limit.seconds_to_wait(1), limit.seconds_to_wait(1)] == [0, 20]
    clock.now = 1000
    assert [limit.seconds_to_wait(1) for _ in range(4)] == [0, 0, 0, 20]


def test_each_person_has_a_bucket() -> None:
    limit = AnswerLimit(1, Clock())
    assert [limit.seconds_to_wait(1), limit.seconds_to_wait(2)] == [0, 0]
    assert limit.seconds_to_wait(1) > 0


def test_zero_is_no_limit() -> None:
    limit = AnswerLimit(0, Clock())
    assert not any(limit.seconds_to_wait(1) for _ in range(1000))


def test_memory_is_bounded() -> None:
    limit = AnswerLimit(1, Clock())
    for user in range(MAX_REMEMBERED + 10):
        limit.seconds_to_wait(user)
    assert len(limit._buckets) == MAX_REMEMBERED
