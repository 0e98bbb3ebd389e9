"""Working hours as people write them: `mon-fri 9:00-13:00,14:00-18:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cadence.language import _, later
from cadence.model.errors import BadInput
from cadence.model.team import Span, WorkingHours
from cadence.model.times import WEEKDAYS

_DAYS = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?$")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$", re.ASCII)
_REMEDY = later("write them as 'mon-fri 9:00-13:00,14:00-18:00'")


def read_hours(lines: Iterable[str]) -> WorkingHours:
    """The hours of a week from one line per group of days; a day that no line names is not worked."""
    week: dict[str, tuple[Span, ...]] = dict.fromkeys(WEEKDAYS, ())
    for line in lines:
        days, _gap, spans = line.strip().casefold().partition(" ")
        read = tuple(_span(span, line) for span in spans.replace(",", " ").split())
        for day in _days(days, line):
            week[day] = read
    try:
        return WorkingHours(**week)
    except ValueError as error:
        raise BadInput(str(error), _(_REMEDY)) from None


def say_hours(hours: WorkingHours) -> str:
    """The inverse of `read_hours`, lines joined by semicolons."""
    said: list[tuple[str, str, str]] = []
    for name in WEEKDAYS:
        spans = ",".join(str(span) for span in getattr(hours, name))
        if said and said[-1][2] == spans:
            said[-1] = (said[-1][0], name, spans)
        else:
            said.append((name, name, spans))
    return "; ".join(
        f"{first if first == last else f'{first}-{last}'} {spans}" for first, last, spans in said if spans
    )


def _days(text: str, line: str) -> tuple[str, ...]:
    found = _DAYS.match(text)
    if not found or found[1] not in WEEKDAYS or (found[2] or found[1]) not in WEEKDAYS:
        raise BadInput(_("{line!r} does not begin with days", line=line[:60]), _(_REMEDY))
    first, last = WEEKDAYS.index(found[1]), WEEKDAYS.index(found[2] or found[1])
    if last < first:
        raise BadInput(_("{line!r}: the days are out of order", line=line[:60]), _(_REMEDY))
    return WEEKDAYS[first : last + 1]


def _span(text: str, line: str) -> Span:
    found = _SPAN.match(text)
    if not found:
        raise BadInput(_("{line!r} has no hours such as 9:00-13:00", line=line[:60]), _(_REMEDY))
    start = int(found[1]) * 60 + int(found[2] or 0)
    end = int(found[3]) * 60 + int(found[4] or 0)
    if not 0 <= start < end <= 24 * 60 or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
        raise BadInput(_("{line!r}: {span} is no stretch of a day", line=line[:60], span=text), _(_REMEDY))
    return Span(start, end)
