"""The team as one list: members, channels with their rhythms, workflows, who is away, the team itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cadence.insight.consistency import Consistency
from cadence.insight.participation import Participation
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.team_line import TeamLine
from cadence.tui.widgets.team_rows import Entry, TeamRow, Title


class TeamList(RowList[str]):
    """Give it rows with `show`; the cursor stays on its thing."""

    _heading_height = 1

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[TeamRow] = ()
        self._shown: (
            tuple[Calendar, Mapping[int, Consistency] | None, Participation | None, datetime] | None
        ) = None
        self._reader: tuple[int, TeamLine] | None = None

    def show(
        self,
        rows: Sequence[TeamRow],
        calendar: Calendar,
        consistency: Mapping[int, Consistency] | None,
        taking_part: Participation | None,
        now: datetime,
    ) -> None:
        before, row = self.row_keys(), self.cursor
        self.rows, self._shown, self._reader = rows, (calendar, consistency, taking_part, now), None
        self.marked &= set(self.row_keys())
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    @property
    def current(self) -> Entry | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, Entry) else None

    def go_to(self, kind: str, id: int) -> None:
        """To a thing, if it is shown."""
        for place, row in enumerate(self.rows):
            if isinstance(row, Entry) and (row.kind, row.id) == (kind, id):
                self.move_to(place)

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> str:
        what = self.rows[row]
        return what.key if isinstance(what, Entry) else ""

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], Entry)

    def can_mark(self, row: int) -> bool:
        return False

    def row_line(self, row: int, width: int) -> Line:
        if self._shown is None:
            return []
        if self._reader is None or self._reader[0] != width:
            self._reader = (width, TeamLine(*self._shown, width, ascii_only=self.ascii_only))
        return self._reader[1].of(self.rows[row])

    def heading_line(self, y: int, top: int, width: int) -> Line:
        """The part that the first visible row belongs to, while its own title is scrolled away."""
        above = [row for row in self.rows[: top + 1] if isinstance(row, Title) and row.text]
        if not above or self.rows[top] is above[-1]:
            return []
        return [(f"  {above[-1].text} ", "head"), (_("goes on"), "dim")]
