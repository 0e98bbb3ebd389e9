"""What the month and the year have in common: days to point at, and a wheel that turns to the next one."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from cadence.tui.monthview import Key
from cadence.tui.widgets.cells import apart, ascii_text
from cadence.tui.widgets.painting import Painting

Pieces = list[tuple[str, str, str]]
"""Text, tone and the class of the background."""


class DayGrid(Painting, can_focus=True, inherit_bindings=False):
    ascii_only = False

    class Moved(Message):
        """The mouse put the cursor on a day, perhaps on one of its items."""

        def __init__(self, day: date, key: Key | None = None) -> None:
            super().__init__()
            self.day = day
            self.key = key

    class Opened(Message):
        """The day under the cursor was clicked twice."""

    class Wheeled(Message):
        """The wheel was turned by so many months or years."""

        def __init__(self, turns: int) -> None:
            super().__init__()
            self.turns = turns

    def strip(self, pieces: Pieces) -> Strip:
        """A line of the widget. A year's has a piece for each week: what looks the same is painted as one."""
        said = ascii_text if self.ascii_only else str
        segments = [
            Segment(
                "".join(apart(said(text)) for text, _tone, _back in alike),
                self.style_of(back, f"tone--{tone}" if tone else ""),
            )
            for (tone, back), alike in groupby(pieces, key=itemgetter(1, 2))
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self.style_of())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.post_message(self.Wheeled(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.post_message(self.Wheeled(-1))
