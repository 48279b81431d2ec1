"""The cards of exporting and importing own entries."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from bot.chat import notices
from bot.chat.card import DONE, Attachment, Button, Card, Component, Embed, Style
from bot.chat.components import custom_id
from bot.chat.listing import with_lines
from bot.chat.markdown import escape
from bot.features import verbs
from bot.features.entries.cards import undo_button
from bot.glossary.exchange.plan import Plan
from bot.glossary.model import Entry


def exported(count: int, files: Sequence[Attachment]) -> Card:
    """Hand over the own entries as files."""
    if not count:
        text = "This server has no entries of its own yet. `/glossary add` makes one, `/glossary import` many."
        return Card(Embed("Nothing to export", text))
    text = (
        f"{_entries(count)} of this server's own, in three formats: TOML to read and edit, CSV for spreadsheets, "
        "JSON for programs. `/glossary import` takes each of them."
    )
    return Card(Embed("Export", text, DONE), attachments=tuple(files))


def unreadable(why: str) -> Card:
    """Say why a file cannot be imported."""
    return notices.refusal("Not imported", f"{escape(why.rstrip('.'))}. Nothing was changed.")


def dry_run(plan: Plan, draft_id: int, *, is_again: bool) -> Card:
    """Show what an import would do, and let the moderator confirm it.

    `is_again` says that an earlier dry run is out of date.
    """
    counts = (
        (plan.added, "added"),
        (plan.changed, "changed"),
        (plan.unchanged, "unchanged"),
        (plan.rejected, "rejected"),
    )
    text = ", ".join(f"**{len(rows)}** {label}" for rows, label in counts)
    if plan.taken:
        text += (
            f"\n⚠️ **{len(plan.taken)}** of them take the place of shared entries in this server; both texts are shown."
        )
    if is_again:
        text = f"The server's entries were changed since you saw this, so here is what it would do now.\n\n{text}"
    buttons: list[Component] = []
    count = len(plan.added) + len(plan.changed)
    if count:
        buttons.append(Button(f"Import {_entries(count)}", custom_id(verbs.IMPORT_DRAFT, draft_id), Style.PRIMARY))
    buttons.append(Button("Cancel", custom_id(verbs.DISCARD_DRAFT, draft_id)))
    card = with_lines(Card(Embed("Nothing is imported yet", text)), _lines(plan), "import.txt")
    return replace(card, components=tuple(buttons))


def imported(count: int, change_id: int) -> Card:
    """Say what an import did, and offer to undo it."""
    text = f"{_entries(count)} imported, as change #{change_id}. Members of this server see it now."
    return Card(Embed("Imported", text, DONE), (undo_button(change_id),))


def _lines(plan: Plan) -> list[str]:
    """Return a line for each row that changes something, after those that are rejected and need a correction."""
    lines = [f"Rejected, {row.where}: {row.name or '(no name)'}: {row.reason}" for row in plan.rejected]
    taken = {entry.id for _, entry in plan.taken}
    for shared, entry in plan.taken:
        lines += _both_texts(shared, entry)
    lines += [f"Added: {entry.name}" for entry in plan.added if entry.id not in taken]
    changed = [(before, after) for before, after in plan.changed if after.id not in taken]
    lines += [f"Changed: {after.name} ({', '.join(_differing(before, after))})" for before, after in changed]
    return lines


def _both_texts(shared: Entry, entry: Entry) -> tuple[str, str, str]:
    """Return lines that show a shared entry and the one that takes its place."""
    what = "Replaces" if shared.id == entry.id else f"Takes the name {entry.name} from"
    return (
        f"{what} the shared entry {shared.name}",
        f"Shared text: {shared.definition}",
        f"Your text: {entry.definition}",
    )


def _differing(before: Entry, after: Entry) -> list[str]:
    """Return the names of the fields in which two entries differ."""
    names = [field.name for field in msgspec.structs.fields(Entry)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _entries(count: int) -> str:
    return f"{count} entries" if count != 1 else "1 entry"
