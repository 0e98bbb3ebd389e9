"""The best plan of a little problem, by trying everything and asking the verifier only."""

from __future__ import annotations

from collections.abc import Iterator

from cadence.planner.check import violations
from cadence.planner.problem import Problem, Task
from cadence.planner.worth import level_values


def best(problem: Problem) -> tuple[tuple[int, ...], dict[str, str]]:
    """The least values, in the problem's order, and an assignment that has them."""
    return min(((worth(problem, each), each) for each in sound(problem)), key=lambda found: found[0])


def worth(problem: Problem, assignments: dict[str, str]) -> tuple[int, ...]:
    """The values of all levels, in the problem's order."""
    return tuple(level_values(problem, assignments).values())


def sound(problem: Problem) -> Iterator[dict[str, str]]:
    """Every assignment that breaks no rule: each task that is not fixed is any member's or nobody's."""
    fixed = {task.id: task.member for task in problem.tasks if task.fixed and task.member is not None}
    return _grown(problem, fixed, [task for task in problem.tasks if not task.fixed])


def _grown(problem: Problem, given: dict[str, str], free: list[Task]) -> Iterator[dict[str, str]]:
    """All that `given` can become. What breaks a rule breaks it with more work too, so it is not grown."""
    if violations(problem, given):
        return
    if not free:
        yield given
        return
    task, *later = free
    yield from _grown(problem, given, later)
    for member in problem.members:
        yield from _grown(problem, {**given, task.id: member.name}, later)
