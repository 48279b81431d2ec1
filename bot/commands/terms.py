"""`/define` and `/related`: one entry, and what surrounds it."""

from typing import TYPE_CHECKING, Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.rights import is_hidden, server_id, server_of
from bot.glossary.glossary import Glossary
from bot.glossary.model import Entry
from bot.glossary.search.names import Found, Outcome
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
    async def define(self, interaction: "Interaction", term: Term, hide: bool | None = None) -> None:
        """Explain a term."""
        await self._show(interaction, term, cards.entry, hide=hide)

    @app_commands.command()
    @app_commands.describe(term="The term whose surroundings to show", hide="Show the answer to you alone")
    async def related(self, interaction: "Interaction", term: Term, hide: bool | None = None) -> None:
        """Show what is related to a term."""
        await self._show(interaction, term, cards.related, hide=hide)

    async def _show(self, interaction: "Interaction", term: str, card: EntryCard, *, hide: bool | None) -> None:
        server = await server_of(interaction)
        glossary, usage = server.glossary, interaction.client.usage
        found = glossary.find(term)
        entry = glossary.get(found.hits[0].name.entry_id) if found.is_answer else None
        if entry is None:
            closest = found.hits or glossary.ask(term).hits
            found = Found(Outcome.SUGGEST if closest else Outcome.NONE, closest)
            usage.count(found, term, server_id(interaction), interaction.user.id)
            await send.reply(interaction, search_cards.not_found(glossary, term, closest), ephemeral=True)
            return
        usage.count(found, term, server_id(interaction), interaction.user.id)
        hidden = is_hidden(interaction, server.settings, hide=hide)
        asked_by = None if hidden else interaction.user.id
        query = term if found.outcome is Outcome.SURE else None
        await send.reply(interaction, card(glossary, entry, asked_by=asked_by, query=query), ephemeral=hidden)

    @define.autocomplete("term")
    @related.autocomplete("term")
    async def complete_term(self, interaction: "Interaction", typed: str) -> list[app_commands.Choice[str]]:
        """Offer names while somebody types."""
        async with answering(interaction):
            glossary = (await server_of(interaction)).glossary
            names = glossary.complete(typed, interaction.client.usage.lookups.favourites)
            await send.choices(interaction, [(glossary.label(name), name.entry_id) for name in names])
        return []  # they are sent already, so that a failure to send them is handled like any other
