"""`/glossary stats`, and the buttons that show another period, or the picture in another theme."""

import asyncio

from discord import app_commands

from bot.chat import send
from bot.chat.card import Card
from bot.chat.commands import slash_command
from bot.chat.components import Click, number_in
from bot.chat.interaction import Interaction
from bot.chat.rights import moderated_server_id, require_moderator
from bot.chat.router import Feature, For, Route
from bot.features import verbs
from bot.features.stats import cards
from bot.features.stats.day_counts import DayCounts, total
from bot.features.stats.period import Period, Shown
from bot.glossary.glossary import Glossary
from bot.services import Services
from bot.storage.counts import today

DEFAULT_DAYS, DEFAULT_THEME = 30, "dark"
# 52 weeks: ranges over 90 days are drawn by the week.
MAX_DAYS = 364
MAX_TOP, MAX_MISSES = 5, 10
# The fewest days that a picture shows, even if counting began later.
FEWEST_DAYS = 7
# The colour of entries that are no longer there.
_GONE = 0x8A93A3
Days = app_commands.Range[int, 1, MAX_DAYS]


@slash_command("stats")
@app_commands.describe(days="How many days back, 30 if left out")
async def show_stats(interaction: Interaction, days: Days = DEFAULT_DAYS) -> None:
    """Show how the glossary is used in this server."""
    if await require_moderator(interaction) is not None:
        await send.defer_reply(interaction)
        await send.reply(interaction, await _stats(interaction, days, DEFAULT_THEME), ephemeral=True)


async def _switch(interaction: Interaction, click: Click) -> None:
    """Show another period or theme in place."""
    await send.defer_edit(interaction)
    days, _, theme = click.argument.partition(":")
    await send.replace(interaction, await _stats(interaction, min(max(1, number_in(days)), MAX_DAYS), theme))


async def _stats(interaction: Interaction, length: int, theme: str) -> Card:
    services, guild_id = interaction.client.services, moderated_server_id(interaction)
    await services.usage.flush()  # to show what was counted a moment ago as well
    glossary = (await services.servers.of(guild_id)).glossary
    period = await _period(services, guild_id, glossary, length)
    missed = await services.usage.misses.most_frequent(guild_id, MAX_MISSES, since=today() - length + 1)
    picture = None
    if period.top or any(day.asked for day in period.days):
        picture = await asyncio.to_thread(_draw, period, theme)
    return cards.stats(period, missed, theme, picture)


async def _period(services: Services, guild_id: int, glossary: Glossary, length: int) -> Period:
    """Read what was counted in some days up to today, and before them."""
    last = today()
    first, before = last - length + 1, last - 2 * length + 1
    usage = services.usage
    outcomes = await usage.answers.by_day(guild_id, before)
    began = await usage.answers.first_day(guild_id)
    counts = {day: DayCounts.of(day, outcomes.get(day, {})) for day in range(before, last + 1)}
    drawn_from = max(first, min(last if began is None else began, last - FEWEST_DAYS + 1))
    shown = await usage.lookups.top(guild_id, first, MAX_TOP)
    return Period(
        length,
        [counts[day] for day in range(drawn_from, last + 1)],
        [_shown(glossary, entry_id, count) for entry_id, count in shown],
        total([counts[day] for day in range(before, first)]) if began is not None and began <= before else None,
    )


def _shown(glossary: Glossary, entry_id: str, count: int) -> Shown:
    entry = glossary.get(entry_id)
    if entry is None:
        return Shown(entry_id, count, "", _GONE)
    category = glossary.category_of(entry)
    return Shown(entry.name, count, category.name, category.colour)


def _draw(period: Period, theme: str) -> bytes:
    # Pillow takes memory, so it is imported only when somebody wants a picture.
    from bot.features.stats.chart import usage_chart  # noqa: PLC0415
    from bot.features.stats.theme import THEMES  # noqa: PLC0415

    return usage_chart(period, THEMES[theme])


FEATURE = Feature(glossary_commands=(show_stats,), clicks={verbs.SHOW_STATS: Route(_switch, For.MODERATORS)})
