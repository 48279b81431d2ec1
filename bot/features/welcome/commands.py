"""`/help`."""

from bot.chat import send
from bot.chat.commands import slash_command
from bot.chat.interaction import Interaction
from bot.chat.rights import server_of
from bot.chat.router import Feature
from bot.features.welcome import cards


@slash_command("help")
async def show_help(interaction: Interaction) -> None:
    """Show five things to try."""
    await send.reply(interaction, cards.help_card((await server_of(interaction)).glossary), ephemeral=True)


FEATURE = Feature(commands=(show_help,))
