"""Small teams with a story, planned to the best. Their figures can be followed by hand.

Monday is 23 November 2026. A week has 600 minutes, and a day 480 free ones, unless it is said otherwise.
"""

from __future__ import annotations

from msgspec.structs import replace

from cadence.model.team import Span, Step, TaskKind, WorkingHours
from cadence.planner.bridge.building import build
from cadence.planner.check import check
from cadence.planner.plan import Plan
from cadence.planner.problem import LEVEL_NAMES, LevelName, Problem, Task
from cadence.planner.solving.solve import solve
from tests.builders import NOW, a_calendar, day
from tests.planner.problems import MON, NEXT_MON, NEXT_TUE, SUN, TUE, WED, ProblemBuilder, a_problem

THU, FRI = "2026-11-26", "2026-11-27"
STABLE: tuple[LevelName, ...] = (
    "uncovered",
    "changes",
    *(level for level in LEVEL_NAMES if level not in ("uncovered", "changes")),
)


def planned(problem: Problem | ProblemBuilder) -> Plan:
    """The plan, which is always the best one and has passed the verifier."""
    problem = problem if isinstance(problem, Problem) else problem.build()
    plan = solve(problem)
    check(problem, plan)
    assert plan.status == "optimal"
    return plan


def uncovered(plan: Plan) -> dict[str, str]:
    return {one.task: one.why for one in plan.uncovered}


def test_the_reviewer_who_is_also_the_author() -> None:
    """Anna is best at both; Bruno is only learning to review. She writes, he reviews: 23 minutes, not 15."""
    team = (
        a_problem()
        .member("Anna", can={"draft": "expert", "review": "expert"})
        .member("Bruno", can={"review": "learning"})
        .task("1 draft", 60)
        .task("1 review", 15)
    )
    plan = planned(team)
    assert plan.assignments == {"1 draft": "Anna", "1 review": "Bruno"}
    assert plan.shares == {"Anna": 5, "Bruno": 2}  # 60 and 23 of 1200 minutes: 5 and 1.9 %


def test_the_author_alone_can_do_one_of_the_two_and_does_what_matters_more() -> None:
    team = a_problem().member("Anna").task("1 draft", 60, priority=1).task("1 review", 15, priority=3)
    plan = planned(team)
    assert plan.assignments == {"1 review": "Anna"}
    assert plan.value("uncovered") == 1


def test_the_holiday_week() -> None:
    """All of the first week is a holiday. What must be done in it stays undone. What may wait until Tuesday
    has the 120 minutes of Monday and Tuesday, too few for both: the shorter one makes the lower share."""
    holidays = (0,) * 7 + (60,) * 5 + (0,) * 2
    plan = planned(
        a_problem()
        .member("Anna", capacity=(0, 150), free=holidays)
        .task("1 draft", 30, closes=FRI)
        .task("2 draft", 90, opens=THU, closes=NEXT_TUE)
        .task("3 draft", 60, opens=FRI, closes=NEXT_TUE)
    )
    assert plan.assignments == {"3 draft": "Anna"}
    assert plan.value("uncovered") == 10
    assert plan.shares == {"Anna": 40}  # 60 of 150 minutes


def test_the_partner_who_may_only_engage() -> None:
    """Anna has an hour. What that leaves over Piero answers for money; for nothing else can he be paid."""
    team = (
        a_problem(days=7)
        .member("Anna", capacity=60)
        .partner("Piero", 4_000, can={"engage": "able"})
        .task("1 draft", 60)
        .task("1 engage", 30)
    )
    plan = planned(team)
    assert plan.assignments == {"1 draft": "Anna", "1 engage": "Piero"}
    assert plan.value("cost") == 2_000  # half an hour at 40.00
    more = planned(team.task("2 draft", 15))
    assert more.assignments == {"2 draft": "Anna", "1 engage": "Anna"}
    assert more.value("uncovered") == 5, "one of three stays undone in any case"
    assert more.value("cost") == 0, "after the shorter draft she can answer herself"


def test_two_people_with_equal_allowance_and_unequal_free_time() -> None:
    """Both offer two hours. Luca's calendar leaves him 40 minutes, so that his capacity is less: each has
    half of theirs, which is three tasks for Anna and one for Luca."""
    team = a_problem(days=7).member("Anna", capacity=120, free=60).member("Luca", capacity=40, free=60)
    for number in range(1, 5):
        team = team.task(f"{number} publish", 20)
    plan = planned(team)
    assert sorted(plan.assignments.values()) == ["Anna", "Anna", "Anna", "Luca"]
    assert plan.shares == {"Anna": 50, "Luca": 50}


def test_free_time_on_the_wrong_day_is_none() -> None:
    """Both give an hour a week. Luca has time only on Friday, and what is due on Wednesday cannot be his."""
    team = (
        a_problem(days=7).member("Anna", capacity=60).member("Luca", capacity=60, free=(0, 0, 0, 0, 60, 0, 0))
    )
    plan = planned(team.task("1 publish", 30, closes=WED).task("2 publish", 30, closes=TUE))
    assert plan.assignments == {"1 publish": "Anna", "2 publish": "Anna"}
    plan = planned(team.task("1 publish", 30, closes=WED).task("2 publish", 30, closes=FRI))
    assert plan.assignments == {"1 publish": "Anna", "2 publish": "Luca"}


def test_nobody_can() -> None:
    plan = planned(
        a_problem().member("Anna", can={"draft": "expert"}).task("1 draft").task("1 design", priority=3)
    )
    assert plan.assignments == {"1 draft": "Anna"}
    assert uncovered(plan) == {"1 design": "nobody can do the design on Blog"}
    assert plan.levels[0].bound == 25, "no plan can do better"


def test_there_is_nobody() -> None:
    plan = planned(a_problem().task("1 draft").task("1 engage", priority=1))
    assert set(uncovered(plan)) == {"1 draft", "1 engage"}
    assert plan.worth == (6, 0, 0, 0, 0, 10)  # 5 + 1, and a channel without two people


def test_there_is_nothing_to_do() -> None:
    plan = planned(a_problem().member("Anna"))
    assert plan.worth == (0, 0, 0, 0, 0, 0)
    assert plan.shares == {"Anna": 0}


def test_everybody_is_away() -> None:
    """All have capacity left from another week, and no free day before the work is due."""
    plan = planned(
        a_problem()
        .member("Anna", free=(0,) * 7 + (480,) * 7)
        .member("Bruno", free=0)
        .task("1 draft", closes=SUN, priority=3)
        .task("2 draft", closes=SUN, member="Anna")
    )
    assert plan.assignments == {}
    assert plan.value("uncovered") == 30
    assert plan.value("changes") == 10, "Anna cannot keep hers"
    assert plan.shares == {"Anna": 0, "Bruno": 0}


def test_zero_capacity() -> None:
    """Bruno is here all day and gives no minute. All is Anna's, and no share of his is counted."""
    team = a_problem(days=7).member("Anna", capacity=100).member("Bruno", capacity=0)
    plan = planned(team.task("1 draft", 30).task("2 draft", 30).task("3 draft", 60))
    assert set(plan.assignments.values()) == {"Anna"}
    assert plan.value("uncovered") == 5
    assert plan.shares == {"Anna": 60, "Bruno": 0}


def test_zero_capacity_and_a_pin_is_a_share_beyond_all_others() -> None:
    team = a_problem(days=7).member("Anna", capacity=100).member("Bruno", capacity=0)
    plan = planned(team.task("1 draft", 30, member="Bruno", fixed=True).task("2 draft", 30))
    assert plan.assignments == {"1 draft": "Bruno", "2 draft": "Anna"}
    assert plan.shares == {"Anna": 30, "Bruno": 1000}
    assert len(plan.absurd) == 1


def test_a_pinned_absurdity_is_reported_and_kept() -> None:
    """Anna is to review what she writes, on a Monday that has no minute, in a week that has an hour. That is
    hers, and gives her nothing more: the next five minutes are Bruno's."""
    pinned = {"member": "Anna", "fixed": True}
    plan = planned(
        a_problem(days=7)
        .member("Anna", capacity=60, free=(0, *(480,) * 6))
        .member("Bruno", capacity=60)
        .task("1 draft", 60, closes=MON, **pinned)
        .task("1 review", 30, **pinned)
        .task("1 publish", 5)
    )
    assert plan.assignments == {"1 draft": "Anna", "1 review": "Anna", "1 publish": "Bruno"}
    assert plan.absurd == (
        "Anna has both task 1 draft and task 1 review",
        "Anna has 90′ in the week of Mon 23 Nov, and may have 60′: 30′ too much",
        "Anna has 60′ more to do by Mon 23 Nov than is free",
    )
    assert plan.shares == {"Anna": 150, "Bruno": 9}


def test_a_window_that_crosses_the_horizon() -> None:
    """The plan is for this week. The post goes out on Friday, and may be answered until Monday: so Monday is
    in the problem. Anna is away then and Bruno on Friday; she has a quarter of an hour on Friday, he has one
    on Monday, and neither the half hour that it takes. With half an hour on Monday it is his."""
    quarter, half = ((Span(540, 540 + minutes),) for minutes in (15, 30))
    steps: dict[TaskKind, Step] = {"engage": Step(30, 0, 1)}

    def answered(bruno: tuple[Span, ...]) -> tuple[Problem, Plan]:
        calendar = (
            a_calendar()
            .with_workflow("Answers", steps)
            .with_channel("Blog", workflow="Answers")
            .with_member("Anna", allowance=300, hours=WorkingHours(*([quarter] * 5), sat=(), sun=()))
            .with_absence("Anna", NEXT_MON, NEXT_MON)
            .with_member("Bruno", allowance=300, hours=WorkingHours(*([bruno] * 5), sat=(), sun=()))
            .with_absence("Bruno", FRI, FRI)
            .with_post("Blog", f"{FRI}T09:00")
            .build()
        )
        problem = build(calendar, day(MON), day(FRI), NOW)
        return problem, planned(problem)

    problem, plan = answered(quarter)
    assert problem.end == day(NEXT_MON)
    assert set(uncovered(plan)) == {"1 engage"}
    _, plan = answered(half)
    assert plan.assignments == {"1 engage": "Bruno"}
    assert plan.shares["Bruno"] == 12, "30 of 120 + 150 minutes: two whole weeks count, but not his Friday"


def test_a_learner_needs_half_as_long_again() -> None:
    """An hour's draft is an hour and a half for Carla. With a minute less she cannot; Anna takes an hour."""
    carla = a_problem(days=7).task("1 draft", 60)
    enough = planned(carla.member("Carla", capacity=90, can={"draft": "learning"}))
    assert (enough.assignments, enough.shares) == ({"1 draft": "Carla"}, {"Carla": 100})
    short = planned(carla.member("Carla", capacity=89, can={"draft": "learning"}))
    assert set(uncovered(short)) == {"1 draft"}
    both = carla.member("Carla", capacity=90, can={"draft": "learning"}).member("Anna", capacity=90)
    assert planned(both).assignments == {"1 draft": "Anna"}, "67 is a lower highest share than 100"


def a_week_of_answers() -> ProblemBuilder:
    """Anna and Bruno have two answers of half an hour each, and were told. Carla has nothing yet."""
    team = a_problem(days=7)
    for name in ("Anna", "Bruno", "Carla"):
        team = team.member(name, capacity=120)
    for number, name in enumerate(("Anna", "Anna", "Bruno", "Bruno"), 1):
        team = team.task(f"{number} engage", 30, member=name)
    return team


def moved(problem: Problem, plan: Plan) -> set[str]:
    def is_moved(task: Task) -> bool:
        return task.member is not None and plan.assignments.get(task.id) != task.member

    return {task.id for task in problem.tasks if is_moved(task)}


def away(problem: Problem, name: str) -> Problem:
    """Somebody falls ill."""
    members = tuple(
        replace(member, free=(0,) * problem.days, capacity=(0,) * problem.weeks)
        if member.name == name
        else member
        for member in problem.members
    )
    return replace(problem, members=members)


def test_somebody_falls_ill_and_as_few_as_possible_are_told_otherwise() -> None:
    """Only Anna's two go to others. Carla takes both, and Bruno keeps his: each has half of their time."""
    problem = away(replace(a_week_of_answers().build(), order=STABLE), "Anna")
    plan = planned(problem)
    assert moved(problem, plan) == {"1 engage", "2 engage"}
    assert plan.value("changes") == 20
    assert plan.shares == {"Anna": 0, "Bruno": 50, "Carla": 50}


def test_somebody_falls_ill_and_what_was_only_planned_moves_before_what_was_told() -> None:
    """Bruno has time for the hour that was Anna's if he gives up half an hour: what he was only planned to
    have."""
    problem = (
        a_problem(days=7, order=STABLE)
        .member("Anna", capacity=0, free=0)
        .member("Bruno", capacity=90)
        .member("Carla", capacity=30)
        .task("1 draft", 60, member="Anna")
        .task("2 engage", 30, member="Bruno")
        .task("3 engage", 30, member="Bruno", held="planned")
        .build()
    )
    plan = planned(problem)
    assert plan.assignments == {"1 draft": "Bruno", "2 engage": "Bruno", "3 engage": "Carla"}
    assert plan.value("changes") == 11  # one that was told, one that was only planned


def test_nothing_moves_for_fairness_where_changes_come_first_and_much_does_where_they_do_not() -> None:
    """All is well, only that Carla has nothing: 50, 50 and 0 % could be 50, 25 and 25 %."""
    usual = a_week_of_answers().build()
    stable = replace(usual, order=STABLE)
    assert moved(stable, planned(stable)) == set()
    plan = planned(usual)
    assert len(moved(usual, plan)) == 1
    assert sorted(plan.shares.values()) == [25, 25, 50]


def test_an_author_s_posts_keep_their_distance() -> None:
    """Anna wants two days between her posts, and two a week at most. Of posts on Monday, Tuesday, Wednesday
    and Friday she can write two that are not neighbours; all others are Bruno's, who costs money."""
    team = (
        a_problem(days=7)
        .member("Anna", spacing=2, posts_a_week=2)
        .partner("Bruno", 6_000, can={"draft": "able"})
    )
    for number, going_out in enumerate((MON, TUE, WED, FRI), 1):
        team = team.task(f"{number} draft", 30, closes=going_out)
    plan = planned(team)
    by_anna = {task for task, name in plan.assignments.items() if name == "Anna"}
    assert len(by_anna) == 2
    assert by_anna not in ({"1 draft", "2 draft"}, {"2 draft", "3 draft"})
    assert plan.value("cost") == 6_000  # two times half an hour at 60.00


def test_what_crosses_into_the_next_week_counts_there() -> None:
    """This week is full. A draft that may be finished on Monday counts next week, in which there is time."""
    plan = planned(
        a_problem()
        .member("Anna", capacity=(60, 60), free=60)
        .task("1 draft", 60, closes=SUN)
        .task("2 draft", 60, opens=SUN, closes=NEXT_MON)
    )
    assert plan.assignments == {"1 draft": "Anna", "2 draft": "Anna"}
    assert plan.shares == {"Anna": 100}
