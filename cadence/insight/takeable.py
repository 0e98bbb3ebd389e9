"""What somebody could take: tasks that nobody has or that are on offer, and what one does to their week."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.insight.capacity import Load, load, minutes_of
from cadence.insight.offers import is_asked, state_of
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.times import week_start


@dataclass(frozen=True)
class Taking:
    """What taking a task does to a member's week in which it is due: they have its `minutes` more and, in a
    swap, the `given` minutes of their own task less, where that is due in the same week."""

    due: date
    minutes: int
    given: int
    before: Load

    @property
    def after(self) -> Load:
        return self.before.plus(self.minutes - self.given)


def taking(calendar: Calendar, ref: TaskRef, member: int) -> Taking:
    """What it does to somebody who does not have the task."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    due = calendar.window(post, task)[1]
    week = week_start(due, calendar.team.week_begins)
    given, wants = 0, task.offer.wants if task.offer else None
    if wants and wants in calendar.tasks_of(member, week):
        given = minutes_of(calendar.members[member], calendar.posts[wants.post], wants.kind)
    minutes = minutes_of(calendar.members[member], post, ref.kind)
    return Taking(due, minutes, given, load(calendar, member, week))


def letting_go(calendar: Calendar, ref: TaskRef) -> tuple[Load, Load]:
    """The load of whoever has a task, of the week in which it is due, now and once its offer is taken."""
    post, task = calendar.posts[ref.post], calendar.task(ref)
    owner = calendar.member(task.member or 0)
    before = load(calendar, owner.id, calendar.window(post, task)[1])
    minutes = -minutes_of(owner, post, ref.kind)
    if task.offer and (wants := task.offer.wants):
        other = calendar.posts[wants.post]
        due = calendar.window(other, other.tasks[wants.kind])[1]
        if week_start(due, calendar.team.week_begins) == before.week:
            minutes += minutes_of(owner, other, wants.kind)
    return before, before.plus(minutes)


def to_do_around(calendar: Calendar, now: datetime, back: timedelta) -> Iterator[TaskRef]:
    """The tasks that are still work, of posts from so long ago to the end of the horizon, as they go out."""
    timeline, end = calendar.index.timeline, now + timedelta(days=calendar.team.horizon_days)
    first, last = bisect_left(timeline, (now - back, 0)), bisect_left(timeline, (end, 0))
    for _at, id in timeline[first:last]:
        post = calendar.posts[id]
        yield from (ref for kind in post.tasks if is_to_do(post, ref := TaskRef(id, kind)))


def is_to_do(post: Post, ref: TaskRef) -> bool:
    """Whether a task is still work: not done, its post not skipped; once published, only answering is."""
    return (
        not post.tasks[ref.kind].is_done
        and post.state != "skipped"
        and (post.is_open or ref.kind == "engage")
    )


def is_free_for(calendar: Calendar, ref: TaskRef, member: int, today: date) -> bool:
    """Whether nobody has a task, or it is on offer to a member who has not declined. Whether they could do it
    is another question."""
    task = calendar.task(ref)
    if task.member is None:
        return True
    return (
        is_asked(task, member)
        and state_of(calendar, ref, today) == "open"
        and not (task.offer and member in task.offer.declined)
    )
