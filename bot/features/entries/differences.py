"""What differs between two versions of an entry: a line for each field, word by word."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from bot.chat.card import Attachment, Card, Embed
from bot.chat.markdown import prose, shorten
from bot.features.entries.word_diff import MARKDOWN, PLAIN, Marks, word_diff
from bot.glossary.model import Entry
from bot.glossary.own import OWN_CATEGORY

# How many characters of a field's differences are shown; of a new or removed text half as many.
DIFFERENCE_SHOWN = 240
# How much of a list of changed entries is shown in a card; the rest is in a file.
LINES_SHOWN, CHARACTERS_SHOWN = 12, 900
_NO_LIMIT = 1_000_000
_ONLY_SPACES = "only the spaces between words differ"
_LEGEND = "Words in [-…-] are gone, words in {+…+} are new."
_LABELS = {
    "aliases": "also called",
    "confused_with": "not to be confused with",
    "libraries": "what libraries do",
    "reasons": "texts",
    "settled_by": "settled by",
    "superseded_by": "superseded by",
}
# The name makes the id, and the category is compared by itself.
_NOT_COMPARED = frozenset({"id", "category", "message"})


class ListedChange(NamedTuple):
    """A line of a list of changes, and the versions of the entry whose difference is shown below it."""

    heading: str
    before: Entry | None = None
    after: Entry | None = None


def as_members_see(own: Entry | None, shared: Entry | None) -> Entry | None:
    """Return what members see of an entry: the own one, the shared one, or the shared one with more names."""
    if own is None or shared is None:
        return own or shared
    return msgspec.structs.replace(shared, aliases=shared.aliases + own.aliases) if own.adds_names_only else own


def differences(
    before: Entry | None, after: Entry | None, limit: int = DIFFERENCE_SHOWN, marks: Marks = MARKDOWN
) -> Iterator[str]:
    """Yield a line for each field that differs, each difference cut to a number of characters.

    Of an entry that is new or gone, yield the start of its text.
    """
    if before is None and after is not None:
        yield f"new: {_shown(after, limit // 2, marks)}"
    elif after is None and before is not None:
        yield f"gone: {_shown(before, limit // 2, marks)}"
    elif before is not None and after is not None:
        old, new = _fields(before), _fields(after)
        # An entry that replaces a shared one is in the own category unless somebody chose another.
        if before.category != after.category and (old == new or after.category != OWN_CATEGORY.name):
            yield f"category: {word_diff(before.category, after.category, limit, marks)}"
        for field in dict.fromkeys((*old, *new)):
            text, other = old.get(field, ""), new.get(field, "")
            if text != other:
                difference = word_diff(text, other, limit, marks) or _ONLY_SPACES
                yield f"{_LABELS.get(field, field)}: {difference}"


def with_changes(card: Card, changes: Sequence[ListedChange], file_name: str) -> Card:
    """Add changes to the text of a card, as many as fit on a phone, and attach a file if that is not everything."""
    embed = card.embed
    if not changes or not isinstance(embed, Embed):
        return card
    lines, is_everything = _fitting(changes)
    text = "\n".join([embed.text, "", *lines])
    if is_everything:
        return replace(card, embed=replace(embed, text=text))
    text += f"\nThe attached file has all {len(changes)} in full." if len(changes) > 1 else "\nThe file has it in full."
    attachment = Attachment(file_name, "\n".join(_in_full(changes)).encode())
    return replace(card, embed=replace(embed, text=text), attachments=(*card.attachments, attachment))


def _fitting(changes: Iterable[ListedChange]) -> tuple[list[str], bool]:
    """Return lines for the first changes, and whether they show everything."""
    shown: list[str] = []
    is_everything = True
    for change in changes:
        quoted = _quoted(change, DIFFERENCE_SHOWN)
        for line in (f"• {prose(change.heading)}", *quoted):
            is_too_long = len(shown) == LINES_SHOWN or len("\n".join([*shown, line])) > CHARACTERS_SHOWN
            if shown and is_too_long:
                return shown, False
            shown.append(line)
        is_everything &= quoted == _quoted(change, _NO_LIMIT)
    return shown, is_everything


def _in_full(changes: Iterable[ListedChange]) -> Iterator[str]:
    """Yield the lines of a file with all changes."""
    yield _LEGEND
    for change in changes:
        differing = list(differences(change.before, change.after, _NO_LIMIT, PLAIN))
        if differing:
            yield ""
        yield change.heading
        yield from (f"  {line}" for line in differing)
    yield ""


def _quoted(change: ListedChange, limit: int) -> list[str]:
    return [f"> {line}" for line in differences(change.before, change.after, limit)]


def _fields(entry: Entry) -> dict[str, str]:
    """Return the fields of an entry as texts; those of a message are among them."""
    values = msgspec.structs.asdict(entry)
    if entry.message is not None:
        values |= msgspec.structs.asdict(entry.message)
    return {field: _text(value) for field, value in values.items() if field not in _NOT_COMPARED}


def _shown(entry: Entry, limit: int, marks: Marks) -> str:
    return marks.safe(shorten(" ".join(_text(entry.definition or entry.aliases).split()), limit)) or "*nothing*"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " · ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
