"""Who has how much time, and whether work fits into it."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.insight.capacity import (
    Diary,
    Overfull,
    Work,
    capacity,
    diary,
    load,
    loads,
    open_work,
    overfull_stretches,
)
from cadence.model.calendar import Calendar
from cadence.model.team import Absence, Member, Skill, Span, Team, WorkingHours
from tests.builders import CalendarBuilder, a_calendar, day

MONDAY = day("2026-11-23")
SHORT_DAYS = WorkingHours(*([(Span(9 * 60, 10 * 60),)] * 5), sat=(), sun=())
"""An hour on each working day."""


def overfull_days(
    calendar: Calendar, member: int, first: date, last: date, extra: Iterable[Work] = ()
) -> Overfull | None:
    """The first stretch in which a member's open tasks, and the work `extra`, cannot all be done."""
    work = [*open_work(calendar, member, first, last), *extra]
    return next(overfull_stretches(work, diary(calendar, member), first), None)


def a_team(**member: object) -> CalendarBuilder:
    return (
        a_calendar(holidays={day("2026-12-08"): "Immacolata"})
        .with_channel("Blog")
        .with_member("Anna", **member)
    )


def test_free_time_is_the_working_hours_of_the_day() -> None:
    calendar = a_team().build()
    assert diary(calendar, 1).free(MONDAY) == 8 * 60
    assert diary(calendar, 1).free(day("2026-11-28")) == 0, "Saturday"


def test_own_working_hours_come_before_the_teams() -> None:
    assert diary(a_team(hours=SHORT_DAYS).build(), 1).free(MONDAY) == 60


def test_absences_holidays_and_inactive_days_leave_no_time() -> None:
    calendar = (
        a_team(active_from=day("2026-11-03"), active_to=day("2026-12-18"))
        .with_absence("Anna", "2026-11-24", "2026-11-25")
        .build()
    )
    here = ("2026-11-03", "2026-11-23", "2026-11-26", "2026-12-18")
    not_here = ("2026-11-02", "2026-11-24", "2026-11-25", "2026-12-08", "2026-12-21")
    assert [diary(calendar, 1).free(day(text)) for text in here] == [480] * 4
    assert [diary(calendar, 1).free(day(text)) for text in not_here] == [0] * 5


def test_capacity_is_the_smaller_of_allowance_and_free_time() -> None:
    assert capacity(a_team(allowance=100).build(), 1, MONDAY) == 100
    assert capacity(a_team(allowance=400, hours=SHORT_DAYS).build(), 1, MONDAY) == 300
    away = a_team(allowance=100, hours=SHORT_DAYS).with_absence("Anna", "2026-11-23", "2026-11-26")
    assert capacity(away.build(), 1, MONDAY) == 60


def test_any_day_names_its_week() -> None:
    calendar = a_team(allowance=100).with_absence("Anna", "2026-11-23", "2026-11-29").build()
    assert capacity(calendar, 1, day("2026-11-29")) == 0
    assert capacity(calendar, 1, day("2026-11-30")) == 100


def test_a_week_may_begin_on_sunday() -> None:
    sunday = (
        a_calendar(first_weekday="sunday")
        .with_member("Anna")
        .with_absence("Anna", "2026-11-22", "2026-11-28")
    )
    assert capacity(sunday.build(), 1, day("2026-11-22")) == 0
    assert load(sunday.build(), 1, MONDAY).week == day("2026-11-22")


def test_a_task_is_load_in_the_week_in_which_its_window_closes() -> None:
    """Monday's post: the draft is due on Thursday of the week before, the answering on Tuesday."""
    calendar = (
        a_team().with_post("Blog", "2026-11-30T09:00", tasks={"draft": "Anna", "engage": "Anna"}).build()
    )
    assert [load(calendar, 1, day(text)).minutes for text in ("2026-11-16", "2026-11-23", "2026-11-30")] == [
        0,
        60,
        30,
    ]


def test_what_a_learner_does_is_load_for_as_long_as_it_takes_them() -> None:
    """Elena learns to draft (60′ take her 90′) and is able to answer (30′)."""
    skills = [Skill("draft", level="learning"), Skill("engage")]
    calendar = (
        a_team()
        .with_member("Elena", allowance=240, skills=skills, hours=SHORT_DAYS)
        .with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Elena", "engage": "Elena"})
        .build()
    )
    assert load(calendar, 2, MONDAY).minutes == 120
    assert load(calendar, 2, MONDAY).share == pytest.approx(0.5)
    tuesday = day("2026-11-24")
    away = calendar.put(Absence(id=1, member=2, first=day("2026-11-19"), last=MONDAY))
    assert overfull_days(away, 2, MONDAY, tuesday) == Overfull(MONDAY, tuesday, 90, 60)


def test_done_tasks_are_load_and_skipped_posts_are_not() -> None:
    builder = a_team().with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}, done=["draft"])
    assert load(builder.build(), 1, MONDAY).minutes == 60
    builder = builder.with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}, state="skipped")
    assert load(builder.build(), 1, MONDAY).minutes == 60


def test_the_share_is_load_by_capacity_and_none_without_capacity() -> None:
    builder = a_team(allowance=120).with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"})
    assert load(builder.build(), 1, MONDAY).share == pytest.approx(0.5)
    away = builder.with_absence("Anna", "2026-11-23", "2026-11-27").build()
    assert (load(away, 1, MONDAY).share, load(away, 1, MONDAY).over) == (None, 60)


def test_loads_list_who_is_active_in_the_week() -> None:
    calendar = (
        a_team(active_to=day("2026-11-23"))
        .with_member("Luca")
        .with_member("Sara", active_from=day("2026-12-01"))
    ).build()
    weeks = loads(calendar, [MONDAY, MONDAY + timedelta(days=7)])
    assert [(week.isoformat(), [found.member for found in found_loads]) for week, found_loads in weeks] == [
        ("2026-11-23", [1, 2]),
        ("2026-11-30", [2, 3]),
    ]


# Days


def test_work_that_fits_into_its_days_is_no_overload() -> None:
    calendar = a_team(hours=SHORT_DAYS).with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}).build()
    assert overfull_days(calendar, 1, MONDAY, MONDAY + timedelta(days=6)) is None


def test_work_that_does_not_fit_names_the_tightest_stretch_of_days() -> None:
    """The draft is due by Tuesday with an hour on each day; 90 minutes more are due then too."""
    calendar = a_team(hours=SHORT_DAYS).with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}).build()
    tuesday = day("2026-11-24")
    more = [(tuesday, tuesday, 90)]
    assert overfull_days(calendar, 1, MONDAY, tuesday, more) == Overfull(tuesday, tuesday, 90, 60)
    more = [(MONDAY, tuesday, 90)]
    assert overfull_days(calendar, 1, MONDAY, tuesday, more) == Overfull(MONDAY, tuesday, 150, 120)


def test_what_is_done_needs_no_time() -> None:
    builder = a_team(hours=SHORT_DAYS)
    calendar = builder.with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}, done=["draft"]).build()
    assert overfull_days(calendar, 1, MONDAY, day("2026-11-24"), [(MONDAY, day("2026-11-24"), 120)]) is None


def an_hour_a_day() -> Diary:
    return Diary(Member(id=1, name="Anna", hours=SHORT_DAYS), Team(name="Rossi"), [])


def test_a_stretch_after_an_overfull_one_is_judged_by_itself() -> None:
    monday, tuesday, wednesday = (MONDAY + timedelta(days=n) for n in range(3))
    work = [(monday, monday, 90), (tuesday, tuesday, 60), (wednesday, wednesday, 61)]
    found = [(stretch.first, stretch.needed) for stretch in overfull_stretches(work, an_hour_a_day(), monday)]
    assert found == [(monday, 90), (wednesday, 61)]


WORK = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(1, 150)).map(
        lambda piece: (
            MONDAY + timedelta(days=piece[0]),
            MONDAY + timedelta(days=piece[0] + piece[1]),
            piece[2],
        )
    ),
    max_size=6,
)


@given(WORK)
def test_work_fits_exactly_when_every_stretch_of_days_has_room(work: list[tuple[date, date, int]]) -> None:
    """Hall's condition, tried on every stretch."""
    diary = an_hour_a_day()
    days = [MONDAY + timedelta(days=n) for n in range(15)]

    def is_overfull(first: date, last: date) -> bool:
        needed = sum(minutes for opens, closes, minutes in work if first <= opens and closes <= last)
        return needed > sum(diary.free(day) for day in days if first <= day <= last)

    expected = any(is_overfull(first, last) for first, last in combinations(days, 2)) or any(
        is_overfull(day, day) for day in days
    )
    found = list(overfull_stretches(work, diary, MONDAY))
    assert bool(found) == expected
    assert all(is_overfull(stretch.first, stretch.last) for stretch in found)
