"""What was published lately and could be passed on, and below it who takes part."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.tui.widgets.boost_line import BoostLine
from cadence.tui.widgets.boost_rows import PeopleRow, PostRow, Row, ShareRow
from cadence.tui.widgets.cells import Line, ascii_text, plain
from cadence.tui.widgets.row_list import RowList


def key_of(row: Row) -> Hashable:
    match row:
        case PostRow():
            return row.post
        case PeopleRow():
            return row.label
        case ShareRow():
            return row.name
        case _:
            return None


class BoostList(RowList[Hashable]):
    """Give it rows with `show`; the cursor stays on its post."""

    _heading_height = 2

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self.rows: Sequence[Row] = ()
        self._calendar = Calendar.empty()
        self._now: datetime | None = None
        self._reader: tuple[int, BoostLine] | None = None
        self._head: Sequence[str] = ()
        self._is_quiet = False

    def show(self, calendar: Calendar, rows: Sequence[Row], now: datetime) -> None:
        before, row = self.row_keys(), self.cursor
        self._calendar, self._now, self._reader = calendar, now, None
        self.rows = rows
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    def head(self, lines: Sequence[str], *, is_quiet: bool) -> None:
        """How many take part, or why that is too few."""
        if (lines, is_quiet) != (self._head, self._is_quiet):
            self._head, self._is_quiet = lines, is_quiet
            self._heading_height = len(lines) + 1
            self.rows_changed()

    @property
    def current(self) -> PostRow | None:
        row = self.current_row
        return row if isinstance(row, PostRow) else None

    @property
    def current_row(self) -> Row | None:
        return self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None

    def go_to_post(self, post: int) -> bool:
        """To a post; False if it is not here."""
        if post in (keys := self.row_keys()):
            self.move_to(keys.index(post))
            return True
        return False

    def text_of(self, row: int) -> str:
        """A row as it reads, to copy."""
        return plain(self.row_line(row, self.size.width))

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> Hashable:
        return key_of(self.rows[row])

    def can_choose(self, row: int) -> bool:
        what = self.rows[row]
        return isinstance(what, PostRow | PeopleRow) or (isinstance(what, ShareRow) and not what.is_heading)

    def can_mark(self, row: int) -> bool:
        return False

    def row_line(self, row: int, width: int) -> Line:
        assert self._now is not None, "there are no rows before `show`"
        if self._reader is None or self._reader[0] != width:
            line = BoostLine(self._calendar, self._now, width, ascii_only=self.ascii_only)
            self._reader = (width, line)
        return self._reader[1].of(self.rows[row])

    def heading_line(self, y: int, top: int, width: int) -> Line:
        """The sign of a warning is before its first line."""
        if y >= len(self._head):
            return []
        text = ascii_text(self._head[y]) if self.ascii_only else self._head[y]
        if not self._is_quiet:
            return [(f"  {text}", "")]
        sign = " " if y else mark("warning", ascii_only=self.ascii_only)
        return [(f"  {sign} {text}", "warn")]
