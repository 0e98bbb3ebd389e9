"""Which RRULEs can be a promise, and that expanding one never hangs."""

from datetime import date, time

import pytest

from cadence.model.errors import BadInput
from cadence.model.rhythm import Pause, Rhythm, last_occurrence, occurrences
from tests.builders import day, local


def a_rhythm(rrule: str, start: str = "2026-01-01", at: str = "09:00") -> Rhythm:
    return Rhythm(id=1, channel=1, rrule=rrule, at=time.fromisoformat(at), start=day(start))


def test_a_rule_is_counted_from_its_start() -> None:
    """Every second Tuesday: which ones follows from the start, not from the days asked for."""
    rhythm = a_rhythm("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    found = occurrences(rhythm, day("2026-01-10"), day("2026-02-01"))
    assert found == [local("2026-01-13T09:00"), local("2026-01-27T09:00")]


def test_both_days_are_included() -> None:
    found = occurrences(a_rhythm("FREQ=DAILY"), day("2026-01-01"), day("2026-01-02"))
    assert found == [local("2026-01-01T09:00"), local("2026-01-02T09:00")]


def test_nothing_comes_before_the_start_or_after_the_end() -> None:
    rhythm = a_rhythm("FREQ=DAILY;UNTIL=20260103", start="2026-01-02")
    found = occurrences(rhythm, day("2025-01-01"), day("2027-01-01"))
    assert found == [local("2026-01-02T09:00"), local("2026-01-03T09:00")]


def test_until_with_a_time_ends_at_that_time() -> None:
    rhythm = a_rhythm("FREQ=DAILY;BYHOUR=9,18;UNTIL=20260102T120000")
    assert len(occurrences(rhythm, day("2026-01-01"), day("2026-02-01"))) == 3


def test_count_ends_a_rule() -> None:
    assert len(occurrences(a_rhythm("FREQ=DAILY;COUNT=5"), day("2026-01-01"), day("2030-01-01"))) == 5


def test_of_count_and_until_whichever_comes_first_ends_a_rule() -> None:
    whole = (day("2026-01-01"), day("2027-01-01"))
    assert len(occurrences(a_rhythm("FREQ=DAILY;COUNT=3;UNTIL=20260131"), *whole)) == 3
    assert len(occurrences(a_rhythm("FREQ=DAILY;COUNT=40;UNTIL=20260131"), *whole)) == 31


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("", None),
        (";COUNT=3", "2026-01-20T09:00"),
        (";COUNT=3;UNTIL=20260114", "2026-01-13T09:00"),
        (";UNTIL=20260114T120000", "2026-01-14T12:00"),
    ],
)
def test_a_rule_that_ends_says_when(end: str, last: str | None) -> None:
    rhythm = Rhythm(id=1, channel=1, rrule=f"FREQ=WEEKLY;BYDAY=TU{end}", at=time(9), start=day("2026-01-01"))
    assert last_occurrence(rhythm) == (local(last) if last else None)


def test_a_rhythm_lives_for_sixty_years_at_most() -> None:
    found = occurrences(a_rhythm("FREQ=YEARLY", "2020-06-01"), day("2020-01-01"), date(2199, 1, 1))
    assert found[-1].year == 2080


@pytest.mark.parametrize(
    ("rrule", "why"),
    [
        ("FREQ=SECONDLY", "FREQ must be one of"),
        ("FREQ=MINUTELY;INTERVAL=30", "FREQ must be one of"),
        ("FREQ=HOURLY", "FREQ must be one of"),
        ("BYDAY=TU", "FREQ must be one of"),
        ("FREQ=DAILY;BYSECOND=1", "BYSECOND is not supported"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER is not supported"),
        ("FREQ=DAILY;FREQ=WEEKLY", "cannot read"),
        ("FREQ", "cannot read"),
        ("every tuesday", "cannot read"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=99999999999999", "INTERVAL must be 1 to 1000"),
        ("FREQ=DAILY;COUNT=0", "COUNT must be"),
        ("FREQ=WEEKLY;BYDAY=XX", "write it as FREQ=WEEKLY;BYDAY=TU,TH"),
        ("FREQ=DAILY;BYHOUR=25", "write it as|never occurs"),
        ("FREQ=DAILY;UNTIL=20251231", "never occurs"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never occurs"),
        ("FREQ=DAILY;UNTIL=20261231T000000Z", "UNTIL is a local time"),
        ("FREQ=DAILY;UNTIL=soon", "cannot read UNTIL"),
    ],
)
def test_rules_that_are_no_promise_are_refused_with_a_remedy(rrule: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        a_rhythm(rrule)


def test_a_leap_day_is_a_promise_even_over_a_century() -> None:
    assert a_rhythm("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start="2097-01-01").start.year == 2097


def test_a_pause_includes_both_its_days() -> None:
    pause = Pause(day("2026-08-01"), day("2026-08-31"))
    covered = [pause.covers(day(text)) for text in ("2026-07-31", "2026-08-01", "2026-08-31", "2026-09-01")]
    assert covered == [False, True, True, False]


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(BadInput, match="cannot end on 2026-07-31, before it starts"):
        Pause(day("2026-08-01"), day("2026-07-31"))


@pytest.mark.parametrize("start", ["1989-12-31", "2201-01-01"])
def test_a_rhythm_starts_within_the_years_that_are_supported(start: str) -> None:
    with pytest.raises(BadInput, match="a rhythm cannot start in"):
        a_rhythm("FREQ=DAILY", start)


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,SU;BYSETPOS=2,-1",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=90",
        "FREQ=DAILY;INTERVAL=3;BYHOUR=9,17",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=20,53;BYDAY=MO",
    ],
)
def test_counting_on_from_an_occurrence_finds_what_counting_from_the_start_finds(rrule: str) -> None:
    rhythm = a_rhythm(rrule, start="2024-02-29")
    whole = occurrences(rhythm, rhythm.start, day("2029-12-31"))
    for year in range(2024, 2029):
        known = [moment for moment in whole if moment.year <= year]
        after = known[-1] if known else None
        rest = occurrences(rhythm, day(f"{year + 1}-01-01"), day("2029-12-31"), after=after)
        assert known + rest == whole
