"""The changes of a plan, row by row, with the figures above them; it grows better while one looks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from cadence.model.calendar import Calendar
from cadence.planner.bridge.proposal import Gap, Row
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.headed_list import HeadedList
from cadence.tui.widgets.plan_line import PlanLine
from cadence.tui.widgets.plan_rows import PlanRow, Title, row_key


class PlanList(HeadedList[str]):
    """Give it rows with `show`: the cursor stays on its task, and that task where it is on the screen."""

    _heading_height = 3
    _gutter = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[PlanRow] = ()
        self.left_out: Collection[str] = ()
        self._calendar = Calendar.empty()
        self._today = date.min
        self._reader: tuple[int, PlanLine] | None = None
        self._is_moved = False

    def show(
        self, calendar: Calendar, rows: Sequence[PlanRow], left_out: Collection[str], today: date
    ) -> None:
        """`left_out`: the tasks whose rows are not chosen."""
        if self._is_same(calendar, rows, left_out, today):
            return
        before, row = self.row_keys(), self.cursor
        height = (row or 0) - int(self.scroll_offset.y)
        self._calendar, self._today, self.rows, self.left_out = calendar, today, rows, left_out
        self._reader = None
        self.marked &= set(self.row_keys())
        self.cursor = self.follow(before, row) if self._is_moved else None
        self.rows_changed()
        if self.cursor is not None and self._is_moved:
            self._scroll_rows(self.cursor - height)
        self.move_to(self.cursor or 0)
        self.post_message(self.Moved(self))

    def _is_same(
        self, calendar: Calendar, rows: Sequence[PlanRow], left_out: Collection[str], today: date
    ) -> bool:
        old = (self._calendar, self.rows, self.left_out, self._today)
        return calendar is old[0] and (rows, left_out, today) == old[1:]

    @property
    def current(self) -> Row | Gap | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return None if isinstance(row, Title) else row

    def changes(self) -> list[Row]:
        return [row for row in self.rows if isinstance(row, Row)]

    def marked_changes(self) -> list[Row]:
        """The marked ones, or else the one under the cursor."""
        marked = [row for row in self.changes() if row.what.id in self.marked]
        return marked or ([self.current] if isinstance(self.current, Row) else [])

    def mark_all(self) -> None:
        self.mark(row.what.id for row in self.changes())

    def go_to_post(self, post: int) -> bool:
        """To the first row about a post; False if there is none."""
        return self._go(next((n for n, row in enumerate(self.rows) if _post_of(row) == post), None))

    def go_to_day(self, day: date) -> bool:
        """To the first change of a post that goes out on a day or later; False if there is none."""
        rows = (n for n, row in enumerate(self.rows) if isinstance(row, Row) and row.what.day >= day)
        return self._go(next(rows, None))

    def _go(self, row: int | None) -> bool:
        if row is not None:
            self.move_to(row)
        return row is not None

    def move_to(self, row: int, *, direction: int = 1) -> None:
        before = self.cursor
        super().move_to(row, direction=direction)
        self._is_moved = self._is_moved or (before is not None and before != self.cursor)

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> str:
        return row_key(self.rows[row])

    def can_choose(self, row: int) -> bool:
        return not isinstance(self.rows[row], Title)

    def row_line(self, row: int, width: int) -> Line:
        if self._reader is None or self._reader[0] != width:
            reader = PlanLine(self._calendar, self._today, width, ascii_only=self.ascii_only)
            self._reader = (width, reader)
        return self._reader[1].of(
            self.rows[row],
            chosen=self.row_key(row) not in self.left_out,
            follows=row > self.top_row and _same_post(self.rows[row - 1], self.rows[row]),
        )


def _post_of(row: PlanRow) -> int | None:
    return None if isinstance(row, Title) else getattr(row.what.place, "post", None)


def _same_post(above: PlanRow, row: PlanRow) -> bool:
    if isinstance(above, Title) or isinstance(row, Title):
        return False
    return type(above) is type(row) and above.what.id.rpartition(" ")[0] == row.what.id.rpartition(" ")[0]
