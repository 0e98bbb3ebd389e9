"""What the screens have in common whose middle is one list with marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadence.language import n_
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.widgets.row_list import RowList


class ListScreen(CalendarScreen):
    _anchor: Any = None
    """Where a range of marks begins: the last row that was marked, as the screen remembers it."""

    @property
    def list(self) -> RowList[Any]:
        return self.query_one(RowList)

    @property
    def rows(self) -> RowList[Any]:
        """The list that has the cursor, where a screen shows another one for a while."""
        return self.list

    def move_cursor(self, columns: int, rows: int) -> None:
        if rows:
            self.rows.move_by(rows)
        if columns:
            self.move_across(columns)

    def move_across(self, columns: int) -> None:
        """A movement to the left or right, where it means something."""

    def move_page(self, pages: int) -> None:
        self.rows.move_page(pages)

    def move_to_end(self, last: bool) -> None:
        if last:
            self.rows.move_end()
        else:
            self.rows.move_home()

    def next_part(self) -> None:
        self.list.move_section(1)

    def previous_part(self) -> None:
        self.list.move_section(-1)

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        """By the mouse."""
        self.look_into()

    def toggle_mark(self) -> None:
        row = self.list.cursor
        if row is not None and self.list.can_mark(row):
            self._anchor = self.list.row_key(row)
            self.list.toggle_mark()
            self.list.move_by(1)

    def mark_to_here(self) -> None:
        keys = self.list.row_keys()
        if self._anchor not in keys or self.list.cursor is None:
            self.toggle_mark()
            return
        low, high = sorted((keys.index(self._anchor), self.list.cursor))
        self.list.mark(keys[row] for row in range(low, high + 1) if self.list.can_mark(row))

    def mark_shown(self) -> None:
        self.list.mark_all()

    def clear_marks(self) -> bool:
        had = bool(self.list.marked)
        self._anchor = None
        self.list.clear_marks()
        return had

    def asides(self) -> Iterable[str]:
        if count := len(self.list.marked):
            yield n_("{number} marked", "{number} marked", count)
        yield from super().asides()
