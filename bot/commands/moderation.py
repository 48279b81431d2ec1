"""`/glossary …`: what moderators do with the data."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands import suggestions
from bot.glossary.pack import PackError
from bot.replies import cards, send

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Moderation(
    commands.GroupCog,
    group_name="glossary",
    group_description="For moderators: manage the glossary",
):
    """Managing the glossary."""

    @app_commands.command()
    async def reload(self, interaction: "Interaction") -> None:
        """Read the data files again and put them live."""
        # Who owns the application is asked of Discord, which may take longer than it waits for an answer.
        await send.think(interaction)
        if not await may_change_shared_data(interaction):
            await send.reply(interaction, cards.refusal("Not allowed", _WHO_MAY_RELOAD), ephemeral=True)
            return
        try:
            done = await interaction.client.catalogue.reload()
        except PackError as error:
            await send.reply(interaction, cards.not_reloaded(error.problems), ephemeral=True)
            return
        await send.reply(interaction, cards.reloaded(done), ephemeral=True)

    @app_commands.command(name="suggestions")
    async def list_suggestions(self, interaction: "Interaction") -> None:
        """Show which terms members of this server suggest."""
        await suggestions.show(interaction)


_WHO_MAY_RELOAD = (
    "The data files are shared by every server, so only moderators of the bot's home servers may reload them. "
    "Whoever runs the bot names those servers in `HOME_GUILD_IDS`."
)


async def may_change_shared_data(interaction: "Interaction") -> bool:
    """Tell whether whoever asks may change what every server sees.

    That is a moderator (Manage Server) of a home server, and whoever owns the application. Where no home server is
    named and the bot is in exactly one, that one is home.
    """
    client = interaction.client
    is_moderator = interaction.guild_id is not None and interaction.permissions.manage_guild
    if is_moderator and interaction.guild_id in client.settings.home_guild_ids:
        return True
    application = await client.application_info()
    if interaction.user.id in _owners(application):
        return True
    is_only_server = not client.settings.home_guild_ids and application.approximate_guild_count == 1
    return is_moderator and is_only_server and interaction.is_guild_integration()


def _owners(application: discord.AppInfo) -> set[int | None]:
    if application.team is None:
        return {application.owner.id}
    roles = {discord.TeamMemberRole.admin, discord.TeamMemberRole.developer}
    accepted = discord.TeamMembershipState.accepted
    members = {
        member.id for member in application.team.members if member.membership_state is accepted and member.role in roles
    }
    return members | {application.team.owner_id}
