"""`/glossary stats`: how the glossary is used in a server, in numbers and a picture."""

import asyncio
from typing import TYPE_CHECKING

import discord

from bot.commands.rights import moderated
from bot.replies import overview_cards, send
from bot.replies.chart import MOST_BARS, DayCounts, usage_chart
from bot.storage.counts import today

if TYPE_CHECKING:
    from bot.client import GlossaryBot

    Interaction = discord.Interaction[GlossaryBot]

# The most are whole weeks, because so many days are shown by weeks.
DAYS, MOST_DAYS = 30, 364


async def show(interaction: "Interaction", days: int) -> None:
    """Show the server's moderators how it used the glossary on the last so many days."""
    if (guild_id := await moderated(interaction)) is None:
        return
    await send.think(interaction)
    usage = interaction.client.usage
    await usage.flush()
    last = today()
    first = last - days + 1
    outcomes = await usage.answers.by_day(guild_id, first)
    glossary = (await interaction.client.servers.of(guild_id)).glossary
    top = [
        (entry.name if (entry := glossary.get(entry_id)) else entry_id, count)
        for entry_id, count in await usage.lookups.top(guild_id, first, MOST_BARS)
    ]
    counts = [DayCounts.of(day, outcomes.get(day, {})) for day in range(first, last + 1)]
    picture = await asyncio.to_thread(usage_chart, counts, top) if outcomes or top else None
    card = overview_cards.stats(days, [outcomes[day] for day in sorted(outcomes)], top, picture)
    await send.reply(interaction, card, ephemeral=True)
