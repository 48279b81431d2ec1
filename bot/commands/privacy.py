"""`/privacy`: what is stored, for how long, and deleting what is stored about the person who asks."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.handlers import ClickHandlers
from bot.replies import privacy_cards, send
from bot.replies.actions import Action, Pick, Verb

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


class Privacy(commands.Cog):
    """Telling what is stored, and forgetting it."""

    @app_commands.command()
    async def privacy(self, interaction: "Interaction") -> None:
        """Show what this bot stores, and delete what it stores about you."""
        await send.think(interaction)
        client = interaction.client
        stored = await client.retention.stored_about(interaction.user.id)
        await send.reply(interaction, privacy_cards.privacy(stored, client.settings), ephemeral=True)


async def _forget(interaction: "Interaction", clicked: Action | Pick) -> None:
    """Ask whether it is meant, then delete what is stored about whoever clicked."""
    await send.wait(interaction)
    client, user_id = interaction.client, interaction.user.id
    if clicked.argument != privacy_cards.YES:
        card = privacy_cards.confirm(await client.retention.stored_about(user_id))
    else:
        client.usage.misses.forget_person(user_id)
        card = privacy_cards.forgotten(await client.retention.forget_person(user_id))
    await send.replace(interaction, card)


ACTIONS: ClickHandlers = {Verb.FORGET_ME: _forget}
