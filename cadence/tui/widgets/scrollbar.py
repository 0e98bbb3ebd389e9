"""Textual's scrollbars as thin as those of our lists, and in plain letters where there is nothing else."""

from __future__ import annotations

from typing import ClassVar

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender


class ThinBar(ScrollBarRender):
    sign: ClassVar[str] = "┃"

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.default(),
        bar_color: Color = Color.default(),
    ) -> Segments:
        hidden = max(1, virtual_size - window_size)
        length = max(1, int(size * window_size / virtual_size)) if virtual_size > window_size else 0
        start = round((size - length) * position / hidden)

        def cell(place: int) -> Segment:
            """What the mouse does there is what it does on Textual's."""
            if start <= place < start + length:
                return Segment(
                    cls.sign, Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": "grab"})
                )
            way = "scroll_up" if place < start else "scroll_down"
            return Segment(" ", Style(bgcolor=back_color, meta={"@mouse.down": way}))

        return Segments([cell(place) for place in range(size)], new_lines=vertical)


class PlainBar(ThinBar):
    sign = "|"


def use_thin_scrollbars(*, ascii_only: bool) -> None:
    """For all widgets of this process."""
    ScrollBar.renderer = PlainBar if ascii_only else ThinBar
