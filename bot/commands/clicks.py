"""What clicks on buttons and menus do, and forms that are filled in."""

from typing import TYPE_CHECKING, Any

import discord

from bot.commands import history, misses, privacy, review, saving, server_settings, suggestions, transfers
from bot.commands.handlers import ClickHandlers, FormHandlers
from bot.commands.rights import is_alone, is_answered_here, is_moderator, moderated, server_id, server_of
from bot.replies import cards, send
from bot.replies.actions import FOR_EVERYONE, FOR_SHARED_DATA, Action, Pick
from bot.replies.components import Component, Dismiss, EntryMenu, OpenEntry, Share, SuggestTerm
from bot.replies.forms import Filled, Purpose

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

_ACTIONS: ClickHandlers = {
    **saving.ACTIONS,
    **history.ACTIONS,
    **transfers.ACTIONS,
    **misses.ACTIONS,
    **suggestions.ACTIONS,
    **review.ACTIONS,
    **server_settings.ACTIONS,
    **privacy.ACTIONS,
}
_FORMS: FormHandlers = {**saving.FORMS, **misses.FORMS, **suggestions.FORMS}
_FORMS_FOR_EVERYONE = frozenset({Purpose.SUGGEST})


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
            await suggestions.ask(interaction, component.query)
        case Action() | Pick():
            if component.verb in FOR_EVERYONE | FOR_SHARED_DATA or await moderated(interaction) is not None:
                await _ACTIONS[component.verb](interaction, component)


async def submitted(filled: Filled, interaction: "Interaction") -> None:
    """Answer a form that was filled in, by its purpose."""
    if filled.purpose in _FORMS_FOR_EVERYONE or await moderated(interaction) is not None:
        await _FORMS[filled.purpose](interaction, filled)


async def _open(interaction: "Interaction", entry_id: str | None) -> None:
    """Open an entry: in place where the asker alone sees the message, else in a reply that they alone see."""
    glossary = (await server_of(interaction)).glossary
    if entry_id is None or (entry := glossary.get(entry_id)) is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    interaction.client.usage.count_shown(entry.id, server_id(interaction), interaction.user.id)
    card = cards.entry(glossary, entry)
    if is_alone(interaction):
        await send.replace(interaction, card)
    else:
        await send.reply(interaction, card, ephemeral=True)


async def _share(interaction: "Interaction", entry_id: str) -> None:
    server = await server_of(interaction)
    glossary = server.glossary
    if (entry := glossary.get(entry_id)) is None:
        await send.reply(interaction, cards.gone(), ephemeral=True)
        return
    if not is_answered_here(interaction, server.settings):
        text = "In this channel, the moderators want the bot's answers to be seen by the asker alone."
        await send.reply(interaction, cards.refusal("Not here", text), ephemeral=True)
        return
    card = cards.entry(glossary, entry, asked_by=interaction.user.id, shared_by=interaction.user.mention)
    await send.reply(interaction, card, ephemeral=False)


async def _dismiss(interaction: "Interaction", asked_by: int) -> None:
    may_remove = interaction.user.id == asked_by or interaction.permissions.manage_messages
    if may_remove or is_moderator(interaction, (await server_of(interaction)).settings):
        await send.remove(interaction)
        return
    text = "Only the person who asked, or a moderator, can dismiss this answer."
    await send.reply(interaction, cards.refusal("Not yours to dismiss", text), ephemeral=True)
