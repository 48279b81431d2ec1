"""What the bot posts by itself, and when: what each server has chosen, against the clock and what was posted before."""

import datetime as dt
from collections.abc import Iterator, Mapping

from bot.schedule import ONE_DAY, Schedule
from bot.storage.posts import DuePost, PostKind, Posts
from bot.storage.server_settings import AllServerSettings, ServerSettings


class Timetable:
    """What is due in all servers. Every process sees the same; the claim in the database decides who posts it."""

    def __init__(self, settings: AllServerSettings, posts: Posts) -> None:
        """Use the settings of all servers, and what was posted."""
        self._settings = settings
        self._posts = posts

    async def due(self, now: dt.datetime) -> tuple[DuePost, ...]:
        """Return what is due and neither claimed nor paused."""
        scheduled = await self._settings.with_schedule()
        if not scheduled:
            return ()
        paused = await self._posts.paused()
        # No local date is further back than this.
        claimed = await self._posts.claimed_since(now.date() - ONE_DAY)
        return tuple(
            post
            for guild_id, settings in scheduled.items()
            for post in _due_in(guild_id, settings, now)
            if (guild_id, post.kind) not in paused and (guild_id, post.kind, post.day) not in claimed
        )

    async def upcoming(
        self, guild_id: int, settings: ServerSettings, now: dt.datetime
    ) -> Mapping[PostKind, dt.datetime]:
        """Return when each thing is next due in a server, in UTC. A day that had its post already gets no other."""
        claimed = await self._posts.claimed_since(now.date() - ONE_DAY)
        found = {}
        for kind, (schedule, _) in scheduled_posts(settings).items():
            moment = schedule.next_after(now)
            while (guild_id, kind, schedule.local_day(moment)) in claimed:
                moment = schedule.next_after(moment)
            found[kind] = moment
        return found


def scheduled_posts(settings: ServerSettings) -> dict[PostKind, tuple[Schedule, int]]:
    """Return what a server gets at an hour: when, and in which channel."""
    found = {}
    if settings.daily_channel is not None:
        daily = Schedule(settings.time_zone, settings.post_hour)
        found[PostKind.DAILY_TERM] = daily, settings.daily_channel
    if settings.digest_channel is not None:
        weekly = Schedule(settings.time_zone, settings.post_hour, settings.digest_weekday)
        found[PostKind.DIGEST] = weekly, settings.digest_channel
    return found


def _due_in(guild_id: int, settings: ServerSettings, now: dt.datetime) -> Iterator[DuePost]:
    """Yield what is due in a server today, whether it was posted or not."""
    for kind, (schedule, channel_id) in scheduled_posts(settings).items():
        moment = schedule.moment_on(schedule.local_day(now))
        if moment is not None and settings.scheduled_at < moment.timestamp() <= now.timestamp():
            yield DuePost(guild_id, kind, schedule.local_day(now), channel_id, moment)
