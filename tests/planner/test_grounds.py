"""Why a plan gives a task to this person and not to that one. Now is Monday 23 November 2026."""

from __future__ import annotations

from collections.abc import Mapping

from cadence.model.team import Skill, Step, TaskKind
from cadence.planner.bridge.building import build
from cadence.planner.bridge.proposal import Proposal
from cadence.planner.explaining.grounds import Grounds
from cadence.planner.plan import Plan, Uncovered
from cadence.planner.solving.core import compile_problem
from tests.builders import NOW, CalendarBuilder, a_calendar, day

STEPS: dict[TaskKind, Step] = {"draft": Step(60, -3, -2), "review": Step(15, -2, -1)}
DRAFT, REVIEW = "1 draft", "1 review"
ABLE = (Skill("draft"), Skill("review"))


def a_post() -> CalendarBuilder:
    """One post on Friday: 60' of draft, 15' of review. Who is added gives 120' a week unless said."""
    return a_calendar().with_workflow("Short", STEPS).with_channel("Blog", workflow="Short")


def grounds(builder: CalendarBuilder, given: Mapping[str, str], *left: Uncovered) -> Grounds:
    return planned(builder, given, *left)[1]


def planned(builder: CalendarBuilder, given: Mapping[str, str], *left: Uncovered) -> tuple[Proposal, Grounds]:
    calendar = builder.build()
    problem = build(calendar, day("2026-11-23"), day("2026-11-29"), NOW, reassign=True)
    plan = Plan("feasible", 0.0, 0, (), given, left, {})
    return Proposal.of(calendar, problem, plan), Grounds(compile_problem(problem), plan)


def reason(builder: CalendarBuilder, given: Mapping[str, str], task: str, *left: Uncovered) -> str:
    proposal, found = planned(builder, given, *left)
    return found.reasons(proposal)[task]


def two() -> CalendarBuilder:
    return (
        a_post()
        .with_member("Anna", allowance=120, skills=ABLE)
        .with_member("Luca", allowance=60, skills=ABLE)
    )


def on_friday(builder: CalendarBuilder, **tasks: str) -> CalendarBuilder:
    return builder.with_post("Blog", "2026-11-27T09:00", "Storia", tasks=tasks)


def test_the_smaller_share_is_a_reason() -> None:
    said = reason(on_friday(two()), {DRAFT: "Anna"}, DRAFT)
    assert said == "Anna rather than Luca: 50 % against 100 %"


def test_who_is_left_over_is_told_what_stops_the_next_one() -> None:
    said = reason(on_friday(two()), {DRAFT: "Anna", REVIEW: "Luca"}, REVIEW)
    assert said == "nobody else can: Anna wrote the draft"
    builder = a_post().with_member("Anna", skills=ABLE).with_member("Luca", allowance=30, skills=ABLE)
    said = reason(on_friday(builder), {DRAFT: "Anna"}, DRAFT)
    assert said == "nobody else has time: Luca is 30′ short in the week of Mon 23 Nov (gives 30′, has 0′)"
    builder = a_post().with_member("Anna", skills=ABLE).with_member("Luca", skills=[])
    assert reason(on_friday(builder), {DRAFT: "Anna"}, DRAFT) == "nobody else has the skill"


def test_a_partner_is_paid_when_nobody_inside_can() -> None:
    builder = (
        a_post()
        .with_member("Anna", allowance=30, skills=ABLE)
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800, allowance=300, skills=ABLE)
    )
    said = reason(on_friday(builder), {DRAFT: "Studio Blu"}, DRAFT)
    assert said.startswith("48 € · nobody inside has time: Anna is 30′ short in the week of")


def test_a_choice_that_only_the_whole_plan_explains_is_called_so() -> None:
    said = reason(on_friday(two()), {DRAFT: "Luca"}, DRAFT)
    assert said == "Anna could too; the plan as a whole is better so"


def test_who_gives_a_task_away_is_told_why() -> None:
    said = reason(on_friday(two(), draft="Luca"), {DRAFT: "Anna"}, DRAFT)
    assert said == "Anna rather than Luca: 50 % against 100 %"
    said = reason(on_friday(two(), draft="Anna"), {DRAFT: "Luca"}, DRAFT)
    assert said == "Anna could keep it; the plan as a whole is better so"


def test_what_somebody_loses_to_nobody_has_the_plans_own_reason() -> None:
    left = Uncovered(DRAFT, "nobody has time")
    assert reason(on_friday(two(), draft="Luca"), {}, DRAFT, left) == "nobody has time"


def test_the_others_are_told_apart_and_those_alike_together() -> None:
    builder = two().with_member("Elena", skills=[]).with_member("Sara", skills=[])
    found = grounds(on_friday(builder), {DRAFT: "Luca", REVIEW: "Anna"})
    assert found.others(DRAFT) == ["Anna reviews this post", "Elena and Sara have no draft skill on Blog"]
    found = grounds(on_friday(builder), {DRAFT: "Anna"})
    assert found.others(REVIEW) == [
        "Luca could take it",
        "Anna wrote the draft",
        "Elena and Sara have no review skill on Blog",
    ]
