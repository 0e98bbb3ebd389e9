"""What the week screen is made of, how its parts share the terminal, and how they follow the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from cadence.insight.capacity import Load, loads
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.times import DAY, week_start
from cadence.tui.names import short_names
from cadence.tui.postview import (
    day_head,
    day_lines,
    history_lines,
    post_head,
    post_lines,
    slot_head,
    slot_lines,
    task_kinds,
)
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.moving import Moving
from cadence.tui.weekview import week_view
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.load_line import LoadLine, Person
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.rhythm_strip import Promise, RhythmStrip
from cadence.tui.widgets.week_grid import Spot, WeekGrid

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.tui.figures import Figures

HISTORY_LENGTH = 12
SMALLEST_PANEL = 9


class WeekParts(CalendarScreen):
    """How the week is shown. What its keys do is in `WeekScreen`."""

    def __init__(self) -> None:
        super().__init__()
        self.week = week_start(self.cadence.today, self.calendar.team.week_begins)
        self.marked: set[int] = set()
        self.moving: Moving | None = None
        self.task_place = 0
        self._preview: Load | None = None

    def compose_middle(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        yield RhythmStrip(ascii_only=plain, id="rhythm")
        yield WeekGrid(ascii_only=plain, id="week-grid")
        yield LoadLine(ascii_only=plain, id="load")
        yield PostPanel(ascii_only=plain, id="post")

    def on_mount(self) -> None:
        self.grid.holidays = dict(self.calendar.team.holidays)
        self._show_promises()
        self.paint_week(keep=False)
        self.grid.spot = Spot(0, (self.cadence.today - self.week).days, 0)
        self._start_on_something()
        self.show_cursor()

    @property
    def grid(self) -> WeekGrid:
        return self.query_one(WeekGrid)

    @property
    def panel(self) -> PostPanel:
        return self.query_one(PostPanel)

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self.grid.holidays = dict(after.team.holidays)
        self.marked &= after.posts.keys()
        if self.moving and not self.moving.still_possible(after):
            self.moving = None
        self._show_promises()
        self.paint_week()
        self.show_cursor()

    def figures_changed(self, figures: Figures) -> None:
        self._show_promises()
        self.paint_week()
        self.show_cursor()

    def history_read(self) -> None:
        self.show_panel()

    def filter_changed(self) -> None:
        self._show_promises()
        self.paint_week()
        self.show_cursor()

    # Showing

    def _show_promises(self) -> None:
        figures, calendar, keep = self.cadence.figures, self.calendar, self.cadence.filter
        promises = [
            Promise(
                channel.id,
                channel.name,
                figures.strip.get(channel.id, []) if figures else [],
                figures.consistency.get(channel.id) if figures else None,
                figures is not None and figures.is_silent(channel.id),
            )
            for channel in calendar.channels.values()
            if not channel.retired and (not keep.channels or channel.id in keep.channels)
        ]
        team = calendar.team
        self.query_one(RhythmStrip).show(promises, self.cadence.today, team.week_begins, team.horizon_days)

    def paint_week(self, *, keep: bool = True) -> None:
        app = self.cadence
        view = week_view(
            self.calendar,
            self.week,
            app.now,
            keep=app.filter,
            figures=app.figures,
            carried=self.moving.destinations(self.calendar) if self.moving else None,
            with_slots=app.figures is not None,
        )
        self.grid.show(view, app.today, keep=keep)
        self.grid.mark(frozenset(self.marked))
        self._show_loads()
        self.share_out()

    def _show_loads(self) -> None:
        calendar, names = self.calendar, short_names(self.calendar)
        [(_, found)] = loads(calendar, [self.week])
        people = [
            Person(
                names[load.member],
                load,
                away=_is_away(calendar, load.member, self.week),
                is_me=load.member == self.cadence.viewer_id,
                would_be=self._preview if self._preview and self._preview.member == load.member
                and self._preview.week == load.week else None,
            )
            for load in found
        ]  # fmt: skip
        self.query_one(LoadLine).show(people, self.grid.label_width() if self.grid.size.width else 13)

    def preview_load(self, load: Load | None) -> None:
        self._preview = load
        self._show_loads()

    def show_cursor(self) -> None:
        """Everything that follows the cursor: the panel, the strip's pointer."""
        self.query_one(RhythmStrip).point(self.week, self.grid.channel)
        self.show_panel()
        self.show_status()

    def show_panel(self) -> None:
        calendar, figures, today = self.calendar, self.cadence.figures, self.cadence.today
        plain = self.cadence.ascii_only
        chip = self.grid.chip
        channel = self.grid.channel
        if post := self.post_here:
            warnings = figures.by_post.get(post.id, ()) if figures else ()
            kinds = task_kinds(post)
            self.task_place = max(0, min(self.task_place, len(kinds) - 1))
            chosen = kinds[self.task_place] if kinds and self.panel.has_focus else None
            left = post_lines(
                calendar, post, today, warnings, self.panel.text_width(), chosen=chosen, ascii_only=plain
            )
            self.panel.show(post_head(calendar, post), left, self._history_beside(post))
        elif chip is not None and channel is not None:
            found = figures.by_channel.get(channel, []) if figures else []
            wrong = [w for w in found if w.slot == chip.slot or (w.slot is None and chip.alarm)]
            lines = slot_lines(chip.state, wrong, self.panel.size.width or 80, plain)
            self.panel.show(slot_head(calendar, channel, chip.at, chip.state), lines)
        else:
            self.panel.show(day_head(calendar, channel, self.grid.day), day_lines(calendar, self.grid.day))

    def _history_beside(self, post: Post) -> list[Line]:
        happened = self.cadence.recent.of(post.id)[:HISTORY_LENGTH]
        lines = history_lines(self.calendar, post, happened, self.cadence.today, self.panel.beside_width())
        return [[(" History", "dim")], *lines]

    # How the parts share the screen

    def on_resize(self, event: events.Resize) -> None:
        self.share_out()
        self._show_loads()

    def share_out(self) -> None:
        size = self.app.size
        channels = len(self.query_one(RhythmStrip).promises)
        short = size.height < 30
        is_open = self.panel.has_focus
        free = size.height - 1 - (1 if short else 2)
        strip = 1 + min(channels, max(2, free // (4 if short else 3)))
        load = min(3, self.query_one(LoadLine).lines_wanted(size.width))
        _set_height(self.query_one(RhythmStrip), strip)
        left = free - strip - 1  # the line above the grid
        self.grid.display = self.query_one(LoadLine).display = not (short and is_open)
        self.panel.display = not short or is_open
        if short:
            grid = left - load
            self.grid.fit_into(grid)
        else:
            grid = self.grid.fit_into(left - load - 1 - SMALLEST_PANEL)
        _set_height(self.grid, max(3, grid) + 1)
        _set_height(self.query_one(LoadLine), load)

    def panel_height(self) -> int:
        if self.panel.display and self.panel.size.height:
            return self.panel.size.height + self.query_one("#foot").size.height + 1
        return super().panel_height()

    @property
    def post_here(self) -> Post | None:
        chip = self.grid.chip
        return self.calendar.posts.get(chip.post) if chip and chip.post is not None else None

    def _start_on_something(self) -> None:
        """At the start the cursor is on today's first post or slot, or else on the next of the week."""
        rows, today = self.grid.view.rows, self.grid.spot.day
        spots = [(d, r) for r, row in enumerate(rows) for d in range(today, 7) if row.cells[d]]
        if spots:
            day, row = min(spots)
            self.grid.spot = Spot(row, day, 0)


def _set_height(widget: Widget, lines: int) -> None:
    """Setting a height lays the whole screen out anew, even if it is the one that it has."""
    height = widget.styles.height
    if height is None or height.value != lines:
        widget.styles.height = lines


def _is_away(calendar: Calendar, member: int, week: date) -> bool:
    days = [week + n * DAY for n in range(7)]
    working = [day for day in days if calendar.team.is_working_day(day)]
    absences = calendar.absences_of(member)
    return bool(working) and all(any(absence.covers(day) for absence in absences) for day in working)
