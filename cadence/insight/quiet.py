"""How long a channel was silent, and for how much of it longer than its promise allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from cadence.insight.expansion import goes_on
from cadence.insight.history import match
from cadence.model.calendar import Calendar
from cadence.model.rhythm import Rhythm
from cadence.model.times import day_bounds


@dataclass(frozen=True)
class Quiet:
    """Nothing was published between `start` and `end`, the instants of publications or the ends of what is
    known. `breaks`: from then on it was longer than a rhythm allows (None: it never was)."""

    start: datetime
    end: datetime
    breaks: datetime | None


def quiet_times(
    calendar: Calendar, channel: int, start: datetime, end: datetime, now: datetime
) -> list[Quiet]:
    """The silences that touch [start, end), as far as they are past. The first one begins with the last
    publication before the period (with the period, if there is none)."""
    until = min(end, now)
    if until <= start:
        return []
    history = match(calendar, channel, now)
    within = [at for at, _ in history.published if start <= at < until]
    moments = [history.last_before(start) or start, *within, until]
    return [Quiet(one, next_, _breaks(calendar, channel, one, next_)) for one, next_ in pairwise(moments)]


def silence_allowed(calendar: Calendar, channel: int) -> timedelta | None:
    """The shortest silence that a rhythm of the channel does not want to see exceeded."""
    limits = (rhythm.max_silence for rhythm in calendar.rhythms_of(channel))
    shortest = min((minutes for minutes in limits if minutes is not None), default=None)
    return None if shortest is None else timedelta(minutes=shortest)


def _breaks(calendar: Calendar, channel: int, start: datetime, end: datetime) -> datetime | None:
    first = min(_breaking(calendar, channel, start), default=end)
    return first if first < end else None


def _breaking(calendar: Calendar, channel: int, start: datetime) -> Iterator[datetime]:
    zone = calendar.zone(channel)
    for rhythm in calendar.rhythms_of(channel):
        if rhythm.max_silence is not None and goes_on(calendar, rhythm, start):
            promised_from, _ = day_bounds(rhythm.start, zone)
            yield breaks_at(rhythm, zone, max(start, promised_from))


def breaks_at(rhythm: Rhythm, zone: ZoneInfo, start: datetime) -> datetime:
    """When the silence that began at `start` is as long as the rhythm allows; its pauses do not count."""
    breaks = start + timedelta(minutes=rhythm.max_silence or 0)
    for rest_from, rest_to in rests(rhythm, zone, start):
        if rest_from >= breaks:
            break
        breaks += rest_to - rest_from
    return breaks


def rests(rhythm: Rhythm, zone: ZoneInfo, start: datetime) -> Iterable[tuple[datetime, datetime]]:
    """The pauses of a rhythm after `start`, as instants in order of time, none over another."""
    until = start
    for pause in sorted(rhythm.pauses, key=lambda pause: pause.first):
        rest_from = max(day_bounds(pause.first, zone)[0], until)
        rest_to = day_bounds(pause.last, zone)[1]
        if rest_to > rest_from:
            yield rest_from, rest_to
            until = rest_to
