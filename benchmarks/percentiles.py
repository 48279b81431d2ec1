"""Which times a benchmark shows."""

from collections.abc import Sequence
from typing import NamedTuple


class Percentiles(NamedTuple):
    """The median and the 99th percentile, in the unit of the times."""

    p50: float
    p99: float


def percentiles(times: Sequence[float]) -> Percentiles:
    """Return the percentiles of some times.

    >>> percentiles([3.0, 1.0, 2.0])
    Percentiles(p50=2.0, p99=3.0)
    """
    in_order = sorted(times)
    return Percentiles(in_order[len(in_order) // 2], in_order[int(len(in_order) * 0.99)])
