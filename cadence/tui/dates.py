"""Dates as people type them into a prompt, by the team's clock."""

from __future__ import annotations

from datetime import date, datetime, time

from cadence.language import later
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.times import to_local, zone_of
from cadence.model.when import read_day as _read_day
from cadence.model.when import read_instant as _read_instant
from cadence.model.when import read_local as _read_local
from cadence.model.when import read_move as _read_move

DATES = later("fri, +2w, 1 dec")
"""How days may be typed, for hints."""
NINE = time(9)


def usual_hour(calendar: Calendar, channel: int) -> time:
    """When a channel's first rhythm posts, by its local time."""
    rhythms = calendar.rhythms_of(channel)
    return rhythms[0].at if rhythms else NINE


def read_day(text: str, calendar: Calendar, now: datetime) -> date:
    """The day that `text` means to the team; BadInput otherwise."""
    zone = zone_of(calendar.team.zone)
    return _read_day(text, to_local(now, zone), zone, calendar.team.week_begins)


def read_local(text: str, calendar: Calendar, channel: int, now: datetime, default: time = NINE) -> datetime:
    """The wall-clock time on a channel that `text` means; a day alone is at `default`."""
    zone = calendar.zone(channel)
    return _read_local(text, to_local(now, zone), zone, default, calendar.team.week_begins)


def read_instant(text: str, calendar: Calendar, channel: int, now: datetime, default: time) -> datetime:
    """The instant (UTC) that `text` means on a channel."""
    return _read_instant(text, now, calendar.zone(channel), default, calendar.team.week_begins)


def read_move(text: str, calendar: Calendar, post: Post, now: datetime) -> datetime:
    """Where a post goes: `+1d` counts from where it is, a day keeps its hour, an hour its day."""
    zone = calendar.zone(post.channel)
    return _read_move(text, post.at, to_local(now, zone), zone, calendar.team.week_begins)
