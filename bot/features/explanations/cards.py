"""The card that explains a message: what happened, if it quotes a log, and its terms, one line each."""

from collections.abc import Iterator, Mapping, Sequence

from bot.chat.card import Card, Embed
from bot.chat.markdown import escape, prose
from bot.chat.render import MAX_OPTIONS
from bot.features.explanations import timeline_text
from bot.features.terms import cards as terms
from bot.glossary.model import Entry, Reason
from bot.glossary.search.timeline import Timeline

# This many terms have a line each, so that a phone shows them on one page. The menu has the others.
MAX_LINES = 10
# A few terms are shown even below a long timeline.
MIN_TERMS = 3
# If there are more terms than this, the first sentence of each is cut to fewer characters.
FEW_TERMS = 5
SHORT_SUMMARY = 80


def explained(entries: Sequence[Entry], timeline: Timeline, remarks: Sequence[str] = ()) -> Card:
    """Explain the entries that a message mentions, and what happened according to it.

    The remarks are sentences about what could not be read.
    """
    if not timeline:
        return _terms_only(entries[:MAX_OPTIONS], timeline, [*_unknown(timeline), *remarks])
    of_events = [event.entry for event in timeline.events if event.entry][:MAX_OPTIONS]
    others = [entry for entry in entries if entry not in of_events][: MAX_OPTIONS - len(of_events)]
    room = max(MIN_TERMS, MAX_LINES - len(timeline.events))
    paragraphs = [
        *timeline_text.paragraphs(timeline, MAX_LINES),
        *_listed(others, room, {}, "**Also mentioned**"),
        *_in_italics(remarks),
    ]
    return _card("What happened?", paragraphs, [*of_events, *others])


def _terms_only(entries: Sequence[Entry], timeline: Timeline, remarks: Sequence[str]) -> Card:
    if entries:
        reasons = {event.entry: event.reason for event in timeline.events if event.entry and event.reason}
        return _card("Terms in this message", [*_listed(entries, MAX_LINES, reasons), *_in_italics(remarks)], entries)
    if remarks:
        return _card("Nothing to explain", _in_italics(remarks), ())
    text = "No term of the glossary is in this message. `/ask` answers questions in plain words."
    return _card("No glossary terms here", [text], ())


def _card(title: str, paragraphs: Sequence[str], entries: Sequence[Entry]) -> Card:
    menu = (terms.list_menu("", entries, f"Open a term ({len(entries)})"),) if entries else ()
    return Card(Embed(title, "\n\n".join(paragraphs)), menu)


def _listed(entries: Sequence[Entry], most: int, reasons: Mapping[Entry, Reason], heading: str = "") -> Iterator[str]:
    """Yield the lines of the first entries as one paragraph, the heading above and the number of the others below.

    A message whose text gives one of the reasons has it in place of the first sentence.
    """
    if not entries:
        return
    lines = [heading] if heading else []
    limit = SHORT_SUMMARY if heading or len(entries) > FEW_TERMS else terms.SUMMARY_SHOWN
    lines += [
        _reason_line(entry, reasons[entry]) if entry in reasons else terms.list_line(entry, limit)
        for entry in entries[:most]
    ]
    if len(entries) > most:
        lines.append(f"… and {len(entries) - most} more in the menu")
    yield "\n".join(lines)


def _reason_line(message: Entry, reason: Reason) -> str:
    return f"- **{escape(message.title)}**: {prose(reason.cause)} {prose(reason.check)}"


def _unknown(timeline: Timeline) -> Iterator[str]:
    for event in timeline.events:
        if event.entry is None:
            yield f"Code {event.code} is not in the glossary."


def _in_italics(remarks: Sequence[str]) -> list[str]:
    return [f"*{escape(remark)}*" for remark in remarks]
