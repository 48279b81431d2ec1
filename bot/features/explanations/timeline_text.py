"""The part of an explanation that tells what happened: the likely first cause, then each message in order."""

from collections.abc import Iterator, Sequence

from bot.chat.markdown import escape, prose
from bot.features.terms.severity import severity_of
from bot.glossary.model import Message, Reason
from bot.glossary.search.timeline import Event, Timeline
from bot.glossary.text import excerpt

_UNKNOWN = "❔"
# A reason is cut to this many characters: two lines of a phone.
_REASON_SHOWN = 80


def paragraphs(timeline: Timeline, most: int) -> Iterator[str]:
    """Yield the likely first cause, and a line for each of the first messages."""
    events = timeline.events
    yield _verdict(timeline)
    has_days = len({event.date for event in events if event.date}) > 1
    lines: list[str] = []
    day = ""
    for event in events[:most]:
        is_new_day = has_days and event.date not in {"", day}
        day = event.date or day
        lines.append(_line(event, with_date=is_new_day))
    if len(events) > most:
        lines.append(f"… and {len(events) - most} more")
    yield "\n".join(lines)


def _verdict(timeline: Timeline) -> str:
    """Return which message is likely the first cause, and what to check about it."""
    cause = timeline.first_cause
    if cause is None or cause.entry is None or cause.entry.message is None:
        return _without_cause(timeline.events)
    checks = cause.entry.message.checks
    if cause.code in timeline.settling and checks:
        return f"**Left to do after {escape(cause.entry.name)}:** {prose(checks[0])}"
    likely = f"**Likely first cause:** {escape(cause.entry.name)}."
    if cause.reason:
        return f"{likely} {prose(cause.reason.cause.rstrip('.'))}. {prose(cause.reason.check)}"
    return f"{likely} Check first: {prose(checks[0])}" if checks else likely


def _without_cause(events: Sequence[Event]) -> str:
    if all(event.is_harmless for event in events):
        return "**Nothing is wrong.** These messages only inform."
    if all(event.is_harmless or event.settlement for event in events):
        return "**Nothing is wrong any more.** A later message says that it is over."
    return "The glossary does not know the messages that may be the cause."


def _line(event: Event, *, with_date: bool) -> str:
    """Return a message as a line: when it came, what it means, and how often it came."""
    when = " ".join(filter(None, (event.date if with_date else "", event.time)))
    parts = [f"`{when}`"] if when else []
    count = f" (×{event.times:,})" if event.times > 1 else ""
    if event.entry is None or event.entry.message is None:
        parts.append(f"{_UNKNOWN} **{event.code}**{count}: not in the glossary")
    else:
        message = event.entry.message
        over = f" · *over with {event.settlement.code}*" if event.settlement else ""
        remark = " · *harmless*" if message.harmless else over
        meaning = _meaning(event.reason, message)
        parts.append(f"{severity_of(message).sign} **{event.code}**{count}: {meaning}{remark}")
    return "- " + " ".join(parts)


def _meaning(reason: Reason | None, message: Message) -> str:
    """Return what the quoted text of a message tells, or what the message means in general."""
    return prose(excerpt(reason.cause.rstrip("."), _REASON_SHOWN)) if reason else escape(message.title)
