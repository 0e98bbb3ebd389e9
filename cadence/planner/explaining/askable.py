"""Who is asked to take a task over: only people who could do it, with what it does to their load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from cadence.insight.offers import offers_to, today_of
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.post import TaskRef
from cadence.planner.explaining.candidates import Candidate, candidates


def askable(calendar: Calendar, ref: TaskRef, now: datetime) -> list[Candidate]:
    """Whom a task fits, but for the one who has it, the best first: nothing forbids it, and with it they have
    no more to do than they have time for. Empty too when the task is long over."""
    try:
        found = candidates(calendar, ref, now)
    except NotFound:
        return []
    return [one for one in found if one.able and not one.over]


def asked(calendar: Calendar, ref: TaskRef, now: datetime) -> list[Candidate]:
    """Who of them is to hear of the task's offer: those named in it; in one to anyone all colleagues, for
    partners cost money and are asked by name. Who declined is not asked again."""
    offer = calendar.task(ref).offer
    if offer is None:
        return []
    return [
        one
        for one in askable(calendar, ref, now)
        if one.member not in offer.declined
        and (one.member in offer.to if offer.to else calendar.members[one.member].kind == "staff")
    ]


def to_answer(calendar: Calendar, member: int, now: datetime) -> list[TaskRef]:
    """The offers that a member is to answer: to them by name, and those to anyone that fit them."""
    return [
        ref
        for ref in offers_to(calendar, member, today_of(calendar, now))
        if (offer := calendar.task(ref).offer)
        and (offer.to or any(one.member == member for one in asked(calendar, ref, now)))
    ]


def takers(
    calendar: Calendar, refs: Iterable[TaskRef], now: datetime
) -> Iterator[tuple[TaskRef, Candidate | None]]:
    """For each task who could best take it, if those before it are taken as said; None: nobody."""
    for ref in refs:
        best = next(iter(askable(calendar, ref, now)), None)
        yield ref, best
        if best:
            post = calendar.posts[ref.post]
            task = replace(post.tasks[ref.kind], member=best.member)
            calendar = calendar.put(replace(post, tasks={**post.tasks, ref.kind: task}))
