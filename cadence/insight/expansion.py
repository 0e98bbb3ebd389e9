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
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    found: list[Slot] = []
    for slots in _life_of(calendar, rhythm).months(_month(first), _month(last)):
        found += slots[bisect_left(slots, begin, key=_local) : bisect_left(slots, end, key=_local)]
    return found


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


def _life_of(calendar: Calendar, rhythm: Rhythm) -> _Life:
    holidays = frozenset(calendar.team.holidays) if rhythm.skip_holidays else frozenset[date]()
    return _life(rhythm, calendar.zone(rhythm.channel), holidays)


class _Life:
    """The slots of a rhythm that somebody has asked for, by local months, which are counted through.

    What is asked for first is about now: everything up to there stays. Of what is later stays that around the
    last that was worked out, so that looking ahead for decades takes no more room than looking at a year.
    """

    def __init__(self, rhythm: Rhythm, zone: ZoneInfo, holidays: frozenset[date]) -> None:
        self._rhythm, self._zone, self._holidays = rhythm, zone, holidays
        ends, end = last_occurrence(rhythm), date(LAST_YEAR, 12, 31)
        self._span = (_month(rhythm.start), _month(min(ends.date(), end) if ends else end))
        self._known: dict[int, list[Slot]] = {}
        self._stay_until = 0
        self._reached: dict[int, datetime] = {}
        """For each year some time that the rule calls for: it can only be counted on from its start, or from
        one of its occurrences."""

    def months(self, first: int, last: int) -> list[list[Slot]]:
        """The slots of each month from `first` to `last` that the rhythm lives in, paused ones marked."""
        first, last = max(first, self._span[0]), min(last, self._span[1])
        known = self._known  # another thread may put others in its place
        missing = [month for month in range(first, last + 1) if month not in known]
        if missing:
            known = known | self._work_out(missing[0], missing[-1])
            self._stay_until = self._stay_until or last
            around = range(first - 1, last + 2)
            self._known = {
                month: known[month] for month in known if month <= self._stay_until or month in around
            }
        return [known[month] for month in range(first, last + 1)]

    def _work_out(self, first: int, last: int) -> dict[int, list[Slot]]:
        reached = max((year for year in list(self._reached) if year < first // 12), default=None)
        after = None if reached is None else self._reached[reached]
        begin = self._rhythm.start if after is None else after.date()
        slots: dict[int, list[Slot]] = {month: [] for month in range(first, last + 1)}
        for local in occurrences(self._rhythm, begin, _last_day(last), after=after):
            day = local.date()
            self._reached[local.year] = local
            if (month := _month(day)) >= first and day not in self._holidays:
                slots[month].append(_slot(self._rhythm, local, self._zone))
        return slots


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1


def _last_day(month: int) -> date:
    return date((month + 1) // 12, (month + 1) % 12 + 1, 1) - DAY


_life = lru_cache(maxsize=1024)(_Life)


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


@lru_cache(maxsize=4096)
def _day(day: date, zone: ZoneInfo) -> _Day:
    begins, ends = day_bounds(day, zone)
    midnight = datetime.combine(day, time.min, tzinfo=UTC)
    steady = ends - begins == DAY
    return _Day(begins, ends, midnight - begins if steady else None)


def goes_on(calendar: Calendar, rhythm: Rhythm, now: datetime) -> bool:
    """Whether the rhythm calls for anything from now on, be it paused."""
    tolerance = timedelta(minutes=rhythm.tolerance or 0)
    first = (now - tolerance).date() - 2 * DAY  # what opened then may be open still
    for years in (1, 10):
        found = expand(calendar, rhythm, first, date(min(now.year + years, LAST_YEAR), 12, 31))
        if found and found[-1].closes > now:
            return True
    return False
