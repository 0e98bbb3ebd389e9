"""People with too much: `overload`, and channels that rest on one of them: `one-person`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from cadence.insight.capacity import Load, Overfull, first_overfull
from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Warning, WayOut
from cadence.insight.warnings.scene import Duty, Scene
from cadence.insight.words import TASK_NOUNS, count_text, day_text, minutes_text, share_text, span_text
from cadence.model.post import TaskRef
from cadence.model.team import Member
from cadence.model.times import WEEK


def overloads(scene: Scene) -> Iterator[Warning]:
    """Load over capacity in a week with something still to do, or more than fits into some of its days."""
    by_member: defaultdict[int, list[Duty]] = defaultdict(list)
    for duty in scene.duties:
        if duty.task.member is not None and duty.closes >= scene.today:
            by_member[duty.task.member].append(duty)
    for id, member in scene.calendar.members.items():
        duties = by_member[id]
        by_week: defaultdict[date, list[Duty]] = defaultdict(list)
        for duty in duties:
            by_week[scene.week(duty.closes)].append(duty)
        overfull = _overfull_by_week(scene, member, duties)
        for week in scene.weeks:
            load = scene.bench.load(id, week) if week in by_week else None
            if load and load.over:
                yield _overload(scene, member, week, by_week[week], load.over, _week_cause(member, load))
            elif week in overfull:
                days = overfull[week]
                inside = [d for d in by_week[week] if d.closes <= days.last and d.closes >= days.first]
                over = days.needed - days.free
                yield _overload(scene, member, week, inside, over, _days_cause(member, days))


def _overfull_by_week(scene: Scene, member: Member, duties: list[Duty]) -> dict[date, Overfull]:
    """The first overfull stretch of days of each week in which one ends."""
    diary, found = scene.bench.diaries[member.id], dict[date, Overfull]()
    work = [(duty.opens, duty.closes, duty.task.effort) for duty in duties]
    while stretch := first_overfull(work, diary, scene.today):
        week = scene.week(stretch.last)
        found.setdefault(week, stretch)
        # What is due up to then has been judged; what is due later has to fit into what is left by itself.
        work = [piece for piece in work if piece[1] > stretch.last]
    return found


def _week_cause(member: Member, load: Load) -> str:
    return (
        f"{member.name} has {minutes_text(load.minutes)} in the week of {day_text(load.week)} and time for "
        f"{minutes_text(load.capacity)}: {minutes_text(load.over)} too much ({share_text(load.share)})"
    )


def _days_cause(member: Member, days: Overfull) -> str:
    return (
        f"{member.name} needs {minutes_text(days.needed)} {span_text(days.first, days.last)} "
        f"and has {minutes_text(days.free)} free"
    )


def _overload(scene: Scene, member: Member, week: date, duties: list[Duty], over: int, cause: str) -> Warning:
    bites = scene.begins(max(week, scene.today))
    return Warning(
        key=f"overload:{member.id}:{week}",
        rule="overload",
        severity="high" if week <= scene.today + WEEK else "medium",
        channel=None,
        post=None,
        task=None,
        member=member.id,
        at=bites,
        since=scene.noticed(scene.begins(week)),
        cause=cause,
        ways_out=tuple(_relief(scene, duties, over)),
    )


def _relief(scene: Scene, duties: list[Duty], over: int) -> Iterator[WayOut]:
    """Who could take each of the tasks that help most: the smallest that is enough, then the largest."""
    movable = [duty for duty in duties if not duty.task.pinned]
    helpful = sorted(movable, key=lambda d: (d.task.effort < over, abs(d.task.effort - over), d.post.id))
    for duty in helpful[: ways.SUGGESTED]:
        what = f"the {duty.noun} ({minutes_text(duty.task.effort)}) of {ways.title_text(duty.post)}"
        yield from ways.people(scene, duty.ref, what=what, most=1)
    later = next((duty.post for duty in helpful if duty.post.is_open), None)
    if later:
        yield ways.move(later, later.at + WEEK)


def lone_people(scene: Scene) -> Iterator[Warning]:
    """All tasks of a channel's planned posts within the horizon that somebody has, and at least two, are one
    person's."""
    for channel in scene.channels:
        tasks = [
            (task.member, TaskRef(post.id, kind), at)
            for at, post in scene.planned_posts(channel.id)
            if at < scene.end
            for kind, task in post.tasks.items()
            if task.member is not None and not task.is_done
        ]
        people = {member for member, _, _ in tasks}
        if len(tasks) < 2 or len(people) != 1:
            continue
        member, _, first_at = tasks[0]
        name = scene.calendar.members[member].name
        yield Warning(
            key=f"one-person:{channel.id}",
            rule="one-person",
            severity="low",
            channel=channel.id,
            post=None,
            task=None,
            member=member,
            at=None,
            since=scene.noticed(first_at),
            cause=f"{channel.name} rests on {name} alone until {day_text(scene.last_day)} "
            f"({count_text(len(tasks), 'task')})",
            ways_out=tuple(_shares(scene, [ref for _, ref, _ in tasks])),
        )


def _shares(scene: Scene, refs: list[TaskRef]) -> Iterator[WayOut]:
    """Who could take one of the last tasks, so that there is time to learn how."""
    for ref in reversed(refs):
        what = f"the {TASK_NOUNS[ref.kind]} of {ways.title_text(scene.calendar.posts[ref.post])}"
        if found := ways.people(scene, ref, what=what, most=2):
            yield from found
            return
