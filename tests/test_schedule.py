"""An hour comes once on each local day, whatever the clocks of the zone do."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import ONE_DAY, Schedule

ZONES = sorted(available_timezones())
MINUTES = dt.timedelta(minutes=30)
zones = st.sampled_from(ZONES)
hours = st.integers(0, 23)
weekdays = st.none() | st.integers(0, 6)
# From 1990 to 2036.
moments = st.integers(631_152_000, 2_114_380_800).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))


def local_days(zone: str, start: dt.datetime, days: int) -> list[dt.date]:
    """Every date that the clocks of a zone show on some days, in order and once each."""
    moments = (start + number * MINUTES for number in range(days * 48))
    return list(dict.fromkeys(moment.astimezone(ZoneInfo(zone)).date() for moment in moments))


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        ("Europe/Berlin", dt.date(2026, 3, 28), 9, "2026-03-28 08:00"),
        ("Europe/Berlin", dt.date(2026, 3, 30), 9, "2026-03-30 07:00"),
        # Skipped: as soon as the clocks have been put forward.
        ("Europe/Berlin", dt.date(2026, 3, 29), 2, "2026-03-29 01:00"),
        ("America/New_York", dt.date(2026, 3, 8), 2, "2026-03-08 07:00"),
        ("Australia/Sydney", dt.date(2026, 10, 4), 2, "2026-10-03 16:00"),
        ("Australia/Lord_Howe", dt.date(2026, 10, 4), 2, "2026-10-03 15:30"),
        ("America/Santiago", dt.date(2026, 9, 6), 0, "2026-09-06 04:00"),
        # Twice: the first time.
        ("Europe/Berlin", dt.date(2026, 10, 25), 2, "2026-10-25 00:00"),
        ("America/New_York", dt.date(2026, 11, 1), 1, "2026-11-01 05:00"),
        ("Australia/Lord_Howe", dt.date(2026, 4, 5), 2, "2026-04-04 15:30"),
        # Skipped, and what comes after is the next day: as long before.
        ("America/Nuuk", dt.date(2026, 3, 28), 23, "2026-03-29 00:00"),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice(zone: str, day: dt.date, hour: int, moment: str) -> None:
    assert Schedule(zone, hour).moment_on(day) == dt.datetime.fromisoformat(f"{moment}+00:00")


def test_a_day_that_a_calendar_leaves_out_has_no_moment() -> None:
    samoa = Schedule("Pacific/Apia", 9)
    assert samoa.moment_on(dt.date(2011, 12, 30)) is None
    after = samoa.next_after(dt.datetime(2011, 12, 30, 9, tzinfo=dt.UTC))
    assert samoa.local_day(after) == dt.date(2011, 12, 31)


@pytest.mark.parametrize("zone", ["Moon/Crater", "America", "../UTC", "", "a" * 300])
def test_a_zone_that_this_machine_does_not_know_counts_as_utc(zone: str) -> None:
    assert Schedule(zone, 9).moment_on(dt.date(2026, 1, 1)) == dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)


@given(zones, moments, hours)
def test_each_local_day_has_one_moment_and_they_come_in_order(zone: str, start: dt.datetime, hour: int) -> None:
    schedule = Schedule(zone, hour)
    days = local_days(zone, start, 300)
    found = [schedule.moment_on(day) for day in days]
    assert [moment is None or schedule.local_day(moment) for moment in found] == days
    assert all(one < other for one, other in itertools.pairwise(filter(None, found)))


@given(zones, moments, hours, weekdays)
def test_the_next_moment_is_the_first_one_after_now(
    zone: str, now: dt.datetime, hour: int, weekday: int | None
) -> None:
    schedule = Schedule(zone, hour, weekday)
    coming = schedule.next_after(now)
    assert coming > now
    assert coming == schedule.moment_on(schedule.local_day(coming))
    between = local_days(zone, now, 9)
    missed = (schedule.moment_on(day) for day in between if day <= schedule.local_day(coming))
    assert not any(moment and now < moment < coming for moment in missed)
    assert weekday in (None, schedule.local_day(coming).weekday())


@given(zones, moments, hours)
def test_going_from_one_moment_to_the_next_leaves_out_no_day_that_exists(
    zone: str, start: dt.datetime, hour: int
) -> None:
    schedule = Schedule(zone, hour)
    moment, found = start, []
    while moment < start + 60 * ONE_DAY:
        moment = schedule.next_after(moment)
        found.append(schedule.local_day(moment))
    assert found == [day for day in local_days(zone, start, 64) if found[0] <= day <= found[-1]]
