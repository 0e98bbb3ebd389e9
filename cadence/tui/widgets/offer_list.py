"""What is on offer in the team, as one list in parts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.my_week_rows import NoteRow
from cadence.tui.widgets.offer_line import OfferLine
from cadence.tui.widgets.offer_rows import HandedRow, OfferRow, Row
from cadence.tui.widgets.row_list import RowList


def key_of(row: Row) -> Hashable:
    """A task, and whether it is told of as handed over; headings have none."""
    return (row.ref, isinstance(row, HandedRow)) if isinstance(row, OfferRow | HandedRow) else None


class OfferList(RowList[Hashable]):
    """Give it rows with `show`; the cursor stays on its task."""

    _heading_height = 1

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self.rows: Sequence[Row] = ()
        self._calendar = Calendar.empty()
        self._now: datetime | None = None
        self._reader: tuple[int, OfferLine] | None = None

    def show(self, calendar: Calendar, rows: Sequence[Row], now: datetime, none: str) -> None:
        """`none`: what to say where there are no rows."""
        before, row = self.row_keys(), self.cursor
        self._calendar, self._now, self._reader = calendar, now, None
        self.rows = rows or [NoteRow(none)]
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    @property
    def current(self) -> OfferRow | HandedRow | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, OfferRow | HandedRow) else None

    def marked_tasks(self) -> list[TaskRef]:
        """The marked tasks in the order of the rows."""
        return [row.ref for row in self.rows if isinstance(row, OfferRow) and row.ref in self.marked]

    def go_to_post(self, post: int) -> bool:
        """To the first task of a post; False if none is here."""
        for place, row in enumerate(self.rows):
            if isinstance(row, OfferRow | HandedRow) and row.ref.post == post:
                self.move_to(place)
                return True
        return False

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> Hashable:
        return key_of(self.rows[row])

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], OfferRow | HandedRow)

    def can_mark(self, row: int) -> bool:
        return isinstance(self.rows[row], OfferRow)

    def mark_key(self, row: int) -> Hashable:
        what = self.rows[row]
        return what.ref if isinstance(what, OfferRow) else None

    def row_line(self, row: int, width: int) -> Line:
        what = self.rows[row]
        if isinstance(what, NoteRow) and len(self.rows) == 1:
            return [(what.text, "dim")]
        return self._line(width).of(what)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        if len(self.rows) < 2:
            return [("   " + _("Offers"), "head")]
        return [(" " * self._gutter, ""), *self._line(width - 1 - self._gutter).heading()]

    def _line(self, width: int) -> OfferLine:
        assert self._now is not None, "there are no rows before `show`"
        if self._reader is None or self._reader[0] != width:
            line = OfferLine(self._calendar, self._now, width, ascii_only=self.ascii_only)
            self._reader = (width, line)
        return self._reader[1]
