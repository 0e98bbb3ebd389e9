"""What fixed tasks break, and that they make no room for more. Monday is 23 November 2026."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cadence.planner.check import absurdities, violations
from cadence.planner.problem import Problem
from tests.planner.brute import sound
from tests.planner.problems import MON, NEXT_MON, SUN, TUE, WED, a_problem, small_problems


def test_a_fixed_task_stays_with_its_member() -> None:
    problem = a_problem().member("Anna").member("Bruno").task("1 draft", member="Anna", fixed=True).build()
    assert violations(problem, {"1 draft": "Anna"}) == []
    assert violations(problem, {"1 draft": "Bruno"}) == ["task 1 draft is fixed with Anna, and Bruno has it"]
    assert violations(problem, {}) == ["task 1 draft is fixed with Anna, and nobody has it"]


def test_a_fixed_task_without_skill_is_absurd_and_no_violation() -> None:
    problem = (
        a_problem()
        .member("Anna", can=())
        .task("1 draft", member="Anna", fixed=True)
        .task("2 draft", member="Anna", fixed=True, barred=("Anna",), terms={})
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna"}) == []
    assert absurdities(problem) == [
        "Anna cannot do task 1 draft",
        "Anna cannot do task 2 draft",
        "Anna is barred from task 2 draft",
    ]


def test_a_fixed_own_review_is_absurd_and_a_free_review_of_a_fixed_draft_is_wrong() -> None:
    half = a_problem().member("Anna").task("1 draft", member="Anna", fixed=True)
    wrong = half.task("1 review").build()
    absurd = half.task("1 review", member="Anna", fixed=True).build()
    both = {"1 draft": "Anna", "1 review": "Anna"}
    assert violations(wrong, both) == ["Anna has both task 1 draft and task 1 review"]
    assert absurdities(wrong) == violations(absurd, both) == []
    assert absurdities(absurd) == ["Anna has both task 1 draft and task 1 review"]


def test_a_week_overfull_of_fixed_work_has_no_room_for_more() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=(60, 60), taken=(20, 0))
        .task("1 draft", 90, closes=SUN, member="Anna", fixed=True)
        .task("2 draft", 1, closes=SUN)
        .task("3 draft", 60, opens=NEXT_MON)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "3 draft": "Anna"}) == []
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna"}) == [
        "Anna has 111′ in the week of Mon 23 Nov, and may have 110′: 1′ too much"
    ]
    assert absurdities(problem) == ["Anna has 110′ in the week of Mon 23 Nov, and may have 60′: 50′ too much"]


def test_a_week_overfull_before_anything_is_planned_is_nobodys_fault() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=60, taken=(80, 0))
        .task("1 draft", 0, closes=SUN)
        .task("2 draft", 5, closes=SUN)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna"}) == []
    assert violations(problem, {"2 draft": "Anna"}) == [
        "Anna has 85′ in the week of Mon 23 Nov, and may have 80′: 5′ too much"
    ]


def test_fixed_work_that_ends_unfinished_gets_the_missing_minutes_on_that_day_and_no_more() -> None:
    # Fixed: 1 needs 50′ of Monday's and Tuesday's 20′ each, so 10′ are missing on Tuesday; 2 has its 20′ on
    # Wednesday to itself, and 5′ more of them are free.
    problem = (
        a_problem()
        .member("Anna", free=(20, 20, 25) + (0,) * 11)
        .task("1 draft", 50, closes=TUE, member="Anna", fixed=True)
        .task("2 draft", 20, opens=TUE, closes=WED, member="Anna", fixed=True)
        .task("3 draft", 5, closes=WED)
        .task("4 draft", 1, opens=TUE, closes=TUE)
        .build()
    )
    fixed = {"1 draft": "Anna", "2 draft": "Anna"}
    assert absurdities(problem) == ["Anna has 10′ more to do by Tue 24 Nov than is free"]
    assert violations(problem, fixed) == []
    assert violations(problem, {**fixed, "3 draft": "Anna"}) == []
    assert violations(problem, {**fixed, "4 draft": "Anna"}) == [
        "Anna has 51′ to do from Mon 23 Nov to Tue 24 Nov, and 50′ free: 1′ too much"
    ]


def test_two_fixed_tasks_that_end_unfinished_on_a_day_miss_their_minutes_together() -> None:
    problem = (
        a_problem()
        .member("Anna", free=0)
        .task("1 draft", 30, closes=MON, member="Anna", fixed=True)
        .task("2 draft", 15, closes=MON, member="Anna", fixed=True)
        .task("3 draft", 0, opens=TUE, closes=TUE, member="Anna", fixed=True)
        .build()
    )
    assert absurdities(problem) == ["Anna has 45′ more to do by Mon 23 Nov than is free"]
    assert violations(problem, {task.id: "Anna" for task in problem.tasks}) == []


def test_fixed_drafts_beyond_the_posts_a_week_leave_no_room_for_one_more() -> None:
    problem = (
        a_problem()
        .member("Anna", posts_a_week=1)
        .task("1 draft", day=MON, member="Anna", fixed=True)
        .task("2 draft", day=SUN, member="Anna", fixed=True)
        .task("3 draft", day=WED)
        .task("4 draft", day=NEXT_MON)
        .build()
    )
    fixed = {"1 draft": "Anna", "2 draft": "Anna"}
    assert absurdities(problem) == ["Anna has 2 posts in the week of Mon 23 Nov, and may have 1"]
    assert violations(problem, {**fixed, "4 draft": "Anna"}) == []
    assert violations(problem, {**fixed, "3 draft": "Anna"}) == [
        "Anna has 3 posts in the week of Mon 23 Nov, and may have 2"
    ]


def test_two_fixed_drafts_may_be_too_close_and_no_other_to_either() -> None:
    problem = (
        a_problem()
        .member("Anna", spacing=2)
        .task("1 draft", day=MON, member="Anna", fixed=True)
        .task("2 draft", day=TUE, member="Anna", fixed=True)
        .task("3 draft", day=WED)
        .build()
    )
    fixed = {"1 draft": "Anna", "2 draft": "Anna"}
    assert absurdities(problem) == [
        "Anna has task 1 draft (Mon 23 Nov) and task 2 draft (Tue 24 Nov), less than 2 days apart"
    ]
    assert violations(problem, fixed) == []
    assert violations(problem, {**fixed, "3 draft": "Anna"}) == [
        "Anna has task 2 draft (Tue 24 Nov) and task 3 draft (Wed 25 Nov), less than 2 days apart"
    ]


@given(small_problems())
def test_what_is_fixed_is_never_wrong_by_itself(problem: Problem) -> None:
    fixed = {task.id: task.member for task in problem.tasks if task.fixed and task.member is not None}
    assert violations(problem, fixed) == []


@given(small_problems())
def test_what_is_absurd_would_be_wrong_if_it_were_not_fixed(problem: Problem) -> None:
    fixed = {task.id: task.member for task in problem.tasks if task.fixed and task.member is not None}
    loose = replace(problem, tasks=tuple(replace(task, fixed=False) for task in problem.tasks))
    assert (absurdities(problem) == []) == (violations(loose, fixed) == [])


@given(small_problems(max_tasks=5), st.data())
def test_taking_work_away_never_breaks_a_rule(problem: Problem, data: st.DataObject) -> None:
    fixed = {task.id for task in problem.tasks if task.fixed}
    given = data.draw(st.sampled_from([*sound(problem)][-20:]))
    for task in given.keys() - fixed:
        assert violations(problem, {key: who for key, who in given.items() if key != task}) == []
