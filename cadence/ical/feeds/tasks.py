"""A member's tasks, as a feed tells of them: to-dos, or the events that are all a partner sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task
from cadence.model.team import Member, TaskKind
from cadence.model.times import day_bounds


@dataclass(frozen=True)
class Work:
    """One task of a member, and of its post only what they need for it: no other people, no notes.

    `minutes` is what it takes them, `opens` and `closes` the first and last day for it. The post goes out at
    `at` (UTC), `local` by the clocks of `zone`, which begin the first day at `begins` (UTC). `finished`: when
    it was done, or the post was out without it (UTC); None: still to do.
    """

    uid: str
    post: int
    kind: TaskKind
    title: str
    channel: str
    minutes: int
    opens: date
    closes: date
    begins: datetime
    at: datetime
    local: datetime
    zone: str
    link: str | None
    is_promised: bool
    finished: datetime | None
    is_done: bool
    is_out: bool
    revision: int
    modified: datetime


def work_of(calendar: Calendar, member: int, posts: Iterable[Post]) -> list[Work]:
    """The tasks that a member has on posts, in the order of the posts. Nobody works on a skipped one."""
    who = calendar.member(member)
    return [
        _work(calendar, who, post, kind, task)
        for post in posts
        for kind, task in _theirs(who, post)
        if post.state != "skipped"
    ]


def _theirs(who: Member, post: Post) -> Iterator[tuple[TaskKind, Task]]:
    return ((kind, task) for kind, task in post.tasks.items() if task.member == who.id)


def _work(calendar: Calendar, who: Member, post: Post, kind: TaskKind, task: Task) -> Work:
    opens, closes = calendar.window(post, task)
    finished = task.done_at or (post.published_at if kind != "engage" else None)
    return Work(
        uid=f"task-{post.uid or post.id}-{kind}",
        post=post.id,
        kind=kind,
        title=post.title,
        channel=calendar.channels[post.channel].name,
        minutes=who.minutes_for(kind, post.channel, task.effort),
        opens=opens,
        closes=closes,
        begins=day_bounds(opens, calendar.zone(post.channel))[0],
        at=calendar.instant(post),
        local=calendar.local(post),
        zone=calendar.zone(post.channel).key,
        link=post.link,
        is_promised=post.slot is not None,
        finished=finished,
        is_done=task.is_done,
        is_out=post.published_at is not None,
        revision=post.rev,
        modified=post.modified,
    )
