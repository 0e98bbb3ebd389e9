"""What the screens have in common whose middle is one list with marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadence.tui.screens.base import CalendarScreen
from cadence.tui.widgets.row_list import RowList


class ListScreen(CalendarScreen):
    _anchor: Any = None
    """Where a range of marks begins: the last row that was marked, as the screen remembers it."""

    @property
    def list(self) -> RowList[Any]:
        return self.query_one(RowList)

    def clear_marks(self) -> bool:
        had = bool(self.list.marked)
        self._anchor = None
        self.list.clear_marks()
        return had

    def asides(self) -> Iterable[str]:
        if count := len(self.list.marked):
            yield f"{count} marked"
        yield from super().asides()
