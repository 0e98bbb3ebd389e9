"""Dates as files write them. Whether 03/04 is in March or in April is decided over a whole column, or asked.

A date-time without zone is local time; one whose text has an offset keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta, timezone

from cadence.language import _, later
from cadence.model import limits
from cadence.model.errors import BadInput

NOON = time(12)
"""What a date alone means, in local time."""

_TIME = (
    r"(?:[T ,]\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_OFFSET = r"(?:\s*(?P<offset>Z|z|UTC|[+-]\d\d:?\d\d))?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?){_TIME}{_OFFSET}\Z")
_YEAR_LAST = re.compile(rf"(?P<a>\d\d?)(?P<mark>[-/.])(?P<b>\d\d?)\2(?P<year>\d{{4}}){_TIME}{_OFFSET}\Z")
_FRIENDLY = {"DD/MM/YYYY": "day", "MM/DD/YYYY": "month", "YYYY-MM-DD": "year"}
REMEDY = later("say --date-format DD/MM/YYYY or MM/DD/YYYY")


def date_reader(cells: Iterable[tuple[int, str]], given: str | None) -> Callable[[str], datetime]:
    """A function that reads the cells of a column, given as (line, text); empty cells say nothing.

    BadInput if the order of day and month is not known: no cell decides it, or cells contradict each other.
    The function raises BadInput for a cell that is no date.
    """
    if given and "%" in given:
        return lambda text: _by_pattern(text, given)
    if given:
        order = _FRIENDLY.get(given.upper().replace("-", "/").replace(".", "/"), _FRIENDLY.get(given.upper()))
        if order is None:
            raise BadInput(
                _("unknown date format {format!r}", format=given[:40]),
                _("use {names} or %d.%m.%y", names=", ".join(_FRIENDLY)),
            )
    else:
        order = _order(cells)
    return lambda text: _read(text, order)


def _order(cells: Iterable[tuple[int, str]]) -> str:
    """`day` or `month`: what comes first where the year comes last."""
    day_first: int | None = None
    month_first: int | None = None
    doubtful: tuple[int, str] | None = None
    for line, text in cells:
        match = _YEAR_LAST.match(text.strip())
        if match is None or match["mark"] == ".":  # 03.04.2026 is never written month first
            continue
        first, second = int(match["a"]), int(match["b"])
        if first > 12:
            day_first = day_first or line
        elif second > 12:
            month_first = month_first or line
        elif first != second:
            doubtful = doubtful or (line, text.strip())
    if day_first and month_first:
        raise BadInput(
            _("line {line} has the day first, line {other} the month", line=day_first, other=month_first),
            _("make them alike"),
        )
    if doubtful and not day_first and not month_first:
        line, text = doubtful
        raise BadInput(
            _("line {line}: {text!r} could be in two months, and no row decides it", line=line, text=text),
            _(REMEDY),
        )
    return "month" if month_first else "day"


def _read(text: str, order: str) -> datetime:
    if match := _YEAR_FIRST.match(text):
        return _moment(text, match, int(match["month"]), int(match["day"]))
    if match := _YEAR_LAST.match(text):
        first, second = int(match["a"]), int(match["b"])
        day, month = (second, first) if order == "month" and match["mark"] != "." else (first, second)
        return _moment(text, match, month, day)
    raise BadInput(
        _("{text!r} is not a date", text=text[:40]), _("write it as 2026-12-01 or 2026-12-01 09:00")
    )


def _moment(text: str, match: re.Match[str], month: int, day: int) -> datetime:
    parts = match.groupdict()
    hour, minute, second = (int(parts[part] or 0) for part in ("hour", "minute", "second"))
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise BadInput(_("{text!r} is not a time of day", text=text[:40]))
        hour = hour % 12 + (12 if parts["half"][0] in "Pp" else 0)
    try:
        at = time(hour, minute, second) if parts["hour"] else NOON
        return _bounded(datetime.combine(datetime(int(parts["year"]), month, day), at), text, parts["offset"])
    except ValueError:
        raise BadInput(_("{text!r} is no date or time that exists", text=text[:40])) from None


def _by_pattern(text: str, pattern: str) -> datetime:
    try:
        moment = datetime.strptime(text, pattern)  # noqa: DTZ007 - local, unless the pattern has an offset
    except (ValueError, re.error):
        raise BadInput(
            _("{text!r} is not a date of the form {pattern}", text=text[:40], pattern=pattern[:40])
        ) from None
    has_time = any(part in pattern for part in ("%H", "%I", "%X", "%c", "%T"))
    return _bounded(moment if has_time else moment.replace(hour=NOON.hour), text, None)


def _bounded(moment: datetime, text: str, offset: str | None) -> datetime:
    if not limits.FIRST_YEAR <= moment.year <= limits.LAST_YEAR:
        raise BadInput(
            _(
                "{text!r} is outside {first} to {last}",
                text=text[:40],
                first=limits.FIRST_YEAR,
                last=limits.LAST_YEAR,
            )
        )
    return moment.replace(tzinfo=_zone(offset)) if offset else moment


def _zone(offset: str) -> timezone:
    if offset[0] not in "+-":
        return UTC
    distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(-distance if offset[0] == "-" else distance)


def at_time(day: datetime, text: str) -> datetime:
    """The day at the time that another column gives."""
    if not text:
        return day
    try:
        return _read(f"{day:%Y-%m-%d} {text}", "year")
    except BadInput:
        raise BadInput(_("{text!r} is not a time of day", text=text[:40]), _("write it as 09:00")) from None
