"""What working hours go to, counted by hand: 8 hours a day from Monday to Friday, at nine, with a break from
one to two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cadence.insight.capacity import diary
from cadence.insight.free import FreeTime, busy_doubts, free_text, free_time
from cadence.model.busy import BusyCalendar, by_day
from cadence.model.calendar import Calendar
from tests.builders import NOW, a_calendar, day

MONDAY, SUNDAY = day("2026-11-23"), day("2026-11-29")


def a_week() -> Calendar:
    """Anna (in Rome) is away on Tuesday, Thursday is a holiday; on Monday a meeting from 12 to 15 takes two
    of her hours, on Saturday one takes none."""
    meetings = [
        (datetime(2026, 11, 23, 11, tzinfo=UTC), datetime(2026, 11, 23, 14, tzinfo=UTC)),
        (datetime(2026, 11, 28, 9, tzinfo=UTC), datetime(2026, 11, 28, 11, tzinfo=UTC)),
    ]
    busy = BusyCalendar(
        id=1,
        member=1,
        label="calendar.example.com",
        busy=by_day(meetings, MONDAY, SUNDAY),
        first=MONDAY,
        last=day("2026-12-31"),
        read_at=NOW,
    )
    return (
        a_calendar(holidays={day("2026-11-26"): "Thanksgiving"})
        .with_member("Anna")
        .with_absence("Anna", "2026-11-24", "2026-11-24")
        .build()
        .put(busy)
    )


def test_a_weeks_hours_go_to_the_day_job_absences_and_holidays() -> None:
    time = free_time(a_week(), 1, MONDAY, SUNDAY)
    assert time == FreeTime(working=40 * 60, busy=2 * 60, away=8 * 60, holiday=8 * 60)
    assert free_text(time) == "22 h of 40 h · busy 2 h · away 8 h · holiday 8 h"


def test_the_days_add_up_to_what_is_planned_with() -> None:
    calendar = a_week()
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    assert [free_time(calendar, 1, one, one).free for one in days] == [360, 0, 480, 0, 480, 0, 0]
    assert all(free_time(calendar, 1, one, one).free == diary(calendar, 1).free(one) for one in days)


def test_who_is_not_there_yet_has_no_hours_that_anything_could_take() -> None:
    calendar = a_calendar().with_member("Anna", active_from=date(2026, 11, 25)).build()
    assert free_time(calendar, 1, MONDAY, SUNDAY) == FreeTime(working=24 * 60)


def test_time_that_nothing_takes_is_said_shortly() -> None:
    assert free_text(FreeTime(working=2400)) == "40 h"
    assert free_text(FreeTime(working=480, busy=455)) == "25′ of 8 h · busy 7 h 35"


def doubts(now: datetime, last: date = SUNDAY, **fields: object) -> list[str]:
    from msgspec.structs import replace

    calendar = a_week()
    return busy_doubts(calendar.put(replace(calendar.busy[1], **fields)), 1, last, now)


def test_busy_time_that_was_read_lately_is_trusted() -> None:
    assert doubts(NOW + timedelta(days=2)) == []


def test_busy_time_that_cannot_be_read_any_more_says_how_old_it_is_and_why() -> None:
    trouble = {"failed_at": NOW, "trouble": "calendar.example.com cannot be reached"}
    assert doubts(NOW + timedelta(hours=5), **trouble) == [
        "busy time of Anna is 5 h old: calendar.example.com cannot be reached"
    ]
    assert doubts(NOW + timedelta(days=3), **{**trouble, "trouble": "no answer"}) == [
        "busy time of Anna (calendar.example.com) is 3 days old: no answer"
    ]


def test_busy_time_that_nobody_reads_again_gets_old() -> None:
    assert doubts(NOW + timedelta(days=12)) == [
        "busy time of Anna (calendar.example.com) is 12 days old: nothing has read it since"
    ]


def test_beyond_what_was_read_nothing_is_known() -> None:
    assert doubts(NOW, day("2027-01-03")) == [
        "busy time of Anna (calendar.example.com) is known until Thu 31 Dec"
    ]
