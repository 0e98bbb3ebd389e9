"""How a warning reads, as a row and in full with its ways out. Pure: pieces of text with tones.

▲ empty-slot     Blog               no post for Thu 26 Nov 10:00                       3 d
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from cadence.insight.warnings import Warning, WayOut
from cadence.insight.words import sentence
from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.times import to_local, zone_of
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.fitting import Fitting
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.words import say_day, say_span, short_day

WAYS_SHOWN = 9
"""As many as there are digits to choose one with."""
TONES = {"high": "bad", "medium": "warn", "low": ""}
TITLES = {"high": later("Act now"), "medium": later("Soon"), "low": later("Good to know")}


GAPS = {"post": "“[^”]*”", "time": "[^;,]*", "day": r"\w+ \d+ \w+"}
SAID_ELSEWHERE = (
    later(" of {post}"),
    later(" for the slot of {time}"),
    later(", due by {time}"),
    later(" in the week of {day}"),
)
"""Parts of causes, as they stand in the sentences of `insight.warnings`, that a row says in other columns."""


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included; 0 leaves a column out."""

    rule: int
    when: int
    subject: int
    cause: int
    age: int

    @staticmethod
    def of(width: int) -> Columns:
        rule, when, subject, age = (
            (16, 11, 18, 0) if width < 100 else (17, 17, 22, 16) if width < 150 else (18, 17, 36, 16)
        )
        return Columns(rule, when, subject, width - 2 - rule - when - subject - age, age)


class WarningLine(Fitting):
    """Reads warnings for one snapshot, moment and width."""

    def __init__(self, calendar: Calendar, now: datetime, width: int, *, ascii_only: bool = False) -> None:
        self._calendar = calendar
        self._now = now
        self._zone = zone_of(calendar.team.zone)
        self._columns = Columns.of(width)
        self._ascii = ascii_only

    def of(self, warning: Warning) -> Line:
        columns, quiet = self._columns, "dim" if warning.state == "acknowledged" else ""
        sign = mark("done" if quiet else "warning", ascii_only=self._ascii)
        return [
            (sign + " ", quiet or TONES[warning.severity]),
            (self._cell(warning.rule, columns.rule), quiet or TONES[warning.severity]),
            (self._cell(self._when(warning), columns.when), quiet),
            (self._cell(subject_of(self._calendar, warning), columns.subject), quiet or "strong"),
            (self._cell(gist(self._calendar, warning), columns.cause), quiet),
            (fit(self._age(warning), columns.age - 1, right=True), "dim"),
        ]

    def _when(self, warning: Warning) -> str:
        """When it bites, or bit; with the hour where there is room for it."""
        today = to_local(self._now, self._zone).date()
        return bite_text(warning, self._zone, today, with_hour=self._columns.when > 12)

    def _age(self, warning: Warning) -> str:
        return _("since {span}", span=say_span(self._now - warning.since)) if self._columns.age else ""


def subject_of(calendar: Calendar, warning: Warning) -> str:
    """What a warning is about: the post's title, the member's or the channel's name, or the team."""
    if warning.post is not None and warning.post in calendar.posts:
        return calendar.posts[warning.post].title
    if warning.member is not None and warning.member in calendar.members:
        return calendar.members[warning.member].name
    if warning.channel is not None and warning.channel in calendar.channels:
        return calendar.channels[warning.channel].name
    return calendar.team.name


def gist(calendar: Calendar, warning: Warning) -> str:
    """The cause without what its row says in other columns: `Nobody has the review (15′)`."""
    channel = calendar.channels.get(warning.channel or 0)
    known = [_pattern(_(part)) for part in SAID_ELSEWHERE]
    known += [re.escape(_(" on {channel}", channel=channel.name))] if channel else []
    text = re.sub("|".join(known), "", warning.cause)
    return sentence(text.removeprefix(f"{subject_of(calendar, warning)} "))


def _pattern(part: str) -> str:
    """Fits a part of a sentence, whatever fills its gap."""
    before, gap, after = re.split(r"\{(\w+)\}", part)
    return f"{re.escape(before)}{GAPS[gap]}{re.escape(after)}"


def bite_text(warning: Warning, zone: ZoneInfo, today: date, *, with_hour: bool = True) -> str:
    """The day on which a warning bites, with the hour if it has one; of a task the last day for it."""
    if warning.at is None:
        return ""
    local = to_local(warning.at, zone)
    if warning.task is not None:
        return short_day((local - timedelta(minutes=1)).date(), today)
    has_hour = with_hour and local.time() != time.min
    return short_day(local.date(), today) + (f" {local:%H:%M}" if has_hour else "")


def detail_lines(calendar: Calendar, warning: Warning, now: datetime, width: int, rows: int) -> list[Line]:
    """A warning in full: what, why, since when, and its numbered ways out, in at most `rows` lines."""
    zone = zone_of(calendar.team.zone)
    today = to_local(now, zone).date()
    since = to_local(warning.since, zone).date()
    facts = [_("since {day}", day=say_day(since, today))]
    if warning.at is not None and warning.at > now:
        when = bite_text(warning, zone, today)
        facts.append(_("due {time}", time=when) if warning.task else _("bites {time}", time=when))
    if warning.state == "acknowledged":
        by = calendar.members.get(warning.acknowledged_by or 0)
        who = by.name if by else _("somebody")
        fact = _("acknowledged by {who}", who=who)
        if warning.acknowledged_until:
            until = say_day(warning.acknowledged_until, today)
            fact = _("acknowledged by {who} until {day}", who=who, day=until)
        facts.append(fact)
    subject, about = subject_of(calendar, warning), f"{warning.rule} · {' · '.join(facts)}"
    lines: list[Line] = [[(f" {subject}", "head"), (f" · {about}", "dim")]]
    if cell_len(subject) + cell_len(about) + 4 > width:
        below = wrapped(about, width - 2, hyphens=True)
        lines = [[(f" {subject}", "head")], *([(f" {text}", "dim")] for text in below)]
    lines += [[(" " + text, "")] for text in wrapped(warning.cause, width - 2, hyphens=True)]
    lines.append([])
    ways = warning.ways_out[:WAYS_SHOWN]
    numbered = list(enumerate(ways, 1))
    full = [line for number, way in numbered for line in _way_lines(number, way, width, teach=True)]
    short = [line for number, way in numbered for line in _way_lines(number, way, width, teach=False)]
    lines += full if len(lines) + len(full) <= rows else short
    if not ways:
        none = _("There is no way out that could be applied from here.")
        lines.append([(f"  {none}", "dim")])
    return lines[:rows]


def _way_lines(number: int, way: WayOut, width: int, *, teach: bool) -> list[Line]:
    """What the way out does, and the command that does the same: beside it, or below if `teach`."""
    room = width - 6
    first, *more = wrapped(way.text, room, hyphens=True)
    line: Line = [(f"  {number}  ", "accent"), (first, "")]
    rest: list[Line] = [[("     " + text, "")] for text in more]
    left = room - cell_len(first)
    if not more and left > cell_len(way.command) + 3:
        line += [(" " * (left - cell_len(way.command)), ""), (way.command, "dim")]
    elif teach:
        rest += [[("     " + text, "dim")] for text in wrapped(way.command, room, hyphens=True)]
    return [line, *rest]
