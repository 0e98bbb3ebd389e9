"""What the Review screen shows, computed beside the app: a review, who took part, and the weeks' slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
