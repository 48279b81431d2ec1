"""The cards of changing a server's own entries: saved, not saved, a conflict, a removal."""

from collections.abc import Iterable, Sequence

import discord

from bot.glossary.checks import Fault
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.replies import cards
from bot.replies.actions import Action, Verb
from bot.replies.card import Card
from bot.replies.markdown import escape, prose, shorten

# Two versions stand side by side in one message, whose embeds have 6000 characters together.
VERSION_LIMIT = 2400
_FIELDS = {
    "name": "Name",
    "aliases": "Also called",
    "definition": "Definition",
    "notes": "Notes",
    "related": "Related terms",
}


def saved(change_id: int, text: str, glossary: Glossary | None = None, entry: Entry | None = None) -> Card:
    """Say that a change is saved, show the entry as members see it, and offer to take it back."""
    embed = discord.Embed(title="Saved", description=text, colour=cards.DONE)
    more = (cards.entry(glossary, entry).embed,) if glossary is not None and entry is not None else ()
    return Card(embed, (undo(change_id),), more=more)


def removed(entry: Entry, change_id: int, *, own: Entry | None, shared: Entry | None) -> Card:
    """Say that an own entry, or what names it gave a shared one, is gone, and offer to take that back."""
    text = f"**{escape(entry.name)}** is no longer one of this server's own entries. "
    if own is not None and not own.definition:
        text = f"**{escape(entry.name)}** is no longer found by the names that this server gave it."
    elif shared is not None:
        text += "The shared entry shows again in its place."
    else:
        text += "Members of this server no longer find it."
    return Card(discord.Embed(title="Removed", description=text, colour=cards.DONE), (undo(change_id),))


def undo(change_id: int) -> Action:
    """Make the button that takes a change back."""
    return Action(Verb.REVERT, change_id, label="Undo", emoji="↩️")


def not_changed(faults: Sequence[Fault]) -> Card:
    """Say why a change cannot be made."""
    return cards.refusal("Nothing was changed", listed(faults))


def not_saved(name: str, faults: Sequence[Fault], draft_id: int) -> Card:
    """Say why a filled-in form is not saved yet, and offer to go on with it."""
    text = f"**{cards.said(name) or 'It'}** needs a correction. Nothing you typed is lost.\n\n{listed(faults)}"
    embed = discord.Embed(title="Not saved yet", description=text, colour=cards.WRONG)
    return Card(embed, (_go_on(draft_id), _discard(draft_id, "Discard")))


def conflict(theirs: Entry | None, yours: Entry, draft_id: int) -> Card:
    """Show both versions of an entry that somebody else has changed meanwhile, and let the second one choose."""
    if theirs is None:
        text = "Somebody else has removed this entry since you opened it. Nothing was saved; choose what is to stand."
        shown = discord.Embed(title="Theirs", description="*Removed*", colour=cards.NEUTRAL)
    else:
        text = "Somebody else has changed this entry since you opened it. Nothing was saved; choose what is to stand."
        shown = version("Theirs, as it stands", theirs)
    embed = discord.Embed(title="Two versions", description=text, colour=cards.WRONG)
    items = (
        Action(Verb.SAVE_DRAFT, draft_id, label="Save mine", style=discord.ButtonStyle.primary),
        _go_on(draft_id),
        _discard(draft_id, "Keep theirs"),
    )
    return Card(embed, items, more=(shown, version("Yours, not saved", yours)))


def version(title: str, entry: Entry) -> discord.Embed:
    """Show what moderators can edit of an entry."""
    lines = [f"**{escape(entry.name)}**"]
    if entry.aliases:
        lines.append(f"Also called: {escape(', '.join(entry.aliases))}")
    if entry.definition:
        lines.append(prose(entry.definition))
    lines += [f"• {prose(note)}" for note in entry.notes]
    if entry.related:
        lines.append(f"Related: {escape(' · '.join(entry.related))}")
    return discord.Embed(title=title, description=shorten("\n".join(lines), VERSION_LIMIT), colour=cards.NEUTRAL)


def discarded() -> Card:
    """Say that a draft is gone."""
    return Card(discord.Embed(title="Discarded", description="Nothing was changed.", colour=cards.NEUTRAL))


def draft_gone() -> Card:
    """Say that there is no draft behind a button any more."""
    text = "It was saved, discarded or deleted after a week, or it is somebody else's."
    return Card(discord.Embed(title="This draft is gone", description=text, colour=cards.NEUTRAL))


def no_such_entry(glossary: Glossary, term: str) -> Card:
    """Say that a term names no entry, and which ones come close."""
    close = [hit.name.text for hit in glossary.find(term).hits[:5]] or [one.text for one in glossary.complete(term)[:5]]
    hint = f" Closest: {escape(', '.join(close))}." if close else ""
    return cards.refusal("No such entry", f"“{cards.said(term)}” names no entry here.{hint}")


def listed(faults: Iterable[Fault]) -> str:
    """Return what is wrong as a list."""
    return "\n".join(
        f"• **{_FIELDS[fault.field]}**: {escape(fault.what)}" if fault.field in _FIELDS else f"• {escape(fault.what)}"
        for fault in faults
    )


def _go_on(draft_id: int) -> Action:
    return Action(Verb.EDIT_DRAFT, draft_id, label="Continue editing", emoji="✏️")


def _discard(draft_id: int, label: str) -> Action:
    return Action(Verb.DISCARD_DRAFT, draft_id, label=label)
