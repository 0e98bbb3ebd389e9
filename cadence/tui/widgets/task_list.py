"""My week: my tasks by the day they are due, my load, and what I could take."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, datetime, timedelta

from cadence.insight.capacity import load
from cadence.insight.free import busy_doubts
from cadence.insight.warnings import Warning
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, TaskRef
from cadence.model.times import to_local, zone_of
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.my_week_rows import (
    BoostRow,
    FindingRow,
    Offered,
    Row,
    TaskRow,
    progress,
    week_rows,
)
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.task_line import TaskLine, heading_lines

MOST_DOUBTS = 2
"""So many sentences about old busy time are shown: the tasks are what people come for."""
Key = Hashable
"""A task and whether it is one to claim, a boost, a warning; headings have none."""


def key_of(row: Row) -> Key:
    match row:
        case TaskRow():
            return row.ref, row.is_claim
        case BoostRow():
            return "boost", row.boost.id
        case FindingRow():
            return "warning", row.warning.key
        case _:
            return None


class TaskList(RowList[Key]):
    """Give it a snapshot, a member and a week with `show`; the cursor stays on its task."""

    _heading_height = 5
    _gutter = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[Row] = ()
        self._calendar = Calendar.empty()
        self._now: datetime | None = None
        self._member = 0
        self._week = date.min
        self._doubts: Sequence[str] = ()
        self._headings: tuple[int, list[Line]] | None = None

    def show(
        self,
        calendar: Calendar,
        member: int,
        week: date,
        now: datetime,
        keep: PostFilter = EVERYTHING,
        urgent: Sequence[Warning] = (),
        offered: Offered | None = None,
    ) -> None:
        """Show the week that starts on `week`: the tasks of posts that the filter keeps; to whoever leads it
        the `urgent` warnings, too. `offered` None: it is worked out."""
        before, row = self.row_keys(), self.cursor
        same_list = (member, week) == (self._member, self._week)
        self._calendar, self._member, self._week, self._now = calendar, member, week, now
        self._headings = None
        self._doubts = busy_doubts(calendar, member, week + timedelta(days=6), now)[:MOST_DOUBTS]
        self._heading_height = TaskList._heading_height + len(self._doubts)
        self.rows = week_rows(calendar, member, week, now, keep, urgent, offered)
        self.cursor = self.follow(before, row) if same_list else None
        self.rows_changed()
        self.move_to(self._first_to_do() if not same_list or row is None else self.cursor or 0)

    @property
    def current_row(self) -> Row | None:
        return self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None

    @property
    def current(self) -> TaskRow | None:
        row = self.current_row
        return row if isinstance(row, TaskRow) else None

    @property
    def current_boost(self) -> Boost | None:
        row = self.current_row
        return row.boost if isinstance(row, BoostRow) else None

    def marked_tasks(self) -> list[TaskRef]:
        """The marked tasks in the order of the rows."""
        return [row.ref for row in self.rows if isinstance(row, TaskRow) and row.ref in self.marked]

    def place(self, row: int) -> None:
        """As everywhere; but what stands at the top, warnings and offers, stays in sight if it can."""
        super().place(row)
        if row < self.rows_visible:
            self._scroll_rows(0)

    def go_to_post(self, post: int) -> bool:
        """To the first task of a post; False if none is here."""
        for place, row in enumerate(self.rows):
            if isinstance(row, TaskRow) and row.ref.post == post:
                self.move_to(place)
                return True
        return False

    def go_to_day(self, day: date) -> None:
        """To the first task due on a day or later."""
        for place, row in enumerate(self.rows):
            if isinstance(row, TaskRow) and not row.is_claim and row.due >= day:
                self.move_to(place)
                return

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> Key:
        return key_of(self.rows[row])

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], TaskRow | BoostRow | FindingRow)

    def can_mark(self, row: int) -> bool:
        return isinstance(self.rows[row], TaskRow)

    def mark_key(self, row: int) -> Hashable:
        what = self.rows[row]
        return what.ref if isinstance(what, TaskRow) else None

    def row_line(self, row: int, width: int) -> Line:
        assert self._now is not None, "there are no rows before `show`"
        return TaskLine(self._calendar, self._now, width, ascii_only=self.ascii_only).of(self.rows[row])

    def heading_line(self, y: int, top: int, width: int) -> Line:
        if self._now is None:
            return []
        if self._headings is None or self._headings[0] != width:
            following = self._week + timedelta(weeks=1)
            lines = heading_lines(
                self._calendar,
                self._member,
                self._week,
                (
                    load(self._calendar, self._member, self._week),
                    load(self._calendar, self._member, following),
                ),
                progress(self._calendar, self._member, self._week),
                to_local(self._now, zone_of(self._calendar.team.zone)).date(),
                width,
                doubts=self._doubts,
                ascii_only=self.ascii_only,
            )
            self._headings = (width, lines)
        return self._headings[1][y]

    # Inside

    def _first_to_do(self) -> int:
        """Where the day begins: the first task that is not done."""
        for place, row in enumerate(self.rows):
            if isinstance(row, TaskRow) and not self._calendar.task(row.ref).is_done:
                return place
        return 0
