"""A series is at its hour on the wall clock of its zone, across clock changes, whatever rule repeats it."""

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from cadence.ical.busy.read import read_busy
from cadence.model.busy import merged
from cadence.model.times import to_instant
from tests.ical.busy.builders import FIRST, LAST, ROME, a_file, an_event, read
from tests.ical.busy.test_rules import STARTS, rules

ZONES = [ZoneInfo(name) for name in ("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC")]


@given(rules(), STARTS, st.sampled_from(ZONES), st.integers(-200, 800), st.integers(0, 300), st.data())
@tried(max_examples=150)
def test_a_series_is_what_dateutil_finds_on_the_wall_clock(
    rule: str, first: datetime, zone: ZoneInfo, after: int, days: int, data: st.DataObject
) -> None:
    try:
        plain = rrulestr(rule, dtstart=first)
    except ValueError:
        assume(False)
        raise
    start = to_instant(first, zone) + timedelta(days=after)
    end = start + timedelta(days=days)
    until = data.draw(st.none() | st.integers(0, 900)) if "COUNT" not in rule else None
    last = datetime(9999, 12, 31)
    if until is not None:
        last = first + timedelta(days=until)
        rule += f";UNTIL={to_instant(last, zone):%Y%m%dT%H%M%SZ}"
        last = to_instant(last, zone).astimezone(zone).replace(tzinfo=None)
    beyond = end.replace(tzinfo=None) + timedelta(days=2)
    found = {first, *takewhile(lambda moment: moment <= min(beyond, last), plain)}
    instants = [to_instant(moment, zone) for moment in found]
    length = timedelta(minutes=30)
    expected = merged((max(at, start), min(at + length, end)) for at in instants)

    dtstart = f"DTSTART;TZID={zone.key}:{first:%Y%m%dT%H%M%S}"
    content = a_file(an_event(dtstart, "DURATION:PT30M", f"RRULE:{rule}"))
    assert read_busy(content, start, end, ZoneInfo("Asia/Tokyo")).intervals == tuple(expected)


@pytest.mark.parametrize("name", ["RRULE", "EXRULE"])
def test_weeks_are_whole_where_positions_are_counted(name: str) -> None:
    """The series begins on a Wednesday, the second of its week's days: the first one is before it."""
    rule = "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=2"
    lines = [f"{name}:{rule}"] if name == "RRULE" else [f"{name}:{rule}", "RRULE:FREQ=WEEKLY;COUNT=3"]
    busy = read(a_file(an_event("DTSTART:20261118T080000Z", "DURATION:PT1H", *lines))).intervals
    days = [start.day for start, _ in busy]
    assert days == ([18, 25] if name == "RRULE" else [2])


def test_a_mixture_of_plain_and_counted_weekdays_means_either() -> None:
    event = an_event("DTSTART:20261102T080000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=1MO,TH")
    busy = read(a_file(event)).intervals
    assert [start.day for start, _ in busy] == [2, 5, 12, 19, 26, 3]


def test_a_long_entry_counts_in_every_window_that_it_reaches_into() -> None:
    event = an_event("DTSTART:20200101T000000Z", "DURATION:P300D", "RRULE:FREQ=YEARLY")
    (interval,) = read(
        a_file(event), datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    ).intervals
    assert interval == (datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 28, tzinfo=UTC))


def test_a_change_to_the_end_of_time_leaves_the_rest_of_its_series() -> None:
    series = an_event("UID:1", "DTSTART:20261101T090000Z", "DURATION:PT15M", "RRULE:FREQ=DAILY")
    change = "RECURRENCE-ID;RANGE=THISANDFUTURE:20261103T090000Z"
    gone = an_event("UID:1", change, "DTSTART:99991231T090000Z", "DURATION:PT15M")
    assert [start.day for start, _ in read(a_file(series, gone)).intervals] == [1, 2]


def test_a_window_may_be_cut_anywhere() -> None:
    event = an_event("DTSTART;TZID=Europe/Rome:20261001T220000", "DURATION:PT4H", "RRULE:FREQ=DAILY")
    whole = read(a_file(event)).intervals
    middle = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    parts = [*read(a_file(event), FIRST, middle).intervals, *read(a_file(event), middle, LAST).intervals]
    assert tuple(merged(parts)) == whole
    assert ROME.utcoffset(middle.replace(tzinfo=None)) == timedelta(hours=2)
