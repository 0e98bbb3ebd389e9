"""`cadence load`: who has how much to do, by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import click

from cadence.cli.arguments import weeks_ahead
from cadence.cli.base import command
from cadence.cli.forms import Form
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, percent
from cadence.insight.capacity import Load, loads
from cadence.insight.free import busy_doubts, free_text, free_time
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.times import week_start


@command()
@click.option("--from", "start", metavar="DATE", help="From the week of this day (default: this week).")
@click.option("--to", "end", metavar="DATE", help="Up to the day before this one (default: 5 weeks).")
def load(session: Session, start: str | None, end: str | None) -> None:
    """Show the load of every member: minutes of assigned tasks, and their share of the capacity."""
    calendar = session.calendar
    first, last = session.period(start, end, weeks_ahead(session, 4))
    found = loads(
        calendar, weeks_between(session, first.astimezone(session.zone()).date(), last_day(session, last))
    )
    if session.json:
        say_json({"weeks": [week_form(calendar, week, members) for week, members in found]})
        return
    over = mark("warning", ascii_only=session.ascii_only)
    cells = {(one.member, week): _cell(one, over) for week, members in found for one in members}
    weeks = [week for week, _members in found]
    names = {id: calendar.members[id].name for id, _week in cells}
    headers = [day_words(week, session.today) for week in weeks]
    table(
        (_("member"), *headers),
        ((name, *(cells.get((id, week), "-") for week in weeks)) for id, name in sorted(names.items())),
        right=headers,
        none=_("Nobody is in the team yet: `cadence member add NAME`."),
    )
    _say_little_time(session, found)
    say_doubts(session, names, weeks[-1] + timedelta(days=6))


def weeks_between(session: Session, first: date, last: date) -> list[date]:
    """The first days of the weeks that hold a day from `first` to `last`."""
    start = week_start(first, session.week_begins)
    return [start + timedelta(weeks=n) for n in range((last - start).days // 7 + 1)]


def last_day(session: Session, end: datetime) -> date:
    """The last day with a moment before `end`."""
    return (end.astimezone(session.zone()) - timedelta(microseconds=1)).date()


def week_form(calendar: Calendar, week: date, members: list[Load]) -> Form:
    """The fixed JSON form of a week's load."""
    return {"week": week.isoformat(), "members": [load_form(calendar, one) for one in members]}


def load_form(calendar: Calendar, one: Load) -> Form:
    who = calendar.members[one.member]
    time = free_time(calendar, one.member, one.week, one.week + timedelta(days=6))
    return {
        "member": who.name,
        "minutes": one.minutes,
        "capacity": one.capacity,
        "share": one.share,
        "allowance": who.allowance,
        "working": time.working,
        "busy": time.busy,
        "away": time.away,
        "holiday": time.holiday,
        "free": time.free,
    }


def say_doubts(session: Session, members: Iterable[int], last: date) -> None:
    """Whose busy time may be wrong up to a day, and why."""
    sign = mark("warning", ascii_only=session.ascii_only)
    for member in members:
        for doubt in busy_doubts(session.calendar, member, last, session.now):
            say(f"{sign} {doubt}")


def _say_little_time(session: Session, found: Sequence[tuple[date, list[Load]]]) -> None:
    """Where working hours, the day job, absences and holidays leave less than the allowance."""
    for week, members in found:
        for one in members:
            who = session.calendar.members[one.member]
            if one.capacity < who.allowance:
                time = free_time(session.calendar, one.member, week, week + timedelta(days=6))
                say(
                    _(
                        "{who}, week of {day}: free {time}",
                        who=who.name, day=day_words(week, session.today), time=free_text(time),
                    )
                )  # fmt: skip


def _cell(one: Load, over: str) -> str:
    too_much = one.minutes > one.capacity
    share = percent(one.share) if one.share is not None or not one.minutes else _("no time")
    work = _("{minutes}/{capacity} min {share}", minutes=one.minutes, capacity=one.capacity, share=share)
    return f"{work}{f' {over}' if too_much else '  '}"
