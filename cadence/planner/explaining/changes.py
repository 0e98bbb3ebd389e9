"""Single changes to a problem that could make room for a task, as data, and the problem after them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from cadence.model.team import Level, TaskKind
from cadence.planner.problem import Member, Problem, Skill, Task
from cadence.planner.solving.core import Core, compile_problem
from cadence.planner.solving.roster import Roster


class HandOver(Struct, frozen=True):
    """Who has a task gives it to somebody else; both are members."""

    task: str
    giver: str
    taker: str


class MoreTime(Struct, frozen=True):
    """A member gives more `minutes` in the week that begins on `week`, and has `day_minutes` more free on
    `day`."""

    member: str
    week: date
    minutes: int
    day: date
    day_minutes: int = 0


class Learn(Struct, frozen=True):
    """A member gets a skill: staff as learners, partners as people who are able."""

    member: str
    task: TaskKind
    channel: str
    level: Level = "learning"


class Move(Struct, frozen=True):
    """A post goes out so many days later, and all its tasks with it."""

    post: str
    days: int


class Skip(Struct, frozen=True):
    """A post does not go out."""

    post: str


Change = HandOver | MoreTime | Learn | Move | Skip


def applied(problem: Problem, change: Change) -> Problem:
    """The problem with a change made. BadInput if a post would leave the horizon."""
    match change:
        case HandOver():
            return with_task(problem, change.task, lambda task: replace(task, member=change.taker))
        case MoreTime():
            return _with_member(problem, change.member, lambda who: _giving_more(problem, who, change))
        case Learn():
            skill = Skill(change.task, change.channel, change.level)
            return _with_member(problem, change.member, lambda who: replace(who, skills=(*who.skills, skill)))
        case Move():
            by = timedelta(days=change.days)
            return _with_post(problem, change.post, lambda task: _moved(task, by))
        case Skip():
            return replace(problem, tasks=tuple(task for task in problem.tasks if task.post != change.post))


def with_task(problem: Problem, id: str, edit: Callable[[Task], Task]) -> Problem:
    return replace(problem, tasks=tuple(edit(task) if task.id == id else task for task in problem.tasks))


def _with_post(problem: Problem, post: str, edit: Callable[[Task], Task]) -> Problem:
    return replace(problem, tasks=tuple(edit(task) if task.post == post else task for task in problem.tasks))


def loose(task: Task) -> Task:
    """A task that may change hands."""
    return replace(task, fixed=False)


def _with_member(problem: Problem, name: str, edit: Callable[[Member], Member]) -> Problem:
    return replace(problem, members=tuple(edit(who) if who.name == name else who for who in problem.members))


def _giving_more(problem: Problem, who: Member, change: MoreTime) -> Member:
    week, day = problem.week_of(max(change.week, problem.start)), (change.day - problem.start).days
    capacity, free = list(who.capacity), list(who.free)
    capacity[week] += change.minutes
    free[day] += change.day_minutes
    return replace(who, capacity=tuple(capacity), free=tuple(free))


def _moved(task: Task, by: timedelta) -> Task:
    return replace(task, day=task.day + by, opens=task.opens + by, closes=task.closes + by)


def rostered(core: Core, roster: Roster, change: Change) -> Roster | None:
    """The roster after a change, in which everybody else has what they have; None: somebody could not.

    Whoever gets a task by the change must have time for it, even if it is fixed.
    """
    problem = applied(core.problem, change)
    if isinstance(change, HandOver):
        problem = with_task(problem, change.task, loose)
    elif isinstance(change, Move):
        problem = _with_post(problem, change.post, loose)
    names = [member.name for member in problem.members]
    owners = {task.id: owner for task, owner in zip(core.problem.tasks, roster.owner, strict=True)}
    if isinstance(change, HandOver):
        owners[change.task] = names.index(change.taker)
    owner = [owners[task.id] for task in problem.tasks]
    found = Roster.of(compile_problem(problem), owner)
    return found if found.owner == owner else None
