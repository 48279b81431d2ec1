"""What clicks on buttons and menus do."""

from typing import TYPE_CHECKING, Any

import discord

from bot.commands import suggestions
from bot.replies import cards, send
from bot.replies.components import (
    Component,
    Dismiss,
    EntryMenu,
    OpenEntry,
    Share,
    SuggestionMenu,
    SuggestTerm,
)
from bot.replies.forms import SuggestForm

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


async def answer(component: Component[Any], interaction: "Interaction") -> None:
    """Answer a click, by the kind of component."""
    match component:
        case OpenEntry():
            await _open(interaction, component.entry_id)
        case EntryMenu():
            await _open(interaction, component.chosen)
        case Share():
            await _share(interaction, component.entry_id)
        case Dismiss():
            await _dismiss(interaction, component.asked_by)
        case SuggestTerm():
            await send.form(interaction, SuggestForm(component.query))
        case SuggestionMenu():
            await suggestions.close(interaction, component.chosen, component.status)


async def _open(interaction: "Interaction", entry_id: str | None) -> None:
    """Open an entry: in place where the asker alone sees the message, else in a reply that they alone see."""
    glossary = interaction.client.catalogue.glossary
    if entry_id is None or (entry := glossary.get(entry_id)) is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    interaction.client.lookups.count(entry.id, interaction.guild_id)
    card = cards.entry(glossary, entry)
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


async def _share(interaction: "Interaction", entry_id: str) -> None:
    glossary = interaction.client.catalogue.glossary
    if (entry := glossary.get(entry_id)) is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    card = cards.entry(glossary, entry, asked_by=interaction.user.id, shared_by=interaction.user.mention)
    await send.reply(interaction, card, ephemeral=False)


async def _dismiss(interaction: "Interaction", asked_by: int) -> None:
    if interaction.user.id == asked_by or interaction.permissions.manage_messages:
        await send.remove(interaction)
        return
    text = "Only the person who asked, or a moderator who may manage messages, can dismiss this answer."
    await send.reply(interaction, cards.refusal("Not yours to dismiss", text), ephemeral=True)
