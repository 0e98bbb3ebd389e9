"""Can the promise be kept? What the rhythms need in each week, what the team has for it, and where it breaks.

The need is the effort of all that is still to do: of posts, extras too, and of open slots, as a post on them
would have it. A task counts in the week in which its window closes. Whether a week breaks is what the planner
says: there may be minutes enough in all, and still only one person who can review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from cadence.insight.capacity import Diary, diary
from cadence.insight.words import day_text, minutes_text
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.model.times import WEEK
from cadence.model.words import kind_word, task_noun, the_task
from cadence.planner.bridge.building import build
from cadence.planner.explaining.reasons import why_nobody
from cadence.planner.problem import Problem, Task
from cadence.planner.solving.core import Core, compile_problem
from cadence.planner.sustaining.bottleneck import Bottleneck, bottlenecks, short_of
from cadence.planner.sustaining.steady import minutes_of, only_due, reach_of
from cadence.planner.sustaining.trial import Clock, Verdict, is_answering, judge, without_partners


@dataclass(frozen=True)
class Need:
    """Minutes that one kind of task on one channel needs in a week, and the minutes that those who can do it
    could give for it if they did nothing else: staff, and partners."""

    channel: str
    task: TaskKind
    minutes: int
    staff: int
    partners: int


@dataclass(frozen=True)
class WeekNeed:
    """One week: `minutes` needed, what `staff` and `partners` give (less what they have done), and the tasks
    that the best plan leaves to nobody: of what posts need to go out, with partners and without, and of
    answering."""

    week: date
    minutes: int
    staff: int
    partners: int
    needs: tuple[Need, ...]
    open: tuple[Task, ...]
    open_without_partners: tuple[Task, ...]
    unanswered: tuple[Task, ...]

    @property
    def holds(self) -> bool:
        return not self.open


@dataclass(frozen=True)
class Break:
    """A week that breaks: the minutes that nobody has, by channel and kind, and why, in sentences."""

    week: date
    short: Mapping[tuple[str, TaskKind], int]
    why: tuple[str, ...]


@dataclass(frozen=True)
class Capacity:
    """`proven`: no plan breaks less, and `proven_alone`, none without partners; otherwise it is only what was
    found in the time."""

    weeks: tuple[WeekNeed, ...]
    verdict: Verdict
    first_break: Break | None
    proven: bool
    proven_alone: bool


def promise_problem(calendar: Calendar, first: date, last: date, now: datetime) -> Problem:
    """All that is due from `first` to `last`, whoever has it: only what is pinned stays with its member.
    BadInput if the period is over."""
    reach = reach_of(calendar)
    built = build(calendar, first - min(reach, first - date.min), last + reach, now, reassign=True)
    return only_due(built, first, last)


def capacity(calendar: Calendar, weeks: list[date], now: datetime, clock: Clock) -> Capacity:
    """The weeks that begin on these days, one after another."""
    problem = promise_problem(calendar, weeks[0], weeks[-1] + WEEK - timedelta(days=1), now)
    verdict = judge(problem, clock)
    alone = judge(without_partners(problem), clock)
    found = tuple(_week(week, compile_problem(problem), verdict, alone) for week in weeks)
    broken = first_break(calendar, verdict)
    return Capacity(found, verdict, broken, verdict.is_proven, alone.is_proven)


def _week(week: date, core: Core, verdict: Verdict, alone: Verdict) -> WeekNeed:
    problem = core.problem
    number = problem.week_of(week)
    tasks = [problem.tasks[t] for t in core.by_week[number]] if number in core.weeks else []
    gives = [core.room[m][number] if number in core.weeks else 0 for m in core.members]
    return WeekNeed(
        week=week,
        minutes=minutes_of(tasks),
        staff=sum(room for m, room in enumerate(gives) if core.is_staff[m]),
        partners=sum(room for m, room in enumerate(gives) if not core.is_staff[m]),
        needs=tuple(_needs(core, tasks, gives)),
        open=tuple(_of_week(problem, verdict.open, number)),
        open_without_partners=tuple(_of_week(problem, alone.open, number)),
        unanswered=tuple(_of_week(problem, verdict.unanswered, number)),
    )


def _of_week(problem: Problem, tasks: Iterable[Task], week: int) -> Iterator[Task]:
    return (task for task in tasks if problem.week_of(task.closes) == week)


def _needs(core: Core, tasks: list[Task], gives: list[int]) -> Iterator[Need]:
    by_kind = defaultdict[tuple[str, TaskKind], list[Task]](list)
    for task in tasks:
        if task.effort:
            by_kind[task.channel, task.kind].append(task)
    for channel, kind in sorted(by_kind, key=lambda key: (key[0], TASK_KINDS.index(key[1]))):
        could = {True: 0, False: 0}
        for number, member in enumerate(core.problem.members):
            level, room = member.level_for(kind, channel), gives[number]
            if level is not None:
                could[core.is_staff[number]] += room * 2 // 3 if level == "learning" else room
        yield Need(channel, kind, minutes_of(by_kind[channel, kind]), could[True], could[False])


# Why it breaks


def first_break(calendar: Calendar, verdict: Verdict) -> Break | None:
    """The first week with something that a post needs and nobody can do."""
    if not verdict.open:
        return None
    problem = verdict.problem
    number = min(problem.week_of(task.closes) for task in verdict.open)
    open_then = list(_of_week(problem, verdict.open, number))
    return Break(
        week=problem.week_start(number),
        short=_minutes_by_kind(open_then),
        why=tuple(_reasons(calendar, verdict, number, open_then)),
    )


def _minutes_by_kind(tasks: Iterable[Task]) -> dict[tuple[str, TaskKind], int]:
    found = defaultdict[tuple[str, TaskKind], int](int)
    for task in tasks:
        found[task.channel, task.kind] += task.effort
    return dict(found)


def _reasons(calendar: Calendar, verdict: Verdict, week: int, open_then: list[Task]) -> Iterator[str]:
    """What counting shows, or else why nobody can take what is left open."""
    roster = verdict.roster
    core, tasks = roster.core, verdict.problem.tasks
    found = bottlenecks(core, week, lambda t: not is_answering(tasks[t]))
    speak = _Words(calendar, core)
    impossible = set(found[0].tasks) if found and not found[0].members else set[int]()
    said = 0
    for task in sorted(impossible, key=lambda t: (tasks[t].closes, tasks[t].id)):
        said += 1
        yield speak.impossible(task)
    if said < len(open_then):
        shared = next((bottleneck for bottleneck in found if bottleneck.members), None)
        if shared is not None:
            yield speak.shared(shared)
        else:
            left = [t for t in roster.uncovered if tasks[t] in open_then and t not in impossible]
            yield from (f"{speak.name(t)}: {why_nobody(core, roster, t)}" for t in left[:3])


class _Lack(NamedTuple):
    """Why somebody who can do a task cannot do this one: they are `away` (empty: they are here), or have so
    many minutes."""

    name: str
    away: str
    minutes: int

    @property
    def text(self) -> str:
        return self.away or minutes_text(self.minutes)


class _Words:
    """How a break is explained to people."""

    def __init__(self, calendar: Calendar, core: Core) -> None:
        self._core = core
        self._diaries = {who.name: diary(calendar, who.id) for who in calendar.members.values()}

    def name(self, task: int) -> str:
        """`the draft for Blog on Thu 24 Dec`."""
        what = self._core.problem.tasks[task]
        return _(
            "{task} for {channel} on {day}",
            task=the_task(what.kind),
            channel=what.channel,
            day=day_text(what.day),
        )

    def impossible(self, task: int) -> str:
        """Nobody could do a task even if they had nothing else to do."""
        core, what = self._core, self._core.problem.tasks[task]
        able = sorted(core.options[task], key=lambda m: -core.room[m][core.week[task]])
        if not able:
            return _(
                "nobody can do {task}: there is no {kind} skill on {channel}",
                task=self.name(task),
                kind=kind_word(what.kind),
                channel=what.channel,
            )
        who = [self._lack(task, member) for member in able]
        who.sort(key=lambda lack: not lack.away)
        takes = _("{task} takes {minutes}", task=self.name(task), minutes=minutes_text(what.effort))
        if len(who) == 1:
            return _of_one(takes, who[0])
        if len({(lack.away, lack.minutes) for lack in who}) == 1:
            return _of_all(takes, who[0], len(who))
        people = _and_others(", ".join(f"{one.name} {one.text}" for one in who[:4]), len(who) - 4)
        return _(
            "{takes}, and nobody who can do it has so much in that week: {people}",
            takes=takes,
            people=people,
        )

    def shared(self, short: Bottleneck) -> str:
        """Some people have too little time for what only they can do."""
        core = self._core
        kinds = sorted(short_of(core, short).items(), key=lambda item: (-item[1], item[0]))
        told = ", ".join(
            _(
                "{task} for {channel} {minutes}",
                task=task_noun(kind),
                channel=channel,
                minutes=minutes_text(m),
            )
            for (channel, kind), m in kinds[:4]
        )
        return n_(
            "what only {number} person can do needs {needed} and has {room} ({people}): {tasks}",
            "what only {number} people can do needs {needed} and has {room} ({people}): {tasks}",
            len(short.members),
            needed=minutes_text(short.needed),
            room=minutes_text(short.room),
            people=", ".join(self._gives(member, short.week) for member in short.members[:6]),
            tasks=_and_others(told, len(kinds) - 4),
        )

    def _lack(self, task: int, member: int) -> _Lack:
        core, who = self._core, self._core.problem.members[member]
        what, room = core.problem.tasks[task], core.room[member][core.week[task]]
        if room >= core.options[task][member][0]:
            away = self._diaries[who.name].why_away(what.opens, what.closes)
            return _Lack(who.name, away or _("off on these days"), 0)
        away = self._away(self._diaries[who.name], core.week[task])
        return _Lack(who.name, away, 0 if away else room)

    def _gives(self, member: int, week: int) -> str:
        who = self._core.problem.members[member]
        away = self._away(self._diaries[who.name], week)
        return f"{who.name} {minutes_text(self._core.room[member][week])}{f', {away}' if away else ''}"

    def _away(self, book: Diary, week: int) -> str:
        """Why somebody is not there at all in a week; empty if they are."""
        start = self._core.problem.week_start(week)
        return book.why_away(start, start + timedelta(days=6))


def _of_one(takes: str, lack: _Lack) -> str:
    if lack.away:
        return _(
            "{takes}, and {who}, the only one who can do it, is {away}",
            takes=takes,
            who=lack.name,
            away=lack.away,
        )
    return _(
        "{takes}, and {who}, the only one who can do it, has {minutes}",
        takes=takes,
        who=lack.name,
        minutes=minutes_text(lack.minutes),
    )


def _of_all(takes: str, lack: _Lack, count: int) -> str:
    if lack.away:
        return _(
            "{takes}, and all {count} who can do it are {away}", takes=takes, count=count, away=lack.away
        )
    return _(
        "{takes}, and all {count} who can do it have {minutes}",
        takes=takes,
        count=count,
        minutes=minutes_text(lack.minutes),
    )


def _and_others(said: str, others: int) -> str:
    if others <= 0:
        return said
    return n_("{said}, and {number} other", "{said}, and {number} others", others, said=said)
