"""What is done in the strip above the week: going from beat to beat, and to one in the week."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date, datetime, time

from textual import events

from cadence.language import _
from cadence.tui.dates import usual_hour
from cadence.tui.screens.base import NewPlace
from cadence.tui.screens.week_parts import Part, WeekParts
from cadence.tui.widgets.rhythm_strip import RhythmStrip
from cadence.tui.widgets.week_grid import Spot
from cadence.tui.widgets.week_mouse import MouseGrid


class StripActions(WeekParts):
    @abstractmethod
    def go_in_grid(self, day: date, channel: int | None = None) -> None: ...

    # From part to part

    def enter_part(self, part: Part) -> None:
        widget = {"grid": self.grid, "panel": self.panel, "strip": self.strip}[part]
        widget.display = True
        self.set_focus(widget)
        self._part_changed()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """By the mouse too."""
        if self.part != self._part_shown:
            self._part_changed()

    def _part_changed(self) -> None:
        self._part_shown = self.part
        self.grid.point(self.part != "strip")
        self.share_out()
        self.show_cursor()
        # Once more when the parts have their new sizes.
        self.call_after_refresh(self.show_panel)

    def enter_strip(self, channel: int | None) -> None:
        """On the beat nearest to the day of the grid's cursor."""
        self.strip.enter(channel, self.grid.day)
        self.enter_part("strip")

    def on_week_grid_left_top(self) -> None:
        self.enter_strip(self.strip.last_channel())

    # In the strip

    def move_in_strip(self, columns: int, rows: int) -> None:
        if columns:
            self.strip.move(columns)
        if rows and not self.strip.move_rows(rows) and rows > 0:
            self.enter_part("grid")
            self.grid.put(Spot(0, self.grid.spot.day, 0))
        self.show_cursor()

    def go_to_beat(self, day: date, channel: int | None = None) -> bool:
        """The beat nearest to a day; False, and back in the grid, if the strip does not reach so far."""
        if not self.strip.reaches(day):
            self.enter_part("grid")
            return False
        self.strip.put(channel if channel is not None else self.strip.chosen, datetime.combine(day, time(12)))
        self.show_cursor()
        return True

    def open_beat(self) -> None:
        """To the beat in the grid: its post, or its slot."""
        filled, post = self.beat_here, self.post_here
        if filled is None:
            return
        self.enter_part("grid")
        if post is not None:
            self.go_to_post(post.id)
            return
        if not self.cadence.filter.keeps_slot(filled.slot.channel):
            self.set_filter("")
        self.go_in_grid(filled.slot.local.date(), filled.slot.channel)
        self.grid.put_on(filled.slot.key)
        self.show_cursor()

    def new_place_on_beat(self) -> NewPlace | None:
        """A new post takes the slot, if it is open; else it is an extra on its day."""
        filled = self.beat_here
        if filled is None:
            return None
        slot = filled.slot
        if filled.state in ("empty", "missed") and self.post_here is None:
            return NewPlace(slot.channel, slot.local, slot.key)
        hour = usual_hour(self.calendar, slot.channel)
        return NewPlace(slot.channel, datetime.combine(slot.local.date(), hour))

    def hints_on_strip(self) -> list[tuple[str, str]]:
        return [
            ("← →", _("beat")),
            ("↑ ↓", _("channel")),
            ("enter", _("shows it in the week")),
            *super().hints(),
            ("esc", _("back")),
        ]

    def on_rhythm_strip_moved(self) -> None:
        self.show_cursor()

    def on_rhythm_strip_opened(self) -> None:
        self.open_beat()

    def on_rhythm_strip_chosen(self, message: RhythmStrip.Chosen) -> None:
        self.enter_part("grid")
        self.grid.put_at(self.grid.day, message.channel)

    # The mouse in the grid

    def on_mouse_grid_opened(self) -> None:
        self.look_into()

    def on_mouse_grid_ticked(self) -> None:
        self.show_cursor()
        self.action_mark_one()

    def on_mouse_grid_wheeled(self, message: MouseGrid.Wheeled) -> None:
        if not self.moving:
            self.enter_part("grid")
            self.move_weeks(message.weeks)
