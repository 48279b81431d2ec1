"""`/about`: what this is, which data it serves, and what it is not."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.rights import server_of
from bot.replies import cards, send

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


class About(commands.Cog):
    """Telling about the bot."""

    @app_commands.command()
    async def about(self, interaction: "Interaction") -> None:
        """Show what this bot is, its data and its disclaimer."""
        server = await server_of(interaction)
        await send.reply(
            interaction, cards.about(server.glossary, interaction.client.catalogue.revision), ephemeral=True
        )
