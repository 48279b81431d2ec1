"""`/ask`, and the message command "Explain terms"."""

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.rights import is_hidden, server_id, server_of
from bot.replies import search_cards, send

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

Question = app_commands.Range[str, 1, 500]


class Ask(commands.Cog):
    """Answering questions in plain words."""

    def __init__(self) -> None:
        """Make the message command, which a cog does not make by itself."""
        self.explain = app_commands.ContextMenu(name="Explain terms", callback=self.explain_terms)

    @app_commands.command()
    @app_commands.describe(question="What you want to know, in your own words", hide="Show the answer to you alone")
    async def ask(self, interaction: "Interaction", question: Question, hide: bool | None = None) -> None:
        """Ask a question in plain words."""
        server = await server_of(interaction)
        found = server.glossary.ask(question)
        interaction.client.usage.count(found, question, server_id(interaction), interaction.user.id)
        hidden = not found.is_answer or is_hidden(interaction, server.settings, hide=hide)
        asked_by = None if hidden else interaction.user.id
        card = search_cards.answer(server.glossary, question, found, asked_by=asked_by)
        await send.reply(interaction, card, ephemeral=hidden)

    async def explain_terms(self, interaction: "Interaction", message: discord.Message) -> None:
        """Explain the glossary's terms in a message to whoever asks, alone."""
        glossary = (await server_of(interaction)).glossary
        said = "\n".join([message.content, *(embed.description or "" for embed in message.embeds)])
        # A long message takes some milliseconds, during which others would wait.
        entries = await asyncio.to_thread(glossary.terms_in, said)
        for entry in entries[: search_cards.MOST_IN_FULL]:
            interaction.client.usage.count_shown(entry.id, server_id(interaction), interaction.user.id)
        await send.reply(interaction, search_cards.explained(glossary, entries), ephemeral=True)
