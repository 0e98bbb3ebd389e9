"""The month as weeks of days, each with what stands on it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from cadence.insight.days import OnDay, on_days
from cadence.insight.months import first_of, weeks_of
from cadence.language import _, month_long, n_, weekday_long
from cadence.model.calendar import Calendar
from cadence.model.rhythm import SlotKey
from cadence.model.times import DAY, WEEK
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.widgets.cells import Line

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.tui.figures import Figures

FREE = ("empty", "missed")
"""The states of a slot that a new post may take."""

Key = int | SlotKey
"""What an item is about: a post's number or a slot."""


class Item(NamedTuple):
    """What stands on a day. `alarm`: there is a warning about it; `carried`: it is being moved and would land
    here."""

    on: OnDay
    alarm: bool = False
    carried: bool = False

    @property
    def key(self) -> Key | None:
        return self.on.key


@dataclass(frozen=True, eq=False)
class MonthView:
    """The month of the day `month`, its first, and the whole weeks around it."""

    calendar: Calendar
    month: date
    first: date
    weeks: int
    days: Mapping[date, tuple[Item, ...]]

    def day(self, week: int, weekday: int) -> date:
        return self.first + week * WEEK + weekday * DAY

    def place_of(self, day: date) -> tuple[int, int]:
        """The week and the weekday of a day, counted from 0."""
        return divmod((day - self.first).days, 7)

    def holds(self, day: date) -> bool:
        """Whether a day belongs to the month itself."""
        return (day.year, day.month) == (self.month.year, self.month.month)

    def items(self, day: date) -> tuple[Item, ...]:
        return self.days.get(day, ())

    def posts(self) -> list[int]:
        """The posts of the month itself, in order of time."""
        return [
            item.on.post
            for day, items in self.days.items()
            for item in items
            if self.holds(day) and item.on.post is not None
        ]

    def counts(self) -> dict[int, int]:
        """How many posts each channel has in the month itself; skipped ones are none."""
        counts: dict[int, int] = {}
        for day, items in self.days.items():
            for item in items if self.holds(day) else ():
                if item.on.post is not None and item.on.state != "skipped":
                    counts[item.on.channel] = counts.get(item.on.channel, 0) + 1
        return counts


def month_title(month: date) -> str:
    """`November 2026`."""
    return f"{month_long(month)} {month.year}"


def month_view(
    calendar: Calendar,
    month: date,
    now: datetime,
    *,
    keep: PostFilter = EVERYTHING,
    figures: Figures | None = None,
    carried: Mapping[int, datetime] | None = None,
    with_slots: bool = True,
) -> MonthView:
    """The month of the day `month`. `carried` are posts that are being moved, and where they would go.

    Without slots it costs next to nothing, however long the history: that is what is shown first.
    """
    month = first_of(month)
    first, weeks = weeks_of(month, calendar.team.week_begins)
    days = _items(calendar, first, first + weeks * WEEK - DAY, now, keep, figures, with_slots)
    if carried:
        days = {
            day: tuple(item for item in items if item.on.post not in carried) for day, items in days.items()
        }
    for id, at in (carried or {}).items():
        if at.date() in days:
            items = (*days[at.date()], _carried(calendar, id, at))
            days[at.date()] = tuple(sorted(items, key=_time))
    return MonthView(calendar, month, first, weeks, days)


def week_items(
    calendar: Calendar,
    week: date,
    now: datetime,
    *,
    keep: PostFilter = EVERYTHING,
    figures: Figures | None = None,
) -> dict[date, tuple[Item, ...]]:
    """What stands on the days of the week that starts on `week`; without slots until there are figures."""
    return _items(calendar, week, week + WEEK - DAY, now, keep, figures, figures is not None)


def _items(
    calendar: Calendar,
    first: date,
    last: date,
    now: datetime,
    keep: PostFilter,
    figures: Figures | None,
    with_slots: bool,
) -> dict[date, tuple[Item, ...]]:
    keeps, keeps_slot = (keep.keeps, keep.keeps_slot) if keep else (None, None)
    found = on_days(calendar, first, last, now, keeps=keeps, keeps_slot=keeps_slot, with_slots=with_slots)
    is_troubled = figures.warns_of if figures else _nothing
    return {day: tuple(Item(on, is_troubled(on)) for on in stands) for day, stands in found.items()}


def _carried(calendar: Calendar, post: int, at: datetime) -> Item:
    found = calendar.posts[post]
    return Item(OnDay(at, found.channel, "planned", post, found.slot), carried=True)


def _time(item: Item) -> datetime:
    return item.on.at


def _nothing(_on: OnDay) -> bool:
    return False


def day_head(calendar: Calendar, day: date, words: str) -> Line:
    """`Friday 27 November · 3 posts`, with its holiday; `words` are what there is to say of it."""
    said = _("{weekday} {day} {month}", weekday=weekday_long(day), day=day.day, month=month_long(day))
    head: Line = [(f" {said}", "strong")]
    if holiday := calendar.team.holidays.get(day):
        head.append((f" · {holiday}", "accent"))
    if words:
        head.append((f" · {words}", "dim"))
    return head


def say_items(items: Iterable[Item]) -> str:
    """`3 posts · 1 open slot · 1 missed`; empty when there is nothing."""
    items = list(items)
    posts = sum(1 for item in items if item.on.post is not None and item.on.state != "skipped")
    skipped = sum(1 for item in items if item.on.state == "skipped")
    open_ = sum(1 for item in items if item.on.post is None and item.on.state == "empty")
    missed = sum(1 for item in items if item.on.post is None and item.on.state == "missed")
    said = (
        n_("{number} post", "{number} posts", posts) if posts else "",
        n_("{number} skipped", "{number} skipped", skipped) if skipped else "",
        n_("{number} open slot", "{number} open slots", open_) if open_ else "",
        n_("{number} missed slot", "{number} missed slots", missed) if missed else "",
    )
    return " · ".join(words for words in said if words)
