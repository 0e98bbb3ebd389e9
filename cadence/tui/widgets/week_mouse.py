"""The week under the mouse: a click chooses, a second one looks into it, a post can be dragged to another
day, and the wheel scrolls. Keys can jump as far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from textual import events
from textual.message import Message

from cadence.tui.jumping import Target
from cadence.tui.widgets.week_grid import WeekGrid
from cadence.tui.widgets.week_layout import Spot


class MouseGrid(WeekGrid):
    LEFT_BUTTON: ClassVar[int] = 1

    class Opened(Message):
        """What is under the cursor was clicked a second time."""

    class Ticked(Message):
        """What is under the cursor shall be marked, or no longer."""

    class Dragged(Message):
        """A post is held over a day: `to` is the time of the open slot that it is over, if it is."""

        def __init__(self, post: int, day: date, to: datetime | None) -> None:
            super().__init__()
            self.post = post
            self.day = day
            self.to = to

    class Dropped(Message):
        """The post was let go. `inside`: over a day, and not outside of the grid."""

        def __init__(self, inside: bool) -> None:
            super().__init__()
            self.inside = inside

    class Wheeled(Message):
        """The wheel was turned where all is shown already, or with shift: weeks are meant."""

        def __init__(self, weeks: int) -> None:
            super().__init__()
            self.weeks = weeks

    _held: int | None = None
    """The post whose chip the button went down on."""
    _from: Spot | None = None
    _over: Spot | None = None
    """Where it is dragged, once it has left its place."""

    def spot_at(self, event: events.MouseEvent) -> Spot | None:
        """What the mouse is on: the chip, or the last one above it; None on names and headings."""
        y = event.y - self.gutter.top
        place = y - 1 + int(self.scroll_offset.y)
        day = self.layout_of_week.day_at(event.x)
        if y < 1 or day is None or place >= len(self.layout_of_week.lines):
            return None
        row, part = self.layout_of_week.lines[place]
        return None if part is None else self._inside(row, day, part // self.spacing.chip)

    def jump_targets(self) -> Iterator[Target]:
        """The posts and open slots that can be seen."""
        layout, top = self.layout_of_week, int(self.scroll_offset.y)
        for number, row in enumerate(self.view.rows):
            for day, cell in enumerate(row.cells):
                for place in range(len(cell)):
                    y = 1 + layout.tops[number] + layout.spacing.chip * place - top
                    if 1 <= y < self.size.height:
                        x = layout.columns[day][0]
                        yield Target(x, y, partial(self._jump_to, Spot(number, day, place)))

    def _jump_to(self, spot: Spot) -> None:
        self.focus()
        self.put(spot)

    # Dragging

    def on_mouse_down(self, event: events.MouseDown) -> None:
        spot = self.spot_at(event)
        chip = self.chip_at(spot) if spot else None
        self._over = None
        if event.button == self.LEFT_BUTTON and not event.ctrl and spot and chip and chip.post is not None:
            self._held, self._from = chip.post, spot
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._held is None:
            return
        spot = self.spot_at(event)
        # Within its own cell it is a click of a hand that trembles.
        if spot is None or spot == (self._over or self._from):
            return
        self._over = spot
        self._report(self._held, spot)

    def _report(self, post: int, spot: Spot) -> None:
        row, chip = self.view.rows[spot.row], self.chip_at(spot)
        own = next(
            (r.channel for r in self.view.rows for cell in r.cells for c in cell if c.post == post), None
        )
        is_free = chip is not None and chip.post is None and chip.state == "empty" and row.channel == own
        self.post_message(self.Dragged(post, row.day(spot.day), chip.at if chip and is_free else None))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._held is None:
            return
        self.release_mouse()
        self._held = None
        if self._over is not None:
            self.post_message(self.Dropped(self.spot_at(event) is not None))

    # Clicking

    def on_click(self, event: events.Click) -> None:
        if self._over is not None:  # the end of a drag
            self._over = None
            return
        spot = self.spot_at(event)
        if spot is None:
            return
        again = spot == self.spot and self.is_pointed
        self.put(spot)
        on_sign = event.x == self.layout_of_week.columns[spot.day][0]
        if event.ctrl or (on_sign and self.chip is not None):
            self.post_message(self.Ticked())
        elif again:
            self.post_message(self.Opened())

    # The wheel

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, turns: int) -> None:
        event.stop()
        event.prevent_default()
        if event.shift or not self.has_more:
            self.post_message(self.Wheeled(turns))
        else:
            self.scroll_to(y=self.scroll_offset.y + 3 * turns, animate=False, immediate=True)
            self.refresh()
