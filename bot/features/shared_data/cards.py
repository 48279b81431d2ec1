"""The cards of reloading the shared data and returning to an earlier revision."""

from collections.abc import Iterator, Sequence

from bot.catalogue import Reloaded
from bot.chat.card import DONE, WRONG, Button, Card, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.listing import with_lines
from bot.features import verbs
from bot.features.entries.differences import ListedChange, with_changes
from bot.glossary.model import Changes, Pack
from bot.glossary.pack import Problem
from bot.glossary.text import counted
from bot.storage.ids import FORGOTTEN_PERSON, THE_BOT
from bot.storage.revisions import Published


def reloaded(done: Reloaded, *, rolled_back_to: int | None = None) -> Card:
    """Say what a reload changed, or a return to an earlier revision."""
    number, milliseconds = done.revision.number, done.seconds * 1000
    pack = done.revision.pack
    text = (
        f"{_summed_up(Changes.between(done.before, pack))}. Revision {number} is live; this took {milliseconds:.0f} ms."
    )
    if done.warnings:
        text += f"\n{counted(len(done.warnings), 'warning')}; `python -m bot check` lists them."
    title = "Glossary reloaded" if rolled_back_to is None else f"Returned to revision {rolled_back_to}"
    return with_changes(Card(Embed(title, text, DONE)), list(_listed(done.before, done.revision.pack)), "changes.txt")


def not_reloaded(problems: Sequence[Problem]) -> Card:
    """Say why a reload was refused."""
    text = f"The data files have {counted(len(problems), 'problem')}. Correct them and reload again."
    card = Card(Embed("Not reloaded: the previous data stays", text, WRONG))
    return with_lines(card, [str(problem) for problem in problems], "problems.txt")


def revisions(published: Sequence[Published], serving: int) -> Card:
    """List the revisions of the shared data and let one be chosen to return to."""
    lines = [_line(one, is_serving=one.number == serving) for one in published]
    others = [one for one in published if one.number != serving]
    more = "Choose another one to see what returning to it would change." if others else "There is no other one yet."
    lines += ["", f"▶ marks the live revision. {more}"]
    embed = Embed("Revisions of the shared data", "\n".join(lines))
    if not others:
        return Card(embed)
    options = tuple(Option(str(one.number), f"Revision {one.number}", _summed_up(one.changes)) for one in others)
    return Card(embed, (Menu(custom_id(verbs.CHOOSE_REVISION), "Return to …", options),))


def confirm_rollback(number: int, now: Pack, then: Pack) -> Card:
    """Show what returning from one pack to that of a revision would change, for every server."""
    text = (
        f"Returning to revision {number} changes what **every** server sees: {_summed_up(Changes.between(now, then))}. "
        "The data files stay as they are; `/glossary reload` puts them live again."
    )
    buttons = (
        Button(f"Return to {number}", custom_id(verbs.ROLL_BACK, number), Style.DANGER),
        Button("Back", custom_id(verbs.LIST_REVISIONS)),
        Button("Cancel", custom_id(verbs.CANCEL)),
    )
    card = Card(Embed(f"Return to revision {number}?", text, WRONG), buttons)
    return with_changes(card, list(_listed(now, then)), "changes.txt")


def revision_gone() -> Card:
    """Say that a revision is no longer kept."""
    text = "It is so old that it is no longer kept. `/glossary rollback` lists those that are."
    return Card(Embed("This revision is gone", text))


def _line(one: Published, *, is_serving: bool) -> str:
    mark = "▶" if is_serving else "•"
    return f"{mark} **{one.number}** · <t:{one.published_at}:f> · {_published_by(one)} · {_summed_up(one.changes)}"


def _published_by(one: Published) -> str:
    person = "somebody" if one.user_id == FORGOTTEN_PERSON else f"<@{one.user_id}>"
    if one.is_rollback:
        target = f" to {one.returned_to}" if one.returned_to else ""
        return f"rolled back{target} by {person}"
    return "read when the bot started" if one.user_id == THE_BOT else f"reloaded by {person}"


def _summed_up(changes: Changes) -> str:
    """Return how many entries are added, changed and removed."""
    counts = [f"{len(names)} {label.lower()}" for label, names in _labelled(changes) if names]
    return ", ".join(counts) or "Nothing changed"


def _listed(before: Pack | None, after: Pack) -> Iterator[ListedChange]:
    """Yield each entry that is new, changed or gone, the changed ones first with what changed in them."""
    old = {entry.id: entry for entry in before.entries} if before else {}
    new = {entry.id: entry for entry in after.entries}
    for entry_id, entry in new.items():
        if entry_id in old and old[entry_id] != entry:
            yield ListedChange(f"Changed: {entry.name}", old[entry_id], entry)
    changes = Changes.between(before, after)
    for label, names in (("Added", changes.added), ("Removed", changes.removed)):
        yield from (ListedChange(f"{label}: {name}") for name in names)


def _labelled(changes: Changes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("Added", changes.added), ("Changed", changes.changed), ("Removed", changes.removed))
