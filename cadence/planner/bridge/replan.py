"""Planning anew when something has happened: what people were told changes as little as possible."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.team import Absence, Member
from cadence.model.times import DAY
from cadence.planner.bridge.building import build
from cadence.planner.problem import LevelName, Problem

STEADY: tuple[LevelName, ...] = (
    "uncovered",
    "changes",
    "cost",
    "highest-share",
    "unfairness",
    "preferences",
)
"""The levels when plans were told already: only what must be covered counts more than keeping them."""


class Away(NamedTuple):
    """A member is not here from `first` to `last`, both included; `last` None: never again."""

    member: int
    first: date
    last: date | None
    reason: str = ""


def without(calendar: Calendar, away: Away) -> Calendar:
    """A trial snapshot in which somebody is away."""
    return calendar.put(absence_of(calendar, away))


def absence_of(calendar: Calendar, away: Away) -> Absence | Member:
    """What the calendar then holds: an absence, or a member who is active up to the day before."""
    if away.last is not None:
        id = calendar.next_id(Absence)
        return Absence(id=id, member=away.member, first=away.first, last=away.last, reason=away.reason)
    who, day_before = calendar.members[away.member], away.first - DAY
    begins = min(who.active_from, day_before) if who.active_from else None
    return replace(who, active_from=begins, active_to=day_before)


def rebuild(calendar: Calendar, first: date, last: date, now: datetime) -> Problem:
    """What is to be planned from `first` to `last` with all that people have on the table, except pins."""
    return build(calendar, first, last, now, reassign=True, slots=False, order=STEADY)
