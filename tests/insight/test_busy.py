"""What the day job leaves of somebody's time, and what follows when it is not enough."""

from datetime import date

from cadence.insight.capacity import capacity, diary
from cadence.insight.warnings import find_warnings
from cadence.model.busy import BusyCalendar, by_day, merged
from cadence.model.team import Absence, Span
from tests.builders import NOW, a_calendar, day, utc

WEDNESDAY = date(2026, 11, 25)


def busy(*intervals, id=1, member=1):
    """A busy calendar with intervals written as `25T08:00-25T10:30`, in November 2026, UTC."""
    pairs = (text.split("-") for text in intervals)
    read = [(utc(f"2026-11-{start}"), utc(f"2026-11-{end}")) for start, end in pairs]
    return BusyCalendar(id=id, member=member, busy=by_day(read, day("2026-11-01"), day("2026-12-31")))


def with_anna(*calendars, **fields):
    return a_calendar().with_channel("Blog").with_member("Anna", **fields).build().put(*calendars)


def test_only_what_lies_in_the_working_hours_counts():
    # Rome is an hour ahead: 7:00-9:30 takes 9-10:30 of 9-13, 11:30-13:30 takes 12:30-13 and 14-14:30.
    calendar = with_anna(busy("25T07:00-25T09:30", "25T11:30-25T13:30", "25T20:00-25T22:00"))
    assert diary(calendar, 1).busy(WEDNESDAY) == 90 + 30 + 30
    assert diary(calendar, 1).free(WEDNESDAY) == 480 - 150


def test_two_calendars_that_tell_of_the_same_meeting_count_it_once():
    calendar = with_anna(busy("25T08:00-25T10:00"), busy("25T09:00-25T11:00", id=2))
    assert diary(calendar, 1).free(WEDNESDAY) == 480 - 180


def test_a_night_and_a_day_are_busy_across_midnight():
    calendar = with_anna(busy("24T22:00-26T08:30"))
    assert diary(calendar, 1).free(WEDNESDAY) == 0
    assert diary(calendar, 1).free(date(2026, 11, 26)) == 480 - 30


def test_busy_time_of_a_colleague_or_of_a_day_off_changes_nothing():
    calendar = with_anna(busy("25T08:00-25T10:00", member=2), busy("28T08:00-28T10:00", id=2))
    assert diary(calendar, 1).free(WEDNESDAY) == 480
    assert diary(calendar, 1).free(date(2026, 11, 28)) == 0


def test_working_hours_are_those_of_the_members_own_zone():
    calendar = with_anna(busy("25T14:00-25T15:00"), zone="America/New_York")  # 9:00 to 10:00 there
    assert diary(calendar, 1).free(WEDNESDAY) == 480 - 60
    assert diary(with_anna(busy("25T08:00-25T09:00"), zone="America/New_York"), 1).busy(WEDNESDAY) == 0


def test_capacity_is_what_is_left_if_that_is_less_than_the_allowance():
    week = day("2026-11-23")
    calendar = with_anna(busy("23T00:00-27T16:00"), allowance=120)
    assert capacity(with_anna(allowance=120), 1, week) == 120
    assert capacity(calendar, 1, week) == 60


def test_intervals_are_kept_in_whole_minutes_outwards_and_by_utc_day():
    found = by_day(
        [(utc("2026-11-25T22:59:30"), utc("2026-11-26T00:10:01"))], day("2026-11-25"), day("2026-11-26")
    )
    assert found == {day("2026-11-25"): (Span(1379, 1440),), day("2026-11-26"): (Span(0, 11),)}


def test_intervals_that_meet_or_overlap_are_one():
    one, two, three = utc("2026-11-25T08:00"), utc("2026-11-25T09:00"), utc("2026-11-25T10:00")
    assert merged([(two, three), (one, two), (one, one)]) == [(one, three)]


# The warning


def conflicts(calendar):
    return [warning for warning in find_warnings(calendar, NOW) if warning.rule == "conflict"]


def a_review_by_wednesday(*calendars):
    """Anna reviews (15') on Tuesday 24 and Wednesday 25 a post of Thursday."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_member("Luca")
        .with_post(
            "Blog", "2026-11-26T10:00", "Storia", tasks={"review": "Anna", "draft": "Luca"}, done=["draft"]
        )
        .build()
        .put(*calendars)
    )


def test_an_assignment_without_room_beside_the_day_job_is_a_conflict():
    (found,) = conflicts(a_review_by_wednesday(busy("24T00:00-25T23:00")))
    assert (found.post, found.task, found.member, found.severity) == (1, "review", 1, "high")
    assert (
        found.cause
        == "Anna has the review of “Storia”, and the day job leaves no time from Tue 24 Nov to Wed 25 Nov"
    )


def test_the_cause_says_how_much_is_left():
    (found,) = conflicts(a_review_by_wednesday(busy("24T00:00-25T16:50")))
    assert "leaves 10′ of the 15′" in found.cause


def test_enough_room_on_any_day_of_the_window_is_no_conflict():
    assert not conflicts(a_review_by_wednesday(busy("24T00:00-24T23:00", "25T08:00-25T16:45")))


def test_a_conflict_is_no_overload_and_no_absence_as_well():
    calendar = a_review_by_wednesday(busy("24T00:00-25T23:00"))
    assert [w.rule for w in find_warnings(calendar, NOW) if w.member == 1 and w.task == "review"] == [
        "conflict"
    ]
    assert not [w for w in find_warnings(calendar, NOW) if w.rule == "overload"]


def test_somebody_away_is_away_and_not_in_conflict():
    calendar = a_review_by_wednesday(busy("24T00:00-25T23:00"))
    gone = calendar.put(Absence(id=1, member=1, first=day("2026-11-24"), last=day("2026-11-25")))
    assert [w.rule for w in find_warnings(gone, NOW) if w.member == 1] == ["away"]
