"""Who leads which week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cadence.model.calendar import Calendar
from cadence.model.rota import Rota
from cadence.model.team import Member
from cadence.model.times import WEEK, week_start


def lead_of(calendar: Calendar, day: date) -> Member | None:
    """Who leads the week that holds `day`; None: nobody does."""
    week = week_start(day, calendar.team.week_begins)
    return calendar.members.get(turns(calendar.rota, [week])[week] or 0)


def leads(calendar: Calendar, member: Member, day: date) -> bool:
    """Whether a member leads on a day: always, or because it is their week."""
    return member.role == "lead" or lead_of(calendar, day) == member


def turns(rota: Rota, weeks: Iterable[date]) -> dict[date, int | None]:
    """Who leads each of the weeks, by their first days."""
    wanted = set(weeks)
    found: dict[date, int | None] = dict.fromkeys(wanted)
    week, turn = rota.start, 0
    while rota.order and week <= max(wanted, default=rota.start):
        if not rota.pauses_in(week):
            if week in wanted:
                found[week] = rota.order[turn % len(rota.order)]
            turn += 1
        week += WEEK
    return found | {week: rota.instead[week] for week in wanted if week in rota.instead}
