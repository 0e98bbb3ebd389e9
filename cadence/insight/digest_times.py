"""When a digest is due, and when it has to wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from cadence.insight.capacity import diary
from cadence.model.calendar import Calendar
from cadence.model.digest import Digest
from cadence.model.team import Member
from cadence.model.times import DAY, WEEK, WEEKDAYS, to_instant, to_local, zone_of

LOOK_BACK = 2 * WEEK
"""What did not go out for so long is not due any more: after a long absence the next one tells everything."""


class Due(NamedTuple):
    """A digest that is due: `period` names it, the day or the first day of the week that it is for; `at` is
    when it was due first."""

    period: date
    at: datetime


def last_due(calendar: Calendar, member: Member, now: datetime) -> Due | None:
    """The newest digest of a member whose time has come, sent or not; None: there was none since they chose.

    One a day is due on each of their working days. One a week is due on its weekday, or where they do not
    work then, on the next day on which they do.
    """
    digest, zone = member.digest, zone_of(member.zone or calendar.team.zone)
    if digest.every == "off" or digest.since is None:
        return None
    today = to_local(now, zone).date()
    for back in range(LOOK_BACK // DAY):
        day = today - back * DAY
        period = _period(calendar, member, day)
        at = to_instant(datetime.combine(day, digest.at), zone)
        if period is not None and digest.since <= at <= now:
            return Due(period, at)
    return None


def next_due(calendar: Calendar, member: Member, now: datetime) -> datetime | None:
    """When a member's next digest is due; None: none in the next weeks."""
    digest, zone = member.digest, zone_of(member.zone or calendar.team.zone)
    if digest.every == "off":
        return None
    today = to_local(now, zone).date()
    for ahead in range(2 * LOOK_BACK // DAY):
        day = today + ahead * DAY
        at = to_instant(datetime.combine(day, digest.at), zone)
        if at > now and _period(calendar, member, day) is not None:
            return at
    return None


def has_to_wait(calendar: Calendar, member: Member, now: datetime) -> bool:
    """Whether nothing may be sent to a member now: in their quiet hours, and on days on which they do not
    work."""
    local = to_local(now, zone_of(member.zone or calendar.team.zone))
    return member.digest.quiet.holds(local.time()) or not _works(calendar, member, local.date())


def reach(digest: Digest) -> timedelta:
    """How far ahead a digest looks: to the day after tomorrow, or over the week until the next one."""
    return 2 * DAY if digest.every == "daily" else WEEK


def _period(calendar: Calendar, member: Member, day: date) -> date | None:
    """The period whose digest is due on a day; None: none is."""
    if not _works(calendar, member, day):
        return None
    if member.digest.every == "daily":
        return day
    begun = day - (day.weekday() - WEEKDAYS.index(member.digest.weekday)) % 7 * DAY
    days_before = (begun + n * DAY for n in range((day - begun).days))
    return None if any(_works(calendar, member, other) for other in days_before) else begun


def _works(calendar: Calendar, member: Member, day: date) -> bool:
    """Whether a day is one of their working days. Whoever has no hours at all is told on every day that is no
    holiday or absence."""
    hours = member.hours or calendar.team.hours
    never_works = not any(hours.minutes_on(day + n * DAY) for n in range(7))
    known = diary(calendar, member.id)
    return not known.is_blocked(day) if never_works else known.working(day) > 0
