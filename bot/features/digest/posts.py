"""Making the post of the week."""

import datetime as dt

from bot.features.digest import cards
from bot.features.digest.week import DAYS, due_in, week_of
from bot.features.posts.posting import Post
from bot.services import Services
from bot.storage.counts import SECONDS_A_DAY
from bot.storage.posts import DuePost


async def digest(services: Services, due: DuePost) -> Post:
    """Return the digest of the last seven whole days. A day begins at midnight UTC, as in the statistics."""
    usage, guild_id = services.usage, due.guild_id
    end = int(due.moment.timestamp()) // SECONDS_A_DAY
    start, start_before = end - DAYS, end - 2 * DAYS
    outcomes = await usage.answers.by_day(guild_id, start_before)
    new_misses = await services.missing.first_missed(guild_id, start, end)
    this, before = (
        week_of(outcomes.get(day, {}) for day in range(first, first + DAYS)) for first in (start, start_before)
    )
    server = await services.servers.of(guild_id)
    reviewed = await services.reviews.oldest_first(server, guild_id, services.place_of_checks(guild_id))
    due_for_review = due_in([one.day for one in reviewed], _date(end))
    return Post(cards.digest(_date(start), this, before, new_misses, due_for_review))


def _date(day: int) -> dt.date:
    """Return the date of a day that is counted from 1970-01-01."""
    return dt.datetime.fromtimestamp(day * SECONDS_A_DAY, dt.UTC).date()
