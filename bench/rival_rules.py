"""The rules of docs/planning.md once more, plainly, for those that the planner is compared with.

Written from that page alone, so that rivals share no mistake with the planner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cadence.planner.problem import Member, Problem, Task

DISLIKED = {"learning": 2, "able": 1, None: 1, "expert": 0}


class Pair(NamedTuple):
    """A task and a member who may have it (their places in the problem), what it takes them in minutes and
    cents, what it alone adds to `preferences`, and when: days and weeks, counted from the start."""

    task: int
    member: int
    minutes: int
    cost: int
    points: int
    opens: int
    closes: int
    week: int


def pairs_of(problem: Problem) -> Iterator[Pair]:
    """Who may have which task; of a fixed one just its member, whatever else holds."""
    able: dict[tuple[str, str], list[int]] = {}
    places = {member.name: n for n, member in enumerate(problem.members)}
    for n, task in enumerate(problem.tasks):
        key = task.kind, task.channel
        if key not in able:
            able[key] = [m for m, member in enumerate(problem.members) if member.level_for(*key)]
        if task.fixed and task.member is not None:
            mine = [places[task.member]]
        else:
            mine = able[key] if task.terms is None else [places[name] for name in task.terms]
            mine = [m for m in mine if problem.members[m].name not in task.barred]
        opens, closes = (task.opens - problem.start).days, (task.closes - problem.start).days
        week = problem.week_of(task.closes)
        for m in mine:
            yield Pair(n, m, *_needs(task, problem.members[m]), opens, closes, week)


def _needs(task: Task, member: Member) -> tuple[int, int, int]:
    """Minutes, cents and points."""
    off_topic = int(bool(task.topic and member.topics and task.topic not in member.topics))
    if task.terms is not None and (terms := task.terms.get(member.name)):
        return terms.minutes, terms.cost, off_topic
    level = member.level_for(task.kind, task.channel) if task.terms is None else None
    minutes = -(-3 * task.effort // 2) if level == "learning" else task.effort
    cost = (2 * member.cost_per_hour * minutes + 60) // 120 if member.kind == "partner" else 0
    return minutes, cost, DISLIKED[level] + off_topic


class Interval(NamedTuple):
    """Days from `first` to `last`, both included, the minutes free in them, and all work that lies within."""

    first: int
    last: int
    free: int
    pairs: list[Pair]


class Room:
    """What one member can hold: minutes of weeks and of days, widened to what their fixed tasks need."""

    def __init__(self, problem: Problem, member: Member, fixed: Sequence[Pair]) -> None:
        needed = [0] * problem.weeks
        for pair in fixed:
            needed[pair.week] += pair.minutes
        taken = member.taken or [0] * problem.weeks
        limits = zip(member.capacity, taken, needed, strict=True)
        self.week = [max(capacity - used, need, 0) for capacity, used, need in limits]
        self.free = list(member.free)
        self._widen(fixed)
        self._until = [0, *accumulate(self.free)]

    def _widen(self, fixed: Sequence[Pair]) -> None:
        """A day on which fixed tasks end unfinished, most urgent done first, has the missing minutes more."""
        left = {pair: pair.minutes for pair in sorted(fixed, key=lambda pair: pair.closes)}
        for day in range(len(self.free)) if left else ():
            room = self.free[day]
            for pair in [pair for pair in left if pair.opens <= day]:
                done = min(room, left[pair])
                room -= done
                left[pair] -= done
                if day == pair.closes:
                    self.free[day] += left.pop(pair)

    def between(self, first: int, last: int) -> int:
        """Free minutes from one day to another, both included."""
        return self._until[last + 1] - self._until[first]

    def tight(self, pairs: Sequence[Pair], longest: int) -> Iterator[Interval]:
        """The intervals of up to so many days that are too small for all work within them.

        Of a week's work no more counts than the week allows.
        """
        ordered = sorted(pairs, key=lambda pair: pair.closes)
        for first in sorted({pair.opens for pair in pairs}):
            inside = [pair for pair in ordered if pair.opens >= first and pair.closes < first + longest]
            weeks: dict[int, int] = defaultdict(int)
            for n, pair in enumerate(inside, 1):
                weeks[pair.week] += pair.minutes
                if n == len(inside) or inside[n].closes > pair.closes:
                    free = self.between(first, pair.closes)
                    if sum(min(minutes, self.week[week]) for week, minutes in weeks.items()) > free:
                        yield Interval(first, pair.closes, free, inside[:n])

    def holds(self, pairs: Sequence[Pair]) -> bool:
        """Whether the days hold this work: the most urgent first on every day."""
        left = {pair: pair.minutes for pair in sorted(pairs, key=lambda pair: pair.closes)}
        for day in range(min(p.opens for p in pairs), max(p.closes for p in pairs) + 1) if pairs else ():
            room = self.free[day]
            for pair in [pair for pair in left if pair.opens <= day]:
                done = min(room, left[pair])
                room -= done
                left[pair] -= done
                if left[pair] == 0:
                    del left[pair]
                elif day == pair.closes:
                    return False
        return True
