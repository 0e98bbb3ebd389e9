"""A retrospective as one list: its parts one under the other, the weeks that it is about above them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cadence.tui.reviewing import LookedBack
from cadence.tui.widgets.cells import Line, plain
from cadence.tui.widgets.headed_list import HeadedList
from cadence.tui.widgets.review_line import ReviewLine
from cadence.tui.widgets.review_rows import Entry, ReviewRow, Title

COPIED_WIDTH = 100


class ReviewList(HeadedList[str]):
    """Give it rows with `show`; the cursor stays on its line."""

    _heading_height = 2

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[ReviewRow] = ()
        self._found: LookedBack | None = None
        self._today = date.min
        self._reader: tuple[int, ReviewLine] | None = None

    def show(self, found: LookedBack | None, rows: Sequence[ReviewRow], today: date) -> None:
        before, row = self.row_keys(), self.cursor
        self._found, self.rows, self._today, self._reader = found, rows, today, None
        self.marked &= set(self.row_keys())
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)
        self.post_message(self.Moved(self))

    @property
    def current(self) -> Entry | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, Entry) else None

    def as_text(self) -> str:
        """The marked lines, or else all of it, to paste elsewhere."""
        if self._found is None:
            return ""
        reader = ReviewLine(self._found, self._today, COPIED_WIDTH, ascii_only=self.ascii_only)
        rows = [row for row in self.rows if not self.marked or self._is_marked(row)]
        return "\n".join(plain(reader.of(row)) for row in rows)

    def _is_marked(self, row: ReviewRow) -> bool:
        return isinstance(row, Entry) and row.key in self.marked

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> str:
        what = self.rows[row]
        return what.key if isinstance(what, Entry) else ""

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], Entry)

    def row_line(self, row: int, width: int) -> Line:
        if self._found is None:
            title = self.rows[row]
            return [(title.words, "dim")] if isinstance(title, Title) else []
        if self._reader is None or self._reader[0] != width:
            self._reader = (
                width,
                ReviewLine(self._found, self._today, width, ascii_only=self.ascii_only),
            )
        return self._reader[1].of(self.rows[row])
