"""Where an interaction comes from, and what the person behind it may do there."""

from collections.abc import Sequence

import discord

from bot.chat import notices, send
from bot.chat.card import Attachment
from bot.chat.interaction import Interaction
from bot.servers.server import Server
from bot.storage.database import DatabaseUnavailable
from bot.storage.ids import HOME_SERVERS
from bot.storage.server_settings import ServerSettings

_FOR_MODERATORS = (
    "This is for the moderators of the server: members who may manage it, and members with the moderator role that "
    "`/glossary settings` names."
)
_FOR_HOME_SERVERS = (
    "The data files are shared by every server, so only members who may manage one of the bot's home servers can "
    "change what is shown of them. The operator of the bot names those servers in `HOME_GUILD_IDS`."
)

OPERATOR = "the operator of this bot"


async def server_of(interaction: Interaction) -> Server:
    """Return what people see in the server that an interaction comes from."""
    return await interaction.client.services.servers.of(interaction.server_id)


def is_ephemeral(interaction: Interaction, settings: ServerSettings, *, hide: bool | None) -> bool:
    """Tell whether only the asker sees the reply: they chose so, the server has set it, or the channel is not open."""
    if not is_open_here(interaction, settings):
        return True
    return settings.hide_replies if hide is None else hide


def is_open_here(interaction: Interaction, settings: ServerSettings) -> bool:
    """Tell whether moderators let the bot answer for everyone in this channel."""
    return settings.answers_in(interaction.channel_id, interaction.parent_channel_id)


def moderated_server_id(interaction: Interaction) -> int:
    """Return the id of the server in which a moderator acts, after `require_moderator`."""
    assert interaction.guild_id is not None  # noqa: S101 - moderators exist in servers only
    return interaction.guild_id


def queues_of(interaction: Interaction) -> tuple[int, ...]:
    """Return whose suggestions a moderator decides on: the server's, and in a home server the reports of all."""
    guild_id = moderated_server_id(interaction)
    return (guild_id, HOME_SERVERS) if _is_home(interaction) else (guild_id,)


def place_of_checks(interaction: Interaction) -> int:
    """Return where the checks that a moderator makes of shared entries are kept."""
    return interaction.client.services.place_of_checks(moderated_server_id(interaction))


def _is_home(interaction: Interaction) -> bool:
    return moderated_server_id(interaction) in interaction.client.services.settings.home_guild_ids


async def require_moderator(interaction: Interaction, typed: Sequence[Attachment] = ()) -> int | None:
    """Return the id of the server if the person moderates it.

    Otherwise refuse, give back what the person typed into a form, and return `None`.
    """
    guild_id = interaction.server_id
    if guild_id is not None:
        server = await interaction.client.services.servers.of(guild_id)
        if is_moderator(interaction, server.settings):
            return guild_id
    card = notices.with_typed(notices.refusal("Not allowed", _FOR_MODERATORS), typed)
    await send.reply(interaction, card, ephemeral=True)
    return None


async def require_suggestions_accepted(interaction: Interaction, typed: Sequence[Attachment] = ()) -> bool:
    """Tell whether the server accepts suggestions; otherwise refuse and give back what was typed."""
    if (await server_of(interaction)).settings.take_suggestions:
        return True
    text = "The moderators of this server have turned suggestions off."
    card = notices.with_typed(notices.refusal("No suggestions here", text), typed)
    await send.reply(interaction, card, ephemeral=True)
    return False


def is_moderator(interaction: Interaction, settings: ServerSettings) -> bool:
    """Tell whether the person may manage the server or has its moderator role."""
    if interaction.guild_id is None:
        return False
    if interaction.permissions.manage_guild:
        return True
    return settings.moderator_role in interaction.role_ids


async def contact_of(interaction: Interaction) -> str:
    """Return whom somebody can tell an error id: a moderator, or the operator if there is no moderator to tell."""
    if interaction.server_id is None or interaction.permissions.manage_guild:
        return OPERATOR
    try:
        settings = (await server_of(interaction)).settings
    except DatabaseUnavailable:
        return "a moderator"
    return OPERATOR if is_moderator(interaction, settings) else "a moderator"


async def require_shared_data_rights(interaction: Interaction) -> bool:
    """Tell whether the person may change what every server sees; refuse if not.

    Moderators (Manage Server) of a home server may, and the owners of the application. If no home server is set and
    the bot is in exactly one server, that one is its home. Call it after deferring: Discord is asked who the owner is.
    """
    home_ids = interaction.client.services.settings.home_guild_ids
    is_manager = interaction.guild_id is not None and interaction.permissions.manage_guild
    if is_manager and interaction.guild_id in home_ids:
        return True
    application = await interaction.client.application_info()
    if interaction.user.id in _owners(application):
        return True
    is_only_server = not home_ids and application.approximate_guild_count == 1
    if is_manager and is_only_server and interaction.server_id is not None:
        return True
    await send.reply(interaction, notices.refusal("Not allowed", _FOR_HOME_SERVERS), ephemeral=True)
    return False


def _owners(application: discord.AppInfo) -> set[int | None]:
    """Return the ids of the application's owner, or of its team's owner, admins and developers."""
    team = application.team
    if team is None:
        return {application.owner.id}
    roles = {discord.TeamMemberRole.admin, discord.TeamMemberRole.developer}
    accepted = discord.TeamMembershipState.accepted
    members = {one.id for one in team.members if one.membership_state is accepted and one.role in roles}
    return members | {team.owner_id}
