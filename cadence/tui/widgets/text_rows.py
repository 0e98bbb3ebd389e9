"""Lines to read: they scroll, and nothing in them can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cadence.tui.widgets.cells import TONES, Line, apart, ascii_text, fit_line
from cadence.tui.widgets.painting import Painting


class TextRows(Painting, ScrollView, can_focus=True, inherit_bindings=False):
    COMPONENT_CLASSES = {f"line--{tone}" for tone in TONES if tone}

    def __init__(
        self, lines: Sequence[Line] = (), *, ascii_only: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self._lines = list(lines)

    def on_mount(self) -> None:
        self.show(self._lines)

    def on_resize(self) -> None:
        self.show(self._lines)

    def show(self, lines: Sequence[Line]) -> None:
        self._lines = list(lines)
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row = y + int(self.scroll_offset.y)
        line = self._lines[row] if row < len(self._lines) else []
        if self.ascii_only:
            line = [(ascii_text(text), tone) for text, tone in line]
        pieces = fit_line(line, self.size.width, ascii_only=self.ascii_only)
        return Strip(
            [Segment(apart(text), self.style_of(f"line--{tone}" if tone else "")) for text, tone in pieces]
        ).simplify()
