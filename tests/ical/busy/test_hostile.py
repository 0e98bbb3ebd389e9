"""Whatever a calendar file contains: reading it ends in time and says so; what can be understood counts."""

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from cadence.ical.busy import guarded
from cadence.ical.busy.guarded import read_safely
from cadence.ical.busy.read import BusyRead, read_busy, reading_of
from cadence.model.errors import BadInput
from tests.ical.busy.builders import BUSY, FIRST, LAST, MEETING, ROME, a_file, an_event, read

A_MEETING = an_event("UID:meeting", *MEETING)
OFTEN = "the entry repeats too often"
FOR_EVER = ("DTSTART:19700101T000000Z", "DURATION:PT0S")


def safely(content: bytes, deadline: float = 60.0) -> BusyRead:
    return read_safely(content, FIRST, LAST, ROME, deadline=deadline)


@pytest.mark.parametrize("frequency", ["SECONDLY", "MINUTELY"])
def test_a_rule_that_repeats_too_fast_is_left_out_at_once(frequency: str) -> None:
    content = a_file(A_MEETING, an_event(*FOR_EVER, f"RRULE:FREQ={frequency};BYMONTH=2;BYMONTHDAY=31"))
    found = read(content)
    assert found.intervals == (BUSY,)
    (left,) = found.left_out
    assert (left.line, left.why) == (11, "RRULE repeats every second or every minute")


@pytest.mark.parametrize("frequency", ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
def test_a_rule_that_never_occurs_costs_nothing(frequency: str) -> None:
    rule = f"RRULE:FREQ={frequency};BYMONTH=2;BYMONTHDAY=31"
    content = a_file(A_MEETING, *(an_event(f"UID:{number}", *FOR_EVER, rule) for number in range(20)))
    assert read(content) == BusyRead((BUSY,))


def test_a_series_that_repeats_too_often_is_left_out_alone() -> None:
    every = ",".join(map(str, range(60)))
    often = an_event(*FOR_EVER, f"RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE={every};BYSECOND={every}")
    dates = an_event(*MEETING, "RDATE:" + ",".join(["20261127T080000Z"] * 20_001))
    found = read(a_file(often, dates, A_MEETING))
    assert found.intervals == (BUSY,)
    assert [(left.line, left.why) for left in found.left_out] == [(3, OFTEN), (8, OFTEN)]


def test_all_series_together_may_not_repeat_for_ever_either() -> None:
    rule = "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10;BYMINUTE=0,15,30,45"
    series = [an_event(f"UID:{number}", *FOR_EVER, rule) for number in range(300)]
    found = read(a_file(A_MEETING, *series))
    assert found.intervals == (BUSY,)
    assert 100 < len(found.left_out) < 300
    assert {left.why for left in found.left_out} == {"the entries of the calendar repeat too often"}


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:99991231T235959Z", "DURATION:P9999W", "RRULE:FREQ=DAILY"),
        ("DTSTART;VALUE=DATE:99991231", "RRULE:FREQ=YEARLY;INTERVAL=1000000"),
        (
            "DTSTART;TZID=Pacific/Kiritimati:00010101T000000",
            "DURATION:PT1S",
            "RRULE:FREQ=YEARLY;INTERVAL=9998",
        ),
        ("DTSTART:20200101T000000", "DTEND:20200101T000000", "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"),
        (
            "DTSTART:20200101T000000Z",
            "DTEND:20200101T000000Z",
            "EXDATE;TZID=America/New_York:99991231T235959",
        ),
    ],
)
def test_the_ends_of_time_are_dates_like_others(lines: tuple[str, ...]) -> None:
    assert read(a_file(an_event(*lines), A_MEETING)) == BusyRead((BUSY,))


def test_a_length_beyond_time_is_left_out() -> None:
    content = a_file(A_MEETING, an_event("DTSTART:20261126T080000Z", f"DURATION:P{'9' * 30}D"))
    found = read(content)
    assert found.intervals == (BUSY,)
    assert [(left.line, left.why) for left in found.left_out] == [(10, "DURATION is no length of time")]


def test_deep_nesting_is_no_depth() -> None:
    nested = b"BEGIN:VEVENT\r\n" * 100_000 + A_MEETING.encode() + b"END:VEVENT\r\n" * 100_000
    found = safely(b"BEGIN:VCALENDAR\r\n" + nested + b"END:VCALENDAR\r\n")
    assert found.intervals == (BUSY,)
    assert len(found.left_out) == 100_000


@pytest.mark.long
def test_200_000_events_are_read() -> None:
    """Two weeks of quarters of an hour, each many times."""
    begins = datetime(2026, 11, 16, tzinfo=UTC)
    quarters = [begins + timedelta(minutes=15 * number) for number in range(14 * 24 * 4)]
    events = [an_event(f"DTSTART:{at:%Y%m%dT%H%M%SZ}", "DURATION:PT15M") for at in quarters]
    assert safely(a_file(*(events[number % len(events)] for number in range(200_000)))) == BusyRead(
        ((begins, begins + timedelta(days=14)),)
    )


def test_a_line_of_30_megabytes_is_a_line() -> None:
    content = a_file(an_event(*MEETING, "DESCRIPTION:" + "x" * 30_000_000))
    assert safely(content) == BusyRead((BUSY,))


def test_a_file_of_100_megabytes_is_refused_before_anything_else() -> None:
    for look in (read, safely):
        with pytest.raises(BadInput, match="has 100 MB, at most 32 are read - export a shorter time of it"):
            look(bytes(100 * 2**20))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the calendar is empty"),
        (b"\r\n \r\n", "the calendar is empty"),
        (
            b"<!DOCTYPE html>\n<html><title>Sign in</title>",
            "a web page came instead of a calendar: a login page",
        ),
        (b"\xef\xbb\xbf\n<html>", "a web page came instead of a calendar"),
        (
            b"BEGIN:VCARD\r\nFN:Secret Name\r\nEND:VCARD",
            "this is an address book \\(vCard\\), not a calendar",
        ),
        (b'{"error": "Secret"}', "this is JSON"),
        (b"PK\x03\x04" + bytes(100), "this is a compressed file"),
        (b"\x1f\x8b\x08" + bytes(100), "this is a compressed file"),
        (b"\x89PNG" + bytes(100), "this is a binary file"),
        (b"Secret minutes of a meeting", "BEGIN:VCALENDAR is missing"),
        (b"BEGIN:VEVENT\r\nDTSTART:20261126T080000Z\r\nEND:VEVENT", "BEGIN:VCALENDAR is missing"),
    ],
)
def test_what_is_no_calendar_is_refused_by_what_it_is(content: bytes, message: str) -> None:
    with pytest.raises(BadInput, match=message) as refused:
        read(content)
    assert refused.value.remedy
    assert "Secret" not in str(refused.value)


def test_the_process_reads_what_we_would_read_from_any_thread() -> None:
    content = Path(__file__).with_name("oddities").joinpath("broken-one-by-one.ics").read_bytes()
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(safely, [content] * 2))
    assert found == [read_busy(content, FIRST, LAST, ROME)] * 2
    with pytest.raises(BadInput, match="a web page came instead of a calendar"):
        safely(b"<html>")


def test_the_process_is_ended_at_its_deadline() -> None:
    changes = [
        f"RECURRENCE-ID:2026{1 + n % 12:02}{1 + n % 28:02}T{n % 24:02}{n % 60:02}{n % 59:02}Z"
        for n in range(20_000)
    ]
    events = [an_event("UID:1", *MEETING, *extra) for change in changes for extra in ((), (change,))]
    began = monotonic()
    with pytest.raises(BadInput, match=r"the calendar cannot be read within 0\.4 s - export a shorter time"):
        safely(a_file(*events), deadline=0.4)
    assert monotonic() - began < 5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
def test_the_process_has_no_more_memory_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "MEMORY", 160 * 2**20)
    with pytest.raises(BadInput, match=r"takes too much memory|took too much and was ended"):
        safely(a_file(an_event(*MEETING, "DESCRIPTION:" + "x\r\n " * 8_000_000)))


def test_a_process_that_breaks_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(BadInput, match="reading the calendar took too much and was ended"):
        safely(a_file(A_MEETING))


def test_a_reading_is_by_day_with_a_digest_and_no_more() -> None:
    content = a_file(A_MEETING, an_event("DTSTART:soon"))
    reading = reading_of(read(content), content, FIRST.date(), LAST.date())
    assert {day.isoformat(): len(spans) for day, spans in reading.busy.items()} == {"2026-11-26": 1}
    assert (len(reading.digest), reading.left_out) == (64, 1)
