"""Evening out loads by small moves: a task of a busier member to a freer one, or one task against another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from cadence.planner.problem import LevelName
from cadence.planner.solving.core import Core
from cadence.planner.solving.levels import unfair
from cadence.planner.solving.roster import Roster

KEPT: frozenset[LevelName] = frozenset({"uncovered", "cost", "changes"})
"""Levels that a move can be seen to keep, task by task."""


def balance(roster: Roster, held: frozenset[LevelName], stop: Callable[[], bool]) -> bool:
    """Move tasks between staff while that makes the loads less unfair; whether anything was moved.

    What is `held` stays as good as it is; nothing is done where that cannot be seen from each move.
    """
    if not held <= KEPT:
        return False
    core, moved, again = roster.core, False, True
    while again and not stop():
        again = False
        staff = [member for member in core.members if core.is_staff[member] and core.capacity[member]]
        for member in sorted(staff, key=lambda m: -core.share(m, roster.minutes[m])):
            while not stop() and _relieve(roster, member, held):
                moved = again = True
    return moved


def _relieve(roster: Roster, member: int, held: frozenset[LevelName]) -> bool:
    """Make the first move that helps a member and hurts nobody more; whether there was one."""
    core = roster.core
    tasks = [task for task in roster.tasks_of[member] if not core.fixed[task]]
    tasks.sort(key=lambda task: -core.options[task][member][0])
    return any(chain(_gives(roster, member, tasks, held), _swaps(roster, member, tasks, held)))


def _gives(roster: Roster, member: int, tasks: list[int], held: frozenset[LevelName]) -> Iterator[bool]:
    """Try each task with each other member."""
    core = roster.core
    for task in tasks:
        minutes = core.options[task][member][0]
        for other in core.options[task]:
            more = core.options[task][other][0]
            if (
                not _helps(roster, member, -minutes, other, more)
                or _cost(core, held, task, member, other) > 0
            ):
                continue
            roster.take(task)
            if roster.fits(task, other):
                roster.give(task, other)
                yield True
                return
            roster.give(task, member)


def _swaps(roster: Roster, member: int, tasks: list[int], held: frozenset[LevelName]) -> Iterator[bool]:
    """Try each task with each task of another member."""
    core = roster.core
    share = core.share(member, roster.minutes[member])
    freer = [m for m in core.members if core.is_staff[m] and core.share(m, roster.minutes[m]) < share - 1]
    for task in tasks:
        minutes = core.options[task][member][0]
        for other in freer:
            if other not in core.options[task]:
                continue
            more = core.options[task][other][0]
            for back in list(roster.tasks_of[other]):
                if core.fixed[back] or member not in core.options[back]:
                    continue
                gained = core.options[back][member][0] - minutes
                lost = more - core.options[back][other][0]
                cost = _cost(core, held, task, member, other) + _cost(core, held, back, other, member)
                if cost > 0 or not _helps(roster, member, gained, other, lost):
                    continue
                if _swap(roster, task, back):
                    yield True
                    return


def _swap(roster: Roster, task: int, back: int) -> bool:
    """Exchange the members of two tasks if that breaks no rule; whether it was done."""
    member, other = roster.take(task), roster.take(back)
    if roster.fits(task, other):
        roster.give(task, other)
        if roster.fits(back, member):
            roster.give(back, member)
            return True
        roster.take(task)
    roster.give(task, member)
    roster.give(back, other)
    return False


def _helps(roster: Roster, member: int, change: int, other: int, others_change: int) -> bool:
    """Whether the loads would be less unfair."""
    core, minutes = roster.core, roster.minutes
    if other == member or not core.is_staff[other] or not core.capacity[other]:
        return False
    before = _unfair(roster, member, 0) + _unfair(roster, other, 0)
    highest = core.share(member, minutes[member])
    if core.share(other, minutes[other] + others_change) > highest:
        return False
    return _unfair(roster, member, change) + _unfair(roster, other, others_change) < before


def _unfair(roster: Roster, member: int, change: int) -> int:
    return unfair(roster.core.share(member, roster.minutes[member] + change))


def _cost(core: Core, held: frozenset[LevelName], task: int, member: int, other: int) -> int:
    """What giving a task to another member costs on the held levels; they are each as important here."""
    cost = 0
    if "cost" in held:
        cost += max(0, core.options[task][other][1] - core.options[task][member][1])
    if "changes" in held and core.held[task] == member:
        cost += core.change[task]
    return cost
