"""Reads busy time out of a calendar file: when, and nothing else.

What cannot be understood is left out by itself, with its line; the rest counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from cadence.ical.busy.entries import Entry, Window, may_touch, read_entry, read_free_busy
from cadence.ical.busy.rules import Spend, TooMany
from cadence.ical.busy.series import Series, changes_among, interval_of
from cadence.ical.busy.text import MAX_SIZE, Component, Text
from cadence.ical.busy.values import Broken
from cadence.ical.busy.zones import Zones
from cadence.language import _
from cadence.model.busy import AllDay, Interval, Reading, by_day, merged
from cadence.model.errors import BadInput
from cadence.model.times import DAY

MOST_PER_SERIES, MOST_PER_FILE = 20_000, 200_000
"""Repetitions that are looked at; a meeting every hour for two years has 17,520."""


class LeftOut(Struct, frozen=True):
    """What could not be understood: its line in the file, from 1, and why. It quotes nothing of the file."""

    line: int
    why: str


class BusyRead(Struct, frozen=True):
    """Busy time in order, merged, UTC, clipped to what was asked for, and what was left out."""

    intervals: tuple[Interval, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_busy(
    content: bytes, start: datetime, end: datetime, zone: ZoneInfo, all_day: AllDay = "busy"
) -> BusyRead:
    """The busy time between two instants that an iCalendar file says.

    Floating times and days are those of `zone`. BadInput if the content is no calendar at all, or too large.
    Content from others belongs into `read_safely`: this may take long and much memory.
    """
    check_size(content)
    return _Reader(Text(content), Window(start.astimezone(UTC), end.astimezone(UTC), zone, all_day)).read()


def reading_of(read: BusyRead, content: bytes, first: date, last: date) -> Reading:
    """What is kept of a calendar, from the UTC day `first` to `last`, both included."""
    busy = by_day(read.intervals, first, last)
    return Reading(busy, first, last, hashlib.sha256(content).hexdigest(), len(read.left_out))


def check_size(content: bytes) -> None:
    if len(content) > MAX_SIZE:
        raise BadInput(
            _(
                "the calendar has {size} MB, at most {most} are read",
                size=f"{len(content) / 2**20:.0f}",
                most=MAX_SIZE // 2**20,
            ),
            _("export a shorter time of it"),
        )


class _Reader:
    def __init__(self, text: Text, window: Window) -> None:
        self._text = text
        self._window = window
        self._problems: set[tuple[int, str]] = set()
        self._allowance = _Allowance()
        self._zones = Zones((window.end + 366 * DAY).replace(tzinfo=None), self._allowance.of_series())

    def read(self) -> BusyRead:
        events, free_busy = self._components()
        found = [*self._of_events(events), *self._of_free_busy(free_busy)]
        if self._text.is_cut_off:
            self._problems.add((self._text.end, _("the file ends within the calendar: the rest is missing")))
        start, end = self._window.start, self._window.end
        clipped = ((max(from_, start), min(to, end)) for from_, to in found)
        return BusyRead(tuple(merged(clipped)), self._left_out())

    def _components(self) -> tuple[list[Component], list[Component]]:
        events: list[Component] = []
        free_busy: list[Component] = []
        for component in self._text.components():
            if component.kind == "VTIMEZONE":
                self._zones.add(component)
            elif component.kind == "VFREEBUSY":
                free_busy.append(component)
            elif may_touch(component, self._window) or not component.complete:
                events.append(component)
        return events, free_busy

    def _of_events(self, events: list[Component]) -> Iterator[Interval]:
        series: dict[bytes | int, list[Entry]] = {}
        for event in events:
            try:
                entry = read_entry(event, self._zones, self._window, self._note)
                series.setdefault(entry.uid or entry.at, []).append(entry)
            except Exception as error:
                self._leave_out(event.at, error)
        for entries in series.values():
            changes = changes_among(entries)
            yield from (interval_of(entry, self._window) for entry in changes if entry.busy)
            for entry in entries:
                if entry.instead_of is None:
                    yield from self._of_series(entry, changes)

    def _of_series(self, entry: Entry, changes: list[Entry]) -> list[Interval]:
        if entry.is_alone and not changes:
            return [interval_of(entry, self._window)] if entry.busy else []
        try:
            return list(Series(entry, changes, self._window).intervals(self._allowance.of_series()))
        except Exception as error:
            self._leave_out(entry.at, error)
            return []

    def _of_free_busy(self, components: list[Component]) -> Iterator[Interval]:
        for component in components:
            try:
                yield from read_free_busy(component, self._zones, self._window, self._note)
            except Exception as error:
                self._leave_out(component.at, error)

    def _note(self, problem: Broken) -> None:
        self._problems.add((problem.at, problem.why))

    def _leave_out(self, at: int, error: Exception) -> None:
        """Whatever one entry does, the others count. The words of an unexpected error may quote the entry."""
        match error:
            case Broken():
                self._note(error)
            case TooMany():
                self._problems.add((at, str(error)))
            case MemoryError():
                raise error
            case _:
                self._problems.add((at, _("the entry cannot be understood")))

    def _left_out(self) -> tuple[LeftOut, ...]:
        if not self._problems:
            return ()
        problems = sorted(self._problems)
        lines = self._text.lines(at for at, _why in problems)
        return tuple(LeftOut(line, why) for line, (_at, why) in zip(lines, problems, strict=True))


class _Allowance:
    """How many repetitions a file may have."""

    def __init__(self) -> None:
        self._left = MOST_PER_FILE

    def of_series(self) -> Spend:
        left = MOST_PER_SERIES

        def spend(count: int) -> None:
            nonlocal left
            left -= count
            if left < 0:
                raise TooMany(_("the entry repeats too often"))
            self._left -= count
            if self._left < 0:
                raise TooMany(_("the entries of the calendar repeat too often"))

        return spend
