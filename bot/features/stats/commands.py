"""`/glossary stats`."""

import asyncio
from collections.abc import Sequence

from discord import app_commands

from bot.chat import send
from bot.chat.commands import slash_command
from bot.chat.interaction import Interaction
from bot.chat.rights import require_moderator
from bot.chat.router import Feature
from bot.features.stats import cards
from bot.features.stats.day_counts import DayCounts
from bot.storage.counts import today

DEFAULT_DAYS = 30
# 52 weeks: ranges over 90 days are drawn by the week.
MAX_DAYS = 364
MAX_TOP = 10
Days = app_commands.Range[int, 1, MAX_DAYS]


@slash_command("stats")
@app_commands.describe(days="How many days back, 30 if left out")
async def show_stats(interaction: Interaction, days: Days = DEFAULT_DAYS) -> None:
    """Show how the glossary is used in this server."""
    guild_id = await require_moderator(interaction)
    if guild_id is None:
        return
    await send.defer_reply(interaction)
    services = interaction.client.services
    await services.usage.flush()  # to show what was counted a moment ago as well
    last = today()
    first = last - days + 1
    outcomes = await services.usage.answers.by_day(guild_id, first)
    glossary = (await services.servers.of(guild_id)).glossary
    top: list[tuple[str, int]] = []
    for entry_id, count in await services.usage.lookups.top(guild_id, first, MAX_TOP):
        entry = glossary.get(entry_id)
        top.append((entry.name if entry else entry_id, count))
    picture = None
    if outcomes or top:
        counts = [DayCounts.of(day, outcomes.get(day, {})) for day in range(first, last + 1)]
        picture = await asyncio.to_thread(_draw, counts, top)
    await send.reply(interaction, cards.stats(days, outcomes.values(), top, picture), ephemeral=True)


def _draw(days: Sequence[DayCounts], top: Sequence[tuple[str, int]]) -> bytes:
    # Pillow takes memory, so it is imported only when somebody wants a picture.
    from bot.features.stats.chart import usage_chart  # noqa: PLC0415

    return usage_chart(days, top)


FEATURE = Feature(glossary_commands=(show_stats,))
