"""`/about`."""

from bot.chat import send
from bot.chat.commands import slash_command
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.chat.router import Feature
from bot.features.about import cards


@slash_command()
async def about(interaction: Interaction) -> None:
    """Show what this bot is, its data and its disclaimer."""
    server = await server_of(interaction)
    card = cards.about(server.glossary, interaction.client.services.catalogue.revision)
    await send.reply(interaction, card, ephemeral=True)


FEATURE = Feature(commands=(about,))
