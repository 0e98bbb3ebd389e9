"""How the Plan screen reads: its figures, and a change or a gap as a row. Pure: pieces of text with tones.

✓ Thu 26     Storia Bianchi     review   nobody → Giulia        31 → 36 %   Giulia rather than Anna: …
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cadence.insight.words import money_text
from cadence.language import _, decimal, later, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.planner.bridge.places import SlotTask
from cadence.planner.bridge.proposal import WITHOUT_CAPACITY, Gap, Proposal, Row, ShareChange, What
from cadence.planner.plan import Plan
from cadence.planner.problem import LevelName
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, Piece, fit, width_of
from cadence.tui.widgets.fitting import Fitting
from cadence.tui.widgets.plan_rows import PlanRow, Title
from cadence.tui.words import kind_text, kind_width, short_day

ARROW = "→"
LEVEL_WORDS: Mapping[LevelName, str] = {
    "uncovered": later("coverage"),
    "cost": later("cost"),
    "highest-share": later("highest share"),
    "unfairness": later("fairness"),
    "changes": later("few changes"),
    "preferences": later("preferences"),
}
FULL = 100
"""Percent: who has more is over their time."""


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included; 0 leaves a column out."""

    day: int
    title: int
    kind: int
    who: int
    share: int
    why: int

    @staticmethod
    def of(width: int) -> Columns:
        if width < 90:
            day, kind, who, share = 11, kind_width(8), 19, 13
            return Columns(day, width - 2 - day - kind - who - share, kind, who, share, 0)
        day, title, who = (11, 25, 22) if width < 130 else (11, 32, 26)
        kind, share = max(9, kind_width()), 14
        return Columns(day, title, kind, who, share, width - 2 - day - title - kind - who - share)


class PlanLine(Fitting):
    """Reads rows of a proposal for one calendar, day and width."""

    def __init__(self, calendar: Calendar, today: date, width: int, *, ascii_only: bool = False) -> None:
        self._names = names_in(calendar)
        self._today = today
        self._columns = Columns.of(width)
        self._width = width
        self._ascii = ascii_only

    def of(self, row: PlanRow, *, chosen: bool, follows: bool) -> Line:
        """`follows`: the row above is about the same post, and has said which."""
        if isinstance(row, Title):
            return [
                (self._text(row.text), row.tone),
                (self._text(f"   {row.words}" * bool(row.words)), "dim"),
            ]
        quiet = "" if chosen or isinstance(row, Gap) else "dim"
        sign = mark("warning" if isinstance(row, Gap) else "done", ascii_only=self._ascii)
        is_on = chosen or isinstance(row, Gap)
        return [
            (f"{sign if is_on else ' '} ", "warn" if isinstance(row, Gap) else "good"),
            *self._subject(row.what, quiet, follows=follows),
            (self._cell(kind_text(row.what.kind, self._columns.kind), self._columns.kind), quiet),
            *(self._gap(row) if isinstance(row, Gap) else self._change(row, quiet)),
        ]

    def _subject(self, what: What, quiet: str, *, follows: bool) -> Line:
        if follows:
            return [(" " * (self._columns.day + self._columns.title), "")]
        return [
            (self._cell(short_day(what.day, self._today), self._columns.day), quiet),
            (self._cell(title_of(what), self._columns.title), quiet or "strong"),
        ]

    def _gap(self, gap: Gap) -> Line:
        if not self._columns.why:
            rest = self._columns.who + self._columns.share
            return [(self._cell(gap.why.partition(": ")[2] or gap.why, rest), "dim")]
        rest = self._columns.share + self._columns.why
        return [(fit(nobody(), self._columns.who), "warn"), (self._cell(gap.why, rest), "dim")]

    def _change(self, row: Row, quiet: str) -> Line:
        giver, taker = (self._names.get(name or "", nobody()) for name in (row.giver, row.taker))
        arrow = ">" if self._ascii else ARROW
        start: Piece = (f"{giver} {arrow} ", quiet or ("warn" if row.giver else "dim"))
        room = self._columns.who - width_of([start]) - 1
        return [
            start,
            (fit(taker, max(3, room), ascii_only=self._ascii) + " ", quiet or "strong"),
            (self._cell(share_text(row.gains or row.loses), self._columns.share), quiet or self._tone(row)),
            (self._cell(row.reason, self._columns.why), "dim"),
        ]

    def _tone(self, row: Row) -> str:
        return "bad" if row.gains and row.gains.after > FULL else ""


def nobody() -> str:
    return _("nobody")


def names_in(calendar: Calendar) -> Mapping[str, str]:
    """What people are called where room is scarce, by their whole names."""
    return {calendar.members[id].name: short for id, short in short_names(calendar).items()}


def title_of(what: What) -> str:
    """The post's title; of a slot the channel and the hour."""
    if isinstance(what.place, SlotTask):
        return f"{what.channel} · {_('slot {time}', time=f'{what.place.slot.local:%H:%M}')}"
    return what.title


def share_text(share: ShareChange | None) -> str:
    """`31 → 36 %`."""
    if share is None:
        return ""
    before = "" if share.before == WITHOUT_CAPACITY else f"{share.before} "
    return f"{before}{ARROW} {percent_text(share.after)}"


def percent_text(share: int) -> str:
    return _("no time") if share == WITHOUT_CAPACITY else f"{share} %"


# The figures above the rows


def known_text(plan: Plan) -> str:
    """How far the plan is known to be from the best, on the first level on which it may not be:
    `proven best`, `coverage within 3 %`, `best but for fairness, within 3 %`."""
    left = next((level for level in plan.levels if not level.proven), None)
    if left is None:
        return _("proven best")
    aim, is_first = _(LEVEL_WORDS[left.name]), left is plan.levels[0]
    gap = -(-100 * (left.value - left.bound) // max(1, left.value))
    if gap >= FULL:
        return _("not proven yet") if is_first else _("best but for {aim}", aim=aim)
    if is_first:
        return _("{aim} within {gap} %", aim=aim, gap=gap)
    return _("best but for {aim}, within {gap} %", aim=aim, gap=gap)


def figures_line(proposal: Proposal, width: int) -> Line:
    """`uncovered 0 (was 7)   partner 2.5 h, 90 € (was 0)   highest share 81 % (was 104 %)`."""
    before, after = proposal.before, proposal.after
    wide = width >= 90
    hours = f"{_hours(after.partner_minutes)} h, " if wide and after.cost else ""
    parts: list[tuple[str, str, str, str]] = [
        (_("uncovered"), str(after.uncovered), str(before.uncovered), "bad" if after.uncovered else "good"),
        (_("partner"), f"{hours}{money_text(after.cost)}", money_text(before.cost), ""),
        (
            _("highest share") if wide else _("share"),
            percent_text(after.highest_share),
            percent_text(before.highest_share),
            "bad" if after.highest_share > FULL else "",
        ),
    ]
    line: Line = [("   ", "")]
    for name, now, was, tone in parts:
        before_it = f" ({_('was {figure}', figure=was)})" if now != was else ""
        line += [(f"{name} ", "dim"), (now, tone or "strong"), (before_it, "dim")]
        line.append(("   " if wide else "  ", ""))
    return line


def _hours(minutes: int) -> str:
    """`2.5`, `3`."""
    hours = minutes / 60
    return decimal(hours, 0 if f"{hours:.1f}".endswith(".0") else 1)


def change_text(rows: Iterable[Row]) -> str:
    """What accepting rows does: `12 changes: 9 new, 3 handed over · 4 new posts`."""
    rows = list(rows)
    new = sum(row.giver is None for row in rows)
    lost = sum(row.taker is None for row in rows)
    handed = len(rows) - new - lost
    is_one = len(rows) == 1
    if new == len(rows):
        kinds = p_("change", "new") if is_one else _("all new")
    elif handed == len(rows):
        kinds = _("handed over") if is_one else _("all handed over")
    elif lost == len(rows):
        kinds = _("given to nobody") if is_one else _("all given to nobody")
    else:
        kinds = _kinds_text(new, handed, lost)
    text = n_("{number} change: {kinds}", "{number} changes: {kinds}", len(rows), kinds=kinds)
    if posts := len({row.move.place.slot for row in rows if isinstance(row.move.place, SlotTask)}):
        text += " · " + n_("{number} new post", "{number} new posts", posts)
    return text


def _kinds_text(new: int, handed: int, lost: int) -> str:
    said = {
        n_("{number} new", "{number} new", new): new,
        n_("{number} handed over", "{number} handed over", handed): handed,
        n_("{number} given to nobody", "{number} given to nobody", lost): lost,
    }
    return ", ".join(words for words, count in said.items() if count)
