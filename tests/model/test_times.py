"""Wall clocks, instants, weeks and durations."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.model.errors import BadInput
from cadence.model.times import (
    day_bounds,
    parse_minutes,
    say_minutes,
    to_instant,
    to_local,
    week_start,
    zone_of,
)
from tests.builders import day, local, utc

ROME, NEW_YORK = zone_of("Europe/Rome"), zone_of("America/New_York")


@pytest.mark.parametrize(
    ("wall_clock", "instant"),
    [
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T02:30", "2026-03-29T01:30"),  # does not exist: 03:30 on the clock
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2026-10-25T01:30", "2026-10-24T23:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),  # exists twice: the first
        ("2026-10-25T03:00", "2026-10-25T02:00"),
    ],
)
def test_a_wall_clock_time_in_rome_when_the_clocks_change(wall_clock: str, instant: str) -> None:
    assert to_instant(local(wall_clock), ROME) == utc(instant)


@pytest.mark.parametrize(
    ("wall_clock", "instant"),
    [("2026-03-08T02:30", "2026-03-08T07:30"), ("2026-11-01T01:30", "2026-11-01T05:30")],
)
def test_a_wall_clock_time_in_new_york_when_the_clocks_change(wall_clock: str, instant: str) -> None:
    assert to_instant(local(wall_clock), NEW_YORK) == utc(instant)


@pytest.mark.parametrize(("text", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-23", 24)])
def test_a_day_has_the_hours_that_the_clock_shows(text: str, hours: int) -> None:
    begin, end = day_bounds(day(text), ROME)
    assert end - begin == timedelta(hours=hours)


def test_a_week_begins_on_monday_or_sunday() -> None:
    assert week_start(day("2026-11-29"), 0) == day("2026-11-23")
    assert week_start(day("2026-11-29"), 6) == day("2026-11-29")
    assert week_start(day("2027-01-01"), 0) == day("2026-12-28")


@given(st.dates(date(1990, 1, 1), date(2199, 1, 1)), st.sampled_from([0, 6]))
def test_every_day_lies_in_the_week_that_begins_before_it(any_day: date, begins: int) -> None:
    start = week_start(any_day, begins)
    assert start.weekday() == begins
    assert timedelta(0) <= any_day - start < timedelta(7)


@given(st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1)), st.sampled_from([ROME, NEW_YORK]))
def test_what_the_clock_shows_at_an_instant_leads_back_to_it(moment: datetime, zone: ZoneInfo) -> None:
    there = to_instant(moment, zone)
    assert to_instant(to_local(there, zone), zone) == there


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("45m", 45),
        ("12h", 720),
        ("7d", 10080),
        ("2w", 20160),
        ("1h30m", 90),
        (" 1 H 30 min ", 90),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "soon", "-5m", "5x", "1.5h", "h", "99999999999"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a duration"):
        parse_minutes(text)


@given(st.integers(0, 100_000))
def test_durations_are_written_as_they_are_read(minutes: int) -> None:
    assert parse_minutes(say_minutes(minutes)) == minutes


@pytest.mark.parametrize("name", ["Mars/Olympus", "Rome", "", "../etc/passwd", "Europe/Rome/x", "x" * 200])
def test_unknown_time_zones_are_refused(name: str) -> None:
    with pytest.raises(BadInput, match="unknown time zone"):
        zone_of(name)
