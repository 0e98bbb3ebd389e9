"""Who could help, for the ways out of warnings: the first of the candidates, without all the others.

A year of warnings asks this a thousand times, so that no problem is built for it: members are ranked once per
week and kind of task, and only those who come first are looked at closely. The order is that of `candidates`.
"""

from __future__ import annotations

import weakref
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate, islice
from typing import NamedTuple

from cadence.insight.capacity import Load
from cadence.insight.memo import Memo
from cadence.insight.warnings import Warning, find_warnings
from cadence.insight.warnings.advice import Job, Suggestion
from cadence.insight.warnings.scene import Scene
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.team import Level, Member, TaskKind, days_between, minutes_at
from cadence.model.times import DAY, WEEK, day_bounds, zone_of
from cadence.planner.explaining.obstacles import author_of, excluded
from cadence.planner.explaining.ranking import Order, order, reason_text, taste
from cadence.planner.explaining.reasons import Reason, short_of_days
from cadence.planner.explaining.slack import Slack, slack
from cadence.planner.solving.core import OTHER_ANSWERS
from cadence.planner.solving.days import Piece, overtime

OVERDUE_WEEKS = 4
"""Work that is overdue for so long takes time today."""


def advised_warnings(calendar: Calendar, now: datetime, *, horizon_days: int | None = None) -> list[Warning]:
    """Every warning, with the people who could help among the ways out: what the faces show."""
    return find_warnings(calendar, now, horizon_days=horizon_days, advise=Advice)


class Taker(NamedTuple):
    """Somebody who could take a job, where they stand, their load without it, and what it takes them."""

    order: Order
    member: Member
    level: Level
    before: Load
    minutes: int
    missing: Reason | None = None

    @property
    def after(self) -> Load:
        return self.before.plus(self.minutes)

    @property
    def is_partner(self) -> bool:
        return self.member.kind == "partner"

    def short_of(self, missing: Reason) -> Taker:
        return self._replace(missing=missing, order=self.order._replace(over=missing.short))

    @property
    def suggestion(self) -> Suggestion:
        text = reason_text(self.member, self.after, self.minutes, self.level, self.missing)
        return Suggestion(self.member.id, text)


class Advice:
    """The advisor on the ways out of one scene; see `insight.warnings.advice`."""

    def __init__(self, scene: Scene) -> None:
        # The scene holds its advisor: with both ways it would outlive its use, with a whole calendar, until
        # the collector looks.
        self._scene: Scene = weakref.proxy(scene)
        self._calendar = scene.calendar
        self._has_partners = any(who.kind == "partner" for who in self._calendar.members.values())
        self._skilled: dict[tuple[TaskKind, int], _Skilled] = {}
        self._rankings: dict[tuple[_Skilled, int, date, str], list[Taker]] = {}
        self._time: dict[tuple[int, date, date], tuple[int, bool]] = {}
        self._work: dict[tuple[int, date, date], list[Piece]] = {}
        self._no_time: dict[tuple[int, date, date], Reason] = {}

    def suggestions(self, ref: TaskRef, most: int) -> list[Suggestion]:
        """The first few who can take a task, and the first partner if none is among them."""
        post, task = self._calendar.posts[ref.post], self._calendar.task(ref)
        day = self._calendar.local(post).date()
        due = self._scene.window(day, task.opens, task.closes)
        job = Job(ref.kind, post.channel, task.effort, day, *self._days_left(*due), post.topic)
        not_these = excluded(post, ref.kind) | {task.member or 0}
        author = author_of(post) if ref.kind == "engage" else None
        ranked = self._in_order(job, self._scene.week(due[1]), author)
        takers = [taker for taker in ranked if taker.member.id not in not_these]
        chosen = list(islice(self._able(takers, job, post.id), most))
        if self._has_partners and not any(taker.is_partner for taker in chosen):
            partners = [taker for taker in takers if taker.is_partner]
            chosen += islice(self._able(partners, job, post.id), 1)
        return [taker.suggestion for taker in chosen]

    def best(self, job: Job) -> Load | None:
        """The load, with it, of who could best take work that is not written down yet; None if it fits
        nobody."""
        first, last = self._days_left(job.first, job.last)
        left, ranked = (
            job._replace(first=first, last=last),
            self._in_order(job, self._scene.week(job.last), None),
        )
        taker = next(self._able(ranked, left, 0), None)
        return taker.after if taker and not taker.order.over else None

    # Ranking

    def _able(self, takers: list[Taker], job: Job, post: int) -> Iterator[Taker]:
        """Who can take a job, best first; looked at one by one, those who would have too much at the end."""
        too_much: list[Taker] = []
        for taker in takers:
            who = taker.member
            free, is_away = self._time_on(who.id, job.first, job.last)
            if is_away or (job.kind == "draft" and not self._may_author(who, job.day, post)):
                continue
            if taker.order.over:
                too_much.append(taker)
            elif missing := self._missing(who.id, job, taker.minutes, free):
                too_much.append(taker.short_of(missing))
            else:
                yield taker
        too_much.sort(key=lambda taker: taker.order)
        yield from too_much

    def _in_order(self, job: Job, week: date, author: int | None) -> list[Taker]:
        """Everybody with the skill, as they rank by their week alone."""
        skilled = self._with_skill(job.kind, job.channel)
        key = (skilled, job.effort, week, job.topic)
        if key not in self._rankings:
            takers = [self._taker(self._calendar.members[id], level, job, week) for id, level in skilled]
            self._rankings[key] = sorted(takers, key=lambda taker: taker.order)
        ranked = self._rankings[key]
        if author is None:
            return ranked

        def liked(taker: Taker) -> Order:
            found = taker.order
            return found._replace(taste=found.taste - OTHER_ANSWERS) if taker.member.id == author else found

        return sorted(ranked, key=liked)

    def _taker(self, who: Member, level: Level, job: Job, week: date) -> Taker:
        minutes = minutes_at(level, job.effort)
        before = self._scene.workload.of(who.id, week)
        place = order(who, before, minutes, taste(who, level, job.topic))
        return Taker(place, who, level, before, minutes)

    def _with_skill(self, kind: TaskKind, channel: int) -> _Skilled:
        key = (kind, channel)
        if key not in self._skilled:
            self._skilled[key] = tuple(
                (member.id, level)
                for member in self._calendar.members.values()
                if (level := member.level_for(kind, channel))
            )
        return self._skilled[key]

    # Days

    def _days_left(self, first: date, last: date) -> tuple[date, date]:
        """What is left of a window; what is overdue is to be done from today to the next working day."""
        today = self._scene.today
        return (max(first, today), last) if last >= today else (today, self._next_working_day)

    @cached_property
    def _next_working_day(self) -> date:
        team, today = self._calendar.team, self._scene.today
        return today if team.is_working_day(today) else team.shift_working_days(today, 1)

    def _time_on(self, member: int, first: date, last: date) -> tuple[int, bool]:
        """The minutes that are free on some days, and whether that is nothing because somebody is away."""
        key = (member, first, last)
        if key not in self._time:
            diary = self._scene.workload.diary(member)
            free = sum([diary.free(day) for day in days_between(first, last)])
            self._time[key] = free, not free and bool(diary.why_away(first, last))
        return self._time[key]

    def _missing(self, member: int, job: Job, minutes: int, free: int) -> Reason | None:
        """The time that is missing on the days of a job, with what the member has to do around them."""
        today, key = self._scene.today, (minutes, job.first, job.last)
        first, last = (job.first - today).days, (job.last - today).days
        if not free:
            if key not in self._no_time:
                self._no_time[key] = short_of_days(minutes, None, today, (first, last))
            return self._no_time[key]
        work = self._work_around(member, job.first, job.last)
        if free >= minutes + sum([p.minutes for p in work if p.opens <= last and p.closes >= first]):
            return None  # the usual case: even if all of that had to be done on just these days
        diary, end = self._scene.workload.diary(member), max([last, *(piece.closes for piece in work)])
        days = [diary.free(today + timedelta(days=n)) for n in range(end + 1)]
        # Who has too much already may have time all the same, once that is granted.
        if _left(_granted(days, work), work, first, last).minutes >= minutes:
            return None
        return short_of_days(minutes, _left(days, work, first, last), today, (first, last))

    def _work_around(self, member: int, first: date, last: date) -> list[Piece]:
        """What a member has to do that may take time on these days, by when it is due."""
        week, end = self._scene.week(first), self._scene.week(last) + WEEK
        key = (member, week, end)
        if key not in self._work:
            begin = week - OVERDUE_WEEKS * WEEK if week <= self._scene.today else week
            weeks = [begin + n * WEEK for n in range((end - begin).days // 7 + 1)]
            self._work[key] = [piece for each in weeks for piece in self._work_due(member, each)]
        return self._work[key]

    def _work_due(self, member: int, week: date) -> list[Piece]:
        """What a member has still to do of what is due in a week, days counted from today; remembered while
        it is the same."""
        calendar, today = self._calendar, self._scene.today
        refs, who = calendar.index.by_member_week.get((member, week), ()), calendar.members[member]
        return _pieces.get(
            hash((member, week)),
            same=(refs, who, calendar.team),
            equal=today,
            make=lambda: [piece for ref in refs if (piece := self._piece(who, ref))],
        )

    def _piece(self, who: Member, ref: TaskRef) -> Piece | None:
        post = self._calendar.posts[ref.post]
        task, today = post.tasks[ref.kind], self._scene.today
        if task.is_done or (post.state == "published" and ref.kind != "engage"):
            return None
        day = self._calendar.local(post).date()
        first, last = self._days_left(*self._scene.window(day, task.opens, task.closes))
        minutes = who.minutes_for(ref.kind, post.channel, task.effort)
        return Piece((first - today).days, (last - today).days, minutes, ref.post)

    # Authors

    def _may_author(self, who: Member, day: date, but: int) -> bool:
        """Whether one more post of theirs on that day is as they want it."""
        if who.posts_a_week is None and not who.spacing:
            return True
        week, spacing = self._scene.week(day), who.spacing or 0
        days = [self._calendar.local(post).date() for post in self._written(who, day) if post.id != but]
        if (
            who.posts_a_week is not None
            and sum(self._scene.week(d) == week for d in days) >= who.posts_a_week
        ):
            return False
        return all(abs((d - day).days) >= spacing for d in days)

    def _written(self, who: Member, day: date) -> Iterator[Post]:
        """The posts near a day that somebody writes or wrote."""
        reach = max(WEEK, (who.spacing or 0) * DAY)
        zone, timeline = zone_of(self._calendar.team.zone), self._calendar.index.timeline
        first = bisect_left(timeline, (day_bounds(day - reach, zone)[0], 0))
        last = bisect_left(timeline, (day_bounds(day + reach, zone)[1], 0))
        for _, id in timeline[first:last]:
            post = self._calendar.posts[id]
            if post.state != "skipped" and author_of(post) == who.id:
                yield post


def _left(days: list[int], work: list[Piece], first: int, last: int) -> Slack:
    until = [0, *accumulate(days)]
    return slack(lambda a, b: until[b + 1] - until[a], work, first, last)


def _granted(days: list[int], work: list[Piece]) -> list[int]:
    """The days with what the work needs beyond them."""
    granted = days.copy()
    for day, missing in overtime(days, work):
        granted[day] += missing
    return granted


_pieces: Memo[list[Piece]] = Memo()

_Skilled = tuple[tuple[int, Level], ...]
"""Members with their level: channels that the same people serve share one ranking."""
