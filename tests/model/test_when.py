"""Dates as people say them. Today is Monday 23 November 2026, ten in the morning in Rome."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.model.errors import BadInput
from cadence.model.limits import FIRST_YEAR
from cadence.model.times import WEEKDAYS
from cadence.model.when import read_day, read_instant, read_local, read_move, read_when
from tests.builders import utc

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 23, 10, 0)
FRIDAY = datetime(2026, 11, 27, 10, 0)
NINE = time(9)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-23"),
        ("Tomorrow", "2026-11-24"),
        ("yesterday", "2026-11-22"),
        ("fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("mon", "2026-11-23"),
        ("next mon", "2026-11-30"),
        ("next fri", "2026-12-04"),
        ("last fri", "2026-11-20"),
        ("last mon", "2026-11-16"),
        ("next week", "2026-11-30"),
        ("+3d", "2026-11-26"),
        ("-2w", "2026-11-09"),
        ("\N{MINUS SIGN}2w", "2026-11-09"),
        ("+1mo", "2026-12-23"),
        ("+1y", "2027-11-23"),
        ("1 dec", "2026-12-01"),
        ("dec 1", "2026-12-01"),
        ("1st December", "2026-12-01"),
        ("1 jan", "2027-01-01"),
        ("23 nov", "2026-11-23"),
        ("22 nov", "2027-11-22"),
        ("29 feb", "2028-02-29"),
        ("1 mar 2020", "2020-03-01"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_a_day_can_be_said_as(said: str, day: str) -> None:
    assert read_day(said, MONDAY, ROME) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ("tomorrow 9:00", "2026-11-24T09:00"),
        ("tomorrow at 9:30", "2026-11-24T09:30"),
        ("fri 18:05", "2026-11-27T18:05"),
        ("next fri 9am", "2026-12-04T09:00"),
        ("12am", "2026-11-23T00:00"),
        ("12:30 pm", "2026-11-23T12:30"),
        ("1 dec 8:00", "2026-12-01T08:00"),
        ("1 dec 2027 8:00", "2027-12-01T08:00"),
        ("+1d 7:15", "2026-11-24T07:15"),
        ("9:00", "2026-11-23T09:00"),
        ("fri 0:00", "2026-11-27T00:00"),
        ("2026-12-01T09:45", "2026-12-01T09:45"),
        ("2026-12-01 09:45:30", "2026-12-01T09:45:30"),
        ("2026-12-01T09:45+01:00", "2026-12-01T09:45"),
        ("2026-12-01T09:45Z", "2026-12-01T10:45"),
        ("now", "2026-11-23T10:00"),
        ("+90m", "2026-11-23T11:30"),
        ("-2h", "2026-11-23T08:00"),
        ("fri", "2026-11-27T09:00"),
    ],
)
def test_a_time_can_be_said_as(said: str, local: str) -> None:
    assert read_local(said, MONDAY, ROME, NINE) == datetime.fromisoformat(local)


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "frog", "fr", "31 feb", "30 feb 2027", "2026-13-01", "2026-02-30", "25:00", "9:60", "13pm",
        "0am", "9", "3d", "+3", "+999999w", "next", "next frog", "tomorrow tomorrow", "+2h 9:00",
        "01/12/2026", "1 dec 99999", "0001-01-01", "2026-12-01T9", "today 9:00 9:00", "1e3", "١ dec",
        "x" * 5000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_the_forms_that_work(said: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_when(said, MONDAY, ROME)
    assert len(str(caught.value)) < 250
    assert "say today" in str(caught.value) or "years go from" in str(caught.value)


def test_on_a_friday_fri_is_today_and_next_fri_is_next_week() -> None:
    assert read_day("fri", FRIDAY, ROME) == FRIDAY.date()
    assert read_day("next fri", FRIDAY, ROME) == date(2026, 12, 4)
    assert read_day("last fri", FRIDAY, ROME) == date(2026, 11, 20)


def test_next_week_begins_on_the_teams_first_weekday() -> None:
    sunday = datetime(2026, 11, 22, 10, 0)
    assert read_day("next mon", sunday, ROME, week_begins=0) == date(2026, 11, 23)
    assert read_day("next mon", sunday, ROME, week_begins=6) == date(2026, 11, 30)


def test_a_day_with_an_hour_is_refused_where_only_a_day_goes() -> None:
    with pytest.raises(BadInput, match="only a day"):
        read_day("fri 9:00", MONDAY, ROME)


def test_hours_are_counted_on_the_real_clock_over_the_clock_change() -> None:
    before = utc("2026-03-29T00:30")  # 01:30 in Rome, half an hour before the clocks go forward
    assert read_instant("+1h", before, ROME, NINE) == utc("2026-03-29T01:30")
    assert read_instant("2:30", before, ROME, NINE) == utc("2026-03-29T01:30")  # does not exist: 03:30


def test_a_move_by_days_keeps_the_hour_and_counts_from_the_post() -> None:
    planned = datetime(2026, 12, 1, 18, 30)
    assert read_move("+1d", planned, MONDAY, ROME) == datetime(2026, 12, 2, 18, 30)
    assert read_move("-1w", planned, MONDAY, ROME) == datetime(2026, 11, 24, 18, 30)
    assert read_move("-2h", planned, MONDAY, ROME) == datetime(2026, 12, 1, 16, 30)
    assert read_move("8:00", planned, MONDAY, ROME) == datetime(2026, 12, 1, 8, 0)
    assert read_move("fri", planned, MONDAY, ROME) == datetime(2026, 11, 27, 18, 30)
    assert read_move("fri 7:00", planned, MONDAY, ROME) == datetime(2026, 11, 27, 7, 0)


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
    lambda m: m.replace(second=0, microsecond=0)
)


@given(moments, st.integers(-3000, 3000))
def test_steps_in_days_add_up(today: datetime, days: int) -> None:
    assert read_day(f"{days:+}d", today, ROME) == today.date() + timedelta(days=days)


@given(moments, st.integers(0, 6))
def test_a_weekday_lies_within_the_coming_seven_days(today: datetime, number: int) -> None:
    found = read_day(WEEKDAYS[number], today, ROME)
    assert found.weekday() == number
    assert 0 <= (found - today.date()).days <= 6


@given(moments, moments)
def test_an_iso_date_time_means_itself(today: datetime, moment: datetime) -> None:
    assert read_local(moment.isoformat(), today, ROME, NINE) == moment
    assert read_day(moment.date().isoformat(), today, ROME) == moment.date()


@given(st.one_of(st.text(max_size=40), st.from_regex(r"[+-]?[0-9a-z: -]{1,20}", fullmatch=True)))
def test_any_text_is_a_date_or_bad_input(said: str) -> None:
    with suppress(BadInput):
        assert read_when(said, MONDAY, ROME).day.year >= FIRST_YEAR
