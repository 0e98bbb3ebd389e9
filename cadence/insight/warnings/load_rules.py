"""People with too much: `overload`, and channels that rest on one of them: `one-person`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from cadence.insight.capacity import Diary, Load, Overfull, overfull_stretches
from cadence.insight.memo import Memo
from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Warning, WayOut
from cadence.insight.warnings.scene import Duty, Scene
from cadence.insight.words import day_text, minutes_text, share_text, span_text
from cadence.language import _, n_
from cadence.model.post import TaskRef
from cadence.model.team import Channel, Member
from cadence.model.times import WEEK
from cadence.model.words import the_task


def overloads(scene: Scene) -> Iterator[Warning]:
    """Load over capacity in a week with something still to do, or more than fits into some of its days."""
    end = scene.weeks[-1] + WEEK
    for id, member in scene.calendar.members.items():
        # Work that is due later never takes time from work that is due before.
        duties = [duty for duty in scene.duties_of[id] if scene.today <= duty.closes < end]
        overfull = _overfull_by_week(scene, member, duties)
        loads = [
            load for week in scene.weeks if (load := scene.workload.of(id, week)).over or week in overfull
        ]
        by_week = _by_week(scene, duties) if loads else {}
        for load in loads:
            due = by_week.get(load.week, [])
            if load.over and due:
                yield _overload(scene, member, load.week, due, load.over, _week_cause(member, load))
            elif days := overfull.get(load.week):
                inside = [duty for duty in due if days.first <= duty.closes <= days.last]
                over = days.needed - days.free
                yield _overload(scene, member, load.week, inside, over, _days_cause(member, days))


def _by_week(scene: Scene, duties: list[Duty]) -> dict[date, list[Duty]]:
    by_week: defaultdict[date, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_week[scene.week(duty.closes)].append(duty)
    return by_week


_overfull: Memo[dict[date, Overfull]] = Memo()


def _overfull_by_week(scene: Scene, member: Member, duties: list[Duty]) -> dict[date, Overfull]:
    """The first overfull stretch of days of each week in which one ends; remembered while the member's time
    and tasks are the same."""
    diary, index = scene.workload.diary(member.id), scene.calendar.index.by_member_week

    def search() -> dict[date, Overfull]:
        work = [
            (duty.opens, duty.closes, minutes)
            for duty, minutes in _timed(member, duties)
            if not _is_told_alone(diary, max(duty.opens, scene.today), duty.closes, minutes)
        ]
        found: dict[date, Overfull] = {}
        for stretch in overfull_stretches(work, diary, scene.today):
            found.setdefault(scene.week(stretch.last), stretch)
        return found

    return _overfull.get(
        member.id,
        same=(diary, *(index.get((member.id, week)) for week in scene.weeks)),
        equal=(scene.today, len(scene.weeks)),
        make=search,
    )


def _is_told_alone(diary: Diary, first: date, last: date, minutes: int) -> bool:
    """Whether a task alone is in trouble, as `away` or `conflict` says: no sign of too many tasks."""
    return diary.clashes(first, last, minutes) or bool(diary.why_away(first, last))


def _timed(member: Member, duties: list[Duty]) -> list[tuple[Duty, int]]:
    """Each with the minutes that it takes the member."""
    if member.is_learning:
        return [(duty, duty.minutes_of(member)) for duty in duties]
    return [(duty, duty.task.effort) for duty in duties]


def _week_cause(member: Member, load: Load) -> str:
    return _(
        "{who} has {minutes} in the week of {day} and time for {capacity}: {over} too much ({share})",
        who=member.name,
        minutes=minutes_text(load.minutes),
        day=day_text(load.week),
        capacity=minutes_text(load.capacity),
        over=minutes_text(load.over),
        share=share_text(load.share),
    )


def _days_cause(member: Member, days: Overfull) -> str:
    return _(
        "{who} needs {minutes} {span} and has {free} free",
        who=member.name,
        minutes=minutes_text(days.needed),
        span=span_text(days.first, days.last),
        free=minutes_text(days.free),
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
        ways_out=tuple(_relief(scene, member, duties, over)),
    )


def _relief(scene: Scene, member: Member, duties: list[Duty], over: int) -> Iterator[WayOut]:
    """Who could take each of the tasks that help most: the smallest that is enough, then the largest."""
    movable = _timed(member, [duty for duty in duties if not duty.task.pinned])
    helpful = sorted(movable, key=lambda m: (m[1] < over, abs(m[1] - over), m[0].post.id))
    for duty, minutes in helpful[: ways.SUGGESTED]:
        what = _(
            "{task} ({minutes}) of {post}",
            task=the_task(duty.kind),
            minutes=minutes_text(minutes),
            post=ways.title_text(duty.post),
        )
        yield from ways.people(scene, duty.ref, what=what, most=1)
    later = next((duty.post for duty, _ in helpful if duty.post.is_open), None)
    if later:
        yield ways.move(later, later.at + WEEK)


def lone_people(scene: Scene) -> Iterator[Warning]:
    """All that is still to do for a channel's planned posts within the horizon, and that somebody has, is one
    person's; and it is more than one task."""
    for channel in scene.channels:
        posts = [(at, post) for at, post in scene.planned_posts(channel.id) if at < scene.end]
        refs, people = list[TaskRef](), set[int]()
        for _at, post in posts:
            for kind, task in post.tasks.items():
                if task.member is not None and task.done_at is None:
                    people.add(task.member)
                    refs.append(TaskRef(post.id, kind))
            if len(people) > 1:
                break
        if len(people) == 1 and len(refs) > 1:
            yield _lone_person(scene, channel, people.pop(), refs, posts[0][0])


def _lone_person(
    scene: Scene, channel: Channel, member: int, refs: list[TaskRef], first_at: datetime
) -> Warning:
    return Warning(
        key=f"one-person:{channel.id}",
        rule="one-person",
        severity="low",
        channel=channel.id,
        post=None,
        task=None,
        member=member,
        at=None,
        since=scene.noticed(first_at),
        cause=n_(
            "{channel} rests on {who} alone until {day} ({number} task)",
            "{channel} rests on {who} alone until {day} ({number} tasks)",
            len(refs),
            channel=channel.name,
            who=scene.calendar.members[member].name,
            day=day_text(scene.last_day),
        ),
        ways_out=tuple(_shares(scene, refs)),
    )


def _shares(scene: Scene, refs: list[TaskRef]) -> Iterator[WayOut]:
    """Who could take one of the last tasks, so that there is time to learn how."""
    for ref in reversed(refs):
        post = ways.title_text(scene.calendar.posts[ref.post])
        what = _("{task} of {post}", task=the_task(ref.kind), post=post)
        if found := ways.people(scene, ref, what=what, most=2):
            yield from found
            return
