"""Plans are sound, as good as they say, and the same again, whichever way they were found."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from bench.planning_problems import make
from cadence.planner.check import absurdities, check
from cadence.planner.plan import Plan
from cadence.planner.problem import LEVEL_NAMES, LevelName, Member, Problem, Skill, Task
from cadence.planner.solving import solve as solving
from cadence.planner.solving.best import Best
from cadence.planner.solving.core import compile_problem
from cadence.planner.solving.greedy import first_roster
from cadence.planner.solving.levels import worth
from cadence.planner.solving.roster import Roster
from cadence.planner.solving.solve import Budget, solve
from tests.planner import brute
from tests.planner.owners import fewer
from tests.planner.problems import KINDS, small_problems

some, few = fewer(6), fewer(12)
STABLE: tuple[LevelName, ...] = (
    "uncovered",
    "changes",
    *(level for level in LEVEL_NAMES if level not in ("uncovered", "changes")),
)
WAYS: dict[str, Budget] = {
    "no time": Budget(seconds=0.0),
    "hardly any time": Budget(seconds=0.004),
    "hardly any time, alone": Budget(seconds=0.004, threads=1),
    "no steps": Budget(seconds=60, steps=0),
    "one step": Budget(seconds=60, steps=1),
    "three steps": Budget(seconds=60, steps=3),
}
"""Planning that ends before it is done."""


@contextmanager
def in_parts() -> Iterator[None]:
    """Solve even little problems in the way of large ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "SMALL", 0)
        yield


def solved_in_parts(problem: Problem, budget: Budget, **others: Any) -> Plan:
    with in_parts():
        return solve(problem, budget, **others)


def a_team() -> Problem:
    """Six people, four weeks, and more to do than they find time for."""
    return make(6, 4, 6, 0.95, 1)


# The best


@fewer(4)
@given(small_problems())
def test_a_little_problem_is_solved_to_the_best_of_all_plans(problem: Problem) -> None:
    plan = solve(problem)
    check(problem, plan)
    assert plan.worth == brute.best(problem)[0]
    assert plan.status == "optimal"
    assert list(plan.absurd) == absurdities(problem)


@some
@given(small_problems())
def test_searched_and_proven_in_parts_it_is_as_good(problem: Problem) -> None:
    plan = solved_in_parts(problem, Budget(seconds=60))
    check(problem, plan)
    assert plan.status == "optimal"
    assert plan.worth == solve(problem).worth


@some
@given(small_problems(), st.sampled_from(list(WAYS)))
def test_whenever_planning_ends_no_plan_that_is_as_good_before_falls_below_a_bound(
    problem: Problem, way: str
) -> None:
    """Of all plans that are as good or better on the levels before, compared in their order."""
    plan = solved_in_parts(problem, WAYS[way])
    check(problem, plan)
    everything = [brute.worth(problem, assignments) for assignments in brute.sound(problem)]
    for place, level in enumerate(plan.levels):
        as_good = [values for values in everything if values[:place] <= plan.worth[:place]]
        assert level.bound <= min(values[place] for values in as_good), level.name


@few
@given(small_problems())
def test_the_search_never_makes_the_first_plan_worse(problem: Problem) -> None:
    core = compile_problem(problem)
    keeps = problem.order.index("changes") < problem.order.index("highest-share")
    first = worth(core, first_roster(core, keep_held=keeps).owner)
    plan = solved_in_parts(problem, Budget(seconds=60, steps=30))
    check(problem, plan)
    assert plan.worth <= first
    assert plan.steps <= 30


@some
@given(small_problems(), st.booleans())
def test_what_is_fixed_stays_with_its_member(problem: Problem, parts: bool) -> None:
    plan = solved_in_parts(problem, Budget(steps=5)) if parts else solve(problem)
    kept = {task.id: task.member for task in problem.tasks if task.fixed}
    assert kept.items() <= dict(plan.assignments).items()


# More is never worse


@st.composite
def more_time(draw: st.DrawFn) -> tuple[Problem, Problem]:
    """A problem, and the same with more capacity or more free minutes for somebody."""
    problem = draw(small_problems())
    member = draw(st.sampled_from(problem.members))
    if draw(st.booleans()):
        assume(sum(member.capacity))
        more = replace(member, capacity=_raised(draw, member.capacity))
    else:
        more = replace(member, free=_raised(draw, member.free))
    return problem, _with(problem, more)


@st.composite
def more_skills(draw: st.DrawFn) -> tuple[Problem, Problem]:
    """A problem, and the same in which somebody learned something, so that they are able or expert."""
    problem = draw(small_problems())
    member = draw(st.sampled_from(problem.members))
    skill = Skill(draw(st.sampled_from(KINDS)), level=draw(st.sampled_from(("able", "expert"))))
    return problem, _with(problem, replace(member, skills=(*member.skills, skill)))


def _raised(draw: st.DrawFn, amounts: tuple[int, ...]) -> tuple[int, ...]:
    place, more = draw(st.integers(0, len(amounts) - 1)), draw(st.sampled_from((15, 60, 200)))
    return (*amounts[:place], amounts[place] + more, *amounts[place + 1 :])


def _with(problem: Problem, member: Member) -> Problem:
    members = tuple(member if old.name == member.name else old for old in problem.members)
    return replace(problem, members=members)


@some
@given(st.one_of(more_time(), more_skills()))
def test_more_time_or_skill_never_makes_a_plan_worse(pair: tuple[Problem, Problem]) -> None:
    """No plan becomes impossible by it, and none is worth less on any level: shares only fall with capacity
    and with a shorter effort, what fixed tasks need beyond the limits falls by no more than the limits rise.
    So the best plan is at least as good, all levels compared in their order, whatever that is; one by one
    they are not comparable, since a gain on an early level may be paid for on later ones.

    Two things are left out because they are not so. Somebody without any capacity has a share of 1000, and
    with a little may have a higher one. And who begins to learn what they were pinned to without being able
    takes longer for it than before.
    """
    problem, richer = pair
    before, after = solve(problem), solve(richer)
    assert before.status == after.status == "optimal"
    assert after.worth <= before.worth


# Planning again


def as_told(problem: Problem, plan: Plan, order: tuple[LevelName, ...]) -> Problem:
    """The problem in which everybody was told what a plan gives them."""

    def told(task: Task) -> Task:
        return replace(task, member=plan.assignments.get(task.id), held="told")

    return replace(problem, tasks=tuple(map(told, problem.tasks)), order=order)


@some
@given(small_problems())
def test_where_nothing_changed_planning_again_changes_nothing(problem: Problem) -> None:
    """What was best is the best, and of those that are as good the one that people were told. With changes in
    second place that is so from the first plan on."""
    plan = solve(problem)
    again = solve(as_told(problem, plan, problem.order))
    assert again.assignments == plan.assignments
    assert again.value("changes") == 0
    stable = solve(replace(problem, order=STABLE))
    for found in (solve, lambda told: solved_in_parts(told, Budget(seconds=60, steps=0))):
        kept = found(as_told(problem, stable, STABLE))
        assert kept.assignments == stable.assignments
        assert kept.value("changes") == 0


# The same again


def without_seconds(plan: Plan) -> bytes:
    return msgspec.json.encode(replace(plan, seconds=0.0), order="sorted")


@few
@given(small_problems(), st.integers(0, 3))
def test_the_same_problem_seed_and_steps_give_the_same_plan(problem: Problem, seed: int) -> None:
    plans = [solved_in_parts(problem, Budget(seconds=60, steps=8, seed=seed)) for _ in range(2)]
    assert without_seconds(plans[0]) == without_seconds(plans[1])


AGAIN = "from tests.planner.test_solve import *; print_a_plan()"


def print_a_plan() -> None:
    plan = solved_in_parts(a_team(), Budget(seconds=600, steps=6, seed=3))
    sys.stdout.write(without_seconds(plan).decode())


def test_another_process_finds_the_same_plan(capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(__file__).parents[2]
    environment = {"PYTHONPATH": str(root), "PYTHONHASHSEED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    print_a_plan()
    assert done.stdout == capsys.readouterr().out


# Watching and stopping


def test_every_plan_that_is_shown_is_better_than_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cadence.planner.solving.best.SHOW_EVERY", 0.0)
    problem, shown = a_team(), list[Plan]()
    plan = solved_in_parts(problem, Budget(seconds=600, steps=20), watch=shown.append)
    shown.append(plan)
    for one in shown:
        check(problem, one)
    assert len(shown) > 2
    assert all(later.worth < one.worth for one, later in pairwise(shown[:-1]))
    assert plan.worth <= shown[-2].worth


def test_somebody_else_can_stop_it_and_has_the_best_so_far() -> None:
    problem = make(15, 8, 20, 0.95, 1)
    begun, stop = threading.Event(), threading.Event()

    def stop_when_begun() -> None:
        begun.wait()
        stop.set()

    other = threading.Thread(target=stop_when_begun)
    other.start()
    plan = solve(problem, Budget(seconds=600), watch=lambda _: begun.set(), stop=stop.is_set)
    other.join()
    check(problem, plan)
    assert plan.status == "stopped"


def test_after_a_hundred_stops_at_any_moment_nothing_is_left_behind() -> None:
    problem, dice = make(3, 2, 3, 0.95, 1), Random(1)
    before, threads = msgspec.json.encode(problem), threading.active_count()
    stopped = 0
    for _ in range(100):
        left = dice.choice((1, 3, 10, 30, 100, 300))
        left = dice.randrange(left)

        def stop() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        plan = solved_in_parts(problem, Budget(seconds=60), stop=stop)
        check(problem, plan)
        stopped += plan.status == "stopped"
        assert_no_more_than(threads)
    assert msgspec.json.encode(problem) == before
    assert stopped > 50


def assert_no_more_than(threads: int) -> None:
    """The prover ends by itself, at once or when the solver listens again."""
    for thread in threading.enumerate():
        if thread.name == "prover":
            thread.join(10)
    assert threading.active_count() <= threads


def test_who_watches_may_fail_and_no_thread_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cadence.planner.solving.best.SHOW_EVERY", 0.0)
    threads, shown = threading.active_count(), list[Plan]()

    def watch(plan: Plan) -> None:
        shown.append(plan)
        if len(shown) > 1:
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        solved_in_parts(a_team(), Budget(seconds=60), watch=watch)
    assert_no_more_than(threads)


def test_a_plan_that_came_too_soon_to_be_shown_is_shown_later() -> None:
    core, time = compile_problem(a_team()), 10.0
    first = Roster(core).owner
    shown: list[Plan] = []
    best = Best(core, first, began=10.0, stop=lambda: False, watch=shown.append, clock=lambda: time)
    best.show()
    best.offer(first_roster(core).owner)
    assert len(shown) == 1, "not a quarter of a second after the first"
    time = 10.3
    assert not best.stopped
    assert [plan.worth for plan in shown] == [worth(core, first), best.worth]
    assert not best.stopped
    assert len(shown) == 2, "once"
