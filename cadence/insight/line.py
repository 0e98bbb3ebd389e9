"""The line of a channel: the unpaused slots of all its rhythms over their whole life, with neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import pairwise

from cadence.insight.expansion import Slot, expand, in_time
from cadence.insight.matching import Place
from cadence.model.calendar import Calendar
from cadence.model.limits import LAST_YEAR
from cadence.model.rhythm import SlotKey
from cadence.model.times import WEEK


@dataclass(frozen=True)
class Line:
    """`slots` in order of time. Several rhythms may call for the same instant."""

    slots: list[Slot]

    @cached_property
    def instants(self) -> list[datetime]:
        """The different instants, in order."""
        every = [slot.at for slot in self.slots]
        return [every[0], *(later for earlier, later in pairwise(every) if later != earlier)] if every else []

    @cached_property
    def by_key(self) -> dict[SlotKey, Slot]:
        return {slot.key: slot for slot in self.slots}

    def between(self, start: datetime, end: datetime) -> list[Slot]:
        """The slots at instants in [start, end)."""
        return self.slots[bisect_left(self.slots, start, key=_at) : bisect_left(self.slots, end, key=_at)]

    def around(self, first: datetime, last: datetime) -> list[Slot]:
        """The slots that publications from `first` to `last` can fill: up to the next instant on either
        side."""
        before = bisect_left(self.instants, first) - 1
        after = bisect_right(self.instants, last)
        start = bisect_left(self.slots, self.instants[before], key=_at) if before >= 0 else 0
        end = bisect_right(self.slots, self.instants[after], key=_at) if after < len(self.instants) else None
        return self.slots[start:end]

    def place(self, slot: Slot) -> Place:
        """The slot as matching sees it. Its neighbours are the nearest other instants of the line; before the
        first and after the last it is one interval, and alone a week."""
        instants = self.instants
        here, last = bisect_left(instants, slot.at), len(instants) - 1
        if last == 0:
            after, before = slot.at - WEEK, slot.at + WEEK
        else:
            after = instants[here - 1] if here > 0 else slot.at - (instants[1] - slot.at)
            before = instants[here + 1] if here < last else slot.at + (slot.at - instants[here - 1])
        return Place(slot.at, after, before, slot.opens, slot.closes)


def line_of(calendar: Calendar, channel: int, year: int) -> Line:
    """The line of a channel to the end of the year after `year`, and further until it has a slot after
    `year` (a rule may rest for years, a pause may be long)."""
    end = datetime(min(year, LAST_YEAR - 1) + 1, 1, 2, tzinfo=UTC)
    line = Line([])
    for years in (1, 10, 60):
        line = _line_until(calendar, channel, min(year + years, LAST_YEAR))
        if line.instants and line.instants[-1] >= end:
            break
    return line


def _line_until(calendar: Calendar, channel: int, year: int) -> Line:
    slots = [
        slot
        for rhythm in calendar.rhythms_of(channel)
        for slot in expand(calendar, rhythm, rhythm.start, date(year, 12, 31))
        if not slot.paused
    ]
    return Line(sorted(slots, key=in_time))


def _at(slot: Slot) -> datetime:
    return slot.at
