"""One look at a calendar: what is there now, and when it says that somebody is busy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cadence.chores.places import content_of, label_of
from cadence.ical.busy.addresses import Address
from cadence.model.busy import DAYS_AHEAD, DAYS_BACK, AllDay, BusyCalendar, Reading, midnight
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.times import DAY, zone_of

if TYPE_CHECKING:
    from cadence.ical.busy.read import BusyRead, LeftOut


class Look(NamedTuple):
    """What a look at a calendar brought. `reading` None: it is what it was."""

    address: Address
    reading: Reading | None
    left_out: Sequence[LeftOut] = ()


def look_at(
    address: Address,
    known: BusyCalendar | None,
    zone: ZoneInfo,
    all_day: AllDay,
    now: datetime,
    *,
    anew: bool = False,
) -> Look:
    """Read what is at an address; unless `anew`, not if it is `known` already: the same content, the same
    days, in the same zone and by the same rules. BadInput if it cannot be read."""
    is_same = (
        not anew
        and known is not None
        and (known.first, known.last) == kept_days(now)
        and (known.all_day, known.digest) == (all_day, address.digest)
        and zone.key == address.zone
    )
    fetched = content_of(address, whole=not is_same)
    looked = replace(address, looked_at=now, failures=0)
    if fetched.content is None or (is_same and _digest(fetched.content) == address.digest):
        return Look(looked, None)
    reading, left_out = reading_at(now, fetched.content, zone, all_day, label_of(address.place))
    looked = replace(
        looked,
        zone=zone.key,
        digest=_digest(fetched.content),
        etag=fetched.etag,
        last_modified=fetched.last_modified,
    )
    return Look(looked, reading, left_out)


def reading_at(
    now: datetime, content: bytes, zone: ZoneInfo, all_day: AllDay, label: str
) -> tuple[Reading, Sequence[LeftOut]]:
    """What is kept of a calendar file, and which of its entries could not be understood."""
    from cadence.ical.busy.read import reading_of

    first, last = kept_days(now)
    read = read_content(content, midnight(first), midnight(last + DAY), zone, all_day, label)
    return reading_of(read, content, first, last), read.left_out


def read_content(
    content: bytes, start: datetime, end: datetime, zone: ZoneInfo, all_day: AllDay, label: str
) -> BusyRead:
    """The busy time in a calendar file between two instants; BadInput, with the label, if it is none."""
    from cadence.ical.busy.guarded import read_safely

    try:
        return read_safely(content, start, end, zone, all_day)
    except BadInput as error:
        raise BadInput(f"{label}: {error.message}", error.remedy) from None


def zone_of_member(calendar: Calendar, member: int) -> ZoneInfo:
    """Where a member's clock hangs."""
    return zone_of(calendar.member(member).zone or calendar.team.zone)


def kept_days(now: datetime) -> tuple[date, date]:
    """The first and last UTC day of what is kept of a busy calendar."""
    today = now.astimezone(UTC).date()
    return today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
