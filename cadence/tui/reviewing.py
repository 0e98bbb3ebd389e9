"""What the Review screen shows, computed beside the app: a review, who took part, and the weeks' slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from cadence.insight.participation import Participation, participation
from cadence.insight.review import Review, review
from cadence.insight.slots import FilledSlot, slots
from cadence.insight.traces import Trace
from cadence.model.calendar import Calendar
from cadence.model.times import DAY, WEEK, day_bounds, to_local, zone_of


@dataclass(frozen=True, eq=False)
class Wish:
    """What to look back on: so many whole weeks from the day `first` on, as they are known `now`."""

    calendar: Calendar
    first: date
    weeks: int
    now: datetime

    @property
    def last(self) -> date:
        return self.first + self.weeks * WEEK - DAY

    @property
    def start(self) -> datetime:
        """The first instant, by the team's clocks."""
        return day_bounds(self.first, self._zone)[0]

    @property
    def end(self) -> datetime:
        """The first instant after the weeks."""
        return day_bounds(self.last, self._zone)[1]

    @property
    def today(self) -> date:
        return to_local(self.now, self._zone).date()

    @property
    def _zone(self) -> ZoneInfo:
        return zone_of(self.calendar.team.zone)

    def is_like(self, other: Wish) -> bool:
        """Whether the same is known of the same weeks; slots are missed with the days."""
        ours, theirs = ((wish.first, wish.weeks, wish.today) for wish in (self, other))
        return self.calendar is other.calendar and ours == theirs


@dataclass(frozen=True, eq=False)
class LookedBack:
    """What a wish led to; `strips` are the slots of its weeks by channel."""

    wish: Wish
    review: Review
    participation: Participation
    strips: Mapping[int, Sequence[FilledSlot]]

    @property
    def calendar(self) -> Calendar:
        return self.wish.calendar


def look_back(wish: Wish, traces: Sequence[Trace]) -> LookedBack:
    """`traces` are those of the history, of the wished weeks at least."""
    calendar, start, end, now = wish.calendar, wish.start, wish.end, wish.now
    strips: dict[int, list[FilledSlot]] = {}
    for filled in slots(calendar, start, end, now):
        strips.setdefault(filled.slot.channel, []).append(filled)
    return LookedBack(
        wish=wish,
        review=review(calendar, traces, start, end, now),
        participation=participation(calendar, start, end),
        strips=strips,
    )


class ReadTraces(Protocol):
    def __call__(self, *, since: int | None = None, back_to: datetime | None = None) -> list[Trace]: ...


class Past:
    """The history as far back as anybody looked, each change read once."""

    def __init__(self, read: ReadTraces) -> None:
        """`read` gives them newest first, as a workspace does."""
        self._read = read
        self._traces: list[Trace] = []
        self._from: datetime | None = None

    def since(self, at: datetime, newest: int) -> Sequence[Trace]:
        """All from an instant on, and perhaps some before it, newest first; `newest` is the number of the
        last change. Clocks of different computers differ: a day more is read."""
        if self._traces and self._traces[0].seq > newest:
            self._traces = []  # another history has taken its place
        if self._traces and self._from is not None and self._from <= at:
            self._traces[:0] = self._read(since=self._traces[0].seq + 1)
        else:
            self._traces, self._from = self._read(back_to=at - DAY), at
        return tuple(self._traces)
