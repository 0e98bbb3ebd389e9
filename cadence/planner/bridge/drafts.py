"""Drafts outside a problem that decide something in it.

Who wrote what is to be answered, and how many posts of an author go out in a week, depends on drafts that are
done already or lie outside the period. They are in the problem as fixed tasks that take no time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.team import Member
from cadence.model.times import DAY, WEEK, day_bounds, zone_of
from cadence.planner.bridge.places import id_of
from cadence.planner.bridge.worklist import topic_of
from cadence.planner.problem import Task


def outside_drafts(
    calendar: Calendar, tasks: Collection[Task], known: Collection[str], start: date
) -> Iterator[Task]:
    """The drafts that somebody has or has done, whose ids are not `known`, and that matter to `tasks`: of the
    same post as an answering, or of an author with limits for a post near one whose draft is among them."""
    answered = {int(task.post) for task in tasks if task.kind == "engage" and task.post.isdecimal()}
    near = {post.id for post in _near(calendar, [task.day for task in tasks if task.kind == "draft"])}
    for id in sorted(answered | near):
        post = calendar.posts[id]
        author = _author(calendar, post)
        if author is None or id_of(calendar, TaskRef(id, "draft")) in known:
            continue
        if id in answered or _has_limits(author):
            yield _written(calendar, post, author, start)


def _written(calendar: Calendar, post: Post, author: Member, start: date) -> Task:
    return Task(
        id=id_of(calendar, TaskRef(post.id, "draft")),
        post=str(post.id),
        kind="draft",
        channel=calendar.channels[post.channel].name,
        day=calendar.local(post).date(),
        opens=start,
        closes=start,
        effort=0,
        priority=1,
        topic=topic_of(post.topic),
        member=author.name,
        fixed=True,
    )


def _author(calendar: Calendar, post: Post) -> Member | None:
    """Who wrote the draft of a post that is not skipped, or has it."""
    draft = post.tasks.get("draft")
    if draft is None or post.state == "skipped":
        return None
    return calendar.members.get(draft.done_by or draft.member or 0)


def _near(calendar: Calendar, days: Collection[date]) -> Iterable[Post]:
    """The posts that go out within the reach of some author's limits of one of these days."""
    limited = [member for member in calendar.members.values() if _has_limits(member)]
    if not days or not limited:
        return []
    reach = max(WEEK.days, *(member.spacing or 0 for member in limited)) * DAY
    zone, timeline = zone_of(calendar.team.zone), calendar.index.timeline
    first = bisect_left(timeline, (day_bounds(min(days) - reach, zone)[0], 0))
    last = bisect_left(timeline, (day_bounds(max(days) + reach, zone)[1], 0))
    return [calendar.posts[id] for _, id in timeline[first:last]]


def _has_limits(member: Member) -> bool:
    return member.posts_a_week is not None or bool(member.spacing)
