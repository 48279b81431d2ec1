"""`/ask`."""

from discord import app_commands

from bot.chat import send
from bot.chat.commands import slash_command
from bot.chat.interaction import Interaction
from bot.chat.markdown import without_markup
from bot.chat.rights import is_ephemeral, server_of
from bot.chat.router import Feature
from bot.features.answers import cards

Question = app_commands.Range[str, 1, 500]


@slash_command()
@app_commands.describe(question="What you want to know, in your own words", hide="Show the answer only to you")
async def ask(interaction: Interaction, question: Question, hide: bool | None = None) -> None:
    """Ask a question in plain words."""
    server = await server_of(interaction)
    question = without_markup(question)
    found = server.glossary.ask(question)
    interaction.client.services.usage.count(found, question, interaction.server_id, interaction.user.id)
    ephemeral = not found.is_answer or is_ephemeral(interaction, server.settings, hide=hide)
    asked_by = None if ephemeral else interaction.user.id
    card = cards.answer(server.glossary, question, found, asked_by=asked_by)
    await send.reply(interaction, card, ephemeral=ephemeral)


FEATURE = Feature(commands=(ask,))
