"""Who has a task of a calendar and why; where nobody can, why, and the least that would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from shlex import join

from msgspec.structs import replace

from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.words import kind_word
from cadence.planner.bridge.places import place_of
from cadence.planner.explaining.candidates import Candidate, Shortlist
from cadence.planner.explaining.changes import Change, HandOver, Learn, MoreTime, Move, Skip
from cadence.planner.explaining.comparing import why_not
from cadence.planner.explaining.least_changes import WEEKS, Way, ways_to_cover
from cadence.planner.explaining.reasons import why_nobody, why_not_able


@dataclass(frozen=True)
class Remedy:
    """A change with which the task would fit somebody, and the command line for it, if there is one."""

    way: Way
    command: str


@dataclass(frozen=True)
class Explanation:
    """`holder`: who has the task; `strain`: what they lack for it, if anything. `others`: for everybody else,
    as they rank, a sentence on why not they.

    Where nobody has it: `could` are those whom it fits; if there are none, `nobody` says why, and `remedies`
    what would help, the smallest change first.
    """

    holder: int | None
    others: tuple[tuple[int, str], ...]
    strain: str = ""
    could: tuple[Candidate, ...] = ()
    nobody: str = ""
    remedies: tuple[Remedy, ...] = ()


def explain(calendar: Calendar, ref: TaskRef, now: datetime) -> Explanation:
    """NotFound if there is no such task, or nothing is left to do about it."""
    listed = Shortlist(calendar, ref, now)
    ranked = listed.candidates()
    holder = calendar.task(ref).member
    if holder is not None:
        return _of_holder(listed, holder, ranked)
    could = tuple(one for one in ranked if one.able and not one.over)
    others = tuple((one.member, _what_it_means(listed, one)) for one in ranked)
    if could:
        return Explanation(None, others, could=could)
    nobody = why_nobody(listed.core, listed.roster, listed.task)
    return Explanation(None, others, nobody=nobody, remedies=_remedies(listed, ref, now))


def _of_holder(listed: Shortlist, holder: int, ranked: list[Candidate]) -> Explanation:
    members, number = listed.calendar.members, listed.number(listed.calendar.members[holder])
    lacks = None if number is None else why_not_able(listed.core, listed.roster, listed.task, number)
    strain = lacks.sentence(members[holder].name) if lacks else ""

    def why_not_they(one: Candidate) -> str:
        rival = listed.number(members[one.member])
        if one.obstacle or rival is None or number is None or (lacks and not one.over):
            return _what_it_means(listed, one)
        return why_not(listed.core, listed.roster, listed.task, number, rival, by_week=True)

    return Explanation(holder, tuple((one.member, why_not_they(one)) for one in ranked), strain)


def _what_it_means(listed: Shortlist, one: Candidate) -> str:
    name = listed.calendar.members[one.member].name
    if one.obstacle or one.over:
        return _("{who}: {reason}", who=name, reason=one.obstacle or one.reason)
    return _("{who} could take it: {reason}", who=name, reason=one.reason)


# What would help


def _remedies(listed: Shortlist, ref: TaskRef, now: datetime) -> tuple[Remedy, ...]:
    calendar, post = listed.calendar, listed.calendar.posts[ref.post]

    def may(change: Change) -> bool:
        if isinstance(change, HandOver):
            other = place_of(calendar, change.task)
            return isinstance(other, TaskRef) and _may_give(calendar, other)
        if isinstance(change, Skip):
            return post.is_open
        return not isinstance(change, Move)

    found = ways_to_cover(listed.core, listed.roster, listed.task, may)
    moves = _moves(calendar, ref, now) if post.is_open else []
    ranked = sorted([*found, *moves], key=lambda way: isinstance(way.change, Skip))
    return tuple(Remedy(way, _command(listed, post, ref, way.change)) for way in ranked)


def _may_give(calendar: Calendar, ref: TaskRef) -> bool:
    task = calendar.task(ref)
    return not task.pinned and not task.is_done


def _moves(calendar: Calendar, ref: TaskRef, now: datetime) -> list[Way]:
    """The first of some moves of the post with which it would fit somebody.

    They are tried on the calendar, in which holidays and days off come when they come.
    """
    post = calendar.posts[ref.post]
    for days in WEEKS:
        moved = replace(post, at=post.at + timedelta(days=days))
        if calendar.planned_instant(moved) <= now:
            continue
        after = Shortlist(calendar.put(moved), ref, now)
        first = next((one for one in after.candidates() if one.able and not one.over), None)
        if first is not None:
            text = _("if the post moved to {day}", day=day_text(moved.at.date()))
            change = Move(str(post.id), days)
            name = calendar.members[first.member].name
            return [Way(change, name, first.minutes, first.cost_cents, text)]
    return []


def _command(listed: Shortlist, post: Post, ref: TaskRef, change: Change) -> str:
    match change:
        case HandOver():
            number, kind = change.task.split(" ")
            return _line("assign", number, kind, change.taker)
        case MoreTime():
            return _allowance(listed, change)
        case Learn():
            skill = f"{change.task}:{change.channel}"
            level = f":{change.level}" if change.level != "able" else ""
            return _line("member", "edit", change.member, "--add-skill", skill + level)
        case Move():
            return _line(
                "post", "move", post.id, (post.at + timedelta(days=change.days)).isoformat("T", "minutes")
            )
        case Skip():
            reason = _("nobody can do the {kind}", kind=kind_word(ref.kind))
            return _line("post", "skip", post.id, "--reason", reason)


def _allowance(listed: Shortlist, change: MoreTime) -> str:
    """More a week, where that is what is missing: nobody gets more working hours by a command."""
    who = listed.calendar.member(change.member)
    gives = who.allowance + change.minutes
    diary = listed.workload.diary(who.id)
    free = sum(diary.free(change.week + timedelta(days=n)) for n in range(7))
    missing = change.day_minutes or not change.minutes or free < diary.capacity(change.week) + change.minutes
    return "" if missing else _line("member", "edit", who.name, "--allowance", f"{gives}m")


def _line(*words: object) -> str:
    return join(["cadence", *map(str, words)])
