"""What a plan would change in the calendar. Now is Monday 23 November 2026."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import Absence, Skill, Step, TaskKind
from cadence.planner.bridge.building import build
from cadence.planner.bridge.places import SlotTask
from cadence.planner.bridge.proposal import Gap, Move, Proposal, Row, ShareChange, Totals
from cadence.planner.plan import Plan, Uncovered
from cadence.planner.problem import Problem
from cadence.planner.worth import level_values, shares
from tests.builders import NOW, a_calendar, day, local

ANNA, LUCA, ELENA, STUDIO = 1, 2, 3, 4


def an_office() -> Calendar:
    """A slot on Tuesday 1 December; a post on Friday 27 that Anna drafts and nobody reviews.

    Elena learns to draft. All that is due this week: 60' and 15'; for the slot too, on Friday and Monday.
    """
    steps: dict[TaskKind, Step] = {"draft": Step(60, -3, -2), "review": Step(15, -2, -1)}
    able = [Skill("draft"), Skill("review")]
    return (
        a_calendar()
        .with_workflow("Short", steps)
        .with_channel("Blog", workflow="Short")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "09:00", start="2026-11-30")
        .with_member("Anna", allowance=120, skills=able)
        .with_member("Luca", allowance=120, skills=able)
        .with_member("Elena", allowance=120, skills=[Skill("draft", level="learning")])
        .with_member("Studio Blu", kind="partner", cost_per_hour=6000, allowance=300, skills=able)
        .with_post("Blog", "2026-11-27T09:00", "Storia", tasks={"draft": "Anna"})
        .build()
    )


SLOT = "Blog 2026-12-01T09:00"
SLOT_KEY = SlotKey(1, local("2026-12-01T09:00"))


def the_problem(calendar: Calendar, **options: Any) -> Problem:
    """Over two weeks: 240 minutes of capacity each, 600 of the partner."""
    return build(calendar, day("2026-11-23"), day("2026-12-01"), NOW, reassign=True, **options)


def proposed(given: Mapping[str, str], *why: Uncovered, **options: Any) -> Proposal:
    calendar = an_office()
    plan = Plan("optimal", 0.0, 0, (), given, why, {})
    return Proposal.of(calendar, the_problem(calendar, **options), plan)


def row(proposal: Proposal, id: str) -> Row:
    return next(row for row in proposal.rows if row.what.id == id)


def test_what_the_calendar_says_already_is_no_row() -> None:
    proposal = proposed({"1 draft": "Anna"})
    assert (proposal.rows, proposal.told, proposal.planned) == ((), 0, 0)
    assert proposal.before == proposal.after


def test_a_task_that_nobody_had_is_newly_planned() -> None:
    proposal = proposed({"1 draft": "Anna", "1 review": "Luca"})
    (only,) = proposal.rows
    assert (only.what.title, only.what.kind, only.what.day) == ("Storia", "review", day("2026-11-27"))
    assert (only.what.opens, only.what.closes) == (day("2026-11-25"), day("2026-11-26"))
    assert (only.giver, only.taker, only.minutes, only.cost) == (None, "Luca", 15, 0)
    assert (only.gains, only.loses) == (ShareChange("Luca", 0, 7), None), "15 of 240 minutes are 6.25 %"
    assert only.move == Move(TaskRef(1, "review"), None, LUCA)
    assert (proposal.told, proposal.planned) == (0, 1)


def test_a_task_that_changes_hands_says_what_it_does_to_both() -> None:
    """Elena takes 90' for what takes Anna 60'."""
    proposal = proposed({"1 draft": "Elena"})
    (only,) = proposal.rows
    assert (only.giver, only.taker, only.minutes) == ("Anna", "Elena", 90)
    assert only.loses == ShareChange("Anna", 25, 0)
    assert only.gains == ShareChange("Elena", 0, 38)
    assert only.move == Move(TaskRef(1, "draft"), ANNA, ELENA)
    assert (proposal.told, proposal.planned) == (1, 0)


def test_a_task_may_be_taken_from_somebody_for_nobody() -> None:
    (only,) = proposed({}).rows
    assert (only.giver, only.taker, only.minutes, only.gains) == ("Anna", None, 60, None)
    assert only.move == Move(TaskRef(1, "draft"), ANNA, None)


def test_a_partner_has_a_cost() -> None:
    proposal = proposed({"1 draft": "Anna", "1 review": "Studio Blu"})
    assert row(proposal, "1 review").cost == 1500
    assert (proposal.after.partner_minutes, proposal.after.cost) == (15, 1500)


def test_a_slot_is_spoken_of_by_its_channel_and_time() -> None:
    proposal = proposed({"1 draft": "Anna", f"{SLOT} draft": "Luca"})
    (only,) = proposal.rows
    assert (only.what.title, only.what.channel) == ("Blog on Tue 1 Dec 09:00", "Blog")
    assert only.move == Move(SlotTask(SLOT_KEY, "draft"), None, LUCA)


def test_rows_are_in_the_order_in_which_posts_go_out() -> None:
    given = {f"{SLOT} draft": "Luca", f"{SLOT} review": "Anna", "1 review": "Luca", "1 draft": "Studio Blu"}
    assert [row.what.id for row in proposed(given).rows] == [
        "1 draft", "1 review", f"{SLOT} draft", f"{SLOT} review",
    ]  # fmt: skip


def test_the_totals_before_and_after() -> None:
    """Before: the draft is Anna's, 60 of 240 minutes. The open ones weigh 5 (the extra's review), 25, 25."""
    proposal = proposed({"1 draft": "Luca", "1 review": "Studio Blu", f"{SLOT} draft": "Luca"})
    assert proposal.before == Totals(3, 55, 0, 0, 25)
    assert proposal.after == Totals(1, 25, 15, 1500, 50)
    assert proposal.shares == (
        ShareChange("Anna", 25, 0),
        ShareChange("Luca", 0, 50),
        ShareChange("Elena", 0, 0),
        ShareChange("Studio Blu", 0, 3),
    )


def test_the_totals_are_those_of_the_levels() -> None:
    given = {"1 draft": "Elena", "1 review": "Studio Blu", f"{SLOT} draft": "Elena"}
    proposal = proposed(given)
    problem = the_problem(an_office())
    values = level_values(problem, given)
    assert (proposal.after.weight, proposal.after.cost) == (values["uncovered"], values["cost"])
    assert proposal.after.highest_share == values["highest-share"]
    staff = {change.member: change.after for change in proposal.shares if change.member != "Studio Blu"}
    assert staff == shares(problem, given)


def test_what_stays_uncovered_says_why() -> None:
    proposal = proposed(
        {"1 draft": "Anna", f"{SLOT} draft": "Luca"}, Uncovered("1 review", "Everybody else is away.")
    )
    gaps = {gap.what.id: gap.why for gap in proposal.gaps}
    assert gaps == {"1 review": "Everybody else is away.", f"{SLOT} review": ""}
    assert all(isinstance(gap, Gap) for gap in proposal.gaps)


def test_what_was_only_planned_is_still_news_to_who_gets_it() -> None:
    proposal = proposed({"1 draft": "Anna", "1 review": "Luca"}, planned={"1 review": "Luca"})
    (only,) = proposal.rows
    assert (only.giver, only.taker, proposal.told, proposal.planned) == (None, "Luca", 0, 1)


def test_who_has_no_time_and_something_to_do_has_a_share_all_the_same() -> None:
    calendar = an_office()
    away = [day("2026-11-23"), day("2026-12-06")]
    calendar = calendar.put(Absence(id=1, member=LUCA, first=away[0], last=away[1]))
    plan = Plan("feasible", 0.0, 0, (), {"1 draft": "Luca"}, (), {}, absurd=("Luca is away.",))
    proposal = Proposal.of(calendar, the_problem(calendar), plan)
    assert row(proposal, "1 draft").gains == ShareChange("Luca", 0, 1000)
    assert proposal.absurd == ("Luca is away.",)


def test_reasons_come_later() -> None:
    proposal = proposed({"1 draft": "Anna", "1 review": "Luca"})
    assert row(proposal, "1 review").reason == ""
    explained = proposal.explained({"1 review": "Luca has most time.", "9 draft": "?"})
    assert row(explained, "1 review").reason == "Luca has most time."
    assert explained.after == proposal.after


def test_a_plan_for_another_calendar_is_refused() -> None:
    calendar = an_office()
    problem = the_problem(calendar)
    plan = Plan("optimal", 0.0, 0, (), {"1 draft": "Luca"}, (), {})
    with pytest.raises(NotFound):
        Proposal.of(calendar.without(calendar.posts[1]), problem, plan)
