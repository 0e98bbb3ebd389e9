"""What was found, kind by kind: posts, ideas, people, channels, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cadence.insight.search import Found, Hit, Kind
from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.marks import mark
from cadence.model.times import to_local, zone_of
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import short_day

TITLES: Mapping[Kind, str] = {
    "post": later("Posts"),
    "idea": later("Ideas"),
    "member": later("People"),
    "channel": later("Channels"),
    "change": later("History"),
}
SIGN, DAY, NAME = 2, 17, 16


@dataclass(frozen=True)
class Heading:
    kind: Kind
    count: int
    shown: int


@dataclass(frozen=True)
class Words:
    """A line that says something and cannot be chosen."""

    text: str


Row = Heading | Hit | Words


def search_rows(found: Sequence[Found], nothing: str) -> list[Row]:
    rows: list[Row] = []
    for kind in found:
        rows += [Heading(kind.kind, kind.count, len(kind.hits)), *kind.hits]
    return rows or [Words(nothing)]


class SearchList(RowList[Row]):
    """Give it what was found with `show`; the cursor goes to the best hit."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[Row] = ()
        self._calendar = Calendar.empty()
        self._changes: Mapping[int, Change] = {}
        self._today = date.min

    def show(
        self, calendar: Calendar, changes: Mapping[int, Change], rows: Sequence[Row], today: date
    ) -> None:
        self._calendar, self._changes, self._today = calendar, changes, today
        self.rows = [row for row in rows if not isinstance(row, Hit) or self._is_there(row)]
        self.cursor = None
        self.rows_changed()
        self.move_home()

    @property
    def current(self) -> Hit | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, Hit) else None

    def _is_there(self, hit: Hit) -> bool:
        """What was indexed may be gone meanwhile."""
        calendar = self._calendar
        tables: Mapping[Kind, Mapping[int, object]] = {
            "post": calendar.posts,
            "idea": calendar.ideas,
            "member": calendar.members,
            "channel": calendar.channels,
            "change": self._changes,
        }
        return hit.id in tables[hit.kind]

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> Row:
        return self.rows[row]

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], Hit)

    def can_mark(self, row: int) -> bool:
        return False

    def row_line(self, row: int, width: int) -> Line:
        what = self.rows[row]
        if isinstance(what, Words):
            return [(self._text(what.text), "dim")]
        if isinstance(what, Heading):
            more = n_("{number} in all", "{number} in all", what.count) if what.count > what.shown else ""
            return [(_(TITLES[what.kind]), "head"), (f"   {more}", "dim")]
        lines = {"post": self._post, "idea": self._idea, "change": self._change}
        if what.kind in lines:
            return lines[what.kind](what.id, width)
        return self._member(what.id) if what.kind == "member" else self._channel(what.id)

    def _post(self, id: int, width: int) -> Line:
        post, calendar = self._calendar.posts[id], self._calendar
        day = calendar.local(post).date()
        name = calendar.channels[post.channel].name
        return [
            (mark(post.state, ascii_only=self.ascii_only) + " ", ""),
            (fit(post.title, width - SIGN - NAME - DAY, ascii_only=self.ascii_only), ""),
            (fit(f" {self._text(name)}", NAME, ascii_only=self.ascii_only), "dim"),
            (fit(f" {short_day(day, self._today)}", DAY), "dim"),
        ]

    def _idea(self, id: int, width: int) -> Line:
        idea = self._calendar.ideas[id]
        author = self._calendar.members.get(idea.author)
        name = author.name if author else ""
        text = fit(idea.text, width - SIGN - NAME, ascii_only=self.ascii_only)
        return [(" " * SIGN, ""), (text, ""), (fit(f" {name}", NAME, ascii_only=self.ascii_only), "dim")]

    def _change(self, seq: int, width: int) -> Line:
        change = self._changes[seq]
        at = to_local(change.at, zone_of(self._calendar.team.zone))
        when = f" {short_day(at.date(), self._today)}"
        text = fit(self._text(change.why), width - SIGN - NAME - DAY, ascii_only=self.ascii_only)
        by = fit(f" {change.by}", NAME, ascii_only=self.ascii_only)
        return [(" " * SIGN, ""), (text, ""), (by, "dim"), (fit(when, DAY), "dim")]

    def _member(self, id: int) -> Line:
        return [(" " * SIGN, ""), (self._calendar.members[id].name, "")]

    def _channel(self, id: int) -> Line:
        return [(" " * SIGN, ""), (self._calendar.channels[id].name, "")]
