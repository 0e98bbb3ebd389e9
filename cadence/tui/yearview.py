"""What the Year screen shows, computed beside the app: the heat of a year, and every channel's weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cadence.insight.expansion import expand
from cadence.insight.heat import ChannelYear, Heat, Measure, YearWeeks, channel_years, heat, shown_channels
from cadence.model.calendar import Calendar
from cadence.model.times import WEEK, to_local, zone_of
from cadence.tui.filter import PostFilter


@dataclass(frozen=True, eq=False)
class YearWish:
    """Which year to look at, and how, as it is known `now`."""

    calendar: Calendar
    year: int
    measure: Measure
    keep: PostFilter
    now: datetime

    @property
    def weeks(self) -> YearWeeks:
        return YearWeeks(self.year, self.calendar.team.week_begins)

    @property
    def today(self) -> date:
        return to_local(self.now, zone_of(self.calendar.team.zone)).date()

    @property
    def channels(self) -> list[int]:
        shown = shown_channels(self.calendar)
        return [id for id in shown if not self.keep.channels or id in self.keep.channels]

    def is_like(self, other: YearWish) -> bool:
        """Whether the same is known of the same; slots are missed with the days."""
        ours, theirs = ((w.year, w.measure, w.keep, w.today) for w in (self, other))
        return self.calendar is other.calendar and ours == theirs


@dataclass(frozen=True, eq=False)
class FoundYear:
    """What a wish led to."""

    wish: YearWish
    heat: Heat
    channels: Sequence[ChannelYear]


def look_at(wish: YearWish) -> FoundYear:
    """What is shown of a year. The slots of its days, which a key then asks for, are worked out with it, at
    once for all its weeks: they hold days of the years beside it."""
    first, last = wish.weeks.first - WEEK, wish.weeks.weeks[-1] + 2 * WEEK
    for rhythm in wish.calendar.rhythms.values():
        expand(wish.calendar, rhythm, first, last)
    keeps = wish.keep.keeps if wish.keep else None
    calendar, weeks, now, channels = wish.calendar, wish.weeks, wish.now, wish.channels
    return FoundYear(
        wish,
        heat(calendar, weeks, wish.measure, now, channels=channels, keeps=keeps),
        channel_years(calendar, weeks, now, channels=channels, keeps=keeps),
    )
