"""The cards of importing and exporting a server's own entries."""

from collections.abc import Sequence

import discord
import msgspec

from bot.glossary.exchange.plan import Plan
from bot.glossary.model import Entry
from bot.replies import cards, entry_cards
from bot.replies.actions import Action, Verb
from bot.replies.card import Attachment, Card, Item
from bot.replies.markdown import escape


def exported(count: int, files: Sequence[Attachment]) -> Card:
    """Hand over the own entries as files."""
    if not count:
        text = "This server has no entries of its own yet. `/glossary add` makes one, `/glossary import` many."
        return Card(discord.Embed(title="Nothing to export", description=text, colour=cards.NEUTRAL))
    text = (
        f"{_entries(count)} of this server's own, in three formats: TOML to read and edit, CSV for spreadsheets, "
        "JSON for programs. `/glossary import` takes each of them."
    )
    return Card(discord.Embed(title="Export", description=text, colour=cards.DONE), attachments=tuple(files))


def unreadable(why: str) -> Card:
    """Say why a file cannot be imported."""
    return cards.refusal("Not imported", f"{escape(why.rstrip('.'))}. Nothing was changed.")


def dry_run(plan: Plan, draft_id: int, *, is_anew: bool) -> Card:
    """Show what an import would do, and let it be confirmed."""
    count = len(plan.added) + len(plan.changed)
    parts = (
        (len(plan.added), "added"),
        (len(plan.changed), "changed"),
        (len(plan.unchanged), "unchanged"),
        (len(plan.rejected), "rejected"),
    )
    text = ", ".join(f"**{number}** {label}" for number, label in parts)
    if is_anew:
        text = f"The server's entries were changed since you saw this, so here is what it would do now.\n\n{text}"
    embed = discord.Embed(title="Nothing is imported yet", description=text, colour=cards.NEUTRAL)
    card = cards.with_lines(embed, _lines(plan), "import.txt")
    items: list[Item] = []
    if count:
        label = f"Import {_entries(count)}"
        items.append(Action(Verb.IMPORT_DRAFT, draft_id, label=label, style=discord.ButtonStyle.primary))
    items.append(Action(Verb.DISCARD_DRAFT, draft_id, label="Cancel"))
    return Card(card.embed, tuple(items), attachments=card.attachments)


def imported(count: int, change_id: int) -> Card:
    """Say what an import did, and offer to take it back."""
    text = f"{_entries(count)} imported, as change #{change_id}. Members of this server see it now."
    return Card(discord.Embed(title="Imported", description=text, colour=cards.DONE), (entry_cards.undo(change_id),))


def _lines(plan: Plan) -> list[str]:
    """Return a line for each row that is not as it was: first those rejected, which somebody may want to correct."""
    lines = [f"Rejected, {one.where}: {one.name or '(no name)'}: {one.reason}" for one in plan.rejected]
    lines += [f"Added: {entry.name}" for entry in plan.added]
    return lines + [f"Changed: {after.name} ({', '.join(_differing(before, after))})" for before, after in plan.changed]


def _differing(before: Entry, after: Entry) -> list[str]:
    fields = (field.name for field in msgspec.structs.fields(Entry))
    return [name for name in fields if getattr(before, name) != getattr(after, name)]


def _entries(count: int) -> str:
    return f"{count} entries" if count != 1 else "1 entry"
