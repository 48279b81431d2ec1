"""The cards of what was changed: a server's own entries, and the revisions of the shared data."""

from collections.abc import Iterator, Sequence

import discord
import msgspec

from bot.glossary.model import Changes, Entry
from bot.replies import cards
from bot.replies.actions import Action, Pick, Verb, option, options_menu
from bot.replies.card import Card, Item
from bot.replies.components import MOST_OPTIONS
from bot.replies.markdown import escape, shorten
from bot.storage.own_entries import Change, Kind
from bot.storage.own_entries import Item as ChangeItem
from bot.storage.retention import NOBODY
from bot.storage.revisions import THE_BOT, Published

_DONE: dict[Kind, str] = {
    Kind.ADD: "added",
    Kind.EDIT: "edited",
    Kind.REMOVE: "removed",
    Kind.ALIAS: "changed the names of",
    Kind.APPROVE: "approved the suggestion of",
    Kind.IMPORT: "imported",
    Kind.REVERT: "took back",
}
_LABELS = {"aliases": "also called", "message": "code and checks"}
# How much of a text is shown before and after a change.
TEXT_SHOWN = 90


def history(changes: Sequence[Change], entry_id: str, name: str, *, has_older: bool, is_newest: bool) -> Card:
    """List changes, each with a button that takes it back; with a name, those of one entry."""
    about = f" of {cards.said(name)}" if name else ""
    if not changes:
        text = "Nothing was changed yet. `/glossary add` and `/glossary edit` make entries of this server's own."
        if name:
            text = "Nothing about it was changed in this server yet."
        items: tuple[Item, ...] = () if is_newest else (_turn(0, entry_id, "Newest"),)
        return Card(discord.Embed(title=f"History{about}", description=text, colour=cards.NEUTRAL), items)
    embed = discord.Embed(
        title=f"History{about}",
        description="\n\n".join(_described(change, entry_id) for change in changes),
        colour=cards.NEUTRAL,
    )
    buttons: list[Item] = [
        Action(Verb.REVERT, change.id, label=f"Revert #{change.id}", emoji="↩️") for change in changes
    ]
    if not is_newest:
        buttons.append(_turn(0, entry_id, "Newest"))
    if has_older:
        buttons.append(_turn(changes[-1].id, entry_id, "Older"))
    return Card(embed, tuple(buttons))


def reverted(change_id: int, change: Change) -> Card:
    """Say that a change was taken back, and offer to take that back in turn."""
    embed = discord.Embed(title=f"Took back #{change_id}", description=_described(change), colour=cards.DONE)
    return Card(embed, (Action(Verb.REVERT, change.id, label="Undo", emoji="↩️"),))


def overtaken(change_id: int, names: Sequence[str], latest: int) -> Card:
    """Say that later changes would be taken back as well, and ask whether they should."""
    more = f" and {len(names) - MOST_OPTIONS} more" if len(names) > MOST_OPTIONS else ""
    listed = escape(", ".join(names[:MOST_OPTIONS])) + more
    text = (
        f"After #{change_id} these were changed again: {listed}. Taking it back brings them to what they were "
        "before it and loses what was done since. That, too, would be in the history and can be taken back."
    )
    embed = discord.Embed(title="Changed again since", description=shorten(text, 3000), colour=cards.WRONG)
    button = Action(
        Verb.REVERT, f"{change_id}:{latest}", label="Take back all the same", style=discord.ButtonStyle.danger
    )
    return Card(embed, (button,))


def revisions(published: Sequence[Published], serving: int) -> Card:
    """List the revisions of the shared data and let one be chosen to return to."""
    lines = [
        f"{'▶' if one.number == serving else '•'} **{one.number}** · <t:{one.published_at}:f> · {_published_by(one)} · "
        f"{cards.counted(one.changes)}"
        for one in published
    ]
    text = "\n".join([*lines, "", "▶ serves. Choose one to see what returning to it would change."])
    embed = discord.Embed(title="Revisions of the shared data", description=text, colour=cards.NEUTRAL)
    options = [
        option(one.number, f"Revision {one.number}", cards.counted(one.changes))
        for one in published
        if one.number != serving
    ]
    if not options:
        return Card(embed)
    return Card(embed, (Pick(Verb.ROLLBACK, menu=options_menu("Return to …", options)),))


def confirm_rollback(number: int, changes: Changes) -> Card:
    """Show what returning to a revision would change, for every server."""
    text = (
        f"Returning to revision {number} changes what **every** server sees: {cards.counted(changes)}. The data files "
        "stay as they are; `/glossary reload` puts them live again."
    )
    embed = discord.Embed(title=f"Return to revision {number}?", description=text, colour=cards.WRONG)
    card = cards.with_lines(embed, cards.changed(changes), "changes.txt")
    buttons = (
        Action(Verb.CONFIRM_ROLLBACK, number, label=f"Return to {number}", style=discord.ButtonStyle.danger),
        Action(Verb.REVISIONS, label="Back"),
    )
    return Card(card.embed, buttons, attachments=card.attachments)


def revision_gone() -> Card:
    """Say that a revision is not kept any more."""
    text = "It was so long ago that it is not kept any more. `/glossary rollback` lists those that are."
    return Card(discord.Embed(title="This revision is gone", description=text, colour=cards.NEUTRAL))


def _turn(before: int, entry_id: str, label: str) -> Action:
    return Action(Verb.HISTORY, f"{before}:{entry_id}", label=label)


def _by(user_id: int) -> str:
    return "somebody" if user_id == NOBODY else f"<@{user_id}>"


def _published_by(one: Published) -> str:
    if one.is_rollback:
        return f"rolled back by {_by(one.user_id)}"
    return "read at a start" if one.user_id == THE_BOT else f"reloaded by {_by(one.user_id)}"


def _described(change: Change, entry_id: str = "") -> str:
    """Return a change as some lines: who did what and when, and what it made of its entries, or of the one asked for.

    Of more entries, only how many they are is told.
    """
    size = change.added + change.edited + change.removed
    names = ", ".join(f"**{escape(item.name)}**" for item in change.items)
    if entry_id and size > len(change.items):
        names += f" and {size - len(change.items)} more"
    elif size > len(change.items):
        parts = ((change.added, "added"), (change.edited, "changed"), (change.removed, "removed"))
        counts = ", ".join(f"{count} {label}" for count, label in parts if count)
        names = f"{size} entries ({counts})"
    what = f"took back #{change.reverts}: {names}" if change.reverts else f"{_DONE[change.kind]} {names}"
    head = f"**#{change.id}** · <t:{change.made_at}:R> · {_by(change.user_id)} {what}"
    told = change.items if entry_id or size == len(change.items) else ()
    lines = [f"> {line}" for item in told for line in _differences(item)]
    return "\n".join([head, *lines])


def _differences(item: ChangeItem) -> Iterator[str]:
    """Yield a line for each field that a change made different, before and after."""
    if item.before is None and item.after is not None:
        yield f"new: {_shown(item.after.definition or item.after.aliases)}"
        return
    if item.after is None:
        yield f"gone: {_shown(item.before.definition or item.before.aliases) if item.before else ''}"
        return
    for field in msgspec.structs.fields(Entry):
        old, new = getattr(item.before, field.name), getattr(item.after, field.name)
        if old != new and field.name != "id":
            yield f"{_LABELS.get(field.name, field.name)}: {_shown(old)} → {_shown(new)}"


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    return escape(shorten(" ".join(text.split()), TEXT_SHOWN)) or "*nothing*"
