"""Lines to read: they scroll, and nothing in them can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cadence.tui.widgets.cells import Line, apart, ascii_text, fit_line
from cadence.tui.widgets.painting import Painting

S = TypeVar("S")


class TextRows(ScrollView, Painting, can_focus=True, inherit_bindings=False):  # type: ignore[override]
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

    def scroll_lines(self, lines: int) -> None:
        """Down, or up where it is negative; also where the style sheet shows no scrollbar."""
        self.scroll_relative(y=lines, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        row = y + int(self.scroll_offset.y)
        line = self._lines[row] if row < len(self._lines) else []
        if self.ascii_only:
            line = [(ascii_text(text), tone) for text, tone in line]
        pieces = fit_line(line, self.size.width, ascii_only=self.ascii_only)
        return Strip(
            [Segment(apart(text), self.style_of(f"tone--{tone}" if tone else "")) for text, tone in pieces]
        ).simplify()


class Panel(TextRows, Generic[S]):
    """Says in lines of its own width what it is about; a subclass gives them."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.shown: S | None = None

    def lines_about(self, shown: S | None, width: int) -> Sequence[Line]:
        """Lines of at most `width` cells; None: about nothing in particular."""
        raise NotImplementedError

    def about(self, shown: S | None) -> None:
        self.shown = shown
        self.show(self.lines_about(shown, self.size.width))

    def on_resize(self) -> None:
        self.about(self.shown)
