"""The time zones that moderators choose from or type: https://www.iana.org/time-zones."""

import functools
import zoneinfo

from rapidfuzz import process

# As many as a menu holds, from west to east.
COMMON = (
    "UTC",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Zurich",
    "Europe/Warsaw",
    "Europe/Athens",
    "Europe/Istanbul",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Auckland",
)
MOST_CLOSE = 5


def zone_named(typed: str) -> str | None:
    """Return the time zone that somebody typed, in full or by its city alone; `None` if that names no or several.

    It reads a folder of files the first time, so call it in a thread.
    """
    wanted = _plain(typed)
    names = _names()
    if wanted in names:
        return names[wanted]
    of_city = [name for plain, name in names.items() if plain.rpartition("/")[2] == wanted]
    return of_city[0] if len(of_city) == 1 else None


def closest_zones(typed: str) -> list[str]:
    """Return a few time zones whose names are most like what somebody typed."""
    names = _names()
    return [names[plain] for plain, *_ in process.extract(_plain(typed), list(names), limit=MOST_CLOSE)]


@functools.cache
def _names() -> dict[str, str]:
    return {_plain(name): name for name in sorted(zoneinfo.available_timezones())}


def _plain(name: str) -> str:
    return "_".join(name.casefold().split())
