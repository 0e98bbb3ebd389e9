"""What fits whom while a plan is being made: the roster says what the verifier says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.planner.check import violations
from cadence.planner.problem import Problem
from cadence.planner.solving.core import NOBODY, compile_problem
from cadence.planner.solving.roster import Roster
from tests.planner.owners import fewer, named, others, problems_with_plans
from tests.planner.problems import MON, SUN, TUE, a_problem, small_problems


def agrees(problem: Problem, roster: Roster) -> None:
    """It holds nothing wrong, and what it says would fit is what the verifier would let pass."""
    assignments = named(problem, roster.owner)
    assert violations(problem, assignments) == []
    for task in roster.uncovered:
        for member, who in enumerate(problem.members):
            fits = member in roster.core.options[task] and roster.fits(task, member)
            wrong = violations(problem, {**assignments, problem.tasks[task].id: who.name})
            assert fits == (not wrong), (problem.tasks[task].id, who.name, wrong)


def same(one: Roster, other: Roster) -> bool:
    """Whether two rosters hold the same, and count it the same."""
    return (one.owner, one.tasks_of, one.used, one.minutes) == (
        other.owner,
        other.tasks_of,
        other.used,
        other.minutes,
    )


@fewer(4)
@given(small_problems(), st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=12))
def test_whatever_is_given_and_taken_what_fits_is_what_breaks_no_rule(
    problem: Problem, moves: list[tuple[int, int]]
) -> None:
    core = compile_problem(problem)
    roster = Roster(core)
    agrees(problem, roster)
    for n, m in moves:
        task, member = n % len(core.tasks), m % len(core.members)
        if core.fixed[task]:
            continue
        if (holder := roster.owner[task]) != NOBODY:
            assert roster.take(task) == holder
        elif member in core.options[task] and roster.fits(task, member):
            roster.give(task, member)
    agrees(problem, roster)
    assert same(roster, Roster.of(core, roster.owner)), "as if it had been made at once"


@fewer(4)
@given(problems_with_plans(), st.data())
def test_a_roster_can_become_any_other_that_breaks_no_rule(
    found: tuple[Problem, list[int]], data: st.DataObject
) -> None:
    problem, owner = found
    core = compile_problem(problem)
    fixed = named(problem, Roster(core).owner)
    other = data.draw(others(problem, fixed, [task for task in core.tasks if not core.fixed[task]]))
    roster = Roster.of(core, owner)
    assert roster.owner == owner
    roster.become(other)
    assert same(roster, Roster.of(core, other))
    agrees(problem, roster)


def test_what_others_have_moves_to_other_days_to_make_room() -> None:
    problem = (
        a_problem(days=2)
        .member("Anna", free=60)
        .task("1 draft", 60)
        .task("2 draft", 60, closes=MON)
        .task("3 draft", 1, opens=TUE)
        .build()
    )
    roster = Roster(compile_problem(problem))
    roster.give(0, 0)  # on Monday, for the time being
    assert roster.fits(1, 0)
    roster.give(1, 0)
    assert not roster.fits(2, 0), "now Tuesday is full"
    roster.take(1)
    assert roster.fits(2, 0)


def test_what_does_not_fit_cannot_be_given() -> None:
    problem = a_problem(days=7).member("Anna", free=(60, 0, 0, 0, 0, 0, 0)).task("1 draft", 61).build()
    with pytest.raises(ValueError, match="does not fit"):
        Roster(compile_problem(problem)).give(0, 0)


def test_what_does_not_fit_any_more_is_left_to_nobody() -> None:
    problem = a_problem().member("Anna", capacity=60).task("1 draft", closes=SUN).task("2 draft", closes=SUN)
    roster = Roster.of(compile_problem(problem.build()), [0, 0])
    assert roster.owner == [0, NOBODY]
    assert roster.uncovered == [1]


def test_fixed_tasks_are_there_from_the_start_and_make_no_room_for_more() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=60, free=10)
        .task("1 draft", 90, closes=MON, member="Anna", fixed=True)
        .task("2 draft", 1, closes=SUN)
        .task("3 draft", 0, closes=MON)
        .build()
    )
    roster = Roster(compile_problem(problem))
    assert roster.owner == [0, NOBODY, NOBODY]
    assert not roster.fits(1, 0)
    assert roster.fits(2, 0)
