"""Who could take a task: everyone, ranked, with the load before and after, and a reason or an obstacle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cadence.insight.capacity import Diary, Load, assigned_minutes
from cadence.insight.words import day_text, minutes_text, money_text, share_text
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import LEVELS, Level, Member, TaskKind
from cadence.model.times import to_local, week_start

_NO_CAPACITY = 1_000_000.0
"""Ranks as a share for somebody who has no time at all: after everyone who has."""


@dataclass(frozen=True)
class Candidate:
    """A member who does not have the task. Loads are of the week in which the task's window closes.

    `able`: nothing forbids it; who would be over capacity is able too, and `over` says by how many minutes.
    `reason` says what taking it means; `obstacle` why it is not possible. `cost_cents`: what a partner asks.
    """

    member: int
    before: Load
    after: Load
    reason: str
    able: bool
    obstacle: str
    cost_cents: int

    @property
    def over(self) -> int:
        return self.after.over


def candidates(calendar: Calendar, ref: TaskRef, now: datetime) -> list[Candidate]:
    """Everyone but the one who has the task: those who can and have room first, then those who would be over
    capacity, then those who cannot. NotFound if there is no such task.

    Staff come before partners; then the smaller load share after taking it, the higher skill, the name.
    """
    return Bench(calendar, now).candidates(ref)


def obstacle(calendar: Calendar, ref: TaskRef, member: int) -> str:
    """What forbids that a member does a task; empty when nothing does."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    return _obstacle(
        calendar,
        calendar.members[member],
        Diary(calendar, member),
        post,
        ref.kind,
        calendar.window(post, task),
    )


class Bench:
    """The members of one calendar, with the diaries and loads that many questions about them share."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self.calendar = calendar
        self.now = now
        self.diaries = {id: Diary(calendar, id) for id in calendar.members}
        self._minutes: dict[tuple[int, date], int] = {}

    def load(self, member: int, week: date) -> Load:
        """The load of a member in the week that starts on `week`."""
        key = (member, week)
        if key not in self._minutes:
            self._minutes[key] = assigned_minutes(self.calendar, member, week)
        return Load.of(member, week, self._minutes[key], self.diaries[member].capacity(week))

    def best(self, kind: TaskKind, channel: int, effort: int, first: date, last: date) -> Load | None:
        """The load, with the task, of who could best take one that nobody has written down yet; None if
        nobody can without going over capacity."""
        week = week_start(last, self.calendar.team.week_begins)
        fitting = [
            (member.kind == "partner", after.share or 0.0, member.name.casefold(), after)
            for member in self.calendar.members.values()
            if member.level_for(kind, channel)
            and not self.diaries[member.id].why_away(first, last)
            and not (after := self.load(member.id, week).plus(effort)).over
        ]
        return min(fitting, key=lambda entry: entry[:3])[3] if fitting else None

    def candidates(self, ref: TaskRef) -> list[Candidate]:
        task = self.calendar.task(ref)
        post = self.calendar.posts[ref.post]
        first, last = self.calendar.window(post, task)
        today = to_local(self.now, self.calendar.zone(post.channel)).date()
        window = (max(first, today), last) if today <= last else (first, last)
        ranked = [
            (self._rank(member, candidate, ref.kind, post), candidate)
            for member in self.calendar.members.values()
            if member.id != task.member
            for candidate in (self._candidate(member, post, ref.kind, task, window),)
        ]
        return [candidate for _, candidate in sorted(ranked, key=lambda pair: pair[0])]

    def _candidate(
        self, member: Member, post: Post, kind: TaskKind, task: Task, window: tuple[date, date]
    ) -> Candidate:
        before = self.load(member.id, week_start(window[1], self.calendar.team.week_begins))
        after = before.plus(task.effort)
        obstacle = _obstacle(self.calendar, member, self.diaries[member.id], post, kind, window)
        cost = round(member.cost_per_hour * task.effort / 60) if member.kind == "partner" else 0
        return Candidate(
            member=member.id,
            before=before,
            after=after,
            reason=_reason(member, after, task.effort, cost, member.level_for(kind, post.channel)),
            able=not obstacle,
            obstacle=obstacle,
            cost_cents=cost,
        )

    def _rank(
        self, member: Member, candidate: Candidate, kind: TaskKind, post: Post
    ) -> tuple[bool, bool, bool, float, int, str]:
        level = member.level_for(kind, post.channel)
        share = candidate.after.share
        return (
            not candidate.able,
            candidate.over > 0,
            member.kind == "partner",
            _NO_CAPACITY if share is None else share,
            -LEVELS.index(level) if level else 1,
            member.name.casefold(),
        )


def _obstacle(
    calendar: Calendar, member: Member, diary: Diary, post: Post, kind: TaskKind, window: tuple[date, date]
) -> str:
    if member.level_for(kind, post.channel) is None:
        return f"no {kind} skill on {calendar.channels[post.channel].name}"
    if kind == "review" and member.id in _doers(post, "draft"):
        return "wrote the draft"
    if kind == "draft" and member.id in _doers(post, "review"):
        return "reviews this post"
    return diary.why_away(*window)


def _doers(post: Post, kind: TaskKind) -> set[int]:
    """Who has or has done a task."""
    task = post.tasks.get(kind)
    return {id for id in (task.member, task.done_by) if id is not None} if task else set()


def _reason(member: Member, after: Load, effort: int, cost: int, level: Level | None) -> str:
    """`+30′, would be at 71 %`, and what else matters."""
    parts = [f"+{minutes_text(effort)}", f"would be at {share_text(after.share)}"]
    if after.over:
        parts.append(f"{minutes_text(after.over)} over in the week of {day_text(after.week)}")
    if member.kind == "partner":
        parts.append(f"partner, {money_text(cost)}")
    if level in ("expert", "learning"):
        parts.append(level)
    return ", ".join(parts)
