"""The smallest single changes with which somebody could take a task, each tried before it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice

from msgspec import Struct

from cadence.insight.words import day_text, minutes_text, money_text, span_text
from cadence.language import _
from cadence.model.words import kind_word, the_task
from cadence.planner.explaining.changes import (
    Change,
    HandOver,
    Learn,
    MoreTime,
    Move,
    Skip,
    loose,
    rostered,
    with_task,
)
from cadence.planner.explaining.reasons import (
    TIME_RULES,
    Reason,
    days_left,
    nobody_has,
    week_of,
    why_not_able,
)
from cadence.planner.problem import Member, Task
from cadence.planner.solving.core import NOBODY, Core, compile_problem
from cadence.planner.solving.greedy import by_liking
from cadence.planner.solving.roster import Roster

TRIED, MOST = 4, 2
"""So many people, or tasks of one, are tried per kind of change, and so many changes of a kind are told."""
WEEKS = (7, -7, 14)
"""Days by which a post may move: whole weeks, so that its tasks keep their days of the week."""


class Way(Struct, frozen=True):
    """A change, who could take the task then (None: it is not there any more), and what that takes: minutes
    and cents. `text` goes on from `it would fit …`."""

    change: Change
    member: str | None
    minutes: int
    cost: int
    text: str


def ways_to_cover(
    core: Core, roster: Roster, task: int, may: Callable[[Change], bool] = lambda change: True
) -> list[Way]:
    """Single changes after each of which the task, taken from whoever has it, would fit somebody.

    The smallest first: somebody gives a task to another, gives some minutes more, learns something; the post
    moves, or is skipped. `may`: what is possible at all. Each was tried on the problem, with everybody
    keeping what they have.
    """
    with nobody_has(roster, task):
        search = _Search(core, roster, task, may)
        kinds = (search.hand_overs(), search.more_time(), search.learners(), search.moves(), search.skips())
        return [way for ways in kinds for way in islice(ways, MOST)]


class _Search:
    def __init__(self, core: Core, roster: Roster, task: int, may: Callable[[Change], bool]) -> None:
        self._core = core
        self._roster = roster
        self._task = task
        self._may = may
        self._what = core.problem.tasks[task]
        self._reasons = {who: why_not_able(core, roster, task, who) for who in core.members}

    def _short(self) -> list[tuple[int, Reason]]:
        """Who has only too little time, the nearest first."""
        found = [(r.short, who, r) for who, r in self._reasons.items() if r and r.rule in TIME_RULES]
        return [(who, reason) for _, who, reason in sorted(found, key=lambda entry: entry[:2])]

    # Changes

    def hand_overs(self) -> Iterator[Way]:
        """Somebody who has the task's week full gives one of their tasks to somebody else."""
        core = self._core
        for who, reason in self._short()[:TRIED]:
            for other in self._helpful(who, reason.short)[:TRIED]:
                taker = self._taker(other, who)
                if taker is None:
                    continue
                task, giver, name = core.problem.tasks[other], self._name(who), self._name(taker)
                change = HandOver(task.id, giver, name)
                title = f"“{core.problem.names.get(task.post, task.post)}”"
                what = _("{task} of {post}", task=the_task(task.kind), post=title)
                text = _("if {giver} gave {task} to {taker}", giver=giver, task=what, taker=name)
                yield self._way(change, who, text)
                break

    def _helpful(self, who: int, short: int) -> list[int]:
        """The tasks of a member that take time where the task would need it: the smallest that is enough
        first, then the largest."""
        core, task = self._core, self._task
        near = [
            other
            for other in self._roster.tasks_of[who]
            if core.week[other] == core.week[task]
            or (core.opens[other] <= core.closes[task] and core.closes[other] >= core.opens[task])
        ]
        frees = {other: core.options[other][who][0] for other in near}
        movable = [other for other in near if frees[other] and self._may_give(other)]
        return sorted(movable, key=lambda other: (frees[other] < short, abs(frees[other] - short), other))

    def _may_give(self, task: int) -> bool:
        name = self._name(self._roster.owner[task])
        return self._may(HandOver(self._core.problem.tasks[task].id, name, name))

    def _taker(self, other: int, giver: int) -> int | None:
        """Who could have another task, once its owner has this one instead."""
        problem = with_task(self._core.problem, self._core.problem.tasks[other].id, loose)
        owner = [NOBODY if task == other else who for task, who in enumerate(self._roster.owner)]
        core = compile_problem(problem)
        roster = Roster.of(core, owner)
        if roster.owner != owner or not self._fits(roster, giver):
            return None
        roster.give(self._task, giver)
        fitting = (who for who in by_liking(roster, other) if who != giver and roster.fits(other, who))
        return next(fitting, None)

    def more_time(self) -> Iterator[Way]:
        """Somebody gives more in the week, or on the days, of the task."""
        for who, _reason in self._short()[:TRIED]:
            if change := self._more_of(who):
                text = _more_text(change)
                minutes, cost, _taste = self._core.options[self._task][who]
                yield Way(change, self._name(who), minutes, cost, f"{text}{_price(cost)}")

    def _more_of(self, who: int) -> MoreTime | None:
        """How much more; more on a day is only asked of those who are there at some time of the window."""
        core, task = self._core, self._task
        needed, week = core.options[task][who][0], core.week[task]
        gives, has = week_of(core, self._roster, who, week)
        by_week = max(0, has + needed - gives)
        window = range(core.opens[task], core.closes[task] + 1)
        days = [day for day in window if core.problem.members[who].free[day]]
        day = core.problem.start + timedelta(days=max(days, default=core.closes[task]))
        # What fixed tasks need beyond their days is granted to them, and may be enough to go on with.
        for granted in (True, False):
            left = days_left(core, self._roster, task, who, granted=granted)
            by_day = max(0, needed - left.minutes)
            change = MoreTime(self._name(who), core.problem.week_start(week), by_week, day, by_day)
            if (days or not by_day) and self._works(change, who):
                return change
        return None

    def learners(self) -> Iterator[Way]:
        """Somebody with time learns how, or a partner is asked for it too."""
        what = self._what
        if what.terms is not None:
            return
        able: list[tuple[int, int, int]] = []
        for who in self._core.members:
            member = self._core.problem.members[who]
            if member.level_for(what.kind, what.channel) is None and member.name not in what.barred:
                minutes, cost = _as_newcomer(member, what)
                able.append((cost, self._core.share(who, self._roster.minutes[who] + minutes), who))
        for cost, _share, who in sorted(able)[: 2 * TRIED]:
            member = self._core.problem.members[who]
            is_partner = member.kind == "partner"
            change = Learn(member.name, what.kind, what.channel, "able" if is_partner else "learning")
            if not self._works(change, who):
                continue
            minutes, _cost = _as_newcomer(member, what)
            if is_partner:
                text = _(
                    "if {who} took it: {price}, {minutes}",
                    who=member.name,
                    price=money_text(cost),
                    minutes=minutes_text(minutes),
                )
            else:
                text = _(
                    "if {who} learnt {kind} on {channel} (as a learner, {minutes})",
                    who=member.name,
                    kind=kind_word(what.kind),
                    channel=what.channel,
                    minutes=minutes_text(minutes),
                )
            yield Way(change, member.name, minutes, cost, text)

    def moves(self) -> Iterator[Way]:
        """The post goes out a week later, a week earlier, or two weeks later: the first that helps."""
        for days in WEEKS:
            change, by = Move(self._what.post, days), timedelta(days=days)
            if not self._is_inside(by) or not self._may(change):
                continue
            roster = rostered(self._core, self._roster, change)
            if roster is None:
                continue
            fitting = (who for who in by_liking(roster, self._task) if self._fits(roster, who))
            if (who := next(fitting, None)) is not None:
                day = day_text(self._what.day + by)
                yield self._way(change, who, _("if the post moved to {day}", day=day))
                return

    def _is_inside(self, by: timedelta) -> bool:
        """Whether all tasks of the post, moved, lie within the horizon."""
        start, end = self._core.problem.start, self._core.problem.end
        windows = (
            (t.opens + by, t.closes + by) for t in self._core.problem.tasks if t.post == self._what.post
        )
        return all(start <= opens and closes <= end for opens, closes in windows)

    def skips(self) -> Iterator[Way]:
        change = Skip(self._what.post)
        if self._may(change):
            yield Way(change, None, 0, 0, _("if the post were skipped"))

    # Trying

    def _works(self, change: Change, who: int) -> bool:
        """Whether the task fits a member after a change."""
        roster = rostered(self._core, self._roster, change) if self._may(change) else None
        return roster is not None and self._fits(roster, who)

    def _fits(self, roster: Roster, who: int) -> bool:
        return who in roster.core.options[self._task] and roster.fits(self._task, who)

    def _way(self, change: Change, who: int, text: str) -> Way:
        minutes, cost, _ = self._core.options[self._task][who]
        return Way(change, self._name(who), minutes, cost, text)

    def _name(self, who: int) -> str:
        return self._core.problem.members[who].name


def _as_newcomer(member: Member, what: Task) -> tuple[int, int]:
    """Minutes and cents of somebody who does such a task for the first time."""
    if member.kind == "partner":
        return what.effort, (member.cost_per_hour * what.effort + 30) // 60
    return -(-3 * what.effort // 2), 0


def _more_text(change: MoreTime) -> str:
    more, week = minutes_text(change.minutes), day_text(change.week)
    more_that_day, that_day = minutes_text(change.day_minutes), span_text(change.day, change.day)
    if not change.day_minutes:
        return _(
            "if {who} gave {minutes} more in the week of {day}", who=change.member, minutes=more, day=week
        )
    if not change.minutes:
        return _(
            "if {who} had {minutes} more {span}", who=change.member, minutes=more_that_day, span=that_day
        )
    return _(
        "if {who} gave {minutes} more in the week of {day} and had {day_minutes} more {span}",
        who=change.member,
        minutes=more,
        day=week,
        day_minutes=more_that_day,
        span=that_day,
    )


def _price(cost: int) -> str:
    return f" ({money_text(cost)})" if cost else ""
