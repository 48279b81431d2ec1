"""The cards of what is stored, what was deleted, and a copy of it."""

from collections.abc import Sequence

from bot.chat.card import DONE, WRONG, Attachment, Button, Card, Embed, Field, Style
from bot.chat.components import custom_id
from bot.features import verbs
from bot.glossary.text import counted
from bot.settings import Settings
from bot.storage.drafts import KEPT_DAYS
from bot.storage.personal import Stored

# The argument of the button that confirms.
YES = "yes"


def privacy(stored: Sequence[Stored], settings: Settings) -> Card:
    """Say what is stored about the person who asks, and what in general, for how long."""
    missed_for, left_for = (
        counted(days, "day") for days in (settings.keep_misses_days, settings.keep_left_servers_days)
    )
    with_names = (
        "• Terms that you suggest and what you write about them, until you delete them or the server's data is "
        "deleted\n"
        "• Questions that you send to moderators, until they have dealt with them or you delete them, for "
        f"{missed_for} at most\n"
        "• Terms that you save, until you remove or delete them\n"
        "• What you have read on the paths of `/learn`, until you delete it\n"
        "• In the quiz: what you were asked and how well you knew it, until you delete it; your place on a leaderboard "
        "that you joined, until you leave it\n"
        "• As a moderator: your changes, until the server's data is deleted; what you typed and did not save, for "
        f"{KEPT_DAYS} days"
    )
    without_names = (
        "• How often each entry is shown and how questions are answered, as numbers by day and server\n"
        f"• What was asked for in a server and not found, for {missed_for}; its moderators see it\n"
        "• A server's own entries and settings"
    )
    how_long = (
        f"When the bot leaves a server, what is stored about it is deleted {left_for} "
        "later. Messages are not stored. The log holds no text that people write."
    )
    fields = (
        Field("With your name", with_names),
        Field("Without names", without_names),
        Field("How long", how_long),
    )
    text = f"**About you, now**\n{_listed(stored) or 'Nothing.'}"
    buttons = (
        Button("Copy of what is stored about me", custom_id(verbs.COPY_MINE), emoji="📄"),
        Button("Delete what is stored about me", custom_id(verbs.FORGET_ME), Style.DANGER, "🗑️"),
    )
    return Card(Embed("What is stored", text, fields=fields), buttons)


def copy(file: Attachment | None) -> Card:
    """Hand over a copy of what is stored about the person, or say that there is nothing."""
    if file is None:
        return Card(Embed("Nothing to copy", "Nothing is stored about you."))
    text = (
        "The attached file has everything that is stored with your user id, one list for each table of the database. "
        "It is JSON, which any text editor opens."
    )
    return Card(Embed("A copy for you", text, DONE), attachments=(file,))


def confirm(stored: Sequence[Stored]) -> Card:
    """Say what would be deleted, and ask for confirmation."""
    if not stored:
        return forgotten(stored)
    text = (
        f"{_listed(stored)}\n\nWhat you wrote is deleted for good. Changes of entries stay in the history of their "
        "server, without your name."
    )
    buttons = (
        Button("Yes, delete it", custom_id(verbs.FORGET_ME, YES), Style.DANGER),
        Button("Cancel", custom_id(verbs.CANCEL)),
    )
    return Card(Embed("Delete this?", text, WRONG), buttons)


def forgotten(stored: Sequence[Stored]) -> Card:
    """Say what was deleted."""
    text = f"Deleted or made anonymous:\n{_listed(stored)}" if stored else "Nothing is stored about you."
    return Card(Embed("Nothing about you is left", text, DONE))


def _listed(stored: Sequence[Stored]) -> str:
    return "\n".join(f"• {one.kind.counted(one.rows)}" for one in stored)
