"""Steps of the search: what they reach, what they keep, and when they end."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.planner.check import violations
from cadence.planner.engine import Effort, Highs
from cadence.planner.problem import LEVEL_NAMES, LevelName, Problem
from cadence.planner.solving.balance import balance
from cadence.planner.solving.best import Best
from cadence.planner.solving.core import NOBODY, Core, compile_problem
from cadence.planner.solving.greedy import first_roster
from cadence.planner.solving.levels import value_of, worth
from cadence.planner.solving.prover import prove
from cadence.planner.solving.roster import Roster
from cadence.planner.solving.search import Search
from cadence.planner.solving.settle import Settler
from tests.planner.owners import fewer, named, problems_with_plans
from tests.planner.problems import SUN, a_problem, small_problems

some = fewer(5)
LONG = 600.0


def never() -> bool:
    return False


def always_effort() -> Effort:
    return Effort()


def best_of(core: Core, owner: list[int]) -> Best:
    return Best(core, owner, began=monotonic(), stop=never, watch=None)


def search_from(core: Core, roster: Roster, *, seed: int = 0, steps: int | None = None) -> Search:
    best = best_of(core, roster.owner)
    return Search(core, roster, Highs(), best, seed=seed, seconds_left=lambda: LONG, most_steps=steps)


def alternatives(problem: Problem, owner: list[int], free: list[int]) -> Iterator[list[int]]:
    """All that an assignment can become, against no rule, if some tasks are given anew."""
    if violations(problem, named(problem, [NOBODY if t in free else m for t, m in enumerate(owner)])):
        return
    if not free:
        yield list(owner)
        return
    task, *later = free
    for member in (NOBODY, *range(len(problem.members))):
        yield from alternatives(problem, [*owner[:task], member, *owner[task + 1 :]], later)


# One model, level by level


@some
@given(problems_with_plans(max_tasks=5), st.data())
def test_what_is_given_anew_is_settled_to_the_best_that_there_is(
    found: tuple[Problem, list[int]], data: st.DataObject
) -> None:
    problem, before = found
    core = compile_problem(problem)
    chosen = data.draw(st.sets(st.sampled_from(core.tasks), max_size=3))
    free = sorted(task for task in chosen if not core.fixed[task])
    settler = Settler(core, Roster.of(core, before), free, Highs())
    owner = before
    for level in problem.order:
        settled = settler.settle([level], owner, always_effort, never)
        assert settled.proven
        assert settled.values == (settled.bound,) == (value_of(core, settled.owner, level),)
        settler.hold(level, settled.bound)
        owner = settled.owner
    assert worth(core, owner) == min(worth(core, other) for other in alternatives(problem, before, free))
    assert all(owner[task] == before[task] for task in core.tasks if task not in free)


@some
@given(small_problems(max_tasks=5))
def test_levels_settled_in_one_sum_are_as_good_as_one_by_one(problem: Problem) -> None:
    core = compile_problem(problem)
    tail: list[LevelName] = ["unfairness", "changes", "preferences"]
    one_by_one, together = (Settler(core, Roster(core), core.tasks, Highs()) for _ in range(2))
    owner, values = Roster(core).owner, list[int]()
    for level in tail:
        settled = one_by_one.settle([level], owner, always_effort, never)
        one_by_one.hold(level, settled.bound)
        owner = settled.owner
        values.append(settled.bound)
    settled = together.settle(tail, Roster(core).owner, always_effort, never)
    assert settled.proven
    assert list(settled.values) == values
    assert settled.bound == values[0]


def test_without_time_nothing_is_settled_and_nothing_is_claimed() -> None:
    problem = a_problem().member("Anna").task("1 draft").build()
    core = compile_problem(problem)
    settler = Settler(core, Roster(core), core.tasks, Highs())
    for effort, stop in ((lambda: Effort(0.0), never), (always_effort, lambda: True)):
        settled = settler.settle(["uncovered"], [NOBODY], effort, stop)
        assert (settled.owner, settled.values, settled.bound, settled.proven) == ([NOBODY], (5,), 0, False)


def test_stretches_of_days_beyond_those_written_down_are_found_by_what_breaks_them() -> None:
    """Of 30 days only the first five are Anna's: three hours' time, and four tasks of an hour each."""
    problem = a_problem(days=30).member("Anna", free=(36,) * 5 + (0,) * 25)
    for number in range(4):
        problem = problem.task(f"{number} draft")
    core = compile_problem(problem.build())
    settler = Settler(core, Roster(core), core.tasks, Highs())
    settled = settler.settle(["uncovered"], Roster(core).owner, always_effort, never)
    assert (settled.values, settled.bound, settled.proven) == ((5,), 5, True)
    assert violations(core.problem, named(core.problem, settled.owner)) == []


# The search


@some
@given(small_problems(), st.integers(0, 3), st.sampled_from(LEVEL_NAMES))
def test_improving_a_level_gives_nothing_back_and_breaks_no_rule(
    problem: Problem, seed: int, level: LevelName
) -> None:
    core = compile_problem(problem)
    roster = first_roster(core)
    before = worth(core, roster.owner)
    search = search_from(core, roster, seed=seed, steps=4)
    gained = search.improve(level, 0.5)
    after = worth(core, roster.owner)
    place = problem.order.index(level)
    assert all(new <= old for new, old in zip(after[:place], before[:place], strict=True))
    assert (after < before) if gained else (after == before)
    assert violations(problem, named(problem, roster.owner)) == []
    assert search.steps <= 4


def three_rounds() -> Problem:
    """Anna is given all by who comes first; Bruno could have as much, for nothing."""
    problem = a_problem().member("Anna", capacity=120).member("Bruno", capacity=120)
    for number in range(4):
        problem = problem.task(f"{number} engage", 30, closes=SUN)
    return problem.build()


def test_loads_are_evened_out_by_small_moves() -> None:
    core = compile_problem(three_rounds())
    roster = Roster.of(core, [0, 0, 0, 0])
    assert balance(roster, frozenset({"uncovered", "cost"}), never)
    assert sorted(roster.owner) == [0, 0, 1, 1]
    assert not balance(roster, frozenset({"uncovered", "cost"}), never), "there is no more to gain"


def test_loads_are_left_alone_where_moves_might_cost_what_is_held() -> None:
    core = compile_problem(three_rounds())
    roster = Roster.of(core, [0, 0, 0, 0])
    assert not balance(roster, frozenset({"preferences"}), never)
    assert not balance(roster, frozenset({"uncovered"}), lambda: True)
    assert roster.owner == [0, 0, 0, 0]


@some
@given(problems_with_plans())
def test_evening_out_keeps_what_is_held_and_makes_the_loads_fairer(found: tuple[Problem, list[int]]) -> None:
    problem, before = found
    core = compile_problem(problem)
    roster = Roster.of(core, before)
    held: frozenset[LevelName] = frozenset({"uncovered", "cost", "changes"})
    moved = balance(roster, held, never)
    for level in held:
        assert value_of(core, roster.owner, level) <= value_of(core, before, level)
    fairer = value_of(core, roster.owner, "unfairness") < value_of(core, before, "unfairness")
    assert moved == fairer
    assert value_of(core, roster.owner, "highest-share") <= value_of(core, before, "highest-share")
    assert violations(problem, named(problem, roster.owner)) == []


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_the_search_ends_after_its_steps(steps: int) -> None:
    core = compile_problem(three_rounds())
    search = search_from(core, Roster.of(core, [0, 0, 0, 0]), steps=steps)
    search.improve("preferences", 0.5)
    assert search.steps == steps
    assert search.is_over


# The prover


@some
@given(small_problems())
def test_alone_the_prover_brings_even_the_emptiest_plan_to_the_proven_best(problem: Problem) -> None:
    core = compile_problem(problem)
    best = best_of(core, Roster(core).owner)
    prove(core, best, Highs(), lambda: LONG)
    assert best.is_proven
    assert violations(problem, named(problem, best.owner)) == []


def test_a_level_is_proven_with_all_before_it_held_even_those_that_were_clear_at_once() -> None:
    """Nobody pays for what could be left undone: that the work is done comes first, and is clear at once."""
    problem = a_problem().partner("Piero", 6_000).task("1 draft", 60).build()
    core = compile_problem(problem)
    best = best_of(core, [0])
    assert best.proven("uncovered")
    prove(core, best, Highs(), lambda: LONG)
    assert (best.bound("cost"), best.is_proven) == (6_000, True)
