"""Gaps as all-day events: the days on which a promise of regularity is not going to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cadence.model.calendar import Calendar
from cadence.model.team import zone_for
from cadence.model.times import to_local, zone_of

if TYPE_CHECKING:
    from cadence.insight.warnings import Warning

GAP_RULES = ("empty-slot", "silence")


@dataclass(frozen=True)
class Gap:
    """One gap on a local day. `key` names it for as long as it lasts, `since` is when it came to be (UTC)."""

    key: str
    day: date
    channel: str
    cause: str
    ways_out: tuple[str, ...]
    since: datetime


def gaps(calendar: Calendar, now: datetime) -> list[Gap]:
    """The gaps that nobody has acknowledged, in order of time."""
    # Here and not at the top: it loads all the rules, which a feed of posts does not need.
    from cadence.planner.explaining.advice import advised_warnings

    return gaps_in(calendar, advised_warnings(calendar, now))


def gaps_in(calendar: Calendar, warnings: Iterable[Warning]) -> list[Gap]:
    """The gaps among `warnings`; one that has no moment of its own is shown on the day it began."""
    return sorted(_gaps_in(calendar, warnings), key=lambda gap: (gap.day, gap.key))


def _gaps_in(calendar: Calendar, warnings: Iterable[Warning]) -> Iterator[Gap]:
    for warning in warnings:
        if warning.rule not in GAP_RULES or warning.state != "open":
            continue
        channel = calendar.channels.get(warning.channel or 0)
        zone = zone_for(channel, calendar.team) if channel else zone_of(calendar.team.zone)
        yield Gap(
            key=warning.key,
            day=to_local(warning.at or warning.since, zone).date(),
            channel=channel.name if channel else calendar.team.name,
            cause=warning.cause,
            ways_out=tuple(way.text for way in warning.ways_out),
            since=warning.since,
        )
