"""The text of an entry's card before anything is unfolded, cut to what fits on a phone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.chat.markdown import escape, numbered, prose, rich
from bot.glossary.model import Confusion, Entry, Message

# What a phone shows without scrolling: characters and lines, with the title and the line above it.
MOST_CHARACTERS, MOST_LINES = 620, 14
# About as many characters fit into a line of a phone.
LINE_WIDTH = 56
FEWEST_RELATED = 3
CONFUSED = "**Not to be confused with**"
UNVERIFIED = "*From public reports, not the official table.*"


class _Extent(NamedTuple):
    """How much of an entry is shown: how many checks and related names, and which parts in full."""

    checks: int
    related: int
    with_libraries: bool = True
    with_differences: bool = True
    whole_definition: bool = True


def first_view(shown: Entry, related: Sequence[str], *, title_length: int) -> str:
    """Return as much of an entry as fits; `related` are the names of its related entries.

    What matters least goes first. The first check or pitfall always stays.
    """
    return _text(shown, related, _fitting_extent(shown, related, title_length))


def checks_in_first_view(shown: Entry, related: Sequence[str], *, title_length: int) -> int:
    """Return how many checks of a message its first view shows."""
    return _fitting_extent(shown, related, title_length).checks


def _fitting_extent(shown: Entry, related: Sequence[str], title_length: int) -> _Extent:
    """Return the first extent whose text fits, or the smallest if none does."""
    *larger, smallest = _extents(shown, len(related))
    return next((one for one in larger if _fits(_text(shown, related, one), title_length)), smallest)


def _extents(shown: Entry, names: int) -> Iterator[_Extent]:
    """Yield extents, from everything down to the least that is shown."""
    extent = _Extent(len(shown.message.checks) if shown.message else 0, names)
    yield extent
    while extent.checks > 1:
        extent = extent._replace(checks=extent.checks - 1)
        yield extent
    # The menu below the card names all related entries, but it does not tell the others apart.
    for with_differences in (True, False):
        for related in range(names, min(names, FEWEST_RELATED) - 1, -1):
            extent = extent._replace(related=related, with_differences=with_differences)
            yield extent
    extent = extent._replace(with_libraries=False)
    yield extent
    yield extent._replace(whole_definition=False)


def _text(shown: Entry, related: Sequence[str], extent: _Extent) -> str:
    meaning = rich(shown.definition) if extent.whole_definition else prose(shown.summary)
    if shown.message:
        paragraphs = list(_message_paragraphs(shown.message, meaning, extent))
    else:
        paragraphs = [meaning, *(f"⚠️ {rich(note)}" for note in shown.notes[:1])]
    lines = list(confusion_lines(shown.confusions, with_differences=extent.with_differences))
    if related:
        lines.append(f"**Related:** {escape(' · '.join(related[: extent.related]))}")
    return "\n".join(["\n\n".join([*out_of_date(shown), *paragraphs]), *lines])


def out_of_date(shown: Entry) -> Iterator[str]:
    """Yield the paragraph that says that an entry is superseded or retired, for those that are."""
    if shown.superseded_by:
        yield f"🗄️ **Superseded by {escape(shown.superseded_by)}.** This text may be out of date."
    elif shown.retired:
        yield "🗄️ **Retired.** This text may be out of date."


def _message_paragraphs(message: Message, meaning: str, extent: _Extent) -> Iterator[str]:
    yield from checks_and_meaning(message, meaning, extent.checks)
    if message.libraries and extent.with_libraries:
        yield prose(message.libraries)
    if not message.verified:
        yield UNVERIFIED


def checks_and_meaning(message: Message, meaning: str, most_checks: int) -> Iterator[str]:
    """Yield what to check first and then what the message means; a harmless one says first that it is."""
    checks = message.checks[:most_checks]
    # A number would promise a second check.
    listed = numbered(checks) if len(message.checks) > 1 else "".join(map(rich, checks))
    check_first = f"**Check first**\n{listed}" if checks else ""
    yield from filter(None, (meaning, check_first) if message.harmless else (check_first, meaning))


def confusion_lines(confusions: Sequence[Confusion], *, with_differences: bool) -> Iterator[str]:
    """Yield what an entry is mixed up with, with the differences or in one line of names."""
    if not confusions:
        return
    if not with_differences:
        yield f"{CONFUSED} {escape(' · '.join(one.name for one in confusions))}"
        return
    told_apart = [f"{escape(one.name)}, which {prose(one.difference)}" for one in confusions]
    if len(told_apart) == 1:
        yield f"{CONFUSED} {told_apart[0]}"
    else:
        yield CONFUSED
        yield from (f"- {line}" for line in told_apart)


def _fits(text: str, title_length: int) -> bool:
    lines = sum(-(-len(line) // LINE_WIDTH) for line in text.splitlines())
    # The title may take two lines; the line above it takes one.
    return len(text) + title_length <= MOST_CHARACTERS and lines + 2 <= MOST_LINES
