"""Assignments as the solving side has them, a number for each task, and as the verifier has them, by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hypothesis import settings
from hypothesis import strategies as st

from cadence.planner.check import violations
from cadence.planner.problem import Problem
from cadence.planner.solving.core import NOBODY
from tests.planner.problems import small_problems

Assignments = dict[str, str]


def fewer(times: int) -> settings:
    """A part of the usual number of examples, for what takes long."""
    return settings(max_examples=settings().max_examples // times)


def named(problem: Problem, owner: Sequence[int]) -> Assignments:
    pairs = zip(problem.tasks, owner, strict=True)
    return {task.id: problem.members[member].name for task, member in pairs if member != NOBODY}


def numbered(problem: Problem, assignments: Assignments) -> list[int]:
    index = {member.name: number for number, member in enumerate(problem.members)}
    return [index[assignments[task.id]] if task.id in assignments else NOBODY for task in problem.tasks]


@st.composite
def problems_with_plans(draw: st.DrawFn, max_tasks: int = 6) -> tuple[Problem, list[int]]:
    """A little problem, and an assignment that breaks no rule."""
    problem = draw(small_problems(max_tasks=max_tasks))
    fixed = {task.id: task.member for task in problem.tasks if task.fixed and task.member is not None}
    free = [number for number, task in enumerate(problem.tasks) if not task.fixed]
    return problem, draw(others(problem, fixed, free))


@st.composite
def others(draw: st.DrawFn, problem: Problem, kept: Assignments, free: Collection[int]) -> list[int]:
    """What `kept` can become if the `free` tasks are given to anybody or to nobody, against no rule."""
    given = dict(kept)
    names = [None, *(member.name for member in problem.members)]
    for number in free:
        name = draw(st.sampled_from(names))
        more = {**given, problem.tasks[number].id: name} if name else given
        given = given if violations(problem, more) else more
    return numbered(problem, given)
