"""The post under the cursor: its tasks, what is wrong, and its history beside it where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from cadence.tui.widgets.cells import Line, fit_line, width_of
from cadence.tui.widgets.frame import LineWidget

SIDE_BY_SIDE = 110
"""From so many columns on the history stands beside the tasks."""
LONGEST = 120
"""Longer lines are hard to read."""


class PostPanel(LineWidget, can_focus=True):
    styled_by_focus = True

    class Picked(Message):
        """A task was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.head: Line = []
        self.left: list[Line] = []
        self.right: list[Line] = []
        self.top = 0

    @property
    def head_lines(self) -> int:
        """One, or two where what comes after the title does not fit beside it."""
        return 2 if len(self.head) > 1 and width_of(self.head) > (self.size.width or 80) else 1

    def show(self, head: Line, left: Sequence[Line], right: Sequence[Line] = ()) -> None:
        """`head` stays above; `left` may be `text_width` wide."""
        if head != self.head:
            self.top = 0
        if (head, left, right) != (self.head, self.left, self.right):
            self.head, self.left, self.right = head, list(left), list(right)
            self.scroll_lines(0)

    def scroll_lines(self, lines: int) -> None:
        most = max(0, len(self._lines(self.size.width)) - self.size.height + self.head_lines)
        self.top = max(0, min(self.top + lines, most))
        self.refresh()

    @property
    def is_side_by_side(self) -> bool:
        """Whether there is room for something beside the lines on the left."""
        return (self.size.width or 80) >= SIDE_BY_SIDE

    def text_width(self, *, alone: bool = False) -> int:
        """Columns for the lines on the left. `alone`: nothing stands beside them."""
        width = self.size.width or 80
        if alone:
            return min(width, LONGEST)
        return width if width < SIDE_BY_SIDE else width * 54 // 100 - 2

    def beside_width(self) -> int:
        """Columns for the lines on the right (or below, where they are)."""
        width = self.size.width or 80
        return width if width < SIDE_BY_SIDE else width - self.text_width() - 2

    def _lines(self, width: int) -> list[Line]:
        if width >= SIDE_BY_SIDE or not self.right:
            return self.left
        return [*self.left, [], *self.right]

    def line(self, y: int, width: int) -> Line:
        if y < self.head_lines:
            return self._head_line(y)
        lines = self._lines(width)
        y -= self.head_lines - 1
        row = y - 1 + self.top
        if width < SIDE_BY_SIDE or not self.right:
            is_lone_heading = row == len(self.left) + 1 and y == self.size.height - self.head_lines
            return lines[row] if row < len(lines) and not is_lone_heading else []
        text = self.left[row] if row < len(self.left) else []
        line = fit_line(text, self.text_width(), ascii_only=self.ascii_only)
        beside = self.right[y - 1] if y <= len(self.right) else []
        return [*line, (" |" if self.ascii_only else " │", "dim"), *beside]

    def _head_line(self, y: int) -> Line:
        if self.head_lines == 1:
            return self.head
        first, (text, tone), *rest = self.head
        return [first] if y == 0 else [("   " + text.removeprefix(" · "), tone), *rest]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.scroll_lines(-3)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Picked(event.y - self.gutter.top + self.top - self.head_lines))
