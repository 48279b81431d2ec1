"""Suggestions: keeping what somebody filled in, and what moderators see and do with it."""

from typing import TYPE_CHECKING

import discord

from bot.glossary.text import squash
from bot.replies import cards, forms, send
from bot.replies.components import MOST_OPTIONS
from bot.storage.suggestions import MOST_OPEN, Status

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# One more than a list has room for, so that it can tell that there are more.
MOST_READ = MOST_OPTIONS + 1
# Where there are no moderators with the bot's commands: direct messages, and servers that the bot is not in.
NO_SERVER = 0


async def keep(interaction: "Interaction") -> None:
    """Keep the suggestion that a form came back with, and say what happens next."""
    filled = forms.read(interaction.data)
    if not squash(filled.term):
        text = "A suggestion needs a term. Press *Suggest this term* again and fill it in."
        await send.reply(interaction, cards.refusal("No term", text), ephemeral=True)
        return
    await send.think(interaction)
    suggestions, user_id = interaction.client.suggestions, interaction.user.id
    has_bot = interaction.is_guild_integration() or not interaction.is_user_integration()
    guild_id = (interaction.guild_id if has_bot else None) or NO_SERVER
    if await suggestions.add(guild_id, user_id, filled.term, filled.details):
        number = await suggestions.count_open_by(user_id, guild_id)
        card = cards.thanks(filled.term, number, in_server=guild_id != NO_SERVER)
    else:
        text = (
            f"{MOST_OPEN} of your suggestions here are still open. Once one of them is dealt with, suggest this again."
        )
        card = cards.refusal("Enough for now", text)
    await send.reply(interaction, card, ephemeral=True)


async def show(interaction: "Interaction") -> None:
    """Show the open suggestions of a server to its moderators."""
    guild_id = await _moderated(interaction)
    if guild_id is None:
        return
    await send.think(interaction)
    waiting = await interaction.client.suggestions.open_in(guild_id, MOST_READ)
    await send.reply(interaction, cards.suggestions(waiting), ephemeral=True)


async def close(interaction: "Interaction", suggestion_id: int, status: Status) -> None:
    """Close a suggestion of the server, and show what is still open."""
    guild_id = await _moderated(interaction)
    if guild_id is None:
        return
    await send.wait(interaction)
    suggestions = interaction.client.suggestions
    closed = await suggestions.close(suggestion_id, guild_id, status)
    waiting = await suggestions.open_in(guild_id, MOST_READ)
    await send.replace(interaction, cards.suggestion_closed(closed, status, waiting))


async def _moderated(interaction: "Interaction") -> int | None:
    """Return the id of the server, if whoever asks moderates it; say so and return `None` if not."""
    if interaction.guild_id is not None and interaction.permissions.manage_guild:
        return interaction.guild_id
    text = "Only moderators who may manage the server can read and close its suggestions."
    await send.reply(interaction, cards.refusal("Not allowed", text), ephemeral=True)
    return None
