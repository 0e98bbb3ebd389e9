"""A list with lines above its rows that say something at the left and at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from cadence.tui.widgets.cells import Line, ascii_text, width_of
from cadence.tui.widgets.row_list import K, RowList


class HeadedList(RowList[K], Generic[K]):
    headings: Sequence[tuple[Line, Line]] = ()
    """Left and right part of the lines above the rows."""

    def head(self, headings: Sequence[tuple[Line, Line]]) -> None:
        """The lines above the rows: what stands at the left and at the right of each."""
        if headings != self.headings:
            self.headings = headings
            self.refresh()

    def heading_line(self, y: int, top: int, width: int) -> Line:
        left, right = self.headings[y] if y < len(self.headings) else ([], [])
        if self.ascii_only:
            left, right = ([(ascii_text(text), tone) for text, tone in line] for line in (left, right))
        gap = width - width_of(left) - width_of(right) - 1
        return [*left, (" " * max(1, gap), ""), *right] if right else left
