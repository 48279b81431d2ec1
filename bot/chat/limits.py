"""How many answers one person may have in a minute."""

import time
from collections import OrderedDict
from collections.abc import Callable

# The people remembered at most. Somebody who has not asked for a while has all their answers again anyway.
MAX_REMEMBERED = 10_000


class AnswerLimit:
    """A token bucket for each person: it holds one minute's answers and refills steadily."""

    def __init__(self, answers_per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow a number of answers a minute, 0 for any number."""
        self._per_minute = answers_per_minute
        self._clock = clock
        self._buckets: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, user_id: int) -> float:
        """Take one answer from a person's bucket and return 0, or return the seconds until it holds one."""
        if not self._per_minute:
            return 0.0
        now = self._clock()
        full = float(self._per_minute)
        left, since = self._buckets.pop(user_id, (full, now))
        left = min(full, left + (now - since) * self._per_minute / 60)
        is_allowed = left >= 1
        self._buckets[user_id] = (left - 1 if is_allowed else left, now)
        if len(self._buckets) > MAX_REMEMBERED:
            self._buckets.popitem(last=False)
        return 0.0 if is_allowed else (1 - left) * 60 / self._per_minute
