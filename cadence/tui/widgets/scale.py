"""A line of words above an axis."""

from __future__ import annotations

from rich.cells import cell_len

from cadence.tui.widgets.cells import Line


class Scale:
    """The words above the axis: what is written first stays."""

    def __init__(self, width: int) -> None:
        self._cells = [(" ", "")] * width

    def write(self, at: int, text: str, tone: str) -> None:
        """Unless something is there or beside it already."""
        end = at + cell_len(text)
        if at >= 0 and end <= len(self._cells) and all(
            cell == " " for cell, _tone in self._cells[max(0, at - 1) : end + 1]
        ):  # fmt: skip
            self._cells[at:end] = [(letter, tone) for letter in text]

    def point(self, at: int, text: str, pointer: str) -> None:
        """A pointer to a cell, its text on the side where there is room."""
        if at + 1 + cell_len(text) <= len(self._cells):
            self.write(at, f"{pointer}{text}", "accent")
        else:
            self.write(at - cell_len(text), f"{text}{pointer}", "accent")

    def line(self) -> Line:
        return list(self._cells)
