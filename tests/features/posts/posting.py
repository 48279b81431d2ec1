"""What happens in tests when the clock reaches the hour of a post."""

import datetime as dt

import discord

from bot.upkeep import post_due
from tests.world import World

NINE = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)


async def posted_at(world: World, moment: dt.datetime) -> list[discord.Message]:
    """Let a process look what is due at a moment; the new messages in the channel."""
    before = len(world.channel.history())
    await post_due(world.bot, moment)
    return world.channel.history()[before:]


def zone_at_noon() -> str:
    """A time zone in which it is about noon now, so that no day ends while a test runs."""
    # In these names, the sign is turned round.
    return f"Etc/GMT{dt.datetime.now(dt.UTC).hour - 12:+d}"
