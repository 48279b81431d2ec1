"""`/glossary settings`, and the components that change a setting."""

from collections.abc import Mapping
from typing import Any

from bot.chat import notices, send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator, server_of
from bot.chat.router import Feature, For, Route
from bot.chat.writable import missing_permissions
from bot.features import verbs
from bot.features.server_settings import cards, posts
from bot.storage.server_settings import ServerSettings

# Which setting each button turns on or off.
_SWITCHES: Mapping[str, str] = {
    verbs.SET_MENTIONS: "answer_mentions",
    verbs.SET_HIDDEN: "hide_replies",
    verbs.SET_SUGGESTIONS: "take_suggestions",
}


@slash_command("settings")
async def show_settings(interaction: Interaction) -> None:
    """Show and change how the bot behaves in this server."""
    guild_id = await require_moderator(interaction)
    if guild_id is not None:
        await send.defer_reply(interaction)
        server = await interaction.client.services.servers.of(guild_id)
        await send.reply(interaction, await _card(interaction, server.settings), ephemeral=True)


async def _card(interaction: Interaction, settings: ServerSettings) -> Card:
    client, guild_id = interaction.client, moderated_server_id(interaction)
    refused = client.refused_mentions.last(guild_id)
    chosen = (settings.suggestions_channel, settings.daily_channel, settings.digest_channel, settings.log_channel)
    missing = await missing_permissions(client, guild_id, {*settings.channels, *filter(None, chosen)})
    return cards.settings(settings, refused, missing, bot_answers_mentions=client.services.settings.answer_mentions)


async def _show_again(interaction: Interaction, _: Click) -> None:
    """Show all settings in place of one part of them."""
    await send.defer_edit(interaction)
    await send.replace(interaction, await _card(interaction, (await server_of(interaction)).settings))


async def _change(interaction: Interaction, **values: Any) -> None:
    """Change settings and show them."""
    await send.defer_edit(interaction)
    servers = interaction.client.services.servers
    server = await servers.change_settings(moderated_server_id(interaction), **values)
    await send.replace(interaction, await _card(interaction, server.settings))


async def _switch(interaction: Interaction, click: Click) -> None:
    """Set what the button said, even if somebody has changed the setting since it was shown."""
    await _change(interaction, **{_SWITCHES[click.verb]: click.argument == cards.ON})


async def _set_channels(interaction: Interaction, click: Click) -> None:
    await _change(interaction, channels=tuple(map(int, click.values)))


async def _set_suggestions_channel(interaction: Interaction, click: Click) -> None:
    await _change(interaction, suggestions_channel=_chosen(click))


async def _set_moderator_role(interaction: Interaction, click: Click) -> None:
    """Set the role of moderators. Members who only have that role cannot pass it on."""
    if not interaction.permissions.manage_guild:
        text = "Only members who may manage the server can say which role its moderators have."
        await send.reply(interaction, notices.refusal("Not allowed", text), ephemeral=True)
        return
    await _change(interaction, moderator_role=_chosen(click))


def _chosen(click: Click) -> int | None:
    return int(click.value) if click.value else None


FEATURE = Feature(
    glossary_commands=(show_settings,),
    clicks={
        **posts.CLICKS,
        verbs.SHOW_SETTINGS: Route(_show_again, For.MODERATORS),
        **{verb: Route(_switch, For.MODERATORS) for verb in _SWITCHES},
        verbs.SET_CHANNELS: Route(_set_channels, For.MODERATORS),
        verbs.SET_SUGGESTIONS_CHANNEL: Route(_set_suggestions_channel, For.MODERATORS),
        verbs.SET_MODERATOR_ROLE: Route(_set_moderator_role, For.MODERATORS),
    },
    forms=posts.FORMS,
)
