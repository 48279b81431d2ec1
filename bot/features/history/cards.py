"""The cards of the history of own entries."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.chat.card import DONE, WRONG, Button, Card, Component, Embed, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query, shorten
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.features.entries.cards import undo_button
from bot.features.entries.word_diff import word_diff
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.storage.change_history import ChangeItem, ChangeKind, RecordedChange
from bot.storage.ids import FORGOTTEN_PERSON

_DONE: dict[ChangeKind, str] = {
    ChangeKind.ADD: "added",
    ChangeKind.EDIT: "edited",
    ChangeKind.REMOVE: "removed",
    ChangeKind.ALIAS: "changed the names of",
    ChangeKind.APPROVE: "approved the suggestion of",
    ChangeKind.IMPORT: "imported",
    ChangeKind.REVERT: "reverted",
}
# The kinds of change that save one entry.
_OF_ONE_ENTRY = frozenset({ChangeKind.ADD, ChangeKind.EDIT})
_LABELS = {"aliases": "also called", "message": "code and checks"}
# How many characters of a new or removed text are shown, and of the differences between two.
TEXT_SHOWN = 90
DIFFERENCE_SHOWN = 240
NAMES_LIMIT = 3000


def history(
    changes: Sequence[RecordedChange], shared: Glossary, entry_id: str, name: str, *, has_older: bool, is_newest: bool
) -> Card:
    """List changes, each with a button that reverts it. With an entry, only its changes are listed.

    An own entry that first replaced one of the `shared` entries is compared with that one.
    """
    title = f"History of {escape_query(name)}" if name else "History"
    if not changes:
        text = "Nothing was changed yet. `/glossary add` and `/glossary edit` make entries of this server's own."
        if name:
            text = "Nothing about it was changed in this server yet."
        return Card(Embed(title, text), () if is_newest else (_page_button(0, entry_id, "Newest"),))
    buttons: list[Component] = [
        Button(f"Revert #{change.id}", custom_id(verbs.REVERT, change.id), emoji="↩️") for change in changes
    ]
    if not is_newest:
        buttons.append(_page_button(0, entry_id, "Newest"))
    if has_older:
        buttons.append(_page_button(changes[-1].id, entry_id, "Older"))
    text = "\n\n".join(_described(change, shared, entry_id) for change in changes)
    return Card(Embed(title, text), tuple(buttons))


def reverted(change_id: int, change: RecordedChange, shared: Glossary) -> Card:
    """Say that a change was reverted by another, and offer to undo that one."""
    return Card(Embed(f"Reverted #{change_id}", _described(change, shared), DONE), (undo_button(change.id),))


def overtaken(change_id: int, names: Sequence[str], last_change_id: int) -> Card:
    """Say that later changes would be reverted too, and ask whether they should be."""
    more = f" and {len(names) - MAX_OPTIONS} more" if len(names) > MAX_OPTIONS else ""
    listed = escape(", ".join(names[:MAX_OPTIONS])) + more
    text = (
        f"These were changed again after #{change_id}: {listed}. Reverting #{change_id} restores what they were before "
        "it, so the later changes are lost too. You can undo this in the history."
    )
    button = Button("Revert anyway", custom_id(verbs.REVERT, f"{change_id}:{last_change_id}"), Style.DANGER)
    return Card(Embed("Changed again since", shorten(text, NAMES_LIMIT), WRONG), (button,))


def _page_button(before: int, entry_id: str, label: str) -> Button:
    return Button(label, custom_id(verbs.TURN_HISTORY, f"{before}:{entry_id}"))


def _described(change: RecordedChange, shared: Glossary, entry_id: str = "") -> str:
    """Return who changed what and when, and below it the differences.

    A change of many entries is shown as a count, unless the history is that of one entry.
    """
    person = "somebody" if change.user_id == FORGOTTEN_PERSON else f"<@{change.user_id}>"
    names = _names(change, entry_id)
    if change.reverts:
        done = f"reverted #{change.reverts}: {names}"
    elif change.kind in _OF_ONE_ENTRY and any(_replaces_shared(item, shared) for item in change.items):
        done = f"changed the shared entry {names}"
    else:
        done = f"{_DONE[change.kind]} {names}"
    lines = [f"**#{change.id}** · <t:{change.made_at}:R> · {person} {done}"]
    if entry_id or _size(change) == len(change.items):
        for item in change.items:
            lines += [f"> {line}" for line in _differences(item, shared)]
    return "\n".join(lines)


def _names(change: RecordedChange, entry_id: str) -> str:
    """Return the names of the changed entries, or how many they are."""
    names = ", ".join(f"**{escape(item.name)}**" for item in change.items)
    size = _size(change)
    if size == len(change.items):
        return names
    if entry_id:
        return f"{names} and {size - len(change.items)} more"
    parts = ((change.added, "added"), (change.edited, "changed"), (change.removed, "removed"))
    counts = ", ".join(f"{count} {label}" for count, label in parts if count)
    return f"{size} entries ({counts})"


def _size(change: RecordedChange) -> int:
    return change.added + change.edited + change.removed


def _replaces_shared(item: ChangeItem, shared: Glossary) -> bool:
    """Tell whether a change put a server's own entry in the place of a shared one."""
    is_first = item.before is None or item.before.adds_names_only
    return (
        is_first and item.after is not None and not item.after.adds_names_only and shared.get(item.entry_id) is not None
    )


def _differences(item: ChangeItem, shared: Glossary) -> Iterator[str]:
    """Yield a line for each field that a change made different, word by word."""
    before, after = item.before, item.after
    if _replaces_shared(item, shared):
        before = shared.get(item.entry_id)
    if before is None and after is not None:
        yield f"new: {_shown(after.definition or after.aliases)}"
    elif after is None:
        yield f"gone: {_shown(before.definition or before.aliases) if before else ''}"
    else:
        for field in msgspec.structs.fields(Entry):
            old, new = getattr(before, field.name), getattr(after, field.name)
            if old != new and field.name not in {"id", "category"}:
                difference = word_diff(_text(old), _text(new), DIFFERENCE_SHOWN)
                yield f"{_LABELS.get(field.name, field.name)}: {difference}"


def _shown(value: object) -> str:
    return escape(shorten(_text(value), TEXT_SHOWN)) or "*nothing*"


def _text(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    return " ".join(text.split())
