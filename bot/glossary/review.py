"""Which entries have to be compared with their sources again."""

import datetime as dt

# An entry that was not compared with its sources for this long may be out of date.
DAYS_UNTIL_OLD = 365


def is_due(reviewed: dt.date | None, today: dt.date) -> bool:
    """Tell whether an entry that was last reviewed on some day, or never, is due for review.

    >>> is_due(dt.date(2025, 1, 1), dt.date(2025, 12, 1)), is_due(None, dt.date(2025, 12, 1))
    (False, True)
    """
    return reviewed is None or (today - reviewed).days > DAYS_UNTIL_OLD
