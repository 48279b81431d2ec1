"""`/glossary settings`: what moderators set for their server, changed by the components under it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord

from bot.commands.handlers import ClickHandlers
from bot.commands.rights import guild_of, moderated
from bot.replies import cards, send, settings_cards
from bot.replies.actions import Action, Pick, Verb
from bot.replies.card import Card
from bot.storage.server_settings import ServerSettings

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# Which setting each button turns on or off.
_SWITCHES: Mapping[Verb, str] = {
    Verb.SET_MENTIONS: "answer_mentions",
    Verb.SET_HIDDEN: "hide_replies",
    Verb.SET_SUGGESTIONS: "take_suggestions",
}


async def show(interaction: "Interaction") -> None:
    """Show the settings of the server as they are."""
    if (guild_id := await moderated(interaction)) is not None:
        await send.think(interaction)
        server = await interaction.client.servers.of(guild_id)
        await send.reply(interaction, _card(interaction, server.settings), ephemeral=True)


def _card(interaction: "Interaction", settings: ServerSettings) -> Card:
    return settings_cards.settings(settings, bot_answers_mentions=interaction.client.settings.answer_mentions)


async def _change(interaction: "Interaction", **values: Any) -> None:
    await send.wait(interaction)
    server = await interaction.client.servers.change_settings(guild_of(interaction), **values)
    await send.replace(interaction, _card(interaction, server.settings))


async def _switch(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Set what the button said, whatever was set since it was shown."""
    await _change(interaction, **{_SWITCHES[clicked.verb]: clicked.argument == settings_cards.ON})


async def _set_channels(interaction: "Interaction", clicked: Action | Pick) -> None:
    await _change(interaction, channels=tuple(map(int, clicked.chosen)))


async def _set_suggestions_channel(interaction: "Interaction", clicked: Action | Pick) -> None:
    await _change(interaction, suggestions_channel=int(clicked.chosen[0]) if clicked.chosen else None)


async def _set_role(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Name the role of moderators; nobody gives it on by having it."""
    if not interaction.permissions.manage_guild:
        text = "Only those who may manage the server can say which role its moderators have."
        await send.reply(interaction, cards.refusal("Not allowed", text), ephemeral=True)
        return
    await _change(interaction, moderator_role=int(clicked.chosen[0]) if clicked.chosen else None)


ACTIONS: ClickHandlers = {
    **dict.fromkeys(_SWITCHES, _switch),
    Verb.SET_CHANNELS: _set_channels,
    Verb.SET_SUGGESTIONS_CHANNEL: _set_suggestions_channel,
    Verb.SET_ROLE: _set_role,
}
