"""A few tasks that nobody has and that would fit a colleague."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from cadence.insight.capacity import load, minutes_of
from cadence.insight.offers import today_of
from cadence.insight.words import TASK_NOUNS, share_text
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.team import TASK_KINDS
from cadence.model.times import WEEK
from cadence.planner.explaining.obstacles import obstacle
from cadence.web.lines import day_name

MOST_FREE = 3
"""A page asks for little; the plan and the app have them all."""
LAST_CALL = WEEK
"""Answering may still be free so long after a post went out."""


@dataclass(frozen=True)
class FreeLine:
    """A task that the reader could take; `load`: theirs of the week in which it is due, before and after."""

    about: str
    noun: str
    title: str
    channel: str
    due: str
    minutes: int
    load: str


def free_lines(calendar: Calendar, member: int, now: datetime) -> tuple[FreeLine, ...]:
    """The most urgent tasks that nobody has, that nothing forbids the member to take, and for which they have
    the time."""
    today = today_of(calendar, now)
    urgent = sorted(_free(calendar, today, now), key=lambda one: (one[0], _order(calendar, one[1])))
    fitting = (_line(calendar, ref, member, closes, today) for closes, ref in urgent)
    return tuple(islice(filter(None, fitting), MOST_FREE))


def _free(calendar: Calendar, today: date, now: datetime) -> Iterator[tuple[date, TaskRef]]:
    """The tasks of the next weeks that nobody has, with the day on which their window closes."""
    timeline, end = calendar.index.timeline, now + timedelta(days=calendar.team.horizon_days)
    for _, id in timeline[bisect_left(timeline, (now - LAST_CALL, 0)) : bisect_left(timeline, (end, 0))]:
        post = calendar.posts[id]
        for kind, task in post.tasks.items():
            is_work = post.is_open or (kind == "engage" and post.state == "published")
            if task.member is None and not task.is_done and is_work:
                closes = calendar.window(post, task)[1]
                if closes >= today:
                    yield closes, TaskRef(id, kind)


def _order(calendar: Calendar, ref: TaskRef) -> tuple[datetime, int, int]:
    return calendar.instant(calendar.posts[ref.post]), ref.post, TASK_KINDS.index(ref.kind)


def _line(calendar: Calendar, ref: TaskRef, member: int, closes: date, today: date) -> FreeLine | None:
    """None: it is not for them, or would be too much."""
    if obstacle(calendar, ref, member):
        return None
    post = calendar.posts[ref.post]
    minutes = minutes_of(calendar.members[member], post, ref.kind)
    before = load(calendar, member, closes)
    after = before.plus(minutes)
    if after.over:
        return None
    return FreeLine(
        about=f"{ref.post}-{ref.kind}",
        noun=TASK_NOUNS[ref.kind],
        title=post.title,
        channel=calendar.channels[post.channel].name,
        due=f"by {day_name(closes, today)}",
        minutes=minutes,
        load=f"{share_text(before.share)} → {share_text(after.share)}",
    )
