"""What is said about the week under the cursor of the load map. Pure: lines of pieces with tones.

Marco Villa · week 48 · 23 – 29 November 2026
Load     ━━━━━━━━━━━━━━━━━━━━━━━━  104 %   94 of 90 min ▲ 4′ over
Time     1 h 30 a week is the allowance · free 36 h of 40 h · busy 4 h
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from cadence.insight.capacity import Load, boost_minutes, diary
from cadence.insight.free import busy_doubts, free_text, free_time
from cadence.insight.warnings.finding import Warning
from cadence.insight.words import hours_text, minutes_text, share_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.times import DAY
from cadence.tui.loadview import TEAM, LoadView
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, ascii_text
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.widgets.load_line import HIGH_SHARE
from cadence.tui.words import say_dates, week_number

LABEL = 9
BAR = 24
MOST_NAMED = 3
MOST_WAYS = 3
MOST_DOUBTS = 2


class LoadWords:
    """Speaks of one snapshot in lines of a width. `warnings` are the figures' (None: still being counted)."""

    def __init__(
        self,
        view: LoadView,
        warnings: Sequence[Warning] | None,
        now: datetime,
        width: int,
        *,
        ascii_only: bool = False,
    ) -> None:
        self._view = view
        self._calendar: Calendar = view.calendar
        self._warnings = warnings
        self._now = now
        self._width = width
        self._ascii = ascii_only

    def of(self, row: int, week: date, most: int = 99) -> list[Line]:
        """At most so many lines: what would not fit whole is left out."""
        cell = self._view.cell(row, week)
        name = _("Team") if row == TEAM else self._calendar.members[row].name
        number, dates = week_number(week + 3 * DAY), say_dates(week, week + 6 * DAY)
        head = _("{name} · week {number} · {dates}", name=name, number=number, dates=dates)
        lines: list[Line] = [[(f" {head}", "head")]]
        if cell is None:
            return [*lines, self._said("", _("not here in this week"), "dim")[0]]
        lines.append(self._load(cell.load))
        for said in self._team(week) if row == TEAM else self._member(row, week, cell.load):
            if len(lines) + len(said) > most:
                break
            lines += said
        if self._ascii:
            return [[(ascii_text(text), tone) for text, tone in line] for line in lines]
        return lines

    def _load(self, load: Load) -> Line:
        full, rest = ("#", ".") if self._ascii else ("━", "─")
        cells = BAR if self._width >= 60 else BAR // 2
        share = load.share
        filled = min(cells, round((share or 0) * cells)) if share is not None else 0
        tone = "bad" if load.over else "warn" if (share or 0) > HIGH_SHARE else "good"
        words = _("{minutes} of {capacity} min", minutes=load.minutes, capacity=load.capacity)
        line: Line = [
            (f" {_('Load'):<{LABEL}}", "dim"),
            (full * filled, tone),
            (rest * (cells - filled), "dim"),
            (f"  {share_text(share)}", "bad" if load.over else "strong"),
            (f"   {words}", ""),
        ]
        if load.over:
            sign = mark("warning", ascii_only=self._ascii)
            line.append((f" {sign} {_('{minutes} over', minutes=minutes_text(load.over))}", "bad"))
        return line

    # A member

    def _member(self, member: int, week: date, load: Load) -> Iterator[list[Line]]:
        yield self._said(_("Time"), self._what_bounds(member, week))
        if away := self._away(member, week):
            yield self._said("", away)
        if boosts := boost_minutes(self._calendar).get((member, week), 0):
            yield self._said("", _("{minutes} of the load are boosts", minutes=minutes_text(boosts)))
        sign = mark("warning", ascii_only=self._ascii)
        for doubt in busy_doubts(self._calendar, member, week + 6 * DAY, self._now)[:MOST_DOUBTS]:
            yield self._said("", f"{sign} {doubt}", "warn")
        if load.over:
            yield from self._relief(member, week)

    def _what_bounds(self, member: int, week: date) -> str:
        """What makes the capacity what it is: the allowance, or the free time."""
        time = free_time(self._calendar, member, week, week + 6 * DAY)
        allowance = self._calendar.members[member].allowance
        given, free = hours_text(allowance), free_text(time)
        if time.free < allowance:
            return _("free {free}: less than the allowance of {allowance}", allowance=given, free=free)
        return _("{allowance} a week is the allowance · free {free}", allowance=given, free=free)

    def _away(self, member: int, week: date) -> str:
        """`away until Fri 27 Nov, on holiday on Tue 8 Dec (Immacolata)`."""
        known, hours = diary(self._calendar, member), self._calendar.members[member].hours
        days = [week + n * DAY for n in range(7)]
        worked = [day for day in days if (hours or self._calendar.team.hours).minutes_on(day)]
        return ", ".join(dict.fromkeys(why for day in worked if (why := known.why_blocked(day))))

    def _relief(self, member: int, week: date) -> Iterator[list[Line]]:
        """What the warning about it proposes: who could take what."""
        if self._warnings is None:
            yield self._said(_("Relief"), _("counting …"), "dim")
            return
        key = f"overload:{member}:{week}"
        ways = next((warning.ways_out for warning in self._warnings if warning.key == key), ())
        for number, way in enumerate(ways[:MOST_WAYS]):
            yield self._said("" if number else _("Relief"), way.text, "good")
        if not ways:
            yield self._said(_("Relief"), _("a says who could take it"), "dim")

    # The team

    def _team(self, week: date) -> Iterator[list[Line]]:
        loads = [cell.load for cell in self._view.staff(week)]
        over = sorted((one for one in loads if one.over), key=lambda one: -one.over)
        room = sorted((one for one in loads if one.minutes < one.capacity), key=_room, reverse=True)
        if over:
            said = [f"{self._name(one)} {share_text(one.share)}" for one in over]
            yield self._said(_("Too much"), _named(said), "bad")
        if room:
            said = [f"{self._name(one)} {minutes_text(_room(one))}" for one in room]
            yield self._said(_("Room"), _named(said))
        if (found := self._unsustainable()) is None:
            return
        yield self._said(_("Promise"), found.cause, "bad" if found.severity == "high" else "warn")
        for way in found.ways_out[:MOST_WAYS]:
            yield self._said("", f"→ {way.text}")
        yield self._said("", _("more: cadence capacity, cadence sustain"), "dim")

    def _unsustainable(self) -> Warning | None:
        return next((found for found in self._warnings or () if found.rule == "unsustainable"), None)

    def _name(self, load: Load) -> str:
        return short_names(self._calendar).get(load.member, "")

    def _said(self, label: str, text: str, tone: str = "") -> list[Line]:
        """A text over as many lines as it needs, all of them behind its label."""
        lines = wrapped(text, max(20, self._width - LABEL - 2), hyphens=True)
        blank = " " * (LABEL + 1)
        return [[(blank if n else f" {label:<{LABEL}}", "dim"), (line, tone)] for n, line in enumerate(lines)]


def unsustainable_words(warnings: Sequence[Warning], first_day_of: date | None) -> str:
    """`▲ more than we can do from w49`, for the end of the team's line; empty if the promise holds."""
    if first_day_of is None or not any(found.rule == "unsustainable" for found in warnings):
        return ""
    return _("unsustainable from w{number}", number=week_number(first_day_of + 3 * DAY))


def _room(load: Load) -> int:
    return load.capacity - load.minutes


def _named(said: Sequence[str]) -> str:
    more = len(said) - MOST_NAMED
    shown = ", ".join(said[:MOST_NAMED])
    return _("{some} and {number} more", some=shown, number=more) if more > 0 else shown
