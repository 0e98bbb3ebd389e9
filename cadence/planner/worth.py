"""What assignments are worth on every level, computed from the problem alone.

As `check`, which asks it, this knows no solver and shares no rule with the side that solves. The levels are
those of `docs/planning.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeVar

from cadence.model.team import Level
from cadence.planner.problem import WEIGHTS, LevelName, Member, Problem, Task

Assignments = Mapping[str, str]
"""Task → the name of the member who has it; a task that nobody has is left out."""

K = TypeVar("K")

SHARE_WITHOUT_CAPACITY = 1000
SHARE_STEPS = range(0, 1001, 5)
DISLIKED: Mapping[str | None, int] = {"learning": 2, "able": 1, None: 1, "expert": 0, "terms": 0}


def level_values(problem: Problem, assignments: Assignments) -> dict[LevelName, int]:
    """What the assignments are worth on every level, in the order of the problem."""
    given = given_to(problem, assignments)
    all_shares = shares(problem, assignments).values()
    values: dict[LevelName, int] = {
        "uncovered": sum(WEIGHTS[task.priority] for task in problem.tasks if task.id not in given),
        "cost": sum(needs(task, given[task.id])[1] for task in problem.tasks if task.id in given),
        "highest-share": max(all_shares, default=0),
        "unfairness": sum(max(0, share - step) for share in all_shares for step in SHARE_STEPS),
        "changes": _changes(problem, given),
        "preferences": _strangers(problem, given) + _handovers(problem, given) + _lonely(problem, given),
    }
    return {name: values[name] for name in problem.order}


def shares(problem: Problem, assignments: Assignments) -> dict[str, int]:
    """Per staff member 100 × (minutes, `taken` included) ÷ capacity over the horizon, rounded up."""
    minutes = Counter[str]({member.name: sum(member.taken) for member in problem.members})
    given = given_to(problem, assignments)
    for task in problem.tasks:
        if member := given.get(task.id):
            minutes[member.name] += needs(task, member)[0]
    return {
        member.name: _share(minutes[member.name], sum(member.capacity))
        for member in problem.members
        if member.kind == "staff"
    }


# What it takes somebody, and who has what


def ability(task: Task, member: Member) -> Level | Literal["terms"] | None:
    """What lets a member do a task; None: nothing does."""
    if task.terms is not None:
        return "terms" if member.name in task.terms else None
    return member.level_for(task.kind, task.channel)


def needs(task: Task, member: Member) -> tuple[int, int]:
    """Minutes and cents. Who could not do it needs the effort, and costs as usual."""
    if task.terms is not None and (terms := task.terms.get(member.name)):
        return terms.minutes, terms.cost
    is_learning = ability(task, member) == "learning"
    minutes = (3 * task.effort + 1) // 2 if is_learning else task.effort
    # cents × minutes ÷ 60 + ½, rounded down
    return minutes, (2 * member.cost_per_hour * minutes + 60) // 120 if member.kind == "partner" else 0


def given_to(problem: Problem, assignments: Assignments) -> dict[str, Member]:
    """Task → member, without what the problem does not know."""
    members = {member.name: member for member in problem.members}
    tasks = (task.id for task in problem.tasks)
    return {task: members[name] for task in tasks if (name := assignments.get(task, "")) in members}


def grouped(tasks: Iterable[Task], key: Callable[[Task], K]) -> dict[K, list[Task]]:
    groups: dict[K, list[Task]] = {}
    for task in tasks:
        groups.setdefault(key(task), []).append(task)
    return groups


# Levels


def _share(minutes: int, capacity: int) -> int:
    if capacity:
        return -(-100 * minutes // capacity)
    return SHARE_WITHOUT_CAPACITY if minutes else 0


def _changes(problem: Problem, given: Mapping[str, Member]) -> int:
    moved = (task for task in problem.tasks if task.member is not None)
    gone = (task for task in moved if task.id not in given or given[task.id].name != task.member)
    return sum(10 if task.held == "told" else 1 for task in gone)


def _strangers(problem: Problem, given: Mapping[str, Member]) -> int:
    """Skills that could be better, and topics that are not the member's."""
    total = 0
    for task in problem.tasks:
        if member := given.get(task.id):
            total += DISLIKED[ability(task, member)]
            total += bool(task.topic and member.topics and task.topic not in member.topics)
    return total


def _handovers(problem: Problem, given: Mapping[str, Member]) -> int:
    """Posts that one has written, and not the same one answers for."""
    drafts = grouped((task for task in problem.tasks if task.kind == "draft"), lambda task: task.post)
    return sum(
        2
        for task in problem.tasks
        for draft in (drafts.get(task.post, ()) if task.kind == "engage" else ())
        if draft.id in given and given.get(task.id) is not given[draft.id]
    )


def _lonely(problem: Problem, given: Mapping[str, Member]) -> int:
    """Channels that rest on one person, or on nobody."""
    channels = grouped(problem.tasks, lambda task: task.channel).values()
    return sum(
        10
        for tasks in channels
        if len(tasks) > 1 and len({given[task.id].name for task in tasks if task.id in given}) < 2
    )
