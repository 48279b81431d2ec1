"""The cards of shared entries that have changed since a server made its own from them."""

from collections.abc import Sequence

from bot.chat.card import DONE, NEUTRAL, Button, Card, Embed, Menu, Option, Style
from bot.chat.components import custom_id
from bot.chat.markdown import escape
from bot.chat.render import MAX_OPTIONS
from bot.features import verbs
from bot.features.entries.cards import revert_button
from bot.features.entries.differences import ListedChange, with_changes
from bot.features.home.cards import home_button
from bot.glossary.text import counted
from bot.servers.server import Update


def updates(waiting: Sequence[Update]) -> Card:
    """List the shared entries that have changed, and let one be chosen."""
    if not waiting:
        text = "No shared entry has changed since this server made its own version of it."
        return Card(Embed("Updates", text), (home_button(),))
    changed = counted(len(waiting), "shared entry has", "shared entries have")
    text = f"{changed} changed since this server made its own version. Members here still see yours."
    lines = [f"• **{escape(update.shared.name)}**" for update in waiting[:MAX_OPTIONS]]
    if len(waiting) > MAX_OPTIONS:
        lines.append(f"… and {len(waiting) - MAX_OPTIONS} more, once these are decided")
    options = tuple(Option(update.shared.id, update.shared.name) for update in waiting[:MAX_OPTIONS])
    menu = Menu(custom_id(verbs.CHOOSE_UPDATE), "Compare …", options)
    return Card(Embed("Updates", "\n".join([text, "", *lines])), (menu, home_button()))


def update(one: Update, *, is_again: bool = False) -> Card:
    """Show how a shared entry has changed, and let the moderator take it or keep the server's own.

    `is_again` says that it has changed once more since the moderator saw it.
    """
    name = f"**{escape(one.shared.name)}**"
    if one.made_from is None:
        text = f"The glossary has an entry {name} now. Members here still see this server's own."
    else:
        text = f"The shared entry {name} has changed since this server made its own. Members here still see yours."
    if is_again:
        text = f"It has changed again since you saw it.\n{text}"
    argument = f"{one.fingerprint}:{one.shared.id}"
    buttons = (
        Button("Take the new one", custom_id(verbs.TAKE_UPDATE, argument), Style.PRIMARY),
        Button("Keep mine", custom_id(verbs.KEEP_OWN, argument)),
        Button("All updates", custom_id(verbs.LIST_UPDATES)),
    )
    heading = "What changed" if one.made_from else "What taking it would change"
    change = ListedChange(heading, one.made_from or one.own.entry, one.shared)
    return with_changes(Card(Embed(f"Update of {escape(one.shared.name)}", text), buttons), [change], "update.txt")


def taken(one: Update, change_id: int, *, has_more: bool) -> Card:
    """Say that members see the shared entry again."""
    text = f"Members of this server see the shared entry **{escape(one.shared.name)}** again."
    buttons = (revert_button(change_id), *_more_button(has_more=has_more))
    return Card(Embed("Taken", text, DONE), buttons)


def kept(one: Update, *, has_more: bool) -> Card:
    """Say that the server's own entry stays."""
    text = f"Members of this server still see your **{escape(one.shared.name)}**. The next change is shown here again."
    return Card(Embed("Kept", text, DONE), _more_button(has_more=has_more))


def decided() -> Card:
    """Say that an update was decided on, or that one of the entries is gone."""
    text = "Somebody has decided on it, or one of the two entries is gone. `/glossary updates` lists the others."
    return Card(Embed("Nothing to decide here", text, NEUTRAL))


def _more_button(*, has_more: bool) -> tuple[Button, ...]:
    return (Button("Other updates", custom_id(verbs.LIST_UPDATES)),) if has_more else ()
