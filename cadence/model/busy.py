"""Busy time: when the day job has somebody, as intervals and nothing else.

A colleague's calendar never enters: no title, place or person of it is in any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cadence.model import limits
from cadence.model.team import NEVER, Span
from cadence.model.times import DAY

AllDay = Literal["busy", "free"]
"""What an all-day entry means: most people's are notes, some people's are trips."""
BusyDays = Mapping[date, tuple[Span, ...]]
"""By UTC day: spans in order of time that neither meet nor overlap. By day, so that a change of one meeting
is a small change in the history."""

DAYS_BACK, DAYS_AHEAD = 14, 182
"""How much around today is kept of a busy calendar."""


class BusyCalendar(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What one calendar of a member's day job leaves: `busy` from `first` to `last`, both UTC days included.

    `label` says where it comes from without giving access to it: a host, or a file's name. `digest` is that
    of the content it was read from. `read_at` is when it was last known to be right, to within a day;
    `failed_at` since when it cannot be read, and `trouble` why.
    """

    id: limits.Id
    member: limits.Id
    label: limits.Line = ""
    all_day: AllDay = "busy"
    busy: BusyDays = field(default_factory=dict[date, tuple[Span, ...]])
    first: date | None = None
    last: date | None = None
    digest: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")] = ""
    left_out: Annotated[int, Meta(ge=0)] = 0
    read_at: limits.Instant = NEVER
    failed_at: limits.Instant | None = None
    trouble: limits.Line = ""
    rev: int = 0
    modified: limits.Instant = NEVER


class Reading(Struct, frozen=True):
    """What was read of a calendar: busy from `first` to `last` (UTC days), how many entries could not be
    understood, and the digest of the content."""

    busy: BusyDays
    first: date
    last: date
    digest: str
    left_out: int = 0


Interval = tuple[datetime, datetime]
"""Aware: from, to."""


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as intervals in order that neither meet nor overlap; empty ones are gone."""
    joined: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def by_day(intervals: Iterable[Interval], first: date, last: date) -> dict[date, tuple[Span, ...]]:
    """The intervals by UTC day from `first` to `last`, to whole minutes outwards."""
    spans: dict[date, list[Span]] = {}
    for start, end in merged(_whole_minutes(*interval) for interval in intervals):
        day = max(start.date(), first)
        while day <= last and midnight(day) < end:
            begins = midnight(day)
            spans.setdefault(day, []).append(
                Span(_minutes(max(start, begins) - begins), _minutes(min(end, begins + DAY) - begins))
            )
            day += DAY
    return {day: tuple(found) for day, found in spans.items()}


def intervals_on(busy: BusyDays, day: date) -> list[Interval]:
    """The intervals of a UTC day."""
    begins = midnight(day)
    return [
        (begins + timedelta(minutes=span.start), begins + timedelta(minutes=span.end))
        for span in busy.get(day, ())
    ]


def busy_between(calendars: Sequence[BusyCalendar], start: datetime, end: datetime) -> list[Interval]:
    """When any of the calendars is busy between two instants (UTC)."""
    found: list[Interval] = []
    day, last = start.date(), end.date()
    while day <= last:
        for calendar in calendars:
            for from_, to in intervals_on(calendar.busy, day):
                found.append((max(from_, start), min(to, end)))
        day += DAY
    return merged(found)


def midnight(day: date) -> datetime:
    """When a day begins in UTC."""
    return datetime.combine(day, time.min, UTC)


def _whole_minutes(start: datetime, end: datetime) -> Interval:
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    whole = end.replace(second=0, microsecond=0)
    return start.replace(second=0, microsecond=0), whole if whole == end else whole + timedelta(minutes=1)


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60
