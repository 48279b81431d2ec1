"""The cards of what is stored and what was deleted."""

import discord

from bot.replies import cards
from bot.replies.actions import Action, Verb
from bot.replies.card import Card
from bot.settings import Settings
from bot.storage.drafts import KEPT_DAYS
from bot.storage.retention import Stored

YES = "yes"


def privacy(stored: Stored, settings: Settings) -> Card:
    """Say what is stored about the person who asks, and what in general, for how long."""
    about_you = _listed(stored) or "Nothing."
    embed = discord.Embed(
        title="What is stored",
        description=f"**About you, now**\n{about_you}",
        colour=cards.NEUTRAL,
    )
    embed.add_field(
        name="With who it was",
        value=(
            "• A term that you suggest and what you write about it, until you delete it or the server's data goes\n"
            f"• As a moderator: your changes, for as long; what you typed and have not saved, {KEPT_DAYS} days"
        ),
        inline=False,
    )
    embed.add_field(
        name="Without who it was",
        value=(
            "• How often each entry is shown and how questions are answered, as numbers by day and server\n"
            f"• What was asked for in a server and not found, {settings.keep_misses_days} days, for its moderators\n"
            "• A server's own entries and settings"
        ),
        inline=False,
    )
    embed.add_field(
        name="How long",
        value=(
            f"When the bot leaves a server, what is stored about it is deleted {settings.keep_left_servers_days} days "
            "later. Messages are not stored. The log holds no text that people write."
        ),
        inline=False,
    )
    button = Action(Verb.FORGET_ME, label="Delete what is stored about me", emoji="🗑️", style=discord.ButtonStyle.danger)
    return Card(embed, (button,))


def confirm(stored: Stored) -> Card:
    """Say what would be deleted, and ask whether it is meant."""
    if not stored:
        return forgotten(stored)
    text = (
        f"{_listed(stored)}\n\nWhat you wrote is deleted for good. Changes of entries stay in the history of their "
        "server, without who made them."
    )
    button = Action(Verb.FORGET_ME, YES, label="Yes, delete it", style=discord.ButtonStyle.danger)
    return Card(discord.Embed(title="Delete this?", description=text, colour=cards.WRONG), (button,))


def forgotten(stored: Stored) -> Card:
    """Say what was deleted."""
    text = f"Deleted or made anonymous:\n{_listed(stored)}" if stored else "Nothing is stored about you."
    return Card(discord.Embed(title="Nothing about you is left", description=text, colour=cards.DONE))


def _listed(stored: Stored) -> str:
    parts = (
        (stored.suggestions, "suggestion", "of terms"),
        (stored.drafts, "draft", "of entries and imports"),
        (stored.changes, "change", "of entries or of the shared data"),
    )
    return "\n".join(f"• {count} {what}{'s' if count > 1 else ''} {of}" for count, what, of in parts if count)
