"""Parts of a text, by position."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A part of a text, from a position up to another."""

    start: int
    end: int


class Spans:
    """Parts of a text, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Keep the parts."""
        kept = tuple(spans)
        self._starts = sorted(span.start for span in kept)
        self._ends = sorted(span.end for span in kept)

    def __contains__(self, at: int) -> bool:
        """Tell whether a position is in one of the parts: more of them have started than ended."""
        return bisect_right(self._starts, at) > bisect_right(self._ends, at)
