"""Read a log: which messages came, in which order, when and how often."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from bot.glossary.model import Entry, Reason, code_in_name
from bot.glossary.search.jargon import Jargon, line_numbers
from bot.glossary.search.reasons import reason_in

# "2026-11-23 09:30:00,123", "20261123-09:30:00", "09:30:00:123" as TWS writes it, "9:31 PM".
_CLOCK = re.compile(
    r"(?:(?<!\d)(?P<date>\d{4}[-/.]?[01]\d[-/.]?[0-3]\d)[T ,:-]{1,2})?"
    r"(?<![\d:.])(?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?:\s?[AaPp][Mm]\b)?)(?!\d)"
)
# Milliseconds since 1970, as ibapi prints them.
_MILLISECONDS = re.compile(r"(?<!\d)1\d{12}(?!\d)")

# How much of a line is read before and after a code; some logs have no line breaks.
MOST_BEFORE, MOST_AFTER = 500, 1000
# There are fewer codes than this. A text made of all numbers would take many seconds.
MOST_CODES = 1000


class Settlement(NamedTuple):
    """The code of a message that says that another one is over, and where it first did so."""

    code: int
    at: int


class Event(NamedTuple):
    """A message that a text quotes: its entry if there is one, when it came first, and how often.

    `date` and `time` are as they are written in the text, "" if they are not. `reason` is the one of the message's
    reasons that the first line gives. `at` is its first place in the text. `settlement` is `None` if it may last.
    """

    code: int
    entry: Entry | None
    reason: Reason | None
    date: str
    time: str
    times: int
    at: int
    settlement: Settlement | None

    @property
    def is_harmless(self) -> bool:
        """Tell whether nothing has to be done about the message."""
        return self.entry is not None and self.entry.message is not None and self.entry.message.harmless


class Timeline(NamedTuple):
    """The messages that a text quotes, each once, in the order in which they first came."""

    events: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is an order to show: two messages, or one that came twice."""
        return sum(event.times for event in self.events) > 1

    @property
    def first_cause(self) -> Event | None:
        """Return the first message that is not harmless, as far as the glossary knows them.

        One that is over is only the cause of what came before its end. One that tells of an end comes last.
        """
        serious = [event for event in self.events if event.entry and not event.is_harmless]
        lasting = [event for event in serious if event.settlement is None]
        settling = self.settling
        first = min(lasting, key=lambda event: event.code in settling, default=None)
        if first is None or first.code in settling:
            return first
        return next(event for event in serious if event is first or _lasts_until(event, first))

    @property
    def settling(self) -> frozenset[int]:
        """Return the codes of the messages that say that another one is over."""
        return frozenset(event.settlement.code for event in self.events if event.settlement)


def timeline_of(text: str, jargon: Jargon) -> Timeline:
    """Return the messages that a text quotes, by their codes or by their words.

    A message counts once for each line.
    """
    line_at = line_numbers(text)
    places: dict[int, list[int]] = {}
    lines: dict[int, set[int]] = {}
    for at, code in jargon.messages_in(text):
        places.setdefault(code, []).append(at)
        lines.setdefault(code, set()).add(line_at(at))
    codes = islice(places, MOST_CODES)
    return Timeline(tuple(_event(text, code, places, len(lines[code]), jargon) for code in codes))


def _event(text: str, code: int, places: Mapping[int, Sequence[int]], count: int, jargon: Jargon) -> Event:
    at = places[code][0]
    line_start = text.rfind("\n", max(0, at - MOST_BEFORE), at) + 1 or max(0, at - MOST_BEFORE)
    line = text[line_start : at + MOST_AFTER].partition("\n")[0]
    date, time = _when(line, at - line_start)
    entry = jargon.of_code(code)
    return Event(code, entry, reason_in(line, entry), date, time, count, at, _settlement(entry, code, places))


def _settlement(entry: Entry | None, code: int, places: Mapping[int, Sequence[int]]) -> Settlement | None:
    """Return what first says that a message is over; `None` if it came again and nothing has said so since."""
    names = entry.message.settled_by if entry and entry.message else ()
    settling = [other for name in names if (other := code_in_name(name)) in places and other is not None]
    first, last = places[code][0], places[code][-1]
    if not any(places[other][-1] > last for other in settling):
        return None
    ends = ((at, other) for other in settling for at in places[other] if at > first)
    at, other = min(ends)
    return Settlement(other, at)


def _lasts_until(event: Event, later: Event) -> bool:
    return event.settlement is not None and event.at < later.at < event.settlement.at


def _when(line: str, at: int) -> tuple[str, str]:
    """Return the date and the time of what stands at a place in a line of a log, "" if there is none.

    >>> _when("2026-11-23 09:30:00,123 ERROR Error 162, reqId 5", 36)
    ('2026-11-23', '09:30:00')
    >>> _when("03:14:07 System 1100; 03:14:52 System 1102", 38)
    ('', '03:14:52')
    >>> _when("ERROR -1 1700000000000 2104 Market data farm connection is OK", 23)
    ('2023-11-14', '22:13:20 UTC')
    >>> _when("error 162", 6)
    ('', '')
    """
    clocks = list(_CLOCK.finditer(line))
    if clocks:
        found = [clock for clock in clocks if clock.end() <= at][-1:] or clocks
        return found[0]["date"] or "", found[0]["clock"]
    stamp = _MILLISECONDS.search(line)
    if stamp:
        when = datetime.fromtimestamp(int(stamp[0]) / 1000, UTC)
        return f"{when:%Y-%m-%d}", f"{when:%H:%M:%S} UTC"
    return "", ""
