"""Looking back together: what was promised and kept, why slots were missed, who carried how much, where
ideas came from, what changed hands, and what went outside.

Figures for a meeting, not for a ranking: people stand in the order of their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.insight.capacity import Workload, minutes_of
from cadence.insight.consistency import Consistency, consistencies
from cadence.insight.rota import turns
from cadence.insight.slots import slots
from cadence.insight.traces import Trace
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Idea, Post
from cadence.model.rhythm import SlotKey
from cadence.model.team import Member, TaskKind
from cadence.model.times import WEEK, to_local, week_start, zone_of
from cadence.model.words import the_task


@dataclass(frozen=True)
class Kept:
    """A channel's figures over the period, and its score over a period as long before it."""

    figures: Consistency
    score_before: float | None


@dataclass(frozen=True)
class MissedSlot:
    """A promise that was not kept, at a local time of its channel, and why as far as the calendar knows."""

    channel: int
    slot: SlotKey
    post: int | None
    cause: str


@dataclass(frozen=True)
class Carried:
    """What a member carried: minutes of tasks due in the weeks that the period touches, against the capacity
    of these weeks (None: they had none); tasks `done` in the period, and `handed` to them by others in it."""

    member: int
    minutes: int
    capacity: int
    share: float | None
    done: int
    handed: int


@dataclass(frozen=True, slots=True)
class Handed:
    """A task that went from one member to another (None: nobody), when and by whom it was recorded. What was
    undone in the period is none."""

    at: datetime
    post: int
    task: TaskKind
    giver: int
    taker: int | None
    by: str


@dataclass(frozen=True)
class Outside:
    """What a partner did: finished tasks, their minutes, and what that costs in cents."""

    member: int
    tasks: int
    minutes: int
    cost: int


@dataclass(frozen=True)
class IdeasOf:
    """How ideas fared: had, and decided about, in the period; `published` posts that began as an idea, and
    how many of them as one of somebody who does not lead."""

    had: tuple[int, ...]
    accepted: tuple[int, ...]
    declined: tuple[int, ...]
    published: tuple[int, ...]
    from_others_than_leads: int


@dataclass(frozen=True)
class Review:
    """`first` and `last` are days of the team, both included; `boosts_done` are those of who was asked and of
    who was not; `leads` says who led each week."""

    first: date
    last: date
    kept: tuple[Kept, ...]
    missed: tuple[MissedSlot, ...]
    carried: tuple[Carried, ...]
    handed: tuple[Handed, ...]
    outside: tuple[Outside, ...]
    ideas: IdeasOf
    boosts_asked: int
    boosts_done: int
    leads: tuple[tuple[date, int | None], ...]


def review(
    calendar: Calendar, traces: Iterable[Trace], start: datetime, end: datetime, now: datetime
) -> Review:
    """The period [start, end). `traces` are those of the history, of the period at least, in any order."""
    zone = zone_of(calendar.team.zone)
    first, last = to_local(start, zone).date(), to_local(end - timedelta(seconds=1), zone).date()
    standing = _standing(traces, start, end)
    handed = sorted(_handed(standing), key=lambda one: one.at)
    unasked = {boost for trace in standing for boost in trace.unasked}
    return Review(
        first=first,
        last=last,
        kept=tuple(_kept(calendar, start, end, now)),
        missed=tuple(_missed(calendar, start, min(end, now), now)),
        carried=tuple(_carried(calendar, handed, list(_weeks(calendar, first, last)), start, end)),
        handed=tuple(handed),
        outside=tuple(_outside(calendar, start, end)),
        ideas=_ideas(calendar, start, end),
        boosts_asked=sum(
            first <= boost.day <= last and boost.id not in unasked for boost in calendar.boosts.values()
        ),
        boosts_done=sum(
            boost.at is not None and start <= boost.at < end for boost in calendar.boosts.values()
        ),
        leads=tuple(_leads(calendar, first, last)),
    )


def _kept(calendar: Calendar, start: datetime, end: datetime, now: datetime) -> Iterator[Kept]:
    before = {one.channel: one.score for one in consistencies(calendar, start - (end - start), start, now)}
    for figures in consistencies(calendar, start, end, now):
        yield Kept(figures, before.get(figures.channel))


# Missed slots and their causes


def _missed(calendar: Calendar, start: datetime, end: datetime, now: datetime) -> Iterator[MissedSlot]:
    skipped = _skipped_by_slot(calendar)
    for filled in slots(calendar, start, end, now) if start < end else ():
        if filled.state == "missed":
            post = calendar.posts.get(filled.post or 0) or skipped.get(filled.slot.key)
            cause = _cause(calendar, post, filled.slot.at)
            yield MissedSlot(filled.slot.channel, filled.slot.key, post.id if post else None, cause)


def _skipped_by_slot(calendar: Calendar) -> dict[SlotKey, Post]:
    return {post.slot: post for post in calendar.posts.values() if post.slot and post.state == "skipped"}


def _cause(calendar: Calendar, post: Post | None, at: datetime) -> str:
    """The first thing that went wrong: no post, skipped, or the first work that was not done in time."""
    if post is None:
        return _("nobody planned a post")
    if post.state == "skipped":
        if not post.skip_reason:
            return _("skipped without a reason")
        return _("skipped: {reason}", reason=post.skip_reason)
    for kind, task in post.tasks.items():
        if kind != "engage" and (task.done_at is None or task.done_at > at):
            who = calendar.members.get(task.member or 0)
            name = who.name if who else _("nobody had it")
            return _("{task} was not done in time ({who})", task=the_task(kind), who=name)
    return _("everything was ready and it was not published in time")


# Who carried what


def _carried(
    calendar: Calendar, handed: Iterable[Handed], weeks: list[date], start: datetime, end: datetime
) -> Iterator[Carried]:
    workload = Workload(calendar)
    done, received = _done_by_member(calendar, start, end), defaultdict[int | None, int](int)
    for one in handed:
        received[one.taker] += 1
    for member in sorted(calendar.members.values(), key=lambda one: one.name.casefold()):
        loads = [workload.of(member.id, week) for week in weeks]
        minutes, capacity = sum(load.minutes for load in loads), sum(load.capacity for load in loads)
        if minutes or capacity or done[member.id]:
            yield Carried(
                member=member.id,
                minutes=minutes,
                capacity=capacity,
                share=minutes / capacity if capacity else None,
                done=len(done[member.id]),
                handed=received[member.id],
            )


def _done_by_member(
    calendar: Calendar, start: datetime, end: datetime
) -> defaultdict[int | None, list[tuple[Post, TaskKind]]]:
    found: defaultdict[int | None, list[tuple[Post, TaskKind]]] = defaultdict(list)
    for post in calendar.posts.values():
        for kind, task in post.tasks.items():
            if task.done_at is not None and start <= task.done_at < end:
                found[task.done_by].append((post, kind))
    return found


def _outside(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Outside]:
    done = _done_by_member(calendar, start, end)
    for member in sorted(calendar.members.values(), key=lambda one: one.name.casefold()):
        if member.kind == "partner" and done[member.id]:
            minutes = [minutes_of(member, post, kind) for post, kind in done[member.id]]
            yield Outside(member.id, len(minutes), sum(minutes), member.cost_of(sum(minutes)))


# What the history tells


def _standing(traces: Iterable[Trace], start: datetime, end: datetime) -> list[Trace]:
    """Those of [start, end) in their order, without those that were taken back in it: what was done by
    mistake has not been done."""
    found = sorted((trace for trace in traces if start <= trace.at < end), key=lambda trace: trace.seq)
    numbers, void = {trace.seq for trace in found}, set[int]()
    for trace in reversed(found):
        if trace.undoes in numbers and trace.seq not in void:
            void |= {trace.seq, trace.undoes}
    return [trace for trace in found if trace.seq not in void]


def _handed(traces: Iterable[Trace]) -> Iterator[Handed]:
    for trace in traces:
        for one in trace.passed:
            yield Handed(trace.at, one.ref.post, one.ref.kind, one.giver, one.taker, trace.by)


# Ideas and leads


def _ideas(calendar: Calendar, start: datetime, end: datetime) -> IdeasOf:
    def decided(state: str) -> tuple[int, ...]:
        return tuple(
            idea.id
            for idea in calendar.ideas.values()
            if idea.state == state and idea.decided_at is not None and start <= idea.decided_at < end
        )

    published = [
        (post.id, calendar.ideas[post.idea])
        for post in calendar.posts.values()
        if post.idea
        and post.idea in calendar.ideas
        and post.published_at is not None
        and start <= post.published_at < end
    ]
    return IdeasOf(
        had=tuple(idea.id for idea in calendar.ideas.values() if start <= idea.at < end),
        accepted=decided("accepted"),
        declined=decided("declined"),
        published=tuple(id for id, _ in published),
        from_others_than_leads=sum(not _leads_the_team(calendar, idea) for _, idea in published),
    )


def _leads_the_team(calendar: Calendar, idea: Idea) -> bool:
    author: Member | None = calendar.members.get(idea.author)
    return author is not None and author.role == "lead"


def _leads(calendar: Calendar, first: date, last: date) -> Iterator[tuple[date, int | None]]:
    found = turns(calendar.rota, weeks := list(_weeks(calendar, first, last)))
    if any(found.values()):
        yield from ((week, found[week]) for week in weeks)


def _weeks(calendar: Calendar, first: date, last: date) -> Iterator[date]:
    """The weeks of the days from `first` to `last`, by their first days."""
    week = week_start(first, calendar.team.week_begins)
    while week <= last:
        yield week
        week += WEEK
