"""Gaps and other warnings as all-day events: the days on which something will bite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cadence.ical.feeds.selection import Selection
from cadence.model.calendar import Calendar
from cadence.model.team import zone_for
from cadence.model.times import to_local, zone_of

if TYPE_CHECKING:
    from cadence.insight.warnings import Severity, Warning

GAP_RULES = ("empty-slot", "silence")


@dataclass(frozen=True)
class Finding:
    """One open warning on a local day. `key` names it for as long as it lasts, `since` is when it came to be
    (UTC), `about` is its channel, or the team. `rule` and `severity` are empty in a feed of gaps, which holds
    nothing else."""

    key: str
    day: date
    about: str
    cause: str
    ways_out: tuple[str, ...]
    since: datetime
    rule: str = ""
    severity: Severity | None = None


def findings(calendar: Calendar, selection: Selection, now: datetime) -> list[Finding]:
    """The gaps, or all warnings, that nobody has acknowledged, in order of time. What is open is shown
    however old it is: of the selection's days only those ahead count."""
    # Here and not at the top: it loads all the rules, which a feed of posts does not need.
    from cadence.planner.explaining.advice import advised_warnings

    last = now.date() + timedelta(days=selection.days_ahead)
    found = findings_in(calendar, advised_warnings(calendar, now), gaps_only=selection.kind == "gaps")
    return [finding for finding in found if finding.day < last]


def findings_in(calendar: Calendar, warnings: Iterable[Warning], *, gaps_only: bool) -> list[Finding]:
    """The open ones of `warnings`; one that has no moment of its own is shown on the day it began."""
    found = [
        _finding(calendar, warning, gaps_only=gaps_only)
        for warning in warnings
        if warning.state == "open" and (warning.rule in GAP_RULES or not gaps_only)
    ]
    return sorted(found, key=lambda finding: (finding.day, finding.key))


def _finding(calendar: Calendar, warning: Warning, *, gaps_only: bool) -> Finding:
    channel = calendar.channels.get(warning.channel or 0)
    zone = zone_for(channel, calendar.team) if channel else zone_of(calendar.team.zone)
    return Finding(
        key=warning.key,
        day=to_local(warning.at or warning.since, zone).date(),
        about=channel.name if channel else calendar.team.name,
        cause=warning.cause,
        ways_out=tuple(way.text for way in warning.ways_out),
        since=warning.since,
        rule="" if gaps_only else warning.rule,
        severity=None if gaps_only else warning.severity,
    )
