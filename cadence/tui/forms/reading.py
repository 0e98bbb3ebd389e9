"""What the fields of forms mean: days, durations, numbers, amounts. Each reader refuses with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from cadence.language import _, decimal
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.team import Workflow, WorkingHours, parse_time
from cadence.model.times import parse_minutes, say_minutes, zone_of
from cadence.tui.dates import read_day

V = TypeVar("V")


def day_reader(calendar: Calendar, now: datetime) -> Callable[[str], date]:
    return lambda text: read_day(text, calendar, now)


def or_none(read: Callable[[str], V]) -> Callable[[str], V | None]:
    """The same, and an empty answer means nothing."""
    return lambda text: read(text) if text else None


def needed(read: Callable[[str], V], what: str) -> Callable[[str], V]:
    """The same; an empty answer is told what is wanted."""

    def answer(text: str) -> V:
        if not text:
            raise BadInput(_("nothing is said here"), what)
        return read(text)

    return answer


def number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and lowest <= int(text[:9]) <= highest):
            raise BadInput(
                _("{text!r} is not a number that can be here", text=text[:40]),
                _("from {lowest} to {highest}", lowest=lowest, highest=highest),
            )
        return int(text)

    return read


def amount(text: str) -> int:
    """Cents, from `45` or `45.50`."""
    whole, _point, part = (text or "0").replace(",", ".").partition(".")
    digits = whole + part
    if not (whole and digits.isascii() and digits.isdecimal() and len(part) <= 2 and len(whole) <= 6):
        raise BadInput(_("{text!r} is not an amount", text=text[:40]), _("write it as 45 or 45.50"))
    return int(whole) * 100 + int(part.ljust(2, "0"))


def say_amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}" if cents % 100 else f"{cents // 100}"


def duration(text: str) -> int:
    return parse_minutes(text)


def say_duration(minutes: int | None) -> str:
    return "" if minutes is None else say_minutes(minutes)


def clock(text: str) -> time:
    return parse_time(text)


def zone(text: str) -> str:
    if text:
        zone_of(text)
    return text


def hours(text: str) -> WorkingHours | None:
    from cadence.model.hours import read_hours

    return read_hours(line for line in text.split(";") if line.strip()) if text else None


def say_day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def words(text: str) -> tuple[str, ...]:
    """Several things, separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def yes(text: str) -> bool:
    return text == "yes"


def minutes_a_post(workflow: Workflow | None) -> int:
    """What a post takes everybody together."""
    return sum(step.effort for step in workflow.steps.values()) if workflow else 0


def say_hours(minutes: float) -> str:
    """`45 min`, `2 h 30`, `7 h`."""
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return _("{number} min", number=rest)
    return f"{whole} h {rest:02}" if rest else f"{whole} h"


def say_a_week(posts: float) -> str:
    """`2 a week`, `2.5 a week`, `1 in 4 weeks`, `12 a year`."""
    if 0 < posts < 1:
        weeks = 1 / posts
        if abs(weeks - round(weeks)) < 0.05:
            return _("1 in {number} weeks", number=round(weeks))
        return _("{number} a year", number=round(posts * 52))
    return _("{number} a week", number=short_number(posts))


def say_posts(posts: float) -> str:
    """`2 posts a week`, `1 post in 4 weeks`, `12 posts a year`."""
    if 0 < posts < 1:
        weeks = 1 / posts
        if abs(weeks - round(weeks)) < 0.05:
            return _("1 post in {number} weeks", number=round(weeks))
        return _("{number} posts a year", number=round(posts * 52))
    return _("1 post a week") if posts == 1 else _("{number} posts a week", number=short_number(posts))


def short_number(number: float) -> str:
    """With one digit, where it is not whole."""
    return str(round(number)) if abs(number - round(number)) < 0.05 else decimal(number)
