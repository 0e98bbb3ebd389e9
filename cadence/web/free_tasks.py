"""A few tasks that nobody has and that would fit a colleague."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from cadence.insight.offers import today_of
from cadence.insight.takeable import taking, to_do_around
from cadence.insight.words import share_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.team import TASK_KINDS
from cadence.model.times import WEEK
from cadence.model.words import task_noun
from cadence.planner.explaining.obstacles import obstacle
from cadence.web.lines import day_name, subject_of

MOST_FREE = 3
"""A page asks for little; the plan and the app have them all."""
LAST_CALL = WEEK
"""Answering may still be free so long after a post went out."""


@dataclass(frozen=True)
class FreeLine:
    """A task that the reader could take; `subject` is what people call it, `load` theirs of the week in which
    it is due, before and after."""

    about: str
    noun: str
    subject: str
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
    for ref in to_do_around(calendar, now, LAST_CALL):
        post, task = calendar.posts[ref.post], calendar.task(ref)
        if task.member is None and (closes := calendar.window(post, task)[1]) >= today:
            yield closes, ref


def _order(calendar: Calendar, ref: TaskRef) -> tuple[datetime, int, int]:
    return calendar.instant(calendar.posts[ref.post]), ref.post, TASK_KINDS.index(ref.kind)


def _line(calendar: Calendar, ref: TaskRef, member: int, closes: date, today: date) -> FreeLine | None:
    """None: it is not for them, or would be too much."""
    if obstacle(calendar, ref, member):
        return None
    post = calendar.posts[ref.post]
    it = taking(calendar, ref, member)
    if it.after.over:
        return None
    return FreeLine(
        about=f"{ref.post}-{ref.kind}",
        noun=task_noun(ref.kind),
        subject=subject_of(ref.kind, post.title),
        title=post.title,
        channel=calendar.channels[post.channel].name,
        due=_("by {day}", day=day_name(closes, today)),
        minutes=it.minutes,
        load=f"{share_text(it.before.share)} → {share_text(it.after.share)}",
    )
