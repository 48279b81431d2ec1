"""`/glossary review`: the shared entries that nobody has compared with their sources for longest."""

import datetime as dt
from typing import TYPE_CHECKING

import discord

from bot.commands.handlers import ClickHandlers
from bot.commands.rights import moderated
from bot.replies import overview_cards, send
from bot.replies.actions import Action, Pick, Verb, number
from bot.replies.card import Card

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]


async def show(interaction: "Interaction") -> None:
    """Show the entries whose review is longest ago."""
    if await moderated(interaction) is not None:
        await send.reply(interaction, _page(interaction, 0), ephemeral=True)


async def _turn(interaction: "Interaction", clicked: Action | Pick) -> None:
    await send.replace(interaction, _page(interaction, number(clicked.argument)))


def _page(interaction: "Interaction", offset: int) -> Card:
    entries = interaction.client.catalogue.glossary.pack.entries
    oldest_first = sorted(entries, key=lambda entry: (entry.reviewed or dt.date.min, entry.name.casefold()))
    return overview_cards.review(oldest_first, offset, dt.datetime.now(dt.UTC).date())


ACTIONS: ClickHandlers = {Verb.REVIEW: _turn}
