"""The values of the properties that say when: dates, date-times, durations, periods (RFC 5545 3.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

_MOMENT = re.compile(rb"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?", re.IGNORECASE)
_DURATION = re.compile(
    rb"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE
)
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Broken(Exception):
    """Something in a file that cannot be understood: where (see `Property.at`), and why in a few words that
    quote nothing of the file."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at
        self.why = why


class When(NamedTuple):
    """A date or a date-time as it was written. Without a zone it is floating; a `day` begins at midnight."""

    local: datetime
    zone: tzinfo | None = None
    day: bool = False


class Length(NamedTuple):
    """How long something takes: nominal days, which end at the hour at which they begin, and then exact time
    (RFC 5545 3.3.6 and 3.8.5.3)."""

    days: int = 0
    exact: timedelta = timedelta()

    @property
    def about(self) -> timedelta:
        return timedelta(days=self.days) + self.exact

    def end(self, local: datetime, zone: tzinfo) -> datetime:
        """The instant (UTC) at which what begins at a local time is over."""
        try:
            if not self.days:
                return instant(local, zone) + self.exact
            return instant(local + timedelta(days=self.days), zone) + self.exact
        except OverflowError:
            return _LAST


def instant(local: datetime, zone: tzinfo) -> datetime:
    """The UTC instant of a local time; at the ends of time, the first or the last there is.

    A time that does not exist moves forward by the gap; one that exists twice means the first (PEP 495).
    """
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return _LAST if local.year > 1 else _FIRST


def local_time(moment: When, zone: tzinfo, floating: tzinfo) -> datetime:
    """What a clock in `zone` shows at a moment; a floating one is a time in the zone `floating`."""
    written = moment.zone or floating
    if written is zone:
        return moment.local
    try:
        return instant(moment.local, written).astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError:  # some programs write "for ever" as the last second of the year 9999
        return moment.local


@lru_cache(maxsize=4096)
def read_moment(value: bytes) -> When:
    """A DATE or a DATE-TIME (RFC 5545 3.3.4, 3.3.5), floating or in UTC. ValueError if it is neither."""
    match = _MOMENT.fullmatch(value)
    if match is None:
        raise ValueError("neither a date nor a date-time")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    # A leap second is written as the 60th; Python's clocks have none.
    local = datetime(year, month, day, hour, minute, min(second, 59) if second <= 60 else second)
    return When(local, UTC if match[7] else None, match[4] is None)


@lru_cache(maxsize=256)
def read_length(value: bytes) -> Length:
    """A DURATION (RFC 5545 3.3.6). ValueError or OverflowError if it is none."""
    match = _DURATION.fullmatch(value)
    if match is None or value[-1:] in b"PpTt":
        raise ValueError("no duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = Length(7 * weeks + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))
    if length.about and match[1] == b"-":
        raise ValueError("negative")
    return length
