"""Whether the work of a problem can be done at all, by whom, and for how much: the first two levels alone.

What a post needs to go out must have somebody; answering comes after all of it, and is counted apart. The
greedy plan and a count of minutes come first, and the solver only where they leave the question open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import monotonic

import msgspec

from cadence.planner.check import UnsoundPlan, violations
from cadence.planner.problem import Problem, Task
from cadence.planner.solving.core import NOBODY, Core, compile_problem
from cadence.planner.solving.greedy import first_roster
from cadence.planner.solving.levels import value_of
from cadence.planner.solving.roster import Roster
from cadence.planner.sustaining.bottleneck import open_at_least


def never() -> bool:
    return False


class Stopped(Exception):
    """Somebody does not want the answer any more."""


@dataclass(frozen=True)
class Clock:
    """How long answers may take: until `end` (as `monotonic` counts), each `each` seconds at most; `stop` is
    asked all the time."""

    end: float
    each: float
    stop: Callable[[], bool] = never

    @staticmethod
    def of(seconds: float, stop: Callable[[], bool] = never) -> Clock:
        """So many seconds from now, and a quarter of them for each question."""
        return Clock(monotonic() + seconds, seconds / 4, stop)

    @property
    def left(self) -> float:
        return 0.0 if self.stop() else max(0.0, self.end - monotonic())

    @property
    def is_over(self) -> bool:
        return self.left <= 0


@dataclass(frozen=True)
class Verdict:
    """A checked plan with as little uncovered as could be found.

    `open`: what a post needs to go out and nobody has; no plan leaves fewer than `least` such tasks.
    `unanswered`: the answering that nobody has. `cost`: cents for partners, over the whole horizon.
    """

    problem: Problem
    assignments: Mapping[str, str]
    open: tuple[Task, ...]
    unanswered: tuple[Task, ...]
    least: int
    cost: int

    @property
    def is_proven(self) -> bool:
        """Whether no plan leaves less open."""
        return len(self.open) == self.least

    @property
    def roster(self) -> Roster:
        """The plan, to ask what would still fit."""
        core = compile_problem(self.problem)
        index = {member.name: number for number, member in enumerate(self.problem.members)}
        names = (self.assignments.get(task.id) for task in self.problem.tasks)
        return Roster.of(core, [NOBODY if name is None else index[name] for name in names])


def is_answering(task: Task) -> bool:
    """The post is out without it."""
    return task.kind == "engage"


def without_answering(problem: Problem) -> Problem:
    """Only what the posts need to go out: a smaller problem for who asks about nothing else."""
    tasks = tuple(task for task in problem.tasks if task.fixed or not is_answering(task))
    return msgspec.structs.replace(problem, tasks=tasks)


def without_partners(problem: Problem) -> Problem:
    """Partners do nothing but what is fixed to them."""
    members = (
        msgspec.structs.replace(member, skills=()) if member.kind == "partner" else member
        for member in problem.members
    )
    return msgspec.structs.replace(problem, members=tuple(members))


def judge(problem: Problem, clock: Clock, *, cheapest: bool = False, most_open: int | None = None) -> Verdict:
    """As much covered as possible; `cheapest`: and by partners for as little money as possible. `most_open`:
    all that matters is whether a plan leaves so many tasks open, and the first that is known is enough.
    Stopped if somebody said so; when time is up, the greedy plan has to do."""
    if clock.stop():
        raise Stopped
    core = _weighed(compile_problem(problem))
    owner = first_roster(core).owner
    most = _most_answers(core)
    least = open_at_least(core, lambda task: not is_answering(problem.tasks[task]))
    value, bound = value_of(core, owner, "uncovered"), least * (most + 1)
    settled = value <= bound and not (cheapest and value_of(core, owner, "cost"))
    if most_open is not None:
        settled = settled or value // (most + 1) <= most_open or least > most_open
    if not settled:
        goal = None if most_open is None else (most_open + 1) * (most + 1)
        owner, proven = _solved(core, owner, clock, cheapest=cheapest, goal=goal)
        bound = max(bound, proven)
    return _checked(core, owner, -(-(bound - most) // (most + 1)) if bound > most else 0)


def _solved(
    core: Core, owner: list[int], clock: Clock, *, cheapest: bool, goal: int | None
) -> tuple[list[int], int]:
    """A plan at least as good, and what no plan falls below; at `goal` or above nobody looks any further."""
    # The solver costs a tenth of a second to load, which many questions do not need.
    from cadence.planner.engine import Effort, Highs
    from cadence.planner.solving.settle import Settler

    end = min(clock.end, monotonic() + clock.each)
    known = 0

    def effort() -> Effort:
        return Effort(max(0.0, end - monotonic()))

    def hear(bound: int) -> None:
        nonlocal known
        known = max(known, bound)

    def is_over() -> bool:
        return clock.stop() or (goal is not None and known >= goal)

    settler = Settler(core, Roster(core), core.tasks, Highs())
    covered = settler.settle(["uncovered"], owner, effort, is_over, hear)
    owner = covered.owner
    if cheapest and value_of(core, owner, "cost"):
        settler.hold("uncovered", covered.values[0])
        owner = settler.settle(["cost"], owner, effort, clock.stop).owner
    return owner, max(covered.bound, known)


def _most_answers(core: Core) -> int:
    return sum(map(is_answering, core.problem.tasks))


def _weighed(core: Core) -> Core:
    """What a post needs to go out weighs more than all answering together; whose promise it is, and whether
    it is one, decides nothing here."""
    most = _most_answers(core)
    return replace(core, weight=[1 if is_answering(task) else most + 1 for task in core.problem.tasks])


def _checked(core: Core, owner: list[int], least: int) -> Verdict:
    """The verdict on an assignment, which an independent check has passed."""
    tasks, members = core.problem.tasks, core.problem.members
    assignments = {tasks[t].id: members[m].name for t, m in enumerate(owner) if m != NOBODY}
    if faults := violations(core.problem, assignments):
        raise UnsoundPlan(faults)
    uncovered = [tasks[t] for t, m in enumerate(owner) if m == NOBODY]
    return Verdict(
        problem=core.problem,
        assignments=assignments,
        open=tuple(task for task in uncovered if not is_answering(task)),
        unanswered=tuple(task for task in uncovered if is_answering(task)),
        least=least,
        cost=value_of(core, owner, "cost"),
    )
