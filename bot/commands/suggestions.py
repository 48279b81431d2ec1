"""Suggestions: keeping what a member filled in, and what moderators see and do with it."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.commands import saving
from bot.commands.entry_forms import Subject, entry_form, values_of
from bot.commands.handlers import ClickHandlers, FormHandlers
from bot.commands.rights import guild_of, is_alone, moderated, server_id, server_of
from bot.glossary.text import squash
from bot.replies import cards, missing_cards, send
from bot.replies.actions import Action, Pick, Verb, number
from bot.replies.components import MOST_OPTIONS
from bot.replies.errors import UNREACHABLE
from bot.replies.forms import Filled, Form, Purpose
from bot.storage.suggestions import MOST_OPEN, Status, Suggestion

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# One more than a list has room for, so that it can tell that there are more.
MOST_READ = MOST_OPTIONS + 1
# Where there are no moderators with the bot's commands: direct messages, and servers that the bot is not in.
NO_SERVER = 0

_log = logging.getLogger(__name__)


async def ask(interaction: "Interaction", query: str) -> None:
    """Open the form in which somebody suggests a term, unless the server takes no suggestions."""
    if await _is_taken(interaction):
        await send.form(interaction, Form(Purpose.SUGGEST, title="Suggest this term", values={"term": query}))


async def _is_taken(interaction: "Interaction") -> bool:
    if (await server_of(interaction)).settings.take_suggestions:
        return True
    text = "The moderators of this server have turned suggestions off."
    await send.reply(interaction, cards.refusal("No suggestions here", text), ephemeral=True)
    return False


async def _keep(interaction: "Interaction", filled: Filled) -> None:
    """Keep the suggestion that a form came back with, and say what happens next."""
    term, details = filled.values["term"], filled.values["details"]
    if not squash(term):
        text = "A suggestion needs a term. Press *Suggest this term* again and fill it in."
        await send.reply(interaction, cards.refusal("No term", text), ephemeral=True)
        return
    if not await _is_taken(interaction):
        return
    await send.think(interaction)
    suggestions, user_id = interaction.client.suggestions, interaction.user.id
    guild_id = server_id(interaction) or NO_SERVER
    suggestion = await suggestions.add(guild_id, user_id, term, details)
    if suggestion is None:
        text = (
            f"{MOST_OPEN} of your suggestions here are still open. Once one of them is dealt with, suggest this again."
        )
        await send.reply(interaction, cards.refusal("Enough for now", text), ephemeral=True)
        return
    count = await suggestions.count_open_by(user_id, guild_id)
    card = missing_cards.thanks(term, count, in_server=guild_id != NO_SERVER)
    await send.reply(interaction, card, ephemeral=True)
    await _post(interaction, suggestion)


async def _post(interaction: "Interaction", suggestion: Suggestion) -> None:
    """Show a suggestion in the channel that moderators have set, if they have."""
    channel_id = (await server_of(interaction)).settings.suggestions_channel
    if channel_id is None:
        return
    try:
        await send.post(interaction.client, channel_id, missing_cards.suggestion(suggestion))
    except UNREACHABLE as error:
        _log.info("A suggestion could not be posted; it is in the list all the same: %s", error)


async def show(interaction: "Interaction") -> None:
    """Show the open suggestions of a server to its moderators."""
    if (guild_id := await moderated(interaction)) is not None:
        await send.think(interaction)
        waiting = await interaction.client.suggestions.open_in(guild_id, MOST_READ)
        await send.reply(interaction, missing_cards.suggestions(waiting), ephemeral=True)


async def _list(interaction: "Interaction", _: Action | Pick) -> None:
    await send.wait(interaction)
    waiting = await interaction.client.suggestions.open_in(guild_of(interaction), MOST_READ)
    await send.replace(interaction, missing_cards.suggestions(waiting))


async def _choose(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.wait(interaction)
    suggestion = await _open(interaction, clicked.chosen[0])
    card = missing_cards.suggestion(suggestion, in_list=True) if suggestion else missing_cards.suggestion_closed()
    await send.replace(interaction, card)


async def _approve(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Make an entry of a suggestion as it is; what is missing for that comes back as a draft."""
    await send.wait(interaction)
    if (suggestion := await _open(interaction, clicked.argument)) is None:
        await _say_closed(interaction)
        return
    values = values_of(name=suggestion.term, definition=suggestion.details)
    await saving.save(
        interaction,
        Subject(suggestion_id=suggestion.id),
        values,
        lambda card: send.reply(interaction, card, ephemeral=True),
    )


async def _edit_and_approve(interaction: "Interaction", clicked: Action | Pick) -> None:
    if (suggestion := await _open(interaction, clicked.argument)) is None:
        await _say_closed(interaction)
        return
    values = values_of(name=suggestion.term, definition=suggestion.details)
    await send.form(interaction, entry_form(Subject(suggestion_id=suggestion.id), values))


async def _ask_why(interaction: "Interaction", clicked: Action | Pick) -> None:
    if (suggestion := await _open(interaction, clicked.argument)) is None:
        await _say_closed(interaction)
        return
    await send.form(interaction, Form(Purpose.DECLINE, suggestion.id, title=f"Decline {suggestion.term}"))


async def _decline(interaction: "Interaction", filled: Filled) -> None:
    await send.wait(interaction)
    closed = await interaction.client.suggestions.close(number(filled.argument), guild_of(interaction), Status.DECLINED)
    if closed is None:
        await _say_closed(interaction)
        return
    outcome = missing_cards.outcome(closed, Status.DECLINED, interaction.user.id, in_list=is_alone(interaction))
    await send.replace(interaction, outcome)
    told = await send.tell(
        interaction.client, closed.user_id, missing_cards.declined_for(closed, filled.values["reason"])
    )
    await send.reply(interaction, missing_cards.declined(closed, told=told), ephemeral=True)


async def _open(interaction: "Interaction", suggestion_id: str) -> Suggestion | None:
    return await interaction.client.suggestions.get(number(suggestion_id), guild_of(interaction))


async def _say_closed(interaction: "Interaction") -> None:
    await send.reply(interaction, missing_cards.suggestion_closed(), ephemeral=True)


ACTIONS: ClickHandlers = {
    Verb.SUGGESTIONS: _list,
    Verb.SUGGESTION: _choose,
    Verb.APPROVE: _approve,
    Verb.EDIT_AND_APPROVE: _edit_and_approve,
    Verb.DECLINE: _ask_why,
}
FORMS: FormHandlers = {
    Purpose.SUGGEST: _keep,
    Purpose.DECLINE: _decline,
}
