"""A year at a glance: how much is on each of its days, by posts, load or slots, and the weeks in which
a channel had nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from math import ceil
from typing import Literal

from cadence.insight.capacity import diary, minutes_of
from cadence.insight.history import SlotState
from cadence.insight.slots import slots
from cadence.insight.strip import worst_of_parts
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.team import window_days
from cadence.model.times import DAY, WEEK, day_bounds, to_local, week_start, zone_of

Measure = Literal["posts", "load", "slots"]
MEASURES: tuple[Measure, ...] = ("posts", "load", "slots")
HIGHEST = 4
"""Levels go from 0, nothing, to this."""
SHARES = (0.1, 0.2, 0.3)
"""Of a week's capacity, due on one day: up to the first is level 1; a fifth is an even week's share."""
MOST_OF_THE_DAYS = 0.95
"""One day on which everything was imported must not pale all others: so many of the days share the levels."""
LONGEST_WAY = timedelta(days=130)
"""A task is due at most 60 working days away from its publication; farther only over many holidays."""


@dataclass(frozen=True)
class YearWeeks:
    """The weeks that hold a day of a year; they start on the weekday `begins` (0 for Monday)."""

    year: int
    begins: int = 0

    @cached_property
    def first(self) -> date:
        return week_start(date(self.year, 1, 1), self.begins)

    @cached_property
    def count(self) -> int:
        return (date(self.year, 12, 31) - self.first).days // 7 + 1

    @cached_property
    def weeks(self) -> list[date]:
        return [self.first + n * WEEK for n in range(self.count)]

    def days(self) -> list[date]:
        """The days of the year itself."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return [first + n * DAY for n in range((last - first).days + 1)]

    def holds(self, day: date) -> bool:
        return day.year == self.year

    def week_of(self, day: date) -> int:
        """The place of the week that holds a day."""
        return (day - self.first).days // 7


@dataclass(frozen=True, eq=False)
class Heat:
    """How much is on each day. Days that are not there have nothing.

    `bounds`: the largest amount of levels 1, 2 and 3; posts, or shares of a week's capacity. `states` are
    the days' slots, when they are what is looked at. `capacity` of the team in each week, in minutes.
    """

    measure: Measure
    weeks: YearWeeks
    amounts: Mapping[date, int]
    bounds: tuple[float, ...] = ()
    states: Mapping[date, Sequence[SlotState]] | None = None
    capacity: Mapping[date, int] | None = None

    def level(self, day: date) -> int:
        """From 0, nothing, to `HIGHEST`."""
        amount = self.amounts.get(day, 0)
        if not amount:
            return 0
        return 1 + bisect_left(self.bounds, self.share(day) if self.measure == "load" else amount)

    def share(self, day: date) -> float:
        """What is due on a day as a share of the week's capacity; infinite when there is none."""
        capacity = self.capacity_of(day)
        minutes = self.amounts.get(day, 0)
        return minutes / capacity if capacity else float("inf") if minutes else 0.0

    def capacity_of(self, day: date) -> int:
        return (self.capacity or {}).get(week_start(day, self.weeks.begins), 0)

    def worst(self, day: date) -> SlotState | None:
        """The state of the day's slot that matters most."""
        found = (self.states or {}).get(day)
        return worst_of_parts(found, 1)[0] if found else None


@dataclass(frozen=True)
class Gap:
    """Weeks in a row without a post, from the week that starts on `first` to the day `last`."""

    first: date
    weeks: int

    @property
    def last(self) -> date:
        return self.first + self.weeks * WEEK - DAY


@dataclass(frozen=True, eq=False)
class ChannelYear:
    """The posts of a channel by whole week, all in the year, and the longest time without any so far; None:
    there was one every week."""

    channel: int
    weeks: Sequence[int]
    total: int
    gap: Gap | None


Keeps = Callable[[Post], bool]


def heat(
    calendar: Calendar,
    weeks: YearWeeks,
    measure: Measure,
    now: datetime,
    *,
    channels: Iterable[int] | None = None,
    keeps: Keeps | None = None,
) -> Heat:
    """The heat of a year. `channels`: only these, else all that are not retired; `keeps` leaves out posts."""
    chosen = shown_channels(calendar) if channels is None else list(channels)
    if measure == "load":
        return _by_load(calendar, weeks, chosen, keeps)
    if measure == "slots":
        return _by_slots(calendar, weeks, chosen, now)
    amounts = {day: found for day in weeks.days() if (found := posts_on(calendar, chosen, day, keeps))}
    return Heat("posts", weeks, amounts, bounds_of(amounts.values()))


def shown_channels(calendar: Calendar) -> list[int]:
    return [channel.id for channel in calendar.channels.values() if not channel.retired]


def posts_on(calendar: Calendar, channels: Iterable[int], day: date, keeps: Keeps | None = None) -> int:
    """How many posts are on a day; skipped ones are not."""
    return sum(
        1
        for channel in channels
        for post in calendar.posts_on(channel, day)
        if post.state != "skipped" and (keeps is None or keeps(post))
    )


def bounds_of(amounts: Iterable[int]) -> tuple[float, ...]:
    """Even steps for the levels 1 to 3, so that most of the days with anything are told apart."""
    ordered = sorted(amounts)
    if not ordered:
        return tuple(float(n) for n in range(1, HIGHEST))
    most = ordered[ceil(len(ordered) * MOST_OF_THE_DAYS) - 1]
    step = max(1, ceil(most / HIGHEST))
    return tuple(float(step * n) for n in range(1, HIGHEST))


def _by_slots(calendar: Calendar, weeks: YearWeeks, channels: Iterable[int], now: datetime) -> Heat:
    states: dict[date, list[SlotState]] = {}
    for channel in channels:
        zone = calendar.zone(channel)
        start = day_bounds(date(weeks.year, 1, 1), zone)[0]
        end = day_bounds(date(weeks.year, 12, 31), zone)[1]
        for filled in slots(calendar, start, end, now, channel):
            states.setdefault(filled.slot.local.date(), []).append(filled.state)
    return Heat("slots", weeks, {day: len(found) for day, found in states.items()}, states=states)


def _by_load(calendar: Calendar, weeks: YearWeeks, channels: Iterable[int], keeps: Keeps | None) -> Heat:
    """The work of partners is not in it, nor is their time: it asks whether the team itself can do it."""
    team, partners = calendar.team, {id for id, m in calendar.members.items() if m.kind == "partner"}

    @cache
    def due(day: date, opens: int, closes: int) -> date:
        return window_days(team, day, opens, closes)[1]

    amounts: dict[date, int] = {}
    for post in _posts_around(calendar, weeks, set(channels)):
        if post.state == "skipped" or not post.tasks or (keeps is not None and not keeps(post)):
            continue
        day = calendar.local(post).date()
        for kind, task in post.tasks.items():
            if task.member in partners:
                continue
            last = due(day, task.opens, task.closes)
            if weeks.holds(last):
                who = calendar.members.get(task.member or 0)
                minutes = minutes_of(who, post, kind) if who and who.is_learning else task.effort
                amounts[last] = amounts.get(last, 0) + minutes
    capacity = {week: team_capacity(calendar, week) for week in weeks.weeks}
    return Heat("load", weeks, amounts, SHARES, capacity=capacity)


def _posts_around(calendar: Calendar, weeks: YearWeeks, channels: set[int]) -> Iterable[Post]:
    """The posts of which a task may be due in the year."""
    start = datetime.combine(date(weeks.year, 1, 1), time.min, UTC) - LONGEST_WAY
    end = datetime.combine(date(weeks.year, 12, 31), time.min, UTC) + LONGEST_WAY
    timeline = calendar.index.timeline
    found = timeline[bisect_left(timeline, (start, 0)) : bisect_left(timeline, (end, 0))]
    return (post for _, id in found if (post := calendar.posts[id]).channel in channels)


def team_capacity(calendar: Calendar, week: date) -> int:
    """Minutes that the staff can give in the week that starts on `week`."""
    staff = (id for id, member in calendar.members.items() if member.kind == "staff")
    return sum(diary(calendar, id).capacity(week) for id in staff)


def channel_years(
    calendar: Calendar,
    weeks: YearWeeks,
    now: datetime,
    *,
    channels: Iterable[int] | None = None,
    keeps: Keeps | None = None,
) -> list[ChannelYear]:
    """Every channel's posts by week."""
    return [
        _channel_year(calendar, weeks, now, channel, keeps)
        for channel in (shown_channels(calendar) if channels is None else channels)
    ]


def _channel_year(
    calendar: Calendar, weeks: YearWeeks, now: datetime, channel: int, keeps: Keeps | None
) -> ChannelYear:
    counts, total = [0] * weeks.count, 0
    for place, week in enumerate(weeks.weeks):
        for day in (week + n * DAY for n in range(7)):
            if calendar.index.by_day.get((channel, day)):
                found = posts_on(calendar, [channel], day, keeps)
                counts[place] += found
                total += found if weeks.holds(day) else 0
    entries = calendar.index.by_channel.get(channel)
    if not entries:
        return ChannelYear(channel, counts, 0, None)
    begun = to_local(entries[0][0], calendar.zone(channel)).date()
    this_week = week_start(to_local(now, zone_of(calendar.team.zone)).date(), weeks.begins)
    return ChannelYear(channel, counts, total, longest_gap(weeks, counts, begun, this_week))


def longest_gap(weeks: YearWeeks, counts: Sequence[int], begun: date, until: date) -> Gap | None:
    """The longest run of whole weeks without a post, from the day `begun` on and before the day `until`; of
    equals the last. None when there was none."""
    longest, run, start = 0, 0, 0
    for place, week in enumerate(weeks.weeks):
        if week < begun or week + WEEK > until:
            continue
        run = 0 if counts[place] else run + 1
        if run and run >= longest:
            longest, start = run, place - run + 1
    return Gap(weeks.first + start * WEEK, longest) if longest else None
