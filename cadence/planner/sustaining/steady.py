"""The promise by itself: what the rhythms need in some whole weeks, with nobody's plans in the way.

Posts do not count, whoever has them: every slot is planned anew. A rhythm can be made denser or thinner, its
posts spread over the week's days as it has them. How dense it is is counted in posts in four weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.rhythm import Rhythm, occurrences
from cadence.model.team import Channel
from cadence.model.times import DAY, WEEK, day_bounds, week_start, zone_of
from cadence.planner.bridge.building import build
from cadence.planner.problem import Problem, Task

BY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CYCLE = 4
"""Weeks: densities are counted in posts in so many."""
YEAR = 52
"""Weeks: a multiple of the cycle. So long before the period begins a rhythm that is tried out."""


class Stage:
    """`weeks` whole weeks from `first`, the first day of one. Slots on public holidays do not count: no other
    density would help there. `typical`: without absences, holidays and pauses."""

    def __init__(self, calendar: Calendar, first: date, weeks: int, *, typical: bool = False) -> None:
        self.first = first
        self.last = first + weeks * WEEK - DAY
        self.weeks = weeks
        self.calendar = _bare(calendar, typical=typical)
        self._shapes: dict[int, tuple[list[int], date]] = {}

    @cached_property
    def channels(self) -> list[Channel]:
        """Those in use that promise posts with something to do."""
        channels = self.calendar.channels.values()
        return [c for c in channels if not c.retired and c.workflow is not None and self._own_days(c.id)]

    @cached_property
    def promised(self) -> dict[int, int]:
        """Posts in four weeks that each channel promises, rounded, at least one; pauses left out."""
        return {
            channel.id: max(1, round(len(self._own_days(channel.id)) * CYCLE / YEAR))
            for channel in self.channels
        }

    @property
    def working_days(self) -> int:
        """Days of a week on which the team works."""
        return len(self._work_days)

    def problem(self, densities: Mapping[int, int] | None = None) -> Problem:
        """The work that is due in these weeks if the channels named are as dense as said, the others as they
        promise."""
        return due_within(self.with_densities(densities or {}), self.first, self.last)

    def with_densities(self, densities: Mapping[int, int]) -> Calendar:
        """The calendar with other rhythms on some channels, each in posts in four weeks."""
        calendar = self.calendar
        for channel, posts in densities.items():
            old = self.calendar.rhythms_of(channel)
            calendar = calendar.without(*old)
            ids = range(calendar.next_id(Rhythm), calendar.next_id(Rhythm) + 2 * posts + 1)
            calendar = calendar.put(*self._rhythms(channel, posts, iter(ids)))
        return calendar

    # Rhythms

    def _rhythms(self, channel: int, posts: int, ids: Iterator[int]) -> Iterator[Rhythm]:
        """One for each round of days of every week, and one for what is left: every second or fourth week.

        Less is always a part of more, so that what holds a density holds every lower one.
        """
        like, (days, anchor) = self.calendar.rhythms_of(channel)[0], self._shape(channel)
        weekly, rest = divmod(posts, CYCLE)
        start = week_start(anchor, 0) - YEAR * WEEK
        for begin in range(0, weekly, len(days)):
            chosen = [BY_DAY[day] for day in days[: min(len(days), weekly - begin)]]
            yield _rhythm(like, next(ids), start, f"FREQ=WEEKLY;BYDAY={','.join(chosen)}")
        if rest:
            rule = f"FREQ=WEEKLY;INTERVAL={CYCLE // rest};BYDAY={BY_DAY[days[weekly % len(days)]]}"
            yield _rhythm(like, next(ids), start, rule)

    def _shape(self, channel: int) -> tuple[list[int], date]:
        """Weekdays in the order in which posts are added: the channel's own, then the other working days,
        each as far as possible from those before. And a day on which the channel posts: rhythms that do so
        every few weeks keep their weeks."""
        if channel not in self._shapes:
            calls = self._own_days(channel)
            own = {day.weekday() for day in calls}
            spread = _spread(own, [])
            others = [day for day in self._work_days if day not in own]
            self._shapes[channel] = [*spread, *_spread(others, spread)], calls[0]
        return self._shapes[channel]

    @cached_property
    def _work_days(self) -> list[int]:
        hours = self.calendar.team.hours
        week = (self.first + n * DAY for n in range(7))
        return sorted(day.weekday() for day in week if hours.on(day))

    def _own_days(self, channel: int) -> list[date]:
        """The days of a year on which the rhythms of a channel call for posts, paused or not."""
        last = self.first + YEAR * WEEK - DAY
        rhythms = self.calendar.rhythms_of(channel)
        return sorted(local.date() for r in rhythms for local in occurrences(r, self.first, last))


def due_within(calendar: Calendar, first: date, last: date) -> Problem:
    """The work of the slots of a calendar without posts whose windows close from `first` to `last`."""
    reach = reach_of(calendar)
    before = day_bounds(first - 2 * reach, zone_of(calendar.team.zone))[0]
    return only_due(build(calendar, first - reach, last + reach, before), first, last)


def only_due(problem: Problem, first: date, last: date) -> Problem:
    """The tasks whose windows close from `first` to `last`: each counts in the week in which it closes."""
    tasks = tuple(task for task in problem.tasks if first <= task.closes <= last)
    return replace(problem, tasks=tasks)


def reach_of(calendar: Calendar) -> timedelta:
    """How far from its publication the work of a post may be due: working days, with holidays between."""
    steps = (step for workflow in calendar.workflows.values() for step in workflow.steps.values())
    days = max((max(abs(step.opens), abs(step.closes)) for step in steps), default=0)
    return timedelta(days=2 * days + 14)


def first_whole_week(today: date, week_begins: int) -> date:
    """The first day of the first week that lies ahead as a whole."""
    this = week_start(today, week_begins)
    return this if this == today else this + WEEK


def _bare(calendar: Calendar, *, typical: bool) -> Calendar:
    calendar = calendar.without(*calendar.posts.values()) if calendar.posts else calendar
    rhythms = [
        replace(rhythm, skip_holidays=True, pauses=() if typical else rhythm.pauses)
        for rhythm in calendar.rhythms.values()
    ]
    calendar = calendar.put(*rhythms)
    if typical:
        calendar = calendar.without(*calendar.absences.values())
        calendar = calendar.put(replace(calendar.team, holidays={}))
    return calendar


def _rhythm(like: Rhythm, id: int, start: date, rule: str) -> Rhythm:
    return replace(like, id=id, rrule=rule, start=start)


def _spread(days: Iterable[int], before: Iterable[int]) -> list[int]:
    """Days of the week, each as far as possible from those before it, the earliest among equals."""
    left, chosen, found = sorted(days), list(before), list[int]()
    while left:
        day = max(left, key=lambda d: min((min((d - c) % 7, (c - d) % 7) for c in chosen), default=7))
        left.remove(day)
        chosen.append(day)
        found.append(day)
    return found


def minutes_of(tasks: Iterable[Task]) -> int:
    """What tasks take who is able."""
    return sum(task.effort for task in tasks)
