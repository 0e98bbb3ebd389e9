"""`cadence free`: how much time the day job leaves a member."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import click

from cadence.cli.arguments import weeks_ahead
from cadence.cli.base import command
from cadence.cli.commands.load import last_day, weeks_between
from cadence.cli.forms import Form
from cadence.cli.names import MEMBER
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, moment_words, say_minutes
from cadence.insight.capacity import capacity, diary
from cadence.insight.free import FreeTime, free_time
from cadence.language import _, p_
from cadence.model.team import Member, days_between


@command()
@click.argument("member", type=MEMBER)
@click.option("--from", "start", metavar="DATE", help="From this day (default: this week).")
@click.option("--to", "end", metavar="DATE", help="Up to the day before this one (default: 2 weeks).")
def free(session: Session, member: str, start: str | None, end: str | None) -> None:
    """Show a member's free time by day, and what takes the rest of their working hours.

    Free are the working hours less busy time, absences and holidays. Capacity is the smaller of the allowance
    and the week's free time.
    """
    calendar = session.calendar
    who = calendar.member(member)
    from_, to = session.period(start, end, weeks_ahead(session, 1))
    first, last = from_.astimezone(session.zone()).date(), last_day(session, to)
    weeks = weeks_between(session, first, last)
    if session.json:
        days = [_day_form(session, who, day) for day in days_between(first, last)]
        say_json(
            {"member": who.name, "days": days, "weeks": [_week_form(session, who, week) for week in weeks]}
        )
        return
    say(_("{who}: {work} a week", who=who.name, work=say_minutes(who.allowance)))
    say()
    headers = (
        _("day"), p_("time", "working"), p_("time", "busy"), p_("time", "away"), p_("time", "free"), _("why"),
    )  # fmt: skip
    table(headers, _rows(session, who, weeks, first, last), right=headers[1:5])
    for line in _doubts(session, who, last):
        say(f"\n{line}")


def _rows(
    session: Session, who: Member, weeks: list[date], first: date, last: date
) -> Iterator[tuple[str, ...]]:
    """The days on which somebody works, week by week, each with its sum."""
    for week in weeks:
        for day in days_between(max(week, first), min(week + timedelta(days=6), last)):
            time = free_time(session.calendar, who.id, day, day)
            why = diary(session.calendar, who.id).why_blocked(day)
            if time.working or why:
                yield day_words(day, session.today), *_cells(time), why
        room = say_minutes(capacity(session.calendar, who.id, week))
        yield _("whole week"), *_cells(_week(session, who, week)), _("capacity {work}", work=room)


def _cells(time: FreeTime) -> tuple[str, ...]:
    taken = (time.busy, time.away + time.holiday)
    return (
        say_minutes(time.working),
        *(say_minutes(minutes) if minutes else "-" for minutes in taken),
        say_minutes(time.free),
    )


def _week(session: Session, who: Member, week: date) -> FreeTime:
    return free_time(session.calendar, who.id, week, week + timedelta(days=6))


def _doubts(session: Session, who: Member, last: date) -> Iterator[str]:
    """What the figures cannot know."""
    for busy in session.calendar.busy_of(who.id):
        if busy.failed_at is not None:
            read = moment_words(session.local(busy.read_at), session.today)
            yield _(
                "Busy time of {calendar} is as of {when}: {why}.",
                calendar=busy.label, when=read, why=busy.trouble,
            )  # fmt: skip
        if busy.last is not None and busy.last < last:
            known = day_words(busy.last, session.today)
            yield _("Busy time of {calendar} is known up to {day} only.", calendar=busy.label, day=known)


def _day_form(session: Session, who: Member, day: date) -> Form:
    why = diary(session.calendar, who.id).why_blocked(day)
    return {
        "day": day.isoformat(),
        **_time_form(free_time(session.calendar, who.id, day, day)),
        "why": why or None,
    }


def _week_form(session: Session, who: Member, week: date) -> Form:
    """All days of the week count, those outside the period too."""
    return {
        "week": week.isoformat(),
        **_time_form(_week(session, who, week)),
        "capacity": capacity(session.calendar, who.id, week),
    }


def _time_form(time: FreeTime) -> Form:
    return {
        "working": time.working,
        "busy": time.busy,
        "away": time.away,
        "holiday": time.holiday,
        "free": time.free,
    }
