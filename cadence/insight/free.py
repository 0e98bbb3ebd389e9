"""What somebody's working hours go to, before any task of Cadence: the figures behind every free minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from cadence.insight.capacity import diary
from cadence.insight.words import day_text, days_text, hours_text
from cadence.language import _
from cadence.model.busy import BusyCalendar
from cadence.model.calendar import Calendar
from cadence.model.team import days_between

OLD = timedelta(days=3)
"""A busy calendar is confirmed once a day; one that nobody has read for so long may be wrong."""


class FreeTime(Struct, frozen=True):
    """Minutes of one or more days: `working` hours on active days, and what is taken of them by `busy` time,
    by absences (`away`) and by holidays; a day that is both counts as a holiday."""

    working: int = 0
    busy: int = 0
    away: int = 0
    holiday: int = 0

    @property
    def free(self) -> int:
        return self.working - self.busy - self.away - self.holiday

    def plus(self, other: FreeTime) -> FreeTime:
        return FreeTime(
            self.working + other.working,
            self.busy + other.busy,
            self.away + other.away,
            self.holiday + other.holiday,
        )


def free_time(calendar: Calendar, member: int, first: date, last: date) -> FreeTime:
    """The time of a member from `first` to `last`, local days, both included; one day: `first` twice.
    `diary(calendar, member).why_blocked(day)` says why a day is none."""
    total = FreeTime()
    for day in days_between(first, last):
        total = total.plus(_day(calendar, member, day))
    return total


def free_text(time: FreeTime) -> str:
    """`21 h 30 of 40 h · busy 10 h 30 · holiday 8 h`; `40 h` where nothing takes any of it."""
    if time.free == time.working:
        return hours_text(time.free)
    parts = [_("{free} of {working}", free=hours_text(time.free), working=hours_text(time.working))]
    if time.busy:
        parts.append(_("busy {time}", time=hours_text(time.busy)))
    if time.away:
        parts.append(_("away {time}", time=hours_text(time.away)))
    if time.holiday:
        parts.append(_("holiday {time}", time=hours_text(time.holiday)))
    return " · ".join(parts)


def busy_doubts(calendar: Calendar, member: int, last: date, now: datetime) -> list[str]:
    """Why a member's busy time may not be right up to the day `last`: a sentence for each of their calendars
    that cannot be read, was not read for long, or is not known so far ahead."""
    name = calendar.members[member].name
    return [doubt for busy in calendar.busy_of(member) for doubt in _doubts(busy, name, last, now)]


def _doubts(busy: BusyCalendar, name: str, last: date, now: datetime) -> Iterator[str]:
    age = now - busy.read_at
    who = f"{name} ({busy.label})" if busy.label and busy.label not in busy.trouble else name
    if busy.failed_at is not None:
        trouble = busy.trouble
        yield _("busy time of {who} is {age} old: {trouble}", who=who, age=_age_text(age), trouble=trouble)
    elif age > OLD:
        yield _("busy time of {who} is {age} old: nothing has read it since", who=who, age=_age_text(age))
    if busy.last is not None and busy.last < last:
        yield _("busy time of {who} is known until {day}", who=who, day=day_text(busy.last))


def _age_text(age: timedelta) -> str:
    return hours_text(max(1, age // timedelta(hours=1)) * 60) if age < timedelta(days=1) else days_text(age)


def _day(calendar: Calendar, member: int, day: date) -> FreeTime:
    who, known = calendar.members[member], diary(calendar, member)
    minutes = (who.hours or calendar.team.hours).minutes_on(day)
    if not who.is_active(day):
        return FreeTime()
    if day in calendar.team.holidays:
        return FreeTime(working=minutes, holiday=minutes)
    if known.is_blocked(day):
        return FreeTime(working=minutes, away=minutes)
    # By way of `free`, which remembers: `busy` looks through the calendars each time.
    return FreeTime(working=minutes, busy=minutes - known.free(day))
