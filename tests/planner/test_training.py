"""Whom to teach what."""

from __future__ import annotations

from cadence.model.calendar import Calendar
from cadence.model.team import Skill, Step
from cadence.planner.sustaining.steady import Stage
from cadence.planner.sustaining.training import Training, trainings
from cadence.planner.sustaining.trial import Clock
from tests.builders import a_calendar
from tests.planner.sample import MONDAY

DRAFT_AND_REVIEW = {"draft": Step(60, -1, -1), "review": Step(30, -1, -1)}


def a_team():
    return (
        a_calendar()
        .with_workflow("Short", DRAFT_AND_REVIEW)
        .with_channel("Blog", workflow="Short")
        .with_rhythm("Blog")
    )


def ranked(calendar: Calendar) -> list[Training]:
    return trainings(Stage(calendar, MONDAY, 4), Clock.of(30))


def test_what_nobody_can_do_is_covered_by_who_learns_it() -> None:
    # Nobody reviews. Anna writes, so that only Luca can learn to review what she wrote: 45 of his 60 minutes.
    calendar = (
        a_team()
        .with_member("Anna", allowance=120, skills=[Skill("draft")])
        .with_member("Luca", allowance=60, skills=[])
        .build()
    )
    first = ranked(calendar)[0]
    assert (first.member, first.task, first.covers, first.able) == ("Luca", "review", 4, 0)
    assert first.relieves


def test_who_has_no_time_for_it_covers_nothing() -> None:
    # A learner takes 45 minutes for a review of 30.
    calendar = (
        a_team()
        .with_member("Anna", allowance=120, skills=[Skill("draft")])
        .with_member("Luca", allowance=44, skills=[])
        .build()
    )
    assert all(training.covers == 0 for training in ranked(calendar))


def test_what_a_partner_costs_is_saved() -> None:
    # The studio reviews 30 minutes a week at 60 an hour: 30 × 52 / 12 = 130 a month.
    calendar = (
        a_team()
        .with_member("Anna", allowance=120, skills=[Skill("draft")])
        .with_member("Luca", allowance=60, skills=[Skill("draft")])
        .with_member("Studio", kind="partner", cost_per_hour=6000, allowance=60, skills=[Skill("review")])
        .build()
    )
    first = ranked(calendar)[0]
    assert (first.task, first.saves) == ("review", 13_000)


def test_a_denser_rhythm_is_looked_for_exactly() -> None:
    # Anna writes one post a week. Luca, a learner, takes 90 of his 300 minutes for one: three a week, and
    # with Anna's four; Marta reviews them all.
    calendar = (
        a_team()
        .with_member("Anna", allowance=60, skills=[Skill("draft")])
        .with_member("Luca", allowance=300, skills=[])
        .with_member("Marta", allowance=300, skills=[Skill("review")])
        .build()
    )
    found = next(one for one in ranked(calendar) if (one.member, one.task) == ("Luca", "draft"))
    assert (found.before, found.after, found.able) == (4, 16, 1)


def test_nobody_is_taught_what_enough_people_can_do() -> None:
    calendar = a_team().with_member("Anna", allowance=600).with_member("Luca", allowance=600).build()
    assert not ranked(calendar)


def test_who_leaves_before_the_end_is_not_taught() -> None:
    calendar = (
        a_team()
        .with_member("Anna", allowance=120, skills=[Skill("draft")])
        .with_member("Luca", allowance=60, skills=[], active_to=MONDAY)
        .build()
    )
    assert "Luca" not in {training.member for training in ranked(calendar)}
