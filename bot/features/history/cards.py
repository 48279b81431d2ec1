"""The cards of the history of own entries."""

from collections.abc import Iterable, Sequence

from bot.chat.card import DONE, WRONG, Button, Card, Component, Embed, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape, escape_query, prose
from bot.features import verbs
from bot.features.entries.cards import revert_button
from bot.features.entries.differences import ListedChange, as_members_see, differences, with_changes
from bot.glossary.glossary import Glossary
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
    ChangeKind.TAKE: "took the shared text of",
    ChangeKind.KEEP: "kept this server's own",
}
# The kinds of change that save one entry.
_OF_ONE_ENTRY = frozenset({ChangeKind.ADD, ChangeKind.EDIT})


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
    buttons = _revert_buttons(changes)
    if not is_newest:
        buttons.append(_page_button(0, entry_id, "Newest"))
    if has_older:
        buttons.append(_page_button(changes[-1].id, entry_id, "Older"))
    text = "\n\n".join(_described(change, shared, entry_id) for change in changes)
    return Card(Embed(title, text), tuple(buttons))


def reverted(change_id: int, change: RecordedChange, items: Sequence[ChangeItem], shared: Glossary) -> Card:
    """Say that a change was reverted by another, show what was put back, and offer to revert that one.

    `items` is everything that the reverting change did.
    """
    card = Card(Embed(f"Reverted #{change_id}", _headline(change, shared), DONE), (revert_button(change.id),))
    return with_changes(card, [_listed(item, shared) for item in items], "changes.txt")


def logged(change: RecordedChange, items: Sequence[ChangeItem], shared: Glossary) -> Card:
    """Tell a channel about a change, with what it made different and a button that reverts it."""
    card = Card(Embed("The glossary was changed", _headline(change, shared)), tuple(_revert_buttons((change,))))
    return with_changes(card, [_listed(item, shared) for item in items], "changes.txt")


def overtaken(change_id: int, items: Sequence[ChangeItem], last_change_id: int, shared: Glossary) -> Card:
    """Say that later changes would be reverted too, show what would be put back, and ask whether to do it.

    `items` are the changes to the entries that were changed again.
    """
    text = (
        f"These were changed again after #{change_id}. Reverting #{change_id} brings back what they were before it, so "
        "the later changes are lost too. You can revert that as well."
    )
    button = Button("Revert anyway", custom_id(verbs.REVERT, f"{change_id}:{last_change_id}"), Style.DANGER)
    card = Card(Embed("Changed again since", text, WRONG), (button, Button("Cancel", custom_id(verbs.CANCEL))))
    return with_changes(card, [_listed(item, shared) for item in items], "changes.txt")


def _revert_buttons(changes: Iterable[RecordedChange]) -> list[Component]:
    """Return a button for each change that can be reverted; keeping an own entry has changed no text."""
    return [
        Button(f"Revert #{change.id}", custom_id(verbs.REVERT, change.id), emoji="↩️")
        for change in changes
        if change.kind is not ChangeKind.KEEP
    ]


def _page_button(before: int, entry_id: str, label: str) -> Button:
    return Button(label, custom_id(verbs.TURN_HISTORY, f"{before}:{entry_id}"))


def _described(change: RecordedChange, shared: Glossary, entry_id: str = "") -> str:
    """Return who changed what and when, and below it the differences.

    A change of many entries is shown as a count, unless the history is that of one entry.
    """
    lines = [_headline(change, shared, entry_id)]
    if entry_id or _size(change) == len(change.items):
        for item in change.items:
            listed = _listed(item, shared)
            if len(change.items) > 1:
                lines.append(f"• {prose(listed.heading)}")
            lines += [f"> {line}" for line in differences(listed.before, listed.after)]
    return "\n".join(lines)


def _headline(change: RecordedChange, shared: Glossary, entry_id: str = "") -> str:
    """Return who changed what and when."""
    person = "somebody" if change.user_id == FORGOTTEN_PERSON else f"<@{change.user_id}>"
    names = _names(change, entry_id)
    if change.reverts:
        done = f"reverted #{change.reverts}: {names}"
    elif change.kind in _OF_ONE_ENTRY and any(_replaces_shared(item, shared) for item in change.items):
        done = f"changed the shared entry {names}"
    else:
        done = f"{_DONE[change.kind]} {names}"
    return f"**#{change.id}** · <t:{change.made_at}:R> · {person} {done}"


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


def _listed(item: ChangeItem, shared: Glossary) -> ListedChange:
    """Return what a change did to an entry, as members of the server saw it before and see it after."""
    of_all = shared.get(item.entry_id)
    before, after = as_members_see(item.before, of_all), as_members_see(item.after, of_all)
    done = "Added" if before is None else "Removed" if after is None else "Changed"
    return ListedChange(f"{done}: {item.name}", before, after)
