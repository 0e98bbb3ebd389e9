"""The beats of a rhythm on an axis of weeks: which cell of the strip stands for which slots. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.insight.slots import FilledSlot
from cadence.insight.strip import WORST_FIRST
from cadence.model.times import DAY, week_start

FEWEST_CELLS, DAYS = 3, 7
USUAL_WEEKS, MOST_WEEKS = 20, 50
"""Twelve back and eight ahead; where cells are left over a week gets a cell for each day, then there are more
weeks."""


@dataclass(frozen=True)
class Axis:
    """`count` weeks from `first`; `back` of them lie behind the week of today. A week has so many `cells`,
    and one before it."""

    first: date
    count: int
    back: int
    cells: int

    @staticmethod
    def across(room: int, today: date, week_begins: int) -> Axis:
        """As much as `room` terminal cells show: three fifths are behind us."""
        cells, count = FEWEST_CELLS, max(2, room // (FEWEST_CELLS + 1))
        if count >= USUAL_WEEKS:
            cells = min(DAYS, room // USUAL_WEEKS - 1)
            count = min(MOST_WEEKS, room // (DAYS + 1)) if cells == DAYS else USUAL_WEEKS
        back = count * 3 // 5
        return Axis(week_start(today, week_begins) - timedelta(weeks=back), count, back, cells)

    @property
    def width(self) -> int:
        return self.count * (self.cells + 1)

    def place(self, week: date) -> int:
        """The how manieth week it is, perhaps outside."""
        return (week - self.first).days // 7

    def weeks(self) -> list[date]:
        return [self.first + timedelta(weeks=n) for n in range(self.count)]

    def x(self, week: date, cell: int) -> int:
        return self.place(week) * (self.cells + 1) + 1 + cell


@dataclass(frozen=True)
class Beat:
    """One cell: the slots that it stands for, in order of time; there is at least one."""

    week: date
    cell: int
    slots: tuple[FilledSlot, ...]

    @property
    def worst(self) -> FilledSlot:
        """The one whose mark is shown."""
        return min(self.slots, key=lambda filled: WORST_FIRST.index(filled.state))

    @property
    def at(self) -> datetime:
        return self.worst.slot.local


def beats(slots: Iterable[FilledSlot], axis: Axis) -> list[Beat]:
    """The beats of a channel from left to right. With a cell for each day they stand on their days, otherwise
    side by side from the left, the slots of a full week shared out among its cells."""
    weeks: dict[date, list[FilledSlot]] = {}
    for filled in slots:
        n = axis.place(filled.slot.local.date())
        if 0 <= n < axis.count:
            weeks.setdefault(axis.first + timedelta(weeks=n), []).append(filled)
    found: list[Beat] = []
    for week, of_week in sorted(weeks.items()):
        cells: dict[int, list[FilledSlot]] = {}
        for i, filled in enumerate(of_week):
            cells.setdefault(_cell(filled, i, len(of_week), week, axis.cells), []).append(filled)
        found += [Beat(week, cell, tuple(of_cell)) for cell, of_cell in sorted(cells.items())]
    return found


def _cell(filled: FilledSlot, place: int, count: int, week: date, cells: int) -> int:
    if cells == DAYS:
        return (filled.slot.local.date() - week) // DAY
    if count <= cells:
        return place
    return next(part for part in range(cells) if place < (part + 1) * count // cells)


def nearest(found: Sequence[Beat], moment: datetime) -> Beat | None:
    return min(found, key=lambda beat: abs(beat.at - moment), default=None)


def step(found: Sequence[Beat], here: Beat, steps: int) -> Beat:
    """So many beats on, at most to the last."""
    return found[max(0, min(found.index(here) + steps, len(found) - 1))]


def step_weeks(found: Sequence[Beat], here: Beat, weeks: int) -> Beat:
    """A beat so many weeks on, or in the next week after that which has one; at most the last."""
    target = here.week + timedelta(weeks=weeks)
    if weeks > 0:
        beyond = [beat for beat in found if beat.week >= target]
        week = beyond[0].week if beyond else found[-1].week
    else:
        beyond = [beat for beat in found if beat.week <= target]
        week = beyond[-1].week if beyond else found[0].week
    moment = here.at + timedelta(days=(week - here.week).days)
    return nearest([beat for beat in found if beat.week == week], moment) or here
