"""The warnings by severity; acknowledged ones are folded at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cadence.insight.warnings import SEVERITIES, Warning
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.tui.filter import PostFilter
from cadence.tui.widgets.cells import Line, ascii_text
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.warning_line import TITLES, TONES, WarningLine, detail_lines, subject_of

FOLD = "fold"


@dataclass(frozen=True)
class Title:
    text: str
    words: str
    tone: str
    is_fold: bool = False


SPACE = Title("", "", "")


def warning_rows(warnings: Sequence[Warning], *, unfolded: bool) -> list[Title | Warning]:
    """Headings and warnings: the open ones by severity, then the acknowledged ones, hidden while folded."""
    rows: list[Title | Warning] = (
        [] if warnings else [Title("", _("Nothing to warn of: all is covered."), "")]
    )
    for severity in SEVERITIES:
        found = [w for w in warnings if w.severity == severity and w.state == "open"]
        if found:
            rows += [SPACE] if rows else []
            rows += [
                Title(_(TITLES[severity]), _count(len(found)), TONES[severity] or "head"),
                *found,
            ]
    known = [w for w in warnings if w.state == "acknowledged"]
    if known:
        rows += [SPACE] if rows else []
        words = _("enter hides them") if unfolded else _("enter shows them")
        rows.append(Title(_("Acknowledged"), f"{len(known)} · {words}", "dim", is_fold=True))
        rows += known if unfolded else ()
    return rows


def _count(warnings: int) -> str:
    return n_("{number} warning", "{number} warnings", warnings)


def kept_warnings(warnings: Sequence[Warning], calendar: Calendar, keep: PostFilter) -> list[Warning]:
    """The warnings about what a filter keeps."""
    return [warning for warning in warnings if not keep or _is_kept(warning, calendar, keep)]


def _is_kept(warning: Warning, calendar: Calendar, keep: PostFilter) -> bool:
    if warning.post is not None and warning.post in calendar.posts:
        return keep.keeps(calendar.posts[warning.post])
    if keep.states or (keep.channels and warning.channel not in keep.channels):
        return False
    if keep.members and warning.member not in keep.members:
        return False
    words = f"{subject_of(calendar, warning)} {warning.rule} {warning.cause}".casefold()
    return all(word in words for word in keep.text)


class WarningList(RowList[str]):
    """Give it the warnings with `show`; the cursor stays on its warning, or near where it was solved."""

    _gutter = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[Title | Warning] = ()
        self._warnings: Sequence[Warning] = ()
        self._calendar = Calendar.empty()
        self._now: datetime | None = None
        self._unfolded = False

    def show(self, calendar: Calendar, warnings: Sequence[Warning], now: datetime) -> None:
        self._calendar, self._warnings, self._now = calendar, warnings, now
        self._show_rows()

    def fold(self) -> None:
        """Show or hide the acknowledged ones; shown, they come into view."""
        self._unfolded = not self._unfolded
        self._show_rows()
        if self._unfolded and self.cursor is not None:
            self.place(self.cursor)

    @property
    def current(self) -> Warning | None:
        if self.cursor is None or self.cursor >= len(self.rows):
            return None
        row = self.rows[self.cursor]
        return row if isinstance(row, Warning) else None

    @property
    def is_on_fold(self) -> bool:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return isinstance(row, Title) and row.is_fold

    def marked_warnings(self) -> list[Warning]:
        return [row for row in self.rows if isinstance(row, Warning) and row.key in self.marked]

    def mark_all(self) -> None:
        self.mark(row.key for row in self.rows if isinstance(row, Warning) and row.state == "open")

    def go_to_post(self, post: int) -> bool:
        """To the first warning about a post; False if there is none."""
        for place, row in enumerate(self.rows):
            if isinstance(row, Warning) and row.post == post:
                self.move_to(place)
                return True
        return False

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> str:
        what = self.rows[row]
        return what.key if isinstance(what, Warning) else FOLD if what.is_fold else what.text

    def can_choose(self, row: int) -> bool:
        what = self.rows[row]
        return isinstance(what, Warning) or what.is_fold

    def can_mark(self, row: int) -> bool:
        return isinstance(self.rows[row], Warning)

    def row_line(self, row: int, width: int) -> Line:
        what = self.rows[row]
        if isinstance(what, Title):
            words = ascii_text(what.words) if self.ascii_only else what.words
            return [(what.text, what.tone), (f"   {words}", "dim")]
        assert self._now is not None, "there are no rows before `show`"
        return WarningLine(self._calendar, self._now, width, ascii_only=self.ascii_only).of(what)

    # Inside

    def _show_rows(self) -> None:
        before, row = self.row_keys(), self.cursor
        self.rows = warning_rows(self._warnings, unfolded=self._unfolded)
        self.marked &= set(self.row_keys())
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)
        self.post_message(self.Moved(self))


class WarningDetail(LineWidget):
    """The warning under the cursor with its ways out, below a rule or, beside the list, behind one."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._lines: list[Line] = []
        self._shown: tuple[Calendar, Warning | None, datetime] | None = None
        self._size_read: tuple[int, int] | None = None

    def show(self, calendar: Calendar, warning: Warning | None, now: datetime) -> None:
        self._shown, self._size_read = (calendar, warning, now), None
        self.refresh()

    def line(self, y: int, width: int) -> Line:
        beside = self.region.x > 0
        lines = self._read(width - 2 if beside else width, self.size.height - (0 if beside else 1))
        if not beside and y == 0:
            return [(("-" if self.ascii_only else "─") * width, "dim")]
        y -= 0 if beside else 1
        line = lines[y] if y < len(lines) else []
        return [("| " if self.ascii_only else "│ ", "dim"), *line] if beside else line

    def _read(self, width: int, rows: int) -> list[Line]:
        if self._size_read != (width, rows) and self._shown is not None:
            calendar, warning, now = self._shown
            self._lines = detail_lines(calendar, warning, now, width, rows) if warning else []
            self._size_read = (width, rows)
        return self._lines
