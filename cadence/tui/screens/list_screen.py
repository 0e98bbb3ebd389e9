"""What the screens have in common whose middle is one list with marks."""

from __future__ import annotations

from datetime import date
from typing import Any

from cadence.model.times import week_start
from cadence.tui.marks import Marks
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.widgets.row_list import RowList


class ListScreen(CalendarScreen):
    @property
    def list(self) -> RowList[Any]:
        return self.query_one(RowList)

    @property
    def rows(self) -> RowList[Any]:
        """The list that has the cursor, where a screen shows another one for a while."""
        return self.list

    @property
    def this_week(self) -> date:
        return self.week_of(self.cadence.today)

    def week_of(self, day: date) -> date:
        """The first day of the team's week that holds a day."""
        return week_start(day, self.calendar.team.week_begins)

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

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        self.cadence.show_day(day, channel)

    def go_to_post(self, post: int) -> None:
        if not self.list.go_to_post(post):
            self.cadence.show_post(post)

    def next_part(self) -> None:
        self.list.move_section(1)

    def previous_part(self) -> None:
        self.list.move_section(-1)

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        """By the mouse."""
        self.look_into()

    # Marks

    @property
    def marked(self) -> Marks[Any]:
        return self.list.marked

    def marks_changed(self) -> None:
        self.list.refresh()

    def toggle_mark(self) -> None:
        row = self.list.cursor
        if row is not None and self.list.can_mark(row):
            self.list.toggle_mark()
            self.list.move_by(1)

    def mark_to_here(self) -> None:
        if not self.list.mark_to(self.marked.last):
            self.toggle_mark()

    def mark_shown(self) -> None:
        self.list.mark_all()
