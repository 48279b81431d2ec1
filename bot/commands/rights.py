"""Who may do what, and whose server it is."""

from typing import TYPE_CHECKING

import discord

from bot.replies import cards, send
from bot.server_view import Server
from bot.storage.server_settings import ServerSettings

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


def server_id(interaction: "Interaction") -> int | None:
    """Return the id of the server that an interaction comes from, `None` where the bot is not a part of it."""
    has_bot = interaction.is_guild_integration() or not interaction.is_user_integration()
    return interaction.guild_id if has_bot else None


async def server_of(interaction: "Interaction") -> Server:
    """Return what the server that an interaction comes from sees."""
    return await interaction.client.servers.of(server_id(interaction))


def is_hidden(interaction: "Interaction", settings: ServerSettings, *, hide: bool | None) -> bool:
    """Tell whether a reply is for the asker alone: as they chose or the server has set, and outside its channels."""
    return not is_answered_here(interaction, settings) or (settings.hide_replies if hide is None else hide)


def is_answered_here(interaction: "Interaction", settings: ServerSettings) -> bool:
    """Tell whether moderators want the bot's answers to be seen by everyone in this channel."""
    return settings.answers_in(interaction.channel_id, getattr(interaction.channel, "parent_id", None))


def guild_of(interaction: "Interaction") -> int:
    """Return the id of the server in which moderators, whose rights were checked before, do something."""
    assert interaction.guild_id is not None  # noqa: S101 - there are no moderators elsewhere
    return interaction.guild_id


def is_alone(interaction: "Interaction") -> bool:
    """Tell whether only whoever clicked sees the message that was clicked."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def moderated(interaction: "Interaction") -> int | None:
    """Return the id of the server, if whoever asks moderates it; say so and return `None` if not."""
    guild_id = server_id(interaction)
    if guild_id is not None:
        server = await interaction.client.servers.of(guild_id)
        if is_moderator(interaction, server.settings):
            return guild_id
    text = (
        "This is for the moderators of the server: those who may manage it, and those with the moderator role that "
        "`/glossary settings` names."
    )
    await send.reply(interaction, cards.refusal("Not allowed", text), ephemeral=True)
    return None


def is_moderator(interaction: "Interaction", settings: ServerSettings) -> bool:
    """Tell whether whoever asks may manage the server, or has its moderator role."""
    if interaction.guild_id is None:
        return False
    if interaction.permissions.manage_guild:
        return True
    member = interaction.user
    # discord.py resolves roles through its memory of servers, which this bot keeps none of.
    roles = member._roles if isinstance(member, discord.Member) else ()  # noqa: SLF001
    return settings.moderator_role is not None and settings.moderator_role in set(roles)


async def may_change_shared_data(interaction: "Interaction") -> bool:
    """Tell whether whoever asks may change what every server sees; say so if not.

    That is a moderator (Manage Server) of a home server, and whoever owns the application. Where no home server is
    named and the bot is in exactly one, that one is home.
    """
    client = interaction.client
    is_manager = interaction.guild_id is not None and interaction.permissions.manage_guild
    if is_manager and interaction.guild_id in client.settings.home_guild_ids:
        return True
    application = await client.application_info()
    if interaction.user.id in _owners(application):
        return True
    is_only_server = not client.settings.home_guild_ids and application.approximate_guild_count == 1
    if is_manager and is_only_server and interaction.is_guild_integration():
        return True
    await send.reply(interaction, cards.refusal("Not allowed", _WHO_MAY), ephemeral=True)
    return False


_WHO_MAY = (
    "The data files are shared by every server, so only those who may manage one of the bot's home servers may change "
    "what is shown of them. Whoever runs the bot names those servers in `HOME_GUILD_IDS`."
)


def _owners(application: discord.AppInfo) -> set[int | None]:
    if application.team is None:
        return {application.owner.id}
    roles = {discord.TeamMemberRole.admin, discord.TeamMemberRole.developer}
    accepted = discord.TeamMembershipState.accepted
    members = {
        member.id for member in application.team.members if member.membership_state is accepted and member.role in roles
    }
    return members | {application.team.owner_id}
