"""The line above a view: what it shows, and at its right end what its signs mean."""

from __future__ import annotations

from cadence.tui.widgets.cells import Line, fit_line, width_of
from cadence.tui.widgets.frame import LineWidget


class TitleLine(LineWidget):
    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._left: Line = []
        self._right: Line = []

    def say(self, left: Line, right: Line) -> None:
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def line(self, y: int, width: int) -> Line:
        room = width - width_of(self._left) - 2
        right = self._right
        if width_of(right) > room:
            right = fit_line(right, max(0, room), ascii_only=self.ascii_only)
        gap = width - width_of(self._left) - width_of(right)
        return [*self._left, (" " * max(0, gap), ""), *right]
