"""When something is due that happens once on each local day, or once a week: an hour, a weekday, a time zone.

Clocks are put forward and back, so an hour may not exist on a day, or come twice, and some days exist in no calendar.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ONE_DAY = dt.timedelta(days=1)


class Schedule(NamedTuple):
    """An hour of every local day, or of one weekday alone (0 is Monday), in a time zone by its IANA name."""

    zone: str
    hour: int
    weekday: int | None = None

    def moment_on(self, day: dt.date) -> dt.datetime | None:
        """Return when it is due on a local day, in UTC, or `None` if it is not due on that day.

        An hour that comes twice counts when it comes first. One that the clocks skip counts as soon as they have been
        put forward; if that is the next day already, it counts as long before.
        """
        if self.weekday not in (None, day.weekday()):
            return None
        zone = zone_called(self.zone)
        for fold in (0, 1):
            local = dt.datetime.combine(day, dt.time(self.hour), zone).replace(fold=fold)
            moment = local.astimezone(dt.UTC)
            if self.local_day(moment) == day:
                return moment
        return None  # the calendar of the zone leaves this day out

    def local_day(self, moment: dt.datetime) -> dt.date:
        """Return the date that a moment has in the time zone."""
        return moment.astimezone(zone_called(self.zone)).date()

    def next_after(self, now: dt.datetime) -> dt.datetime:
        """Return the first moment after another one, in UTC."""
        return next(moment for moment in self._moments_from(now) if moment > now)

    def _moments_from(self, now: dt.datetime) -> Iterator[dt.datetime]:
        day = self.local_day(now)
        while True:
            moment = self.moment_on(day)
            if moment is not None:
                yield moment
            day += ONE_DAY


def utc_now() -> dt.datetime:
    """Return the time of this machine, in UTC."""
    return dt.datetime.now(dt.UTC)


def zone_called(name: str) -> ZoneInfo:
    """Return a time zone by its name. One that this machine does not know must not stop the posts of all servers."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # such as "America", which is a folder
        return ZoneInfo("UTC")
