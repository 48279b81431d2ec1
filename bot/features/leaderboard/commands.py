"""`/leaderboard`, and the buttons to join and to leave it."""

from discord import app_commands

from bot.chat import notices, send
from bot.chat.commands import slash_command
from bot.chat.components import Click
from bot.chat.interaction import Interaction
from bot.chat.rights import is_ephemeral, server_of
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.leaderboard import cards

_SERVERS_ONLY = "A leaderboard belongs to a server that the bot is a member of. `/quiz stats` shows what you know."


@slash_command()
@app_commands.describe(hide="Show the leaderboard only to you")
async def leaderboard(interaction: Interaction, hide: bool | None = None) -> None:
    """Show who in this server answers most quiz questions right; only those who join are on it."""
    guild_id = await _require_server(interaction)
    if guild_id is not None:
        ephemeral = is_ephemeral(interaction, (await server_of(interaction)).settings, hide=hide)
        await send.defer_reply(interaction, ephemeral=ephemeral)
        places = await interaction.client.services.leaderboards.top(guild_id, cards.MOST_SHOWN)
        card = cards.leaderboard(places, asked_by=None if ephemeral else interaction.user.id)
        await send.reply(interaction, card, ephemeral=ephemeral)


async def _join(interaction: Interaction, _: Click) -> None:
    guild_id = await _require_server(interaction)
    if guild_id is not None:
        await send.defer_reply(interaction)
        await interaction.client.services.leaderboards.join(guild_id, interaction.user.id)
        await send.reply(interaction, cards.joined(), ephemeral=True)


async def _leave(interaction: Interaction, _: Click) -> None:
    guild_id = await _require_server(interaction)
    if guild_id is not None:
        await send.defer_reply(interaction)
        await interaction.client.services.leaderboards.leave(guild_id, interaction.user.id)
        await send.reply(interaction, cards.left(), ephemeral=True)


async def _require_server(interaction: Interaction) -> int | None:
    """Return the id of the server; in direct messages and where the bot is not a member, refuse and return `None`."""
    if interaction.server_id is None:
        await send.reply(interaction, notices.refusal("Only in servers", _SERVERS_ONLY), ephemeral=True)
    return interaction.server_id


FEATURE = Feature(
    commands=(leaderboard,),
    clicks={
        verbs.JOIN_LEADERBOARD: Route(_join, For.EVERYONE),
        verbs.LEAVE_LEADERBOARD: Route(_leave, For.EVERYONE),
    },
)
