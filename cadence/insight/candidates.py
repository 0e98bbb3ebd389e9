"""Who could take a task: everyone, ranked, with the load before and after, and a reason or an obstacle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from cadence.insight.capacity import Diary, Load, Workload, diary
from cadence.insight.words import day_text, minutes_text, money_text, share_text
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import LEVELS, Level, Member, TaskKind, window_days
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
        diary(calendar, member),
        post,
        ref.kind,
        calendar.window(post, task),
    )


class Bench:
    """The members of one calendar, with the diaries, loads and rankings that many questions share."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self.calendar = calendar
        self.now = now
        self.workload = Workload(calendar)
        self._has_partners = any(member.kind == "partner" for member in calendar.members.values())
        self._windows: dict[tuple[date, int, int], tuple[date, date]] = {}
        self._today: dict[int, date] = {}
        self._skilled: dict[tuple[TaskKind, int], _Skilled] = {}
        self._rankings: dict[tuple[_Skilled, int, date], list[tuple[Member, Load]]] = {}

    def window(self, day: date, opens: int, closes: int) -> tuple[date, date]:
        """The first and last day of a task of a post that goes out on `day`."""
        key = (day, opens, closes)
        if key not in self._windows:
            self._windows[key] = window_days(self.calendar.team, *key)
        return self._windows[key]

    def today(self, channel: int) -> date:
        """Today where a channel is."""
        if channel not in self._today:
            self._today[channel] = to_local(self.now, self.calendar.zone(channel)).date()
        return self._today[channel]

    def candidates(self, ref: TaskRef) -> list[Candidate]:
        """Everyone but the one who has the task: first those who are able."""
        post, task = self.calendar.post(ref.post), self.calendar.task(ref)
        able = [
            self._candidate(member, post, ref.kind, after) for member, after in self._able(post, ref.kind)
        ]
        known = {task.member, *(candidate.member for candidate in able)}
        others = [member for member in self.calendar.members.values() if member.id not in known]
        window = self._window(post, task)
        week = week_start(window[1], self.calendar.team.week_begins)
        return able + [
            self._candidate(
                member,
                post,
                ref.kind,
                self.workload.of(member.id, week).plus(task.effort),
                _obstacle(self.calendar, member, self.workload.diary(member.id), post, ref.kind, window),
            )
            for member in sorted(others, key=lambda m: (m.kind == "partner", m.name.casefold()))
        ]

    def suggestions(self, ref: TaskRef, most: int) -> list[Candidate]:
        """The first few who can take a task, and the first partner if none is among them."""
        post = self.calendar.posts[ref.post]
        able = self._able(post, ref.kind)
        chosen = list(islice(able, most))
        if self._has_partners and not any(member.kind == "partner" for member, _ in chosen):
            chosen += islice((entry for entry in able if entry[0].kind == "partner"), 1)
        return [self._candidate(member, post, ref.kind, after) for member, after in chosen]

    def _able(self, post: Post, kind: TaskKind) -> Iterator[tuple[Member, Load]]:
        """Who can take a task and what their load would be, best first; looked at one by one."""
        task = post.tasks[kind]
        first, last = self._window(post, task)
        excluded = _excluded(post, kind)
        for member, before in self.ranking(kind, post.channel, task.effort, last):
            if member.id not in excluded and not self.workload.diary(member.id).why_away(first, last):
                yield member, before.plus(task.effort)

    def ranking(self, kind: TaskKind, channel: int, effort: int, due: date) -> list[tuple[Member, Load]]:
        """The members with the skill and their load so far, whoever is away left in: those with room for
        `effort` first; staff before partners; then by the share that they would have, level and name."""
        skilled = self._with_skill(kind, channel)
        week = week_start(due, self.calendar.team.week_begins)
        key = (skilled, effort, week)
        if key not in self._rankings:
            members = self.calendar.members
            ranked = [
                (*_rank(members[id], level, self.workload.of(id, week), effort), id) for id, level in skilled
            ]
            ranked.sort()
            self._rankings[key] = [(members[id], self.workload.of(id, week)) for *_, id in ranked]
        return self._rankings[key]

    def best(self, kind: TaskKind, channel: int, effort: int, first: date, last: date) -> Load | None:
        """The load, with the task, of who could best take one that nobody has written down yet; None if
        nobody can without going over capacity."""
        for member, before in self.ranking(kind, channel, effort, last):
            if before.minutes + effort > before.capacity:
                return None
            if not self.workload.diary(member.id).why_away(first, last):
                return before.plus(effort)
        return None

    def _with_skill(self, kind: TaskKind, channel: int) -> _Skilled:
        key = (kind, channel)
        if key not in self._skilled:
            self._skilled[key] = tuple(
                (member.id, level)
                for member in self.calendar.members.values()
                if (level := member.level_for(kind, channel))
            )
        return self._skilled[key]

    def _window(self, post: Post, task: Task) -> tuple[date, date]:
        """The days that are left; all of them once the window has closed."""
        first, last = self.window(self.calendar.local(post).date(), task.opens, task.closes)
        today = self.today(post.channel)
        return (max(first, today), last) if today <= last else (first, last)

    def _candidate(
        self, member: Member, post: Post, kind: TaskKind, after: Load, obstacle: str = ""
    ) -> Candidate:
        effort = post.tasks[kind].effort
        cost = round(member.cost_per_hour * effort / 60) if member.kind == "partner" else 0
        return Candidate(
            member=member.id,
            before=self.workload.of(member.id, after.week),
            after=after,
            reason=_reason(member, after, effort, cost, member.level_for(kind, post.channel)),
            able=not obstacle,
            obstacle=obstacle,
            cost_cents=cost,
        )


_Skilled = tuple[tuple[int, Level], ...]
"""Members with their level: channels that the same people serve share one ranking."""


def _rank(member: Member, level: Level, before: Load, effort: int) -> tuple[bool, bool, float, int, str]:
    """What orders candidates."""
    minutes = before.minutes + effort
    share = minutes / before.capacity if before.capacity else _NO_CAPACITY
    is_partner = member.kind == "partner"
    return minutes > before.capacity, is_partner, share, -LEVELS.index(level), member.name.casefold()


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


def _excluded(post: Post, kind: TaskKind) -> set[int | None]:
    """Who has the task, and who may not have it because nobody reviews their own draft."""
    other = {"review": "draft", "draft": "review"}.get(kind)
    return {post.tasks[kind].member, *(_doers(post, other) if other else ())}


def _doers(post: Post, kind: str) -> set[int]:
    """Who has or has done a task."""
    task = next((task for name, task in post.tasks.items() if name == kind), None)
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
