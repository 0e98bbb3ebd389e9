"""Working days, windows, skills."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.model.errors import BadInput
from cadence.model.team import Absence, Member, Skill, Span, Step, Team, WorkingHours, parse_time, window_days
from tests.builders import day

TEAM = Team(name="Rossi", holidays={date(2026, 12, 8): "Immacolata"})


def test_working_days_step_over_weekends_and_holidays() -> None:
    monday = day("2026-12-07")
    assert TEAM.shift_working_days(monday, 1) == day("2026-12-09")
    assert TEAM.shift_working_days(monday, -1) == day("2026-12-04")
    assert TEAM.shift_working_days(monday, 0) == monday


def test_a_shift_by_nothing_stays_even_on_a_day_off() -> None:
    saturday = day("2026-12-12")
    assert TEAM.shift_working_days(saturday, 0) == saturday
    assert TEAM.shift_working_days(saturday, 1) == day("2026-12-14")
    assert TEAM.shift_working_days(saturday, -1) == day("2026-12-11")


def test_a_team_that_never_works_still_has_windows() -> None:
    idle = Team(name="Rossi", hours=WorkingHours((), (), (), (), ()))
    first, last = window_days(idle, day("2026-11-26"), -5, -2)
    assert first < last < day("2026-11-26")


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(-20, 20), st.integers(0, 20))
def test_a_window_never_closes_before_it_opens(publication: date, opens: int, length: int) -> None:
    first, last = window_days(TEAM, publication, opens, opens + length)
    assert first <= last
    assert abs(first - publication) <= timedelta(days=abs(opens) * 2 + 5)


def test_a_skill_may_be_for_one_channel_or_for_all() -> None:
    skills = (Skill("draft", 1, "learning"), Skill("draft", None, "able"), Skill("review", 1))
    member = Member(id=1, name="Anna", skills=skills)
    assert [member.level_for("draft", channel) for channel in (1, 2)] == ["able", "able"]
    assert [member.level_for("review", channel) for channel in (1, 2)] == ["able", None]


def test_a_learner_takes_half_as_long_again() -> None:
    skills = (Skill("draft", 1, "learning"), Skill("draft", 2, "expert"), Skill("review"))
    elena = Member(id=1, name="Elena", skills=skills)
    assert elena.minutes_for("draft", 1, 60) == 90
    assert elena.minutes_for("draft", 1, 15) == 23, "22.5, rounded up"
    assert [elena.minutes_for("draft", 2, 60), elena.minutes_for("review", 1, 60)] == [60, 60]
    assert elena.minutes_for("design", 1, 60) == 60, "without the skill"
    assert Member(id=2, name="Luca", skills=skills[1:]).minutes_for("draft", 1, 60) == 60


def test_a_partner_costs_whole_cents_with_a_half_rounded_up() -> None:
    studio = Member(id=1, name="Studio Blu", kind="partner", cost_per_hour=4850)
    assert [studio.cost_of(minutes) for minutes in (0, 15, 60, 9)] == [0, 1213, 4850, 728]
    assert Member(id=2, name="Anna", cost_per_hour=4850).cost_of(60) == 0


def test_active_dates_and_absences_include_both_their_days() -> None:
    member = Member(id=1, name="Anna", active_from=day("2026-02-01"), active_to=day("2026-02-28"))
    days = [day(text) for text in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")]
    assert [member.is_active(each) for each in days] == [False, True, True, False]
    absence = Absence(id=1, member=1, first=days[1], last=days[2])
    assert [absence.covers(each) for each in days] == [False, True, True, False]


def test_ends_before_beginnings_are_refused() -> None:
    with pytest.raises(BadInput, match="before"):
        Absence(id=1, member=1, first=day("2026-02-02"), last=day("2026-02-01"))
    with pytest.raises(BadInput, match="before"):
        Member(id=1, name="Anna", active_from=day("2026-02-02"), active_to=day("2026-02-01"))
    with pytest.raises(ValueError, match="close on or after"):
        Step(30, 0, -1)
    with pytest.raises(ValueError, match="end after they start"):
        Span(600, 600)
    with pytest.raises(ValueError, match="overlap"):
        WorkingHours(mon=(Span(0, 100), Span(99, 200)))


def test_a_time_of_day_is_read() -> None:
    assert (parse_time("09:00").hour, parse_time("9:05").minute) == (9, 5)
    for text in ("9", "25:00", "09:60", "0900", "nine", "09:00:00"):
        with pytest.raises(BadInput, match="is not a time of day"):
            parse_time(text)
