"""Planning in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from threading import Timer
from time import monotonic

import msgspec
import pytest

from bench.planning_problems import of_size
from cadence.language import speaking
from cadence.planner.check import check
from cadence.planner.solving import apart
from cadence.planner.solving.apart import Order, SolverProcess
from cadence.planner.solving.solve import Budget, solve
from tests.planner.problems import a_problem

SMALL = a_problem().member("Anna", capacity=120).task("1 draft", 120).task("2 draft", 120).build()
LARGE = of_size("M", 0.95, 1)


def test_it_finds_what_is_found_in_this_process_and_says_when_that_is_the_last() -> None:
    with SolverProcess(SMALL, 30.0) as solver:
        found = list(solver.plans())
    here = solve(SMALL, Budget(30.0, threads=1))
    plan, is_last = found[-1]
    check(SMALL, plan)
    assert plan.levels == here.levels
    assert (is_last, plan.status) == (True, "optimal")
    assert not any(is_last for _plan, is_last in found[:-1])


def test_it_gives_reasons_in_the_language_of_who_asked() -> None:
    with speaking("it"), SolverProcess(SMALL, 30.0) as solver:
        *_, (plan, _is_last) = solver.plans()
    here = solve(SMALL, Budget(30.0, threads=1)).uncovered
    assert plan.uncovered[0].task == here[0].task
    assert plan.uncovered[0].why != here[0].why


def test_told_to_end_it_just_ends() -> None:
    with SolverProcess(LARGE, 60.0) as solver:
        first = next(solver.plans())
        Timer(0.1, solver.kill).start()
        began = monotonic()
        rest = list(solver.plans())
    assert not any(is_last for _plan, is_last in [first, *rest])
    assert monotonic() - began < 10


def test_a_solver_that_breaks_is_a_failure_and_not_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "__name__", "cadence.planner.solving.nothing_there")
    with SolverProcess(SMALL, 1.0) as solver, pytest.raises(RuntimeError, match="ended by itself"):
        list(solver.plans())


def test_it_ends_when_nobody_is_there_any_more() -> None:
    command = [sys.executable, "-m", apart.__name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(msgspec.json.encode(Order(LARGE, 600.0, "en")) + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(timeout=10) == 0
