"""`/define` and `/related`: one entry, and what surrounds it."""

from typing import TYPE_CHECKING, Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.names import Outcome
from bot.replies import cards, search_cards, send
from bot.replies.card import Card
from bot.replies.errors import answering

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# Long enough for a pasted line of a log; Discord allows 6000.
Term = app_commands.Range[str, 1, 300]


class EntryCard(Protocol):
    """A function that shows an entry one way or another."""

    def __call__(self, glossary: Glossary, shown: Entry, *, asked_by: int | None, query: str | None) -> Card:
        """Make the card."""


class Terms(commands.Cog):
    """Looking up terms."""

    @app_commands.command()
    @app_commands.describe(term="What to explain; typos are forgiven", hide="Show the answer to you alone")
    async def define(self, interaction: "Interaction", term: Term, hide: bool = False) -> None:
        """Explain a term."""
        await self._show(interaction, term, cards.entry, hide=hide)

    @app_commands.command()
    @app_commands.describe(term="The term whose surroundings to show", hide="Show the answer to you alone")
    async def related(self, interaction: "Interaction", term: Term, hide: bool = False) -> None:
        """Show what is related to a term."""
        await self._show(interaction, term, cards.related, hide=hide)

    async def _show(self, interaction: "Interaction", term: str, card: EntryCard, *, hide: bool) -> None:
        glossary = interaction.client.catalogue.glossary
        found = glossary.find(term)
        entry = glossary.get(found.hits[0].name.entry_id) if found.hits else None
        if entry is None or not found.is_answer:
            closest = found.hits or glossary.ask(term).hits
            await send.reply(interaction, search_cards.not_found(glossary, term, closest), ephemeral=True)
            return
        interaction.client.lookups.count(entry.id, interaction.guild_id)
        asked_by = None if hide else interaction.user.id
        query = term if found.outcome is Outcome.SURE else None
        await send.reply(interaction, card(glossary, entry, asked_by=asked_by, query=query), ephemeral=hide)

    @define.autocomplete("term")
    @related.autocomplete("term")
    async def complete_term(self, interaction: "Interaction", typed: str) -> list[app_commands.Choice[str]]:
        """Offer names while somebody types."""
        async with answering(interaction):
            glossary = interaction.client.catalogue.glossary
            names = glossary.complete(typed, interaction.client.lookups.favourites)
            await send.choices(interaction, [(glossary.label(name), name.entry_id) for name in names])
        return []  # they are sent already, so that a failure to send them is handled like any other
