"""When a digest is due: once each, on working days, never in quiet hours, never from before it was wanted."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadence.insight.digest_times import Due, has_to_wait, last_due, next_due
from cadence.model.calendar import Calendar
from cadence.model.digest import NO_QUIET, Digest
from cadence.model.team import WorkingHours
from tests.builders import CalendarBuilder, a_calendar, day, utc

LONG_AGO = utc("2026-01-01")
DAILY = Digest(every="daily", since=LONG_AGO)
WEEKLY = Digest(every="weekly", since=LONG_AGO)


def an_office(digest: Digest = DAILY, **member: object) -> CalendarBuilder:
    return a_calendar().with_member("Anna", digest=digest, **member)


def due(builder: CalendarBuilder | Calendar, now: str) -> Due | None:
    calendar = builder if isinstance(builder, Calendar) else builder.build()
    return last_due(calendar, calendar.members[1], utc(now))


def waits(builder: CalendarBuilder, now: str) -> bool:
    calendar = builder.build()
    return has_to_wait(calendar, calendar.members[1], utc(now))


def test_a_daily_one_is_due_every_working_day_at_its_time() -> None:
    monday = Due(day("2026-11-23"), utc("2026-11-23T07:00"))  # eight in Rome
    assert due(an_office(), "2026-11-23T07:00") == monday
    assert due(an_office(), "2026-11-24T06:59") == monday
    assert due(an_office(), "2026-11-29T12:00") == Due(day("2026-11-27"), utc("2026-11-27T07:00"))


def test_its_time_is_that_of_the_members_zone() -> None:
    assert due(an_office(zone="America/New_York"), "2026-11-23T13:00") == Due(
        day("2026-11-23"), utc("2026-11-23T13:00")
    )


def test_it_keeps_its_hour_when_the_clocks_change() -> None:
    found = due(an_office(), "2026-03-30T12:00")
    assert found is not None
    assert found.at == utc("2026-03-30T06:00")


def test_a_weekly_one_is_due_on_its_day_of_the_week() -> None:
    monday = Due(day("2026-11-23"), utc("2026-11-23T07:00"))
    assert due(an_office(WEEKLY), "2026-11-27T12:00") == monday
    assert due(an_office(WEEKLY), "2026-11-30T06:59") == monday


def test_a_weekly_one_comes_on_the_next_day_that_is_worked() -> None:
    office = an_office(WEEKLY).with_absence("Anna", "2026-11-23", "2026-11-24")
    assert due(office, "2026-11-24T12:00") == Due(day("2026-11-16"), utc("2026-11-16T07:00"))
    assert due(office, "2026-11-25T12:00") == Due(day("2026-11-23"), utc("2026-11-25T07:00"))


def test_whoever_is_away_is_told_nothing() -> None:
    office = an_office().with_absence("Anna", "2026-11-23", "2026-11-25")
    assert due(office, "2026-11-25T12:00") == Due(day("2026-11-20"), utc("2026-11-20T07:00"))
    assert waits(office, "2026-11-25T12:00")
    assert not waits(office, "2026-11-26T12:00")


def test_what_was_due_before_it_was_wanted_is_not_due() -> None:
    at_noon = Digest(every="daily", since=utc("2026-11-23T11:00"))
    assert due(an_office(at_noon), "2026-11-23T12:00") is None
    assert due(an_office(at_noon), "2026-11-24T07:00") is not None
    assert due(an_office(Digest(every="off", since=LONG_AGO)), "2026-11-23T12:00") is None


def test_after_a_long_absence_nothing_old_is_due() -> None:
    office = an_office().with_absence("Anna", "2026-10-01", "2026-11-23")
    assert due(office, "2026-11-23T12:00") is None


def test_nothing_is_sent_in_quiet_hours_or_on_days_off() -> None:
    assert not waits(an_office(), "2026-11-23T18:59")
    assert waits(an_office(), "2026-11-23T19:00")  # eight in the evening in Rome
    assert waits(an_office(), "2026-11-24T05:59")
    assert not waits(an_office(), "2026-11-24T06:00")
    assert waits(an_office(), "2026-11-28T10:00"), "a Saturday"
    assert not waits(an_office(Digest(every="daily", quiet=NO_QUIET)), "2026-11-23T22:00")


def test_who_has_no_working_hours_is_told_all_the_same() -> None:
    nobody = WorkingHours(mon=(), tue=(), wed=(), thu=(), fri=())
    assert due(an_office(hours=nobody), "2026-11-28T12:00") == Due(day("2026-11-28"), utc("2026-11-28T07:00"))


def test_the_next_one_is_known() -> None:
    calendar = an_office(WEEKLY).with_absence("Anna", "2026-11-30", "2026-11-30").build()
    anna = calendar.members[1]
    assert next_due(calendar, anna, utc("2026-11-23T07:00")) == utc("2026-12-01T07:00")
    assert next_due(calendar, anna, utc("2026-11-23T06:59")) == utc("2026-11-23T07:00")


@settings(max_examples=20)
@given(
    every=st.sampled_from(["daily", "weekly"]),
    weekday=st.sampled_from(["mon", "wed", "sun"]),
    hour=st.integers(7, 19),
    starts=st.integers(0, 20),
    days=st.integers(0, 6),
)
def test_looking_again_and_again_finds_each_once_and_in_order(
    every: str, weekday: str, hour: int, starts: int, days: int
) -> None:
    """Over six weeks: a period never comes back, and none is due on a day off."""
    digest = Digest(every=every, weekday=weekday, at=time(hour), since=LONG_AGO)  # type: ignore[arg-type]
    away = day("2026-11-23") + timedelta(days=starts)
    office = an_office(digest).with_absence("Anna", str(away), str(away + timedelta(days=days)))
    calendar, now = office.build(), utc("2026-11-20T00:30")
    seen: list[Due] = []
    while now < utc("2026-12-31T00:00"):
        found = last_due(calendar, calendar.members[1], now)
        if found and found not in seen:
            seen.append(found)
        now += timedelta(hours=12)
    assert seen == sorted(seen)
    assert len({found.period for found in seen}) == len(seen)
    for found in seen:
        assert not has_to_wait(calendar, calendar.members[1], found.at)


@pytest.mark.parametrize("at", ["2026-11-23T07:00", "2026-11-29T23:00"])
def test_what_is_due_was_the_next_one_before(at: str) -> None:
    calendar = an_office().build()
    anna, now = calendar.members[1], utc(at)
    found = last_due(calendar, anna, now)
    assert found is not None
    assert next_due(calendar, anna, found.at - timedelta(seconds=1)) == found.at
    assert isinstance(found.at, datetime)
