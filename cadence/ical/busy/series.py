"""A series: the entries that share a UID, as the time that they take in a window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from cadence.ical.busy.entries import Entry, Window
from cadence.ical.busy.rules import Rule, Spend, moments
from cadence.ical.busy.values import Length, When, instant, local_time
from cadence.model.busy import Interval
from cadence.model.times import DAY

_Key = date | datetime


class _Part(NamedTuple):
    """From an instant on a series takes place so much later, so long, and takes time or does not."""

    since: datetime
    shift: timedelta
    length: Length
    busy: bool


def changes_among(entries: list[Entry]) -> list[Entry]:
    """Of the entries of one UID, those that take the place of moments of their series.

    Of two for the same moment, the one with the higher SEQUENCE counts, or the later in the file.
    """
    changes = sorted((entry for entry in entries if entry.instead_of), key=lambda entry: entry.sequence)
    return list({(entry.instead_of, entry.onwards): entry for entry in changes}.values())


def interval_of(entry: Entry, window: Window) -> Interval:
    """When the entry itself is, without its repetitions."""
    zone = entry.start.zone or window.zone
    return instant(entry.start.local, zone), entry.length.end(entry.start.local, zone)


class Series:
    """One entry with its repetitions, all on the wall clock of its own zone."""

    def __init__(self, entry: Entry, changed: list[Entry], window: Window) -> None:
        self._entry = entry
        self._window = window
        self._zone: tzinfo = entry.start.zone or window.zone
        self._gone = {self._key(when) for when in entry.not_at}
        self._gone |= {self._key(other.instead_of) for other in changed if other.instead_of}
        self._parts = self._in_parts([other for other in changed if other.onwards])

    def intervals(self, spend: Spend) -> Iterator[Interval]:
        """When the series takes time; some of it may lie outside the window. The moments that other entries
        took over are not among it. TooMany if it repeats too often."""
        if not any(part.busy for part in self._parts):
            return
        since = [part.since for part in self._parts]
        for local, own_length in self._moments(spend).items():
            at = instant(local, self._zone)
            if local.date() in self._gone or at in self._gone:
                continue
            part = self._parts[max(bisect_right(since, at) - 1, 0)]
            if part.busy and (moved := _moved(local, part.shift)):
                at = instant(moved, self._zone) if part.shift else at
                yield at, (own_length or part.length).end(moved, self._zone)

    def _moments(self, spend: Spend) -> dict[datetime, Length | None]:
        """The local times of the series that may matter, with their length where they have their own."""
        entry = self._entry
        found: dict[datetime, Length | None] = {entry.start.local: None}
        if entry.rules:
            low, high = self._reach()
            for rule in entry.rules:
                found |= dict.fromkeys(self._expanded(rule, low, high, spend))
            for rule in entry.exceptions:
                for local in self._expanded(rule, low, high, spend):
                    found.pop(local, None)
        spend(len(entry.also))
        for when, length in entry.also:
            if when.day and not entry.start.day:
                found[datetime.combine(when.local, entry.start.local.time())] = length
            else:
                found[self._local(when)] = length
        return found

    def _expanded(self, rule: Rule, low: datetime, high: datetime, spend: Spend) -> list[datetime]:
        return moments(rule, self._entry.start.local, low, min(high, self._until(rule) or high), spend)

    def _until(self, rule: Rule) -> datetime | None:
        """The last local time that UNTIL allows; a date means the whole of that day."""
        if rule.until is None:
            return None
        if rule.until.day:
            return rule.until.local + DAY - datetime.resolution
        return rule.until.local if self._entry.start.day else self._local(rule.until)

    def _reach(self) -> tuple[datetime, datetime]:
        """Between which local times a repetition may reach into the window."""
        longest = max(part.length.about for part in self._parts)
        shifts = [part.shift for part in self._parts]
        low = self._window.start.astimezone(self._zone).replace(tzinfo=None)
        high = self._window.end.astimezone(self._zone).replace(tzinfo=None)
        low -= min(longest + max(shifts) + DAY, low - self._entry.start.local)
        return low, high - min(shifts) + DAY

    def _in_parts(self, onwards: list[Entry]) -> list[_Part]:
        parts = {datetime.min.replace(tzinfo=self._window.start.tzinfo): self._part(self._entry, timedelta())}
        for other in onwards:
            if (replaced := other.instead_of) is not None:
                before = self._local(replaced)
                parts[instant(before, self._zone)] = self._part(other, self._local(other.start) - before)
        return [part._replace(since=since) for since, part in sorted(parts.items(), key=lambda item: item[0])]

    def _part(self, entry: Entry, shift: timedelta) -> _Part:
        return _Part(self._window.start, shift, entry.length, entry.busy)

    def _local(self, when: When) -> datetime:
        """A moment on the clock of the series. One without a zone is meant on that clock."""
        return local_time(when, self._zone, self._zone)

    def _key(self, when: When) -> _Key:
        """What tells the moments of the series apart: the day, for a series of days and for what names only a
        day; else the instant."""
        if when.day or self._entry.start.day:
            return when.local.date()
        return instant(when.local, when.zone or self._zone)


def _moved(local: datetime, shift: timedelta) -> datetime | None:
    """The local time so much later; None beyond the ends of time."""
    try:
        return local + shift
    except OverflowError:
        return None
