"""Plans that say of themselves what is not so, and the best plan by trying everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from cadence.planner.check import UnsoundPlan, check, violations
from cadence.planner.plan import LevelValue, Plan, Uncovered
from cadence.planner.problem import LevelName, Problem
from tests.planner.brute import best, sound, worth
from tests.planner.problems import MON, SUN, a_problem, small_problems


def a_little_problem() -> Problem:
    return (
        a_problem()
        .member("Anna", capacity=(50, 50))
        .task("1 draft", 10)
        .task("2 draft", 0, closes=MON)
        .build()
    )


def a_plan() -> Plan:
    """The first task is Anna's, the second nobody's: 5 points uncovered; 10 %, unfairness 10 + 5 + 0; nobody
    else on the channel, and Anna is able: 10 + 1."""
    values: dict[LevelName, int] = {
        "uncovered": 5,
        "cost": 0,
        "highest-share": 10,
        "unfairness": 15,
        "changes": 0,
        "preferences": 11,
    }
    return Plan(
        status="optimal",
        seconds=0.1,
        steps=1,
        levels=tuple(LevelValue(name, amount, amount) for name, amount in values.items()),
        assignments={"1 draft": "Anna"},
        uncovered=(Uncovered("2 draft", "nobody wants it"),),
        shares={"Anna": 10},
    )


def test_a_plan_that_is_what_it_says_passes() -> None:
    check(a_little_problem(), a_plan())


def level(name: LevelName, value: int, bound: int) -> tuple[LevelValue, ...]:
    """The levels of the plan with one replaced."""
    return tuple(LevelValue(name, value, bound) if old.name == name else old for old in a_plan().levels)


FALSEHOODS = {
    "a false value": ({"levels": level("unfairness", 14, 14)}, "unfairness is said to be 14, and is 15"),
    "a bound above the value": (
        {"levels": level("uncovered", 5, 6), "status": "feasible"},
        "uncovered has the bound 6, above its value 5",
    ),
    "optimal without proof": (
        {"levels": level("uncovered", 5, 4)},
        "uncovered is said to be optimal: its bound is 4, its value 5",
    ),
    "levels left out": ({"levels": ()}, "the levels are left out, and should be uncovered, cost, "),
    "levels in another order": (
        {"levels": a_plan().levels[::-1]},
        "the levels are preferences, changes, unfairness, highest-share, cost, uncovered, and should be ",
    ),
    "a task that is forgotten": ({"uncovered": ()}, "task 2 draft is uncovered, and that is not said"),
    "a task that is not uncovered": (
        {"uncovered": (*a_plan().uncovered, Uncovered("1 draft", ""))},
        "task 1 draft is said to be uncovered, and is not",
    ),
    "a task that is named twice": (
        {"uncovered": a_plan().uncovered * 2},
        "task 2 draft is said to be uncovered, and is not",
    ),
    "a false share": ({"shares": {"Anna": 9}}, "the share of Anna is said to be 9, and is 10"),
    "a share that is left out": ({"shares": {}}, "the share of Anna is said to be None, and is 10"),
    "a share of nobody": (
        {"shares": {"Anna": 10, "Zoe": 1}},
        "the share of Zoe is said to be 1, and is None",
    ),
}


@pytest.mark.parametrize(("changed", "said"), FALSEHOODS.values(), ids=FALSEHOODS.keys())
def test_a_plan_that_says_what_is_not_so_is_unsound(changed: dict[str, object], said: str) -> None:
    with pytest.raises(UnsoundPlan) as caught:
        check(a_little_problem(), replace(a_plan(), **changed))
    assert [fault.startswith(said) for fault in caught.value.faults] == [True]


def test_a_bound_below_the_value_is_right_where_nothing_is_said_to_be_proven() -> None:
    check(a_little_problem(), replace(a_plan(), status="feasible", levels=level("uncovered", 5, 0)))


def test_an_unsound_plan_says_all_that_is_wrong() -> None:
    with pytest.raises(UnsoundPlan) as caught:
        check(a_little_problem(), replace(a_plan(), assignments={"1 draft": "Zoe"}, shares={"Anna": 0}))
    said = str(caught.value)
    for part in (
        "there is no such member",
        "uncovered is said to be 5, and is 10",
        "task 1 draft is uncovered",
    ):
        assert part in said


# Brute force


def test_brute_force_finds_the_best_of_a_little_problem() -> None:
    # Anna has time for one of the two, and the shorter one costs less with Piero.
    problem = (
        a_problem()
        .member("Anna", capacity=60, can={"draft": "expert"})
        .partner("Piero", 6_000, can={"draft": "expert"})
        .task("1 draft", 60, closes=SUN)
        .task("2 draft", 45, closes=SUN)
        .build()
    )
    # 45′ with Piero for 45.00; Anna has 60 of 120′: 50 %, and 50 + 45 + … + 5 = 275
    assert best(problem) == ((0, 4_500, 50, 275, 0, 0), {"1 draft": "Anna", "2 draft": "Piero"})


@given(small_problems(max_members=2, max_tasks=4))
def test_brute_force_leaves_nothing_sound_out(problem: Problem) -> None:
    """Without growing step by step: all combinations are written down first, and then judged."""
    everything: list[dict[str, str]] = [{}]
    for task in problem.tasks:
        options = [{}, *({task.id: member.name} for member in problem.members)]
        everything = [{**given, **option} for given in everything for option in options]
    judged = [given for given in everything if not violations(problem, given)]
    assert sorted(map(sorted, (given.items() for given in sound(problem)))) == sorted(
        map(sorted, (given.items() for given in judged))
    )
    assert best(problem)[0] == min(worth(problem, given) for given in judged)
