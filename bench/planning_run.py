"""One measured plan in a process of its own: time and memory are those of this plan and its imports."""

from __future__ import annotations

import resource
import subprocess
import sys
from time import perf_counter

import msgspec

from bench import gap
from bench.planning_problems import of_size
from cadence.planner.check import UnsoundPlan, check, violations
from cadence.planner.problem import LevelName, Problem
from cadence.planner.worth import level_values

WHO = ("ours", "highs", "cpsat", "greedy")


class Case(msgspec.Struct, frozen=True):
    """`name`: a size, or a published instance (then ratio and seed say nothing)."""

    name: str
    who: str
    seconds: float
    ratio: float = 0.75
    seed: int = 1

    @property
    def title(self) -> str:
        return self.name if self.name in gap.instances() else f"{self.name} {self.ratio:.2f} seed {self.seed}"

    def problem(self) -> Problem:
        if self.name in gap.instances():
            return gap.load(self.name)
        return of_size(self.name, self.ratio, self.seed)


class Outcome(msgspec.Struct, frozen=True):
    """`values` as counted by the independent check, `faults` what it found. `first`: seconds until the first
    plan; `ready`: until a rival's engine could begin; `megabytes`: the most memory that the process had."""

    tasks: int
    values: dict[LevelName, int]
    bounds: dict[LevelName, int]
    seconds: float
    first: float
    ready: float
    megabytes: int
    faults: list[str]

    @property
    def is_proven(self) -> bool:
        return all(self.bounds.get(name) == value for name, value in self.values.items())

    @property
    def worth(self) -> tuple[int, ...]:
        return tuple(self.values.values())


def measured(case: Case) -> Outcome:
    """What a fresh process finds."""
    command = [sys.executable, "-m", "bench.planning_run", msgspec.json.encode(case).decode()]
    printed = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return msgspec.json.decode(printed.splitlines()[-1], type=Outcome)


def _run(case: Case) -> Outcome:
    problem = case.problem()
    began = perf_counter()
    assignments, bounds, first, ready, faults = (_ours if case.who == "ours" else _rival)(problem, case)
    seconds = perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    values = level_values(problem, assignments)
    return Outcome(len(problem.tasks), values, bounds, seconds, first, ready, megabytes, faults)


Found = tuple[dict[str, str], dict[LevelName, int], float, float, list[str]]


def _ours(problem: Problem, case: Case) -> Found:
    began = perf_counter()
    from cadence.planner.plan import Plan
    from cadence.planner.solving.solve import Budget, solve  # here: its imports are part of what is measured

    firsts: list[float] = []

    def watch(plan: Plan) -> None:
        if not firsts:
            firsts.append(perf_counter() - began)

    plan = solve(problem, budget=Budget(seconds=case.seconds, threads=2, seed=0), watch=watch)
    first = firsts[0] if firsts else perf_counter() - began
    faults: list[str] = []
    try:
        check(problem, plan)
    except UnsoundPlan as unsound:
        faults = unsound.faults
    return dict(plan.assignments), {level.name: level.bound for level in plan.levels}, first, first, faults


def _rival(problem: Problem, case: Case) -> Found:
    from bench.rivals import greedy, whole_cpsat, whole_highs  # here: ours loads nothing of them

    if case.who == "greedy":
        answer = greedy(problem)
    else:
        answer = {"highs": whole_highs, "cpsat": whole_cpsat}[case.who](problem, case.seconds)
    assignments = dict(answer.assignments)
    return assignments, dict(answer.bounds), answer.first, answer.ready, violations(problem, assignments)


if __name__ == "__main__":
    outcome = _run(msgspec.json.decode(sys.argv[1], type=Case))
    print(msgspec.json.encode(outcome).decode())
