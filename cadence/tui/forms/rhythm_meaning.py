"""What a rhythm means: its next dates, what is left out, and what it takes the team. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from cadence.language import _, month, weekday
from cadence.model.calendar import Calendar
from cadence.model.rhythm import Rhythm
from cadence.tui.forms import reading as read
from cadence.tui.recurrence import coming, often_of
from cadence.tui.widgets.cells import Line
from cadence.tui.words import at_time

DATES_SHOWN = 8
IN_A_LINE = 4
YEAR = timedelta(days=364)
COUNTED = 1000
"""So many times are looked at, at most."""


@dataclass(frozen=True)
class Counted:
    """The next times that a rhythm calls for, those that are left out (`why`), and its posts a week."""

    coming: Sequence[datetime]
    left_out: Sequence[tuple[datetime, str]]
    a_week: float

    @staticmethod
    def of(calendar: Calendar, rhythm: Rhythm, today: date) -> Counted:
        found, left_out = list[datetime](), list[tuple[datetime, str]]()
        for local in islice(coming(rhythm, today), COUNTED):
            holiday = calendar.team.holidays.get(local.date()) if rhythm.skip_holidays else None
            if rhythm.is_paused(local.date()):
                left_out.append((local, _("paused")))
            elif holiday is not None:
                left_out.append((local, holiday or _("holiday")))
            else:
                found.append(local)
            if len(found) == DATES_SHOWN:
                break
        return Counted(found, left_out, posts_a_week(rhythm, today))


def posts_a_week(rhythm: Rhythm, today: date) -> float:
    """On average; pauses and holidays count as any day."""
    often = often_of(rhythm.rrule)
    if often is None:  # what only a rule can say is counted, over a year
        first = max(today, rhythm.start)
        times = islice(coming(rhythm, first), COUNTED)
        return sum(1 for local in times if local.date() < first + YEAR) / 52
    months = 12 / 52 / often.every
    match often.kind:
        case "days":
            return 7 / often.every
        case "weeks":
            return len(often.weekdays) / often.every
        case "dates":
            return len(often.dates) * months
        case "nth":
            return len(often.nths) * len(often.weekdays) * months


def coming_lines(times: Sequence[datetime], today: date) -> list[Line]:
    """`Next  Tue 24 Nov, Thu 26 Nov … at 09:00`, four to a line."""
    if not times:
        return [[(_(" Next  nothing any more"), "warn")]]
    days = [day_words(local.date(), today) for local in times]
    first, rest, time = ", ".join(days[:IN_A_LINE]), ", ".join(days[IN_A_LINE:]), at_time(times[0])
    if not rest:
        return [[(_(" Next  {days} … at {time}", days=first, time=time), "")]]
    second = _("       {days} … at {time}", days=rest, time=time)
    return [[(_(" Next  {days},", days=first), "")], [(second, "")]]


def day_words(day: date, today: date) -> str:
    words = f"{weekday(day)} {day.day} {month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def meaning_line(
    calendar: Calendar, after: Sequence[Counted], before: Sequence[Counted], workflow: int | None
) -> Line:
    """What rhythms take the team: posts and hours a week, and what it has."""
    total = sum(one.a_week for one in after)
    work = read.minutes_a_post(calendar.workflows.get(workflow or 0))
    posts = read.say_posts(total)
    if not work:
        return [(_(" Means {posts}, without tasks", posts=posts), "dim")]
    more = round((total - sum(one.a_week for one in before)) * work) if before else 0
    return [
        (
            _(
                " Means {posts}, {hours} of work{more}; the team gives {given}",
                posts=posts,
                hours=read.say_hours(total * work),
                more=_more(more),
                given=read.say_hours(sum(member.allowance for member in calendar.members.values())),
            ),
            "dim",
        )
    ]


def _more(minutes: int) -> str:
    if not minutes:
        return ""
    hours = read.say_hours(abs(minutes))
    return _(" ({hours} more)", hours=hours) if minutes > 0 else _(" ({hours} less)", hours=hours)
