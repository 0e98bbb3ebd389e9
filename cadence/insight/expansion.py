"""From the rhythm's local times to slots: instants, tolerances, pauses and holidays."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from cadence.model.calendar import Calendar
from cadence.model.limits import LAST_YEAR
from cadence.model.rhythm import Rhythm, SlotKey, last_occurrence, occurrences
from cadence.model.times import DAY, day_bounds, to_instant, to_local


class Slot(Struct, frozen=True, gc=False):
    """One moment that a rhythm calls for.

    `at` is the instant (UTC), `local` the recurrence on the wall clock. A publication is on time from `opens`
    up to, but not including, `closes` (UTC).
    """

    key: SlotKey
    channel: int
    at: datetime
    local: datetime
    paused: bool
    opens: datetime
    closes: datetime


def expand(calendar: Calendar, rhythm: Rhythm, first: date, last: date) -> list[Slot]:
    """The slots of a rhythm from the local day `first` to `last`, both included, paused ones marked."""
    life = _life(calendar, rhythm, last.year)[1]
    start = bisect_left(life, datetime.combine(first, time.min), key=_local)
    end = bisect_left(life, datetime.combine(last, time.max), key=_local)
    return life[start:end]


def channel_slots(calendar: Calendar, channel: int, start: datetime, end: datetime) -> list[Slot]:
    """The slots of all rhythms of a channel at instants in [start, end), in order, paused ones too."""
    zone = calendar.zone(channel)
    first, last = to_local(start, zone).date() - DAY, to_local(end, zone).date() + DAY
    found = [
        slot
        for rhythm in calendar.rhythms_of(channel)
        for slot in expand(calendar, rhythm, first, last)
        if start <= slot.at < end
    ]
    return sorted(found, key=in_time)


def in_time(slot: Slot) -> tuple[datetime, int, datetime]:
    """The order of slots; those at one instant are ordered by rhythm."""
    return (slot.at, slot.key.rhythm, slot.local)


def _local(slot: Slot) -> datetime:
    return slot.local


def life_until(calendar: Calendar, rhythm: Rhythm, year: int) -> list[Slot]:
    """All slots of a rhythm to the end of a year, in order of local time, paused ones marked."""
    until, life = _life(calendar, rhythm, year)
    return life if until <= year else life[: bisect_left(life, datetime(year + 1, 1, 1), key=_local)]


def _life(calendar: Calendar, rhythm: Rhythm, year: int) -> tuple[int, list[Slot]]:
    """The same to the end of that year or, if more is known, of the later one that is returned."""
    holidays = frozenset(calendar.team.holidays) if rhythm.skip_holidays else frozenset[date]()
    if (last := last_occurrence(rhythm)) is not None:
        year = min(year, last.year)  # an ended rhythm is not expanded again for every later year
    year = min(year, LAST_YEAR)
    zone = calendar.zone(rhythm.channel)
    longest = _longest(rhythm, zone, holidays)
    until, life = longest.known
    if until < year:
        until, life = longest.known = year, life + _later_life(rhythm, zone, holidays, life, until, year)
    return until, life


class _Longest:
    """The longest life of a rhythm that anybody has asked for: a year before its end costs nothing more."""

    def __init__(self) -> None:
        self.known: tuple[int, list[Slot]] = (0, [])


@lru_cache(maxsize=1024)
def _longest(rhythm: Rhythm, zone: ZoneInfo, holidays: frozenset[date]) -> _Longest:
    return _Longest()


def _later_life(
    rhythm: Rhythm, zone: ZoneInfo, holidays: frozenset[date], life: list[Slot], until: int, year: int
) -> list[Slot]:
    """The slots of a rhythm that follow those of its `life` to the end of the year `until` (0: nothing is
    known yet), to the end of `year`, in order of local time.

    Whole lives are kept because a rule can only be counted from its start, or from one of its occurrences.
    """
    first = date(until + 1, 1, 1) if until else rhythm.start
    after = life[-1].local if life else None
    return [
        _slot(rhythm, local, zone)
        for local in occurrences(rhythm, first, date(year, 12, 31), after=after)
        if local.date() not in holidays
    ]


def _slot(rhythm: Rhythm, local: datetime, zone: ZoneInfo) -> Slot:
    day = _day(local.date(), zone)
    at = to_instant(local, zone) if day.offset is None else local.replace(tzinfo=UTC) - day.offset
    if rhythm.tolerance is None:
        if day.offset is None:
            # The day that the clock shows then: a day that is skipped (Apia, 2011-12-30) moves its slots on.
            day = _day(to_local(at, zone).date(), zone)
        opens, closes = day.begins, day.ends
    else:
        tolerance = timedelta(minutes=rhythm.tolerance)
        # Both ends of a tolerance in minutes are within it; `closes` is the first instant that is not.
        opens, closes = at - tolerance, at + tolerance + datetime.resolution
    return Slot(
        key=SlotKey(rhythm.id, local),
        channel=rhythm.channel,
        at=at,
        local=local,
        paused=bool(rhythm.pauses) and rhythm.is_paused(local.date()),
        opens=opens,
        closes=closes,
    )


class _Day(NamedTuple):
    """A local day: when it begins and ends (UTC), and its offset from UTC (None: clocks change that day)."""

    begins: datetime
    ends: datetime
    offset: timedelta | None


@lru_cache(maxsize=16384)
def _day(day: date, zone: ZoneInfo) -> _Day:
    begins, ends = day_bounds(day, zone)
    midnight = datetime.combine(day, time.min, tzinfo=UTC)
    steady = ends - begins == DAY
    return _Day(begins, ends, midnight - begins if steady else None)


def goes_on(calendar: Calendar, rhythm: Rhythm, now: datetime) -> bool:
    """Whether the rhythm calls for anything from now on, be it paused."""
    for years in (1, 10):
        life = life_until(calendar, rhythm, now.year + years)
        if life and life[-1].closes > now:
            return True
    return False
