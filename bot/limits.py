"""How many answers one person may have in a minute."""

import time
from collections import OrderedDict
from collections.abc import Callable

# Whoever has not asked for a while has a full bucket and need not be remembered.
MOST_REMEMBERED = 10_000


class AnswerLimit:
    """A bucket of answers for each person, refilled steadily; nobody's is ever larger than a minute's worth."""

    def __init__(self, answers_per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow so many answers a minute, 0 for any number."""
        self._per_minute = answers_per_minute
        self._clock = clock
        self._buckets: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def wait(self, user_id: int) -> float:
        """Take one answer from a person's bucket; return 0, or for an empty bucket the seconds until there is one."""
        if not self._per_minute:
            return 0.0
        now = self._clock()
        left, since = self._buckets.pop(user_id, (float(self._per_minute), now))
        left = min(float(self._per_minute), left + (now - since) * self._per_minute / 60)
        is_allowed = left >= 1
        self._buckets[user_id] = (left - 1 if is_allowed else left, now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return 0.0 if is_allowed else (1 - left) * 60 / self._per_minute
