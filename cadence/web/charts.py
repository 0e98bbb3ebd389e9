"""The pictures of a retrospective as numbers: where marks, lines and bars are. The templates draw them.

Places are percentages of a picture's width and height, so that a picture fits every screen and its marks and
lines keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cadence.insight.quiet import Quiet
from cadence.insight.slots import FilledSlot, SlotState
from cadence.insight.strip import worst_of_parts
from cadence.insight.words import day_text, share_text, time_text
from cadence.language import _, month, n_
from cadence.model.times import DAY, WEEK, day_bounds, to_local, week_start
from cadence.model.words import slot_word
from cadence.web.strips import counted

MOST_DAYS, MOST_COLUMNS, MOST_MARKS, MOST_LABELS = 35, 26, 5, 6
LAST_LABEL = 88.0
"""A label further right would not fit any more."""


@dataclass(frozen=True)
class Tick:
    """The beginning of a week; `label` is a day in words, or nothing."""

    x: float
    label: str


@dataclass(frozen=True)
class Axis:
    """The period [start, end), from left to right; `first` and `last` are its days, both included."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    week_begins: int

    @property
    def first(self) -> date:
        return to_local(self.start, self.zone).date()

    @property
    def last(self) -> date:
        return to_local(self.end - timedelta(microseconds=1), self.zone).date()

    def place(self, at: datetime) -> float:
        """How far right an instant is: 0 to 100, also for one outside the period."""
        share = (at - self.start) / (self.end - self.start)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def day_text(self, at: datetime) -> str:
        return day_text(to_local(at, self.zone).date())

    def ticks(self) -> tuple[Tick, ...]:
        """Week by week; of many weeks, every second, third … one."""
        weeks = list(self._weeks())
        every = -(-len(weeks) // MOST_COLUMNS)
        labelled = every * -(-len(weeks) // (MOST_LABELS * every))
        return tuple(self._tick(week, n % labelled == 0) for n, week in enumerate(weeks) if n % every == 0)

    def _weeks(self) -> Iterator[date]:
        """The weeks that begin in the period."""
        week = week_start(self.first, self.week_begins)
        week = week if week == self.first else week + WEEK
        while week <= self.last:
            yield week
            week += WEEK

    def _tick(self, week: date, is_labelled: bool) -> Tick:
        x = self.place(day_bounds(week, self.zone)[0])
        words = _("{day} {month}", day=week.day, month=month(week))
        return Tick(x, words if is_labelled and x <= LAST_LABEL else "")


# What was promised and kept


@dataclass(frozen=True)
class Column:
    """The slots of a day, or of some weeks, as marks one below the other; `words` says the same."""

    x: float
    marks: tuple[SlotState, ...]
    words: str


@dataclass(frozen=True)
class Strip:
    """A channel's slots; `words` tells them to those who do not see it."""

    columns: tuple[Column, ...]
    words: str

    @property
    def states(self) -> frozenset[SlotState]:
        return frozenset(state for column in self.columns for state in column.marks)

    @property
    def rows(self) -> int:
        return max((len(column.marks) for column in self.columns), default=1)


def strip(axis: Axis, found: Sequence[FilledSlot]) -> Strip:
    """The slots of a channel: a column for each day, or in a longer period for each week or more."""
    days = column_days(axis)
    columns: dict[date, list[FilledSlot]] = {}
    for one in found:
        columns.setdefault(_column(axis, days, one.slot.at), []).append(one)
    missed = [day_text(one.slot.local.date()) for one in found if one.state == "missed"]
    words = counted(one.state for one in found) or _("no slots")
    return Strip(
        columns=tuple(_drawn(axis, days, first, slots) for first, slots in columns.items()),
        words=_("{slots}. Missed: {days}.", slots=words, days=", ".join(missed)) if missed else f"{words}.",
    )


def column_days(axis: Axis) -> int:
    """How many days a column of the strips has: 1, or those of whole weeks."""
    days = (axis.last - axis.first) // DAY + 1
    return 1 if days <= MOST_DAYS else 7 * -(-days // (7 * MOST_COLUMNS))


def _column(axis: Axis, days: int, at: datetime) -> date:
    """The first day of the column that an instant falls into."""
    day = to_local(at, axis.zone).date()
    if days == 1:
        return day
    begin = week_start(axis.first, axis.week_begins)
    return begin + (day - begin) // timedelta(days=days) * timedelta(days=days)


def _drawn(axis: Axis, days: int, first: date, found: Sequence[FilledSlot]) -> Column:
    """A column stands in the middle of its days, as far as they are in the period."""
    begin = day_bounds(first, axis.zone)[0]
    end = day_bounds(first + timedelta(days=days), axis.zone)[0]
    middle = max(begin, axis.start) + (min(end, axis.end) - max(begin, axis.start)) / 2
    if len(found) == 1:
        words = f"{time_text(found[0].slot.local)}: {slot_word(found[0].state)}"
    else:
        said = counted(one.state for one in found)
        day = day_text(first)
        words = f"{day}: {said}" if days == 1 else _("From {day}: {slots}", day=day, slots=said)
    return Column(axis.place(middle), worst_of_parts([one.state for one in found], MOST_MARKS), words)


# Silence over time


@dataclass(frozen=True)
class Saw:
    """Days since the last publication: SVG paths in a box of 100 by 100, of all the time and of that which
    was too long. `limit` is how far down the allowed silence is (None: nothing is promised); `rests` are the
    pauses, as places and widths."""

    teeth: str
    over: str
    limit: float | None
    rests: tuple[tuple[float, float], ...]
    words: str


def saw(
    axis: Axis,
    quiet: Sequence[Quiet],
    allowed: timedelta | None,
    rests: Iterable[tuple[datetime, datetime]],
) -> Saw:
    """The silences of a channel as the teeth of a saw, in order of time."""
    longest = max((one.end - one.start for one in quiet), default=DAY)
    top = 1.1 * max(longest, allowed or DAY)

    def tooth(since: datetime, begin: datetime, end: datetime) -> str:
        left, right = axis.place(begin), axis.place(end)
        low, high = (round(100 - 100 * ((at - since) / top), 2) for at in (begin, end))
        return f"M{left:g} 100V{low:g}L{right:g} {high:g}V100Z"

    return Saw(
        teeth="".join(tooth(one.start, max(one.start, axis.start), one.end) for one in quiet),
        over="".join(
            tooth(one.start, max(one.breaks, axis.start), one.end)
            for one in quiet
            if one.breaks is not None and one.breaks < one.end
        ),
        limit=None if allowed is None else round(100 - 100 * (allowed / top), 2),
        rests=tuple(_bands(axis, rests)),
        words=_saw_words(axis, quiet),
    )


def _bands(axis: Axis, rests: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[float, float]]:
    for begin, end in rests:
        if begin < axis.end and end > axis.start:
            left = axis.place(begin)
            yield left, round(axis.place(end) - left, 2)


def _saw_words(axis: Axis, quiet: Sequence[Quiet]) -> str:
    """`12 silences. Too long: 21 days up to Thu 19 Nov.`"""
    too_long = [
        n_(
            "{number} day up to {date}",
            "{number} days up to {date}",
            round((one.end - one.start) / DAY),
            date=axis.day_text(one.end),
        )
        for one in quiet
        if one.breaks is not None
    ]
    if not quiet:
        return _("Still to come.")
    words = n_("{number} silence.", "{number} silences.", len(quiet))
    if not too_long:
        return f"{words} {_('None was too long.')}"
    return f"{words} {_('Too long: {silences}.', silences=', '.join(too_long))}"


# Load


@dataclass(frozen=True)
class Bar:
    """A load share: `width` of it within the capacity, then `over` it; `full` is where the capacity ends."""

    width: float
    over: float
    full: float
    words: str


def bar(share: float | None, most: float) -> Bar:
    """A bar on a scale from nothing to `most` (a share; at least the whole capacity)."""
    scale = 100 / max(1.0, most)
    within, over = min(1.0, share or 0.0), max(0.0, (share or 0.0) - 1)
    if share is None:
        words = _("no time to give")
    else:
        words = _("{share} of the time they could give", share=share_text(share))
    return Bar(round(within * scale, 2), round(over * scale, 2), round(scale, 2), words)
