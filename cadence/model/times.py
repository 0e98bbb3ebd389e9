"""Time arithmetic: zones, wall clocks, weeks. Everything that people get wrong once a year is here, once."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cadence.language import _
from cadence.model.errors import BadInput
from cadence.model.spoken import WEEKDAYS as WEEKDAYS
from cadence.model.spoken import in_english_units

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
WEEKS_A_MONTH = 52 / 12


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The IANA time zone called `name`; BadInput if there is none."""
    try:
        if "/" not in name and name != "UTC":
            raise KeyError(name)
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput(
            _("unknown time zone {name!r}", name=name[:60]), _("use an IANA name such as Europe/Rome or UTC")
        ) from None


def to_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time.

    A time that does not exist moves forward by the gap; one that exists twice means the first
    (`fold=0` reads both with the offset before the transition, PEP 495).
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    """The wall-clock time, without zone, that a clock in `zone` shows at `instant`."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and ends (23, 24 or 25 hours apart)."""
    return (
        to_instant(datetime.combine(day, time.min), zone),
        to_instant(datetime.combine(day + DAY, time.min), zone),
    )


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week that holds `day`; `first_weekday` is 0 for Monday, 6 for Sunday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


_UNITS = {"m": 1, "min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_DURATION = re.compile(r"(\d{1,6})\s*(min|[mhdw])", re.IGNORECASE)


def parse_minutes(text: str) -> int:
    """Minutes from what people write: `90`, `45m`, `12h`, `7d`, `2w`, `1h30m`. BadInput otherwise."""
    text = text.strip()
    if re.fullmatch(r"\d{1,7}", text):
        return int(text)
    said = in_english_units(text)
    if said and not _DURATION.sub("", said).strip():
        return sum(int(count) * _UNITS[unit.lower()] for count, unit in _DURATION.findall(said))
    raise BadInput(_("{text!r} is not a duration", text=text[:40]), _("write it as 45m, 12h, 7d or 1h30m"))


def say_minutes(minutes: int) -> str:
    """Minutes as people write them, the inverse of `parse_minutes`: `45m`, `12h`, `7d`, `1h30m`."""
    if minutes and minutes % (24 * 60) == 0:
        return f"{minutes // (24 * 60)}d"
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")
