"""The week under the cursor of the load map: what it is about, and the tasks that fill it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime

from textual import events
from textual.strip import Strip

from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.tui.loadview import TEAM
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.my_week_rows import TaskRow
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.task_line import TaskLine

FEWEST_ROWS, FEWEST_WHILE_CHOOSING = 2, 6
"""So many tasks are shown however much there is to say about the week."""

About = Callable[[int, int], Sequence[Line]]
"""What is said about the week, in lines of a width, and not more than so many."""


class LoadTasks(RowList[TaskRef]):
    """Give it a week with `show`; the cursor stays on its task, or goes to the next when it has gone."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[TaskRow] = ()
        self._calendar = Calendar.empty()
        self._now: datetime | None = None
        self.what: tuple[int, date] | None = None
        """Whose week is shown, and which."""
        self._about: About = lambda _width, _most: ()
        self._is_active = False
        self._reader: tuple[int, TaskLine] | None = None
        self._heading: tuple[Hashable, list[Line]] | None = None

    def show(
        self, calendar: Calendar, what: tuple[int, date], rows: Sequence[TaskRow], about: About, now: datetime
    ) -> None:
        """`what`: whose week it is, and which."""
        before, row = self.row_keys(), self.cursor
        is_same = what == self.what
        self._calendar, self._now, self.what, self._about = calendar, now, what, about
        self._reader = self._heading = None
        self.rows = rows
        place = self.follow(before, row) if is_same else None
        self.cursor = self._first_to_do() if place is None and rows else place
        self._fit_heading()
        self.rows_changed()
        self.move_to(self.cursor or 0)

    def activate(self, is_active: bool) -> None:
        """Whether the arrows are for this list."""
        if is_active != self._is_active:
            self._is_active, self._heading = is_active, None
            self._fit_heading()
            self.rows_changed()

    @property
    def current(self) -> TaskRow | None:
        return self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None

    def marked_tasks(self) -> list[TaskRef]:
        return [row.ref for row in self.rows if row.ref in self.marked]

    def mark_all(self) -> None:
        """All that is still to do."""
        self.mark(row.ref for row in self.rows if not self._calendar.task(row.ref).is_done)

    def go_to_post(self, post: int) -> bool:
        """To the first task of a post; False if none is here."""
        place = next((n for n, row in enumerate(self.rows) if row.ref.post == post), None)
        if place is not None:
            self.move_to(place)
        return place is not None

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> TaskRef:
        return self.rows[row].ref

    def row_line(self, row: int, width: int) -> Line:
        assert self._now is not None, "there are no rows before `show`"
        if self._reader is None or self._reader[0] != width:
            self._reader = (width, TaskLine(self._calendar, self._now, width, ascii_only=self.ascii_only))
        return self._reader[1].of(self.rows[row])

    def heading_line(self, y: int, top: int, width: int) -> Line:
        lines = self._lines(width)
        return lines[y] if y < len(lines) else []

    def on_resize(self, _event: events.Resize) -> None:
        self._fit_heading()

    # Inside

    def _new_row_strip(self, row: int, width: int, thumb: bool, is_cursor: bool, is_marked: bool) -> Strip:
        """While the arrows are for the map, there is no cursor here."""
        return super()._new_row_strip(row, width, thumb, is_cursor and self._is_active, is_marked)

    def _fit_heading(self) -> None:
        self._heading_height = len(self._lines(self.size.width)) if self.size.height else 0

    def _lines(self, width: int) -> list[Line]:
        """What is said about the week, cut where the tasks need the room, and their heading."""
        key = (width, self.size.height)
        if self._heading is None or self._heading[0] != key:
            room = self.size.height - self._rule - 1 - min(self._fewest, len(self.rows))
            about = list(self._about(width, max(2, room))) if self.what else []
            spare = int(len(about) + 2 + self._rule + len(self.rows) <= self.size.height)
            lines = [*about, *([[]] * spare), self._tasks_head()]
            self._heading = (key, [*([self._rule_line(width)] * self._rule), *lines])
        return self._heading[1]

    @property
    def _fewest(self) -> int:
        return FEWEST_WHILE_CHOOSING if self._is_active else FEWEST_ROWS

    def _first_to_do(self) -> int:
        done = (self._calendar.task(row.ref).is_done for row in self.rows)
        return next((place for place, is_done in enumerate(done) if not is_done), 0)

    @property
    def _rule(self) -> int:
        """A line above, where it stands below the map."""
        return 0 if self.region.x > 0 else 1

    def _rule_line(self, width: int) -> Line:
        sign = "-" if self.ascii_only else "─"
        return [(sign * width, "head" if self._is_active else "bar")]

    def _tasks_head(self) -> Line:
        tone = "head" if self._is_active else "strong"
        done = sum(1 for row in self.rows if self._calendar.task(row.ref).is_done)
        if self.what is not None and self.what[0] == TEAM:
            words = n_("{number} task that nobody has", "{number} tasks that nobody has", len(self.rows))
            return [(f" {_('Open')}", tone), (f"   {words}", "dim" if self.rows else "good")]
        if not self.rows:
            return [(f" {_('Tasks')}", tone), (f"   {_('none in this week')}", "dim")]
        words = _("{todo} to do, {done} done", todo=len(self.rows) - done, done=done)
        return [(f" {_('Tasks')}", tone), (f"   {words}", "dim")]
