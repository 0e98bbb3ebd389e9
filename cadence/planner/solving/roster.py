"""Who has which task at a moment of the search, and what would still fit."""

from __future__ import annotations

from collections.abc import Sequence

from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.days import Layout, Piece, lay_out


class Roster:
    """Every task with its member, each member's minutes by week, and a layout of their work on days.

    `fits` asks, `give` and `take` change. It never holds anything that breaks a rule.
    """

    def __init__(self, core: Core) -> None:
        self.core = core
        self.owner = [NOBODY for _ in core.tasks]
        self.tasks_of: list[set[int]] = [set() for _ in core.members]
        self.used = [[0 for _ in core.weeks] for _ in core.members]
        self.minutes = list(core.base)
        self._spare = [list(free) for free in core.free]
        self._parts: Layout = {}
        self._keep_fixed()

    @classmethod
    def of(cls, core: Core, owner: Sequence[int]) -> Roster:
        """The roster in which everybody has what `owner` says; what does not fit is left to nobody."""
        roster = cls(core)
        for task, member in enumerate(owner):
            is_new = member in core.options[task] and roster.owner[task] == NOBODY
            if is_new and roster.fits(task, member):
                roster.give(task, member)
        return roster

    def fits(self, task: int, member: int) -> bool:
        """Whether a member who could do the task may take it now, with all that they have."""
        core = self.core
        minutes = core.options[task][member][0]
        week = core.week[task]
        if self.used[member][week] + minutes > core.room[member][week]:
            return False
        owner = self.owner
        for rival in core.rivals[task]:
            if owner[rival] == member:
                return False
        if core.going_out[task] is not None and not self.may_author(task, member):
            return False
        opens, closes = core.opens[task], core.closes[task]
        if sum(self._spare[member][opens : closes + 1]) >= minutes:
            return True
        return self._relaid(task, member) is not None

    def may_author(self, task: int, member: int) -> bool:
        """Whether one more post on that day is not too many for an author, nor too close to another."""
        core = self.core
        limit, spacing = core.problem.members[member].posts_a_week, core.spacing(member)
        out = core.going_out[task]
        if out is None or (limit is None and spacing < 1):
            return True
        others = [
            other for t in self.tasks_of[member] if t != task and (other := core.going_out[t]) is not None
        ]
        limit = core.limit(member, out[1])
        if limit is not None and sum(week == out[1] for _, week in others) >= limit:
            return False
        return all(abs(day - out[0]) >= spacing for day, _ in others)

    def give(self, task: int, member: int) -> None:
        """Give a task that nobody has to a member whom it fits."""
        core = self.core
        minutes = core.options[task][member][0]
        opens, closes = core.opens[task], core.closes[task]
        spare = self._spare[member]
        if sum(spare[opens : closes + 1]) >= minutes:
            self._parts[task] = _fill(spare, opens, minutes)
        else:
            relaid = self._relaid(task, member)
            if relaid is None:
                raise ValueError(f"task {task} does not fit member {member}")
            for other in relaid.keys() - {task}:
                for day, part in self._parts[other]:
                    spare[day] += part
            for parts in relaid.values():
                for day, part in parts:
                    spare[day] -= part
            self._parts.update(relaid)
        self._count(task, member, minutes)

    def take(self, task: int) -> int:
        """Take a task from whoever has it; returns who that was."""
        member = self.owner[task]
        minutes = self.core.options[task][member][0]
        for day, part in self._parts.pop(task):
            self._spare[member][day] += part
        self.owner[task] = NOBODY
        self.tasks_of[member].discard(task)
        self.used[member][self.core.week[task]] -= minutes
        self.minutes[member] -= minutes
        return member

    def become(self, owner: Sequence[int]) -> None:
        """Change to another assignment that breaks no rule."""
        changed = [task for task, member in enumerate(self.owner) if member != owner[task]]
        for task in changed:
            if self.owner[task] != NOBODY:
                self.take(task)
        for task in changed:
            if owner[task] != NOBODY:
                self.give(task, owner[task])

    @property
    def uncovered(self) -> list[int]:
        return [task for task, member in enumerate(self.owner) if member == NOBODY]

    def _keep_fixed(self) -> None:
        """Fixed tasks are there from the start; the core has the room that they need."""
        core = self.core
        kept: list[list[Piece]] = [[] for _ in core.members]
        for task in core.tasks:
            if core.fixed[task]:
                member = core.held[task]
                minutes = core.options[task][member][0]
                kept[member].append(Piece(core.opens[task], core.closes[task], minutes, task))
                self._count(task, member, minutes)
        for member, pieces in enumerate(kept):
            layout = lay_out(core.free[member], pieces)
            if layout is None:
                raise ValueError(f"the fixed tasks of member {member} do not fit")
            for task, parts in layout.items():
                self._parts[task] = parts
                for day, part in parts:
                    self._spare[member][day] -= part

    def _count(self, task: int, member: int, minutes: int) -> None:
        self.owner[task] = member
        self.tasks_of[member].add(task)
        self.used[member][self.core.week[task]] += minutes
        self.minutes[member] += minutes

    def _relaid(self, task: int, member: int) -> Layout | None:
        """New days for a task and for all that shares days with it, directly or by others; None: no room."""
        core = self.core
        opens, closes, options = core.opens, core.closes, core.options
        first, last = opens[task], closes[task]
        inside = {task}
        others = self.tasks_of[member] - inside
        grown = True
        while grown:
            grown = False
            for other in list(others):
                if opens[other] <= last and closes[other] >= first:
                    others.discard(other)
                    inside.add(other)
                    first, last = min(first, opens[other]), max(last, closes[other])
                    grown = True
        return lay_out(
            core.free[member], [Piece(opens[t], closes[t], options[t][member][0], t) for t in inside]
        )


def _fill(spare: list[int], day: int, minutes: int) -> list[tuple[int, int]]:
    """Take minutes from the first days that have some."""
    parts: list[tuple[int, int]] = []
    while minutes:
        part = min(spare[day], minutes)
        if part:
            parts.append((day, part))
            spare[day] -= part
            minutes -= part
        day += 1
    return parts
