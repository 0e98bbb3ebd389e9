"""What is on offer to whom, and until when.

An offer is open until somebody takes it. That it has expired, that everybody declined, or that what it asks
for in return is gone follows from the calendar and the day: nothing stores it, no clock has to run for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cadence.insight.capacity import diary
from cadence.insight.traces import Part, Trace, given_by, part, swaps
from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.change import Change, Op
from cadence.model.post import Offer, Task, TaskRef
from cadence.model.team import TASK_KINDS, Absence, days_between
from cadence.model.times import to_local, week_start, zone_of
from cadence.model.words import kind_word

OfferState = Literal["open", "declined", "expired", "void"]
"""`declined`: by everybody who was asked by name. `void`: the task that a swap asks for is not theirs any
more. In all but `open` the owner keeps the task as if there were no offer."""


def today_of(calendar: Calendar, now: datetime) -> date:
    """The team's local day."""
    return to_local(now, zone_of(calendar.team.zone)).date()


# How an offer stands


def state_of(calendar: Calendar, ref: TaskRef, today: date) -> OfferState | None:
    """How the offer of a task stands; None when it is not on offer, or nothing is left to do about it."""
    post, task = calendar.posts[ref.post], calendar.task(ref)
    if task.offer is None or task.is_done or post.state == "skipped":
        return None
    if task.offer.wants is not None and not _can_be_swapped(calendar, task.offer):
        return "void"
    if task.offer.to and set(task.offer.to) <= set(task.offer.declined):
        return "declined"
    return "open" if today <= last_day(calendar, ref) else "expired"


def last_day(calendar: Calendar, ref: TaskRef) -> date:
    """The last day on which a task on offer can be taken: never after its window closes, nor after that of
    the task that a swap asks for."""
    post, task = calendar.posts[ref.post], calendar.task(ref)
    ends = [calendar.window(post, task)[1]]
    if task.offer and task.offer.until:
        ends.append(task.offer.until)
    if task.offer and task.offer.wants and _can_be_swapped(calendar, task.offer):
        wanted = calendar.posts[task.offer.wants.post]
        ends.append(calendar.window(wanted, wanted.tasks[task.offer.wants.kind])[1])
    return min(ends)


def why_closed(calendar: Calendar, ref: TaskRef, today: date) -> str:
    """Why an offer cannot be taken any more, as a clause; empty while it can."""
    offer, state = calendar.task(ref).offer, state_of(calendar, ref, today)
    if offer is None or state in (None, "open"):
        return ""
    if state == "expired":
        return _("the offer ended on {day}", day=day_text(last_day(calendar, ref)))
    if state == "declined":
        return _("everybody who was asked has declined")
    asked = calendar.members[offer.to[0]].name
    if offer.wants is None:
        return _("the other task is not {who}'s to give any more", who=asked)
    return _(
        "the {kind} of post {post} is not {who}'s to give any more",
        kind=kind_word(offer.wants.kind),
        post=offer.wants.post,
        who=asked,
    )


def is_asked(task: Task, member: int) -> bool:
    """Whether a task is on offer to a member, by name or because it is to anyone."""
    return task.offer is not None and task.member != member and (not task.offer.to or member in task.offer.to)


def _can_be_swapped(calendar: Calendar, offer: Offer) -> bool:
    """Whether who was asked still has the task that a swap asks for, and it is still to do."""
    assert offer.wants is not None
    post = calendar.posts.get(offer.wants.post)
    task = post.tasks.get(offer.wants.kind) if post and post.state != "skipped" else None
    return task is not None and not task.is_done and offer.to == (task.member,)


# Lists


def offers(calendar: Calendar, today: date) -> Iterator[TaskRef]:
    """The tasks with an offer whose windows have not closed, the most urgent first; also those whose offer
    has ended or was declined."""
    found: list[tuple[date, TaskRef]] = []
    week = week_start(today, calendar.team.week_begins)
    for (_member, due_in), refs in calendar.index.by_member_week.items():
        for ref in refs if due_in >= week else ():
            post = calendar.posts[ref.post]
            task = post.tasks[ref.kind]
            if task.offer and not task.is_done and (closes := calendar.window(post, task)[1]) >= today:
                found.append((closes, ref))
    return (ref for _, ref in sorted(found))


def offers_to(calendar: Calendar, member: int, today: date) -> list[TaskRef]:
    """The open offers that wait for a member's answer. Whether they could do it is another question: see
    `askable`."""
    return [
        ref
        for ref in offers(calendar, today)
        if is_asked(task := calendar.task(ref), member)
        and task.offer
        and member not in task.offer.declined
        and state_of(calendar, ref, today) == "open"
    ]


def offers_of(calendar: Calendar, member: int, today: date) -> list[TaskRef]:
    """The tasks of a member that are or were on offer and that nobody has taken yet."""
    return [ref for ref in offers(calendar, today) if calendar.task(ref).member == member]


def tasks_hit(calendar: Calendar, absence: Absence, today: date) -> list[TaskRef]:
    """The tasks of a member that an absence leaves no time for, the most urgent first: from today on their
    windows hold days of it, and no other day with free time. The calendar has the absence already."""
    free = diary(calendar, absence.member).free
    found: list[tuple[date, TaskRef]] = []
    for ref in calendar.assigned_to(absence.member):
        post = calendar.posts[ref.post]
        opens, closes = calendar.window(post, post.tasks[ref.kind])
        left = list(days_between(max(opens, today), closes))
        is_hit = any(map(absence.covers, left)) and not any(map(free, left))
        if is_hit and not post.tasks[ref.kind].is_done:
            found.append((closes, ref))
    return [ref for _, ref in sorted(found)]


# What changes say


@dataclass(frozen=True)
class Origin:
    """Who had a task before whoever has it now, and the number of the change; `swapped`: for another task."""

    member: int
    change: int
    swapped: bool


def came_from(changes: Iterable[Change], ref: TaskRef) -> Origin | None:
    """From whom a task came, by the changes of its post, newest first; None: from nobody."""
    for change in changes:
        given = given_by(change)
        if ref in given:
            had = given[ref].get("member")
            return Origin(had, change.seq, any(ref in pair for pair in swaps(given))) if had else None
    return None


@dataclass(frozen=True)
class Handover:
    """A task went from one member to another with a change, from `giver` to `taker`; in a swap for the task
    `swapped_for`, which went the other way."""

    ref: TaskRef
    giver: int
    taker: int
    at: datetime
    change: int
    swapped_for: TaskRef | None = None


def handed_over(calendar: Calendar, traces: Sequence[Trace]) -> Iterator[Handover]:
    """What members gave each other, newest first as the traces are: what was taken from an offer, or given by
    whoever had it. What leads and plans assign is not among it, nor what was undone."""
    undone = {trace.undoes for trace in traces}
    for trace in traces:
        if trace.undoes is not None or trace.seq in undone:
            continue
        in_return = {passed.swapped_for for passed in trace.passed}
        for passed in trace.passed:
            giver, taker = calendar.members.get(passed.giver), calendar.members.get(passed.taker or 0)
            if giver is None or taker is None or passed.ref in in_return:
                continue
            if passed.was_offered or giver.name == trace.by:
                yield Handover(passed.ref, giver.id, taker.id, trace.at, trace.seq, passed.swapped_for)


def affected(calendar: Calendar, change: Change) -> set[int]:
    """Exactly the members whose work a change of posts concerns, who made it aside: who has or had a task
    that it touches, whom it asks by name, and, where it moves, skips or restores a post, who has open work on
    it. `calendar` is as it was right after the change, or later.

    Who may take an offer to anyone is not among them: nothing of theirs has changed.
    """
    found: set[int] = set()
    for op in change.ops:
        if op.table == "posts":
            found |= _of_post(calendar, op)
    return {id for id in found if id in calendar.members and calendar.members[id].name != change.by}


def _of_post(calendar: Calendar, op: Op) -> set[int]:
    post, found = calendar.posts.get(op.id), set[int]()
    is_moved = op.kind == "u" and ("at" in op.new or "skipped" in (op.new.get("state"), op.old.get("state")))
    for kind in TASK_KINDS:
        now = post.tasks.get(kind) if post else None
        forth, back = part(op.new, "tasks", kind), part(op.old, "tasks", kind)
        found |= {id for id in (forth.get("member"), back.get("member")) if id}
        found |= _asked_by(forth) - _asked_by(back)
        if now and now.member and not now.is_done and (is_moved or forth or back):
            found.add(now.member)
    return found


def _asked_by(task: Part) -> set[int]:
    to: Iterable[int] = part(task, "offer").get("to") or ()
    return set(to)
