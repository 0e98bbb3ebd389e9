"""A swap: two members exchange two tasks, if either could do the other's with their own gone."""

from __future__ import annotations

from datetime import date, timedelta

from cadence.insight.capacity import diary, load, open_work, overfull_stretches
from cadence.insight.words import day_text, minutes_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import Post, TaskRef
from cadence.operations.holding import held_by, open_task, with_task
from cadence.operations.wording import task_text
from cadence.planner.explaining.obstacles import obstacle

LOOK_AHEAD = timedelta(weeks=4)
"""How far beyond the task other work counts that has to be done on the same days."""


def swapped(calendar: Calendar, one: TaskRef, other: TaskRef, today: date) -> tuple[Post, ...]:
    """The posts once the owners of two tasks have exchanged them.

    Refused, with the reason, where somebody lacks the skill or is away, would review their own draft, or has
    too little time and less than before. Both tasks change hands before that is asked: who gives the draft of
    a post away may get its review.
    """
    owners = calendar.task(one).member, calendar.task(other).member
    after = _given(_given(calendar, one, owners[1]), other, owners[0])
    for ref in (one, other):
        taker = after.task(ref).member or 0
        why = obstacle(after, ref, taker) or _squeeze(calendar, after, ref, taker, today)
        if why:
            raise Refused(
                _(
                    "{name} cannot take {task} in a swap: {why}",
                    name=after.members[taker].name,
                    task=task_text(calendar, ref),
                    why=why,
                ),
                _("`cadence who {post} {kind}` lists who could", post=ref.post, kind=ref.kind),
            )
    return tuple(after.posts[id] for id in dict.fromkeys((one.post, other.post)))


def _given(calendar: Calendar, ref: TaskRef, member: int | None) -> Calendar:
    post, task = open_task(calendar, ref)
    return with_task(post, ref, held_by(task, member), "").on(calendar)


def _squeeze(before: Calendar, after: Calendar, ref: TaskRef, member: int, today: date) -> str:
    """What time a member would lack for a task that they do not lack now; empty when it fits."""
    closes = after.window(after.posts[ref.post], after.task(ref))[1]
    week = load(after, member, closes)
    if week.over > load(before, member, closes).over:
        return _(
            "{minutes} over capacity in the week of {day}",
            minutes=minutes_text(week.over),
            day=day_text(week.week),
        )
    last = closes + LOOK_AHEAD
    missing = _missing(after, member, today, last)
    if missing > _missing(before, member, today, last):
        return _("{minutes} more than the days around it leave free", minutes=minutes_text(missing))
    return ""


def _missing(calendar: Calendar, member: int, today: date, last: date) -> int:
    """Minutes of a member's open work that its days have no room for."""
    stretches = overfull_stretches(open_work(calendar, member, today, last), diary(calendar, member), today)
    return sum(stretch.needed - stretch.free for stretch in stretches)
