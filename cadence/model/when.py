"""Dates and times as people say them: `fri`, `tomorrow 9:00`, `+3d`, `1 dec`, `2026-12-01T09:00`; in English
and in the language spoken.

Everything is relative to a wall-clock time (`today`: a local date-time without zone) that is passed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cadence.language import _, later
from cadence.model.errors import BadInput
from cadence.model.limits import FIRST_YEAR, LAST_YEAR
from cadence.model.spoken import MONTHS, readings
from cadence.model.times import DAY, WEEKDAYS, to_instant, to_local, week_start

MINUS = "\N{MINUS SIGN}"
"""Read like `-`: the command line turns a leading dash, which would begin an option, into it."""
FORMS = later("today, tomorrow 9:00, fri, next fri, +3d, -2w, 1 dec, 2026-12-01 or 2026-12-01T09:00")

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(?:^|\s+)(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$", re.ASCII)
_STEP = re.compile(r"([+-])\s*(\d{1,6})\s*(min|mo|m|h|d|w|y)[a-z]*$", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|[°º])?\s+([a-z]+)(?:\s+(\d{4}))?$", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$", re.ASCII)
_DATE_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ t](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(z|[+-]\d{2}:?\d{2})?$", re.ASCII
)


class When(NamedTuple):
    """What somebody said. `time` None: only a day was said. `instant`: an exact moment (UTC) was said, by an
    offset or as `now`; then `day` and `time` are what the local clock shows at it."""

    day: date
    time: time | None = None
    instant: datetime | None = None


def read_when(text: str, today: datetime, zone: ZoneInfo, week_begins: int = 0) -> When:
    """What `text` means to people whose clock shows `today` in `zone`; BadInput lists the forms that work.

    `fri` is the coming Friday, today included; `next fri` the Friday of next week; `last fri` the one before
    today; `+3d` three days from today; `+2h` two hours from now; a bare `9:00` is today.
    """
    tried = (_meant(said, today, zone, week_begins) for said in readings(_tidied(text)))
    found = next((when for when in tried if when is not None), None)
    if found is None:
        raise BadInput(_("{text!r} is not a date", text=text[:40]), _("say {forms}", forms=_(FORMS)))
    if not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        raise BadInput(
            _("{text!r} is out of range", text=text[:40]),
            _("years go from {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR),
        )
    return found


def _tidied(text: str) -> str:
    return " ".join(text.replace(MINUS, "-").casefold().split())


def _meant(said: str, today: datetime, zone: ZoneInfo, week_begins: int) -> When | None:
    try:
        return _exact(said, today, zone) or _split_time(said, today, zone, week_begins)
    except (ValueError, OverflowError):
        return None


def read_day(text: str, today: datetime, zone: ZoneInfo, week_begins: int = 0) -> date:
    """The day that `text` means; a time of day beside it is an error."""
    when = read_when(text, today, zone, week_begins)
    if when.time is not None and when.instant is None:
        raise BadInput(_("{text!r} has a time of day", text=text[:40]), _("only a day goes here"))
    return when.day


def read_local(text: str, today: datetime, zone: ZoneInfo, default: time, week_begins: int = 0) -> datetime:
    """The wall-clock time that `text` means; `default` is the hour when only a day is said."""
    when = read_when(text, today, zone, week_begins)
    return datetime.combine(when.day, default if when.time is None else when.time)


def read_instant(text: str, now: datetime, zone: ZoneInfo, default: time, week_begins: int = 0) -> datetime:
    """The UTC instant that `text` means at the instant `now`."""
    when = read_when(text, to_local(now, zone), zone, week_begins)
    if when.instant is not None:
        return when.instant
    return to_instant(datetime.combine(when.day, default if when.time is None else when.time), zone)


def read_move(
    text: str, planned: datetime, today: datetime, zone: ZoneInfo, week_begins: int = 0
) -> datetime:
    """Where a post planned at the local time `planned` goes: `+1d` counts from it, a bare `9:00` keeps its
    day, a bare day keeps its hour."""
    if any(_STEP.match(said) or _is_bare_time(said) for said in readings(_tidied(text))):
        today = planned
    return read_local(text, today, zone, planned.time(), week_begins)


def _exact(said: str, today: datetime, zone: ZoneInfo) -> When | None:
    """`now`, and ISO date-times with or without an offset."""
    if said == "now":
        return When(today.date(), today.time(), to_instant(today, zone))
    if not (found := _DATE_TIME.match(said)):
        return None
    day, clock, offset = found.groups()
    local = datetime.fromisoformat(f"{day}T{clock.zfill(5) if len(clock) < 6 else clock.zfill(8)}")
    if not offset:
        return When(local.date(), local.time())
    instant = datetime.fromisoformat(local.isoformat() + offset.upper()).astimezone(UTC)
    local = to_local(instant, zone)
    return When(local.date(), local.time(), instant)


def _split_time(said: str, today: datetime, zone: ZoneInfo, week_begins: int) -> When | None:
    """A day, a time of day, or a day and a time of day."""
    if found := _bare_time(said):
        return When(today.date(), found)
    day = _day(said, today, zone, week_begins)
    if day is not None:
        return day
    clock = _TIME.search(said)
    if (
        clock
        and (hour := _clock(clock)) is not None
        and (day := _day(said[: clock.start()], today, zone, week_begins))
    ):
        return When(day.day, hour) if day.time is None else None
    return None


def _is_bare_time(said: str) -> bool:
    try:
        return _bare_time(said) is not None
    except ValueError:
        return False


def _bare_time(said: str) -> time | None:
    found = _TIME.match(said)
    return _clock(found) if found else None


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if found[2] is None and half is None:
        return None
    if half is None:
        return time(hour, minute)
    if not 1 <= hour <= 12:
        raise ValueError("not an hour of a half day")
    return time(hour % 12 + (12 if half == "pm" else 0), minute)


def _day(said: str, today: datetime, zone: ZoneInfo, week_begins: int) -> When | None:
    if said in (near := {"today": 0, "tomorrow": 1, "yesterday": -1}):
        return When(today.date() + near[said] * DAY)
    if found := _STEP.fullmatch(said):
        return _step(found, today, zone)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return When(date.fromisoformat(said))
    if found := _DAY_MONTH.fullmatch(said):
        return _of_month(int(found[1]), found[2], found[3], today.date())
    if found := _MONTH_DAY.fullmatch(said):
        return _of_month(int(found[2]), found[1], found[3], today.date())
    return _weekday(said, today.date(), week_begins)


def _step(found: re.Match[str], today: datetime, zone: ZoneInfo) -> When | None:
    sign, digits, unit = found.groups()
    count = int(digits) * (-1 if sign == "-" else 1)
    if unit in ("m", "min", "h"):
        instant = to_instant(today, zone) + timedelta(minutes=count * (60 if unit == "h" else 1))
        moved = to_local(instant, zone)
        return When(moved.date(), moved.time(), instant)
    if unit in ("d", "w"):
        return When(today.date() + count * (7 if unit == "w" else 1) * DAY)
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return When(date(year, month + 1, min(today.day, last)))


def _of_month(day: int, month: str, year: str | None, today: date) -> When | None:
    """Without a year: the first such day from today on."""
    if month in _MONTH_NAMES:
        month = month[:3]
    if month not in MONTHS:
        return None
    number = MONTHS.index(month) + 1
    if year:
        return When(date(int(year), number, day))
    for candidate in range(today.year, today.year + 9):
        try:
            found = date(candidate, number, day)
        except ValueError:  # 29 February waits for a leap year
            continue
        if found >= today:
            return When(found)
    return None


def _weekday(said: str, today: date, week_begins: int) -> When | None:
    which, _space, name = said.rpartition(" ")
    this_week = week_start(today, week_begins)
    if name == "week" and which in ("this", "next", "last"):
        return When(this_week + {"this": 0, "next": 7, "last": -7}[which] * DAY)
    if name in _WEEKDAY_NAMES:
        name = name[:3]
    if name not in WEEKDAYS or which not in ("", "this", "next", "last"):
        return None
    number = WEEKDAYS.index(name)
    if which == "next":
        return When(this_week + (7 + (number - week_begins) % 7) * DAY)
    if which == "last":
        return When(today - ((today.weekday() - number - 1) % 7 + 1) * DAY)
    return When(today + (number - today.weekday()) % 7 * DAY)
