"""A plan as a proposal: what it would change in the calendar, task by task, and what that is good for.

Shares are whole percents over the horizon, rounded up, as in docs/planning.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from cadence.model.calendar import Calendar
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.planner.bridge.places import Place, place_of
from cadence.planner.plan import Plan
from cadence.planner.problem import WEIGHTS, Problem, Task

WITHOUT_CAPACITY = 1000
"""The share of somebody who has work and no time at all."""


class Move(NamedTuple):
    """A task goes from one member to another, both by id; None: nobody. What a proposal asks to be done."""

    place: Place
    giver: int | None
    taker: int | None


class ShareChange(NamedTuple):
    """A member's load share with what the calendar says, and with the plan."""

    member: str
    before: int
    after: int


@dataclass(frozen=True)
class What:
    """A task of the plan. `title`: what people call its post; `day`: when that goes out."""

    id: str
    place: Place
    title: str
    channel: str
    kind: TaskKind
    day: date
    opens: date
    closes: date
    effort: int


@dataclass(frozen=True)
class Row:
    """A task that another member has in the plan than in the calendar; None: nobody.

    `minutes` and `cost` (cents) are those of who gets it, or of who had it if nobody does. `gains`, `loses`:
    what the plan as a whole does to the shares of both. `reason`: one sentence, once it has been explained.
    """

    what: What
    giver: str | None
    taker: str | None
    minutes: int
    cost: int
    gains: ShareChange | None
    loses: ShareChange | None
    move: Move
    reason: str = ""


@dataclass(frozen=True)
class Gap:
    """A task that nobody has in the plan, and why in one sentence."""

    what: What
    why: str


@dataclass(frozen=True)
class Totals:
    """What an assignment amounts to: tasks that nobody has and their weight, minutes and cents of partners,
    and the highest share of a staff member."""

    uncovered: int
    weight: int
    partner_minutes: int
    cost: int
    highest_share: int


@dataclass(frozen=True)
class Proposal:
    """`rows` in the order in which posts go out. `told`: how many tasks somebody would lose who knows of
    them; `planned`: how many somebody would get that nobody has so far. `absurd`: assignments that break a
    rule and are kept, a sentence each."""

    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    before: Totals
    after: Totals
    told: int
    planned: int
    shares: tuple[ShareChange, ...]
    absurd: tuple[str, ...] = ()

    @staticmethod
    def of(calendar: Calendar, problem: Problem, plan: Plan) -> Proposal:
        """What the plan changes in the calendar from which the problem was made. NotFound if a task that it
        changes is not in the calendar."""
        table = _Table(calendar, problem)
        now = {task.id: task.member for task in problem.tasks if task.member and task.held == "told"}
        then = plan.assignments
        before, after = table.tally(now), table.tally(then)
        shares = {name: ShareChange(name, before.shares[name], after.shares[name]) for name in before.shares}
        in_time = sorted(problem.tasks, key=_in_time)
        rows = tuple(
            table.row(task, now.get(task.id), then.get(task.id), shares)
            for task in in_time
            if now.get(task.id) != then.get(task.id)
        )
        why = {left.task: left.why for left in plan.uncovered}
        gaps = (Gap(table.what(task), why.get(task.id, "")) for task in in_time if task.id not in then)
        return Proposal(
            rows=rows,
            gaps=tuple(gaps),
            before=before.totals,
            after=after.totals,
            told=sum(row.giver is not None for row in rows),
            planned=sum(row.giver is None for row in rows),
            shares=tuple(shares.values()),
            absurd=plan.absurd,
        )

    def explained(self, reasons: Mapping[str, str]) -> Proposal:
        """With the reasons for rows, by the ids of their tasks."""
        rows = (replace(row, reason=reasons.get(row.what.id, row.reason)) for row in self.rows)
        return replace(self, rows=tuple(rows))


class _Tally(NamedTuple):
    """What one assignment amounts to, and everybody's share in it."""

    totals: Totals
    shares: Mapping[str, int]


class _Table:
    """A problem beside its calendar, whose members say what a task takes them."""

    def __init__(self, calendar: Calendar, problem: Problem) -> None:
        self._calendar = calendar
        self._problem = problem
        self._people = {member.name: member for member in calendar.members.values()}
        self._channels = {channel.name: channel.id for channel in calendar.channels.values()}

    def tally(self, given: Mapping[str, str]) -> _Tally:
        """`given`: task → member."""
        members, minutes = self._problem.members, Counter[str]()
        partner_minutes, cost = 0, 0
        open_tasks = [task for task in self._problem.tasks if task.id not in given]
        for task in self._problem.tasks:
            if name := given.get(task.id):
                takes, cents = self._needs(name, task)
                minutes[name] += takes
                partner_minutes += takes if self._people[name].kind == "partner" else 0
                cost += cents
        shares = {
            member.name: _share(minutes[member.name] + sum(member.taken), sum(member.capacity))
            for member in members
        }
        totals = Totals(
            uncovered=len(open_tasks),
            weight=sum(WEIGHTS[task.priority] for task in open_tasks),
            partner_minutes=partner_minutes,
            cost=cost,
            highest_share=max((shares[who.name] for who in members if who.kind == "staff"), default=0),
        )
        return _Tally(totals, shares)

    def row(self, task: Task, giver: str | None, taker: str | None, shares: Mapping[str, ShareChange]) -> Row:
        what = self.what(task)
        minutes, cost = self._needs(taker or giver or "", task)
        return Row(
            what=what,
            giver=giver,
            taker=taker,
            minutes=minutes,
            cost=cost,
            gains=shares[taker] if taker else None,
            loses=shares[giver] if giver else None,
            move=Move(
                what.place,
                self._people[giver].id if giver else None,
                self._people[taker].id if taker else None,
            ),
        )

    def what(self, task: Task) -> What:
        return What(
            id=task.id,
            place=place_of(self._calendar, task.id),
            title=self._problem.names.get(task.post, task.post),
            channel=task.channel,
            kind=task.kind,
            day=task.day,
            opens=task.opens,
            closes=task.closes,
            effort=task.effort,
        )

    def _needs(self, name: str, task: Task) -> tuple[int, int]:
        """Minutes and cents."""
        who = self._people[name]
        minutes = who.minutes_for(task.kind, self._channels[task.channel], task.effort)
        return minutes, who.cost_of(minutes)


def _share(minutes: int, capacity: int) -> int:
    if not capacity:
        return WITHOUT_CAPACITY if minutes else 0
    return -(-100 * minutes // capacity)


def _in_time(task: Task) -> tuple[date, str, int]:
    return task.day, task.post, TASK_KINDS.index(task.kind)
