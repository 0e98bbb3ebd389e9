"""A problem from a calendar: what is still to do in some days, and who has how much time for it.

docs/planning.md ("From the calendar") says what is in it; `places` how its tasks are called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec.structs import replace

from cadence.insight.capacity import boost_minutes, diary, minutes_of
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound
from cadence.model.post import TaskRef
from cadence.model.team import Member as Person
from cadence.model.team import days_between
from cadence.model.times import week_start
from cadence.planner.bridge.drafts import outside_drafts
from cadence.planner.bridge.places import Place, id_of
from cadence.planner.bridge.worklist import Worklist, topic_of
from cadence.planner.problem import LEVEL_NAMES, MAX_DAYS, LevelName, Member, Problem, Skill, Task


def build(
    calendar: Calendar,
    first: date,
    last: date,
    now: datetime,
    *,
    reassign: bool = False,
    slots: bool = True,
    order: tuple[LevelName, ...] | None = None,
    planned: Mapping[str, str] | None = None,
) -> Problem:
    """What is to be planned on the days from `first` to `last`, both included; nothing before today.

    `reassign`: tasks that somebody has may change hands, unless they are pinned. `slots`: the open slots of
    the period that have no post get the tasks that their post would need. `order`: what a plan is judged by,
    if not by the usual levels. `planned`: to whom an earlier plan gave tasks, by their ids, of which nobody
    has been told yet. BadInput if the period is over, or ends before it begins.
    """
    work = Worklist(calendar, now)
    begins = max(first, work.today)
    if last < begins:
        raise BadInput(
            _("there is nothing to plan from {first} to {last}", first=first, last=last),
            _("name a period that lies ahead"),
        )
    found = [*work.of_posts(begins, last), *(work.of_slots(first, last) if slots else ())]
    names = {member.name for member in calendar.members.values()}
    earlier = {id: name for id, name in (planned or {}).items() if name in names}
    chosen = [_to_decide(task, reassign, earlier) for task in found]
    return _problem(work, chosen, begins, last, order or LEVEL_NAMES)


def around(calendar: Calendar, place: Place, now: datetime) -> Problem:
    """The problem of one task alone, even if it is pinned: all others around it stay with whoever has them.

    NotFound if nothing is left to do about it.
    """
    work = Worklist(calendar, now)
    task = work.find(place)
    if task is None:
        raise NotFound(
            _("nothing is left to do about {task}", task=id_of(calendar, place)),
            _("it is done, skipped or long over"),
        )
    return _problem(work, [replace(task, fixed=False)], task.opens, task.closes, LEVEL_NAMES)


def _to_decide(task: Task, reassign: bool, planned: Mapping[str, str]) -> Task:
    if task.member is not None:
        return task if reassign else replace(task, fixed=True)
    name = planned.get(task.id)
    return replace(task, member=name, held="planned") if name else task


def _problem(
    work: Worklist, chosen: list[Task], first: date, last: date, order: tuple[LevelName, ...]
) -> Problem:
    calendar = work.calendar
    kept, start, end = _kept(work, chosen, first, last)
    tasks = [*chosen, *kept]
    ids = {task.id for task in tasks}
    everything = [*_with_barred(calendar, tasks, ids), *outside_drafts(calendar, tasks, ids, start)]
    days = list(days_between(start, end))
    return Problem(
        start=start,
        days=len(days),
        members=tuple(_members(calendar, days, ids, everything)),
        tasks=tuple(everything),
        week_begins=calendar.team.week_begins,
        order=order,
        names={task.post: work.title(task) for task in everything},
    )


# Days


def _kept(work: Worklist, chosen: Collection[Task], first: date, last: date) -> tuple[list[Task], date, date]:
    """What others have on the days of the tasks chosen, as fixed tasks, and the horizon.

    The horizon is whole for all that is chosen, and for what crosses its ends: that work takes its minutes on
    either side. What lies within it then is in it too; what crosses its new ends is left out.
    """
    ids = {task.id for task in chosen}

    def held(start: date, end: date) -> list[Task]:
        return [task for task in work.held(start, end) if task.member and task.id not in ids]

    start, end = _hull(chosen, first, last)
    start, end = _hull(held(start, end), start, end)
    if (end - start).days >= MAX_DAYS:
        raise BadInput(
            _("from {start} to {end} is too far to plan", start=start, end=end),
            _("plan at most {most} days", most=f"{MAX_DAYS:,}"),
        )
    within = [task for task in held(start, end) if start <= task.opens and task.closes <= end]
    return [replace(task, fixed=True) for task in within], start, end


def _hull(tasks: Collection[Task], first: date, last: date) -> tuple[date, date]:
    """The days from `first` to `last`, and all on which the tasks can be done."""
    return min([first, *(task.opens for task in tasks)]), max([last, *(task.closes for task in tasks)])


# Drafts and reviews


def _with_barred(calendar: Calendar, tasks: Iterable[Task], ids: Collection[str]) -> Iterator[Task]:
    """Nobody reviews their own draft, also where one of the two is done or outside the problem."""
    for task in tasks:
        barred = _barred(calendar, task, ids)
        yield replace(task, barred=barred) if barred else task


def _barred(calendar: Calendar, task: Task, ids: Collection[str]) -> tuple[str, ...]:
    if task.kind not in ("draft", "review") or not task.post.isdecimal():
        return ()
    other = TaskRef(int(task.post), "review" if task.kind == "draft" else "draft")
    found = calendar.posts[other.post].tasks.get(other.kind)
    if found is None or id_of(calendar, other) in ids:
        return ()
    return tuple(sorted({calendar.members[id].name for id in (found.member, found.done_by) if id}))


# Members


def _members(
    calendar: Calendar, days: list[date], ids: Collection[str], tasks: Iterable[Task]
) -> Iterator[Member]:
    """Who is here on some of the days, and whoever a task names."""
    named = {name for task in tasks for name in (task.member, *task.barred)}
    weeks = list(dict.fromkeys(week_start(day, calendar.team.week_begins) for day in days))
    for who in calendar.members.values():
        if who.name in named or any(who.is_active(day) for day in days):
            yield _member(calendar, who, days, weeks, ids)


def _member(
    calendar: Calendar, who: Person, days: list[date], weeks: list[date], ids: Collection[str]
) -> Member:
    book, channels = diary(calendar, who.id), calendar.channels
    taken = tuple([_taken(calendar, who, week, ids) for week in weeks])
    return Member(
        name=who.name,
        kind=who.kind,
        free=tuple([book.free(day) for day in days]),
        capacity=tuple([book.capacity(week) for week in weeks]),
        taken=taken if any(taken) else (),
        cost_per_hour=who.cost_per_hour if who.kind == "partner" else 0,
        skills=tuple(
            Skill(skill.task, channels[skill.channel].name if skill.channel else None, skill.level)
            for skill in who.skills
        ),
        posts_a_week=who.posts_a_week,
        spacing=who.spacing,
        topics=tuple(map(topic_of, who.topics)),
    )


def _taken(calendar: Calendar, who: Person, week: date, ids: Collection[str]) -> int:
    """The minutes of a week that are done, or that boosts and tasks outside the problem need."""
    refs = calendar.index.by_member_week.get((who.id, week), ())
    others = [ref for ref in refs if id_of(calendar, ref) not in ids]
    tasks = sum([minutes_of(who, calendar.posts[post], kind) for post, kind in others])
    return tasks + boost_minutes(calendar).get((who.id, week), 0)
