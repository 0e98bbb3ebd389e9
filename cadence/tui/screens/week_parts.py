"""What the week screen is made of, how its parts share the terminal, and how they follow the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from cadence.insight.capacity import Load, loads
from cadence.insight.slots import FilledSlot
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post
from cadence.model.times import DAY, week_start
from cadence.model.words import slot_word
from cadence.tui.accents import accent_of
from cadence.tui.beatview import beat_head, beat_lines
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
from cadence.tui.screens.posts_screen import PostsScreen
from cadence.tui.weekview import week_view
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.load_line import LoadLine, Person
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.rhythm_strip import Promise, RhythmStrip
from cadence.tui.widgets.week_grid import Spot
from cadence.tui.widgets.week_layout import USUAL
from cadence.tui.widgets.week_mouse import MouseGrid
from cadence.tui.words import week_number

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.tui.figures import Figures

HISTORY_LENGTH = 12
SMALLEST_PANEL = 9
MOST_WEEKS = 4
LEGEND = ("on_time", "late", "missed", "ready", "planned", "empty", "paused")
Part = Literal["grid", "panel", "strip"]


class WeekParts(PostsScreen):
    """How the week is shown. What its keys do is in `WeekScreen`."""

    def __init__(self) -> None:
        super().__init__()
        self.week = week_start(self.cadence.today, self.calendar.team.week_begins)
        self.task_place = 0
        self._post_shown: int | None = None
        self._preview: Load | None = None
        self._loads_of: date | None = None
        self._part_shown: Part = "grid"

    def compose_middle(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        yield RhythmStrip(ascii_only=plain, id="rhythm")
        yield MouseGrid(ascii_only=plain, id="week-grid")
        yield LoadLine(ascii_only=plain, id="load")
        yield PostPanel(ascii_only=plain, id="post")

    def on_mount(self) -> None:
        self.grid.holidays = dict(self.calendar.team.holidays)
        self.grid.border_title = self._legend()
        self._show_promises()
        self.paint_week(keep=False)
        self.grid.spot = Spot(0, (self.cadence.today - self.week).days, 0)
        self._start_on_something()
        self.show_cursor()

    @property
    def grid(self) -> MouseGrid:
        return self.query_one(MouseGrid)

    @property
    def strip(self) -> RhythmStrip:
        return self.query_one(RhythmStrip)

    @property
    def panel(self) -> PostPanel:
        return self.query_one(PostPanel)

    @property
    def part(self) -> Part:
        """Which part the keys act upon."""
        if self.focused is self.panel:
            return "panel"
        return "strip" if self.focused is self.strip else "grid"

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self.grid.holidays = dict(after.team.holidays)
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

    def marks_changed(self) -> None:
        self.grid.mark(frozenset(self.marked))

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
                accent_of(calendar, channel.id),
            )
            for channel in calendar.channels.values()
            if not channel.retired and (not keep.channels or channel.id in keep.channels)
        ]
        team = calendar.team
        self.strip.show(promises, self.cadence.today, team.week_begins, team.horizon_days)

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
            weeks=self._weeks_that_fit(),
        )
        self.grid.show(view, app.today, keep=keep)
        self.marks_changed()
        self._show_loads()
        self.share_out()

    def _show_loads(self) -> None:
        calendar, names, week = self.calendar, short_names(self.calendar), self.grid.week
        [(_week, found)] = loads(calendar, [week])
        people = [
            Person(
                names[load.member],
                load,
                away=_is_away(calendar, load.member, week),
                would_be=self._preview if self._preview and self._preview.member == load.member
                and self._preview.week == load.week else None,
            )
            for load in found
        ]  # fmt: skip
        self._loads_of = week
        label = self.grid.label_width() if self.grid.size.width else 13
        title = _("Load {week}", week=week_number(week)) if self.grid.view.weeks > 1 else ""
        self.query_one(LoadLine).show(people, label, title)

    def preview_load(self, load: Load | None) -> None:
        self._preview = load
        self._show_loads()

    def show_cursor(self) -> None:
        """Everything that follows the cursor: the panel, the strip's pointer, the loads of its week."""
        if self.part != "strip":
            self.strip.point(self.grid.week, self.grid.channel)
        if self._loads_of != self.grid.week:
            self._show_loads()
        self.show_panel()
        self.show_status()

    def show_panel(self) -> None:
        calendar, plain = self.calendar, self.cadence.ascii_only
        chip, channel = self.grid.chip, self.grid.channel
        if self.part == "strip":
            self._show_beat()
        elif post := self.post_here:
            self.panel.show(post_head(calendar, post), self._lines_of(post), self._history_beside(post))
        elif chip is not None and channel is not None:
            figures = self.cadence.figures
            found = figures.by_channel.get(channel, []) if figures else []
            wrong = [w for w in found if w.slot == chip.slot or (w.slot is None and chip.alarm)]
            lines = slot_lines(chip.state, wrong, self.panel.size.width or 80, plain)
            self.panel.show(slot_head(calendar, channel, chip.at, chip.state), lines)
        else:
            self.panel.show(day_head(calendar, channel, self.grid.day), day_lines(calendar, self.grid.day))

    def _lines_of(self, post: Post) -> list[Line]:
        figures = self.cadence.figures
        warnings = figures.by_post.get(post.id, ()) if figures else ()
        kinds = task_kinds(post)
        if post.id != self._post_shown:  # one begins with what is to be done first
            self._post_shown = post.id
            undone = (place for place, kind in enumerate(kinds) if not post.tasks[kind].is_done)
            self.task_place = next(undone, 0)
        self.task_place = max(0, min(self.task_place, len(kinds) - 1))
        chosen = kinds[self.task_place] if kinds and self.part == "panel" else None
        return post_lines(
            self.calendar,
            post,
            self.cadence.today,
            warnings,
            self.panel.text_width(),
            chosen=chosen,
            ascii_only=self.cadence.ascii_only,
        )

    def _show_beat(self) -> None:
        """What the beat under the strip's cursor is, and the post on it."""
        figures, beat, plain = self.cadence.figures, self.strip.beat, self.cadence.ascii_only
        if figures is None:
            self.panel.show([(" " + _("counting …"), "dim")], [])
        elif beat is None:
            self.panel.show([(" " + _("No rhythm calls for anything here"), "dim")], [])
        else:
            post = self.post_here
            history = self._history_beside(post) if post else []
            width = self.panel.text_width(alone=not history)
            lines = beat_lines(self.calendar, figures, beat, self.cadence.today, width, plain)
            if post and post.is_open:
                lines += [[], *self._lines_of(post)]
            self.panel.show(beat_head(self.calendar, beat, plain), lines, history)

    def _history_beside(self, post: Post) -> list[Line]:
        happened = self.cadence.recent.of(post.id)[:HISTORY_LENGTH]
        lines = history_lines(self.calendar, post, happened, self.cadence.today, self.panel.beside_width())
        return [[(" " + _("History"), "dim")], *lines]

    # How the parts share the screen

    def on_resize(self, event: events.Resize) -> None:
        if self.grid.view.weeks != self._weeks_that_fit():
            if not self.week <= self.grid.day < self.week + self._weeks_that_fit() * 7 * DAY:
                self.week = self.grid.week
            self.paint_week()
        self.share_out()
        self._show_loads()

    def _lines_of_strip(self) -> int:
        free = self.app.size.height - 3
        return 1 + min(len(self.strip.promises), max(2, free // (4 if free < 27 else 3)))

    def _lines_of_load(self) -> int:
        return min(3, self.query_one(LoadLine).lines_wanted(self.app.size.width))

    def _weeks_that_fit(self) -> int:
        """As many as there is room for one below the other, none of them crowded."""
        height, channels = self.app.size.height, max(1, len(self.strip.promises))
        if height < 30:
            return 1
        room = height - 7 - self._lines_of_strip() - SMALLEST_PANEL
        return max(1, min(room // (1 + channels * (USUAL.chip + USUAL.gap)), MOST_WEEKS))

    def share_out(self) -> None:
        short, is_open = self.app.size.height < 30, self.part != "grid"
        strip, load = self._lines_of_strip(), self._lines_of_load()
        _set_height(self.strip, strip)
        left = self.app.size.height - (2 if short else 3) - strip - 1  # the line above the grid
        self.grid.display = self.query_one(LoadLine).display = not (short and is_open)
        self.panel.display = not short or is_open
        self.panel.border_title = self._legend() if short and self.part == "strip" else ""
        if short:
            grid = left - load
            self.grid.fit_into(grid)
        else:
            # What is carried makes a row higher: then the panel gives way, and nothing else jumps.
            panel = SMALLEST_PANEL // 2 if self.moving else SMALLEST_PANEL
            room = left - load - 1 - panel
            grid = self.grid.fit_into(room, no_wider=self.moving is not None)
            grid = min(room, grid + (self.grid.spacing.gap == 0))  # a free line above the load
        _set_height(self.grid, max(3, grid) + 1)
        _set_height(self.query_one(LoadLine), load)

    def _legend(self) -> str:
        """What the marks mean, on the line between strip and grid."""
        plain = self.cadence.ascii_only
        half = _("late or early")
        words = {state: half if state == "late" else slot_word(state) for state in LEGEND}
        return " ".join(f"{mark(state, ascii_only=plain)} {word}" for state, word in words.items())

    def panel_height(self) -> int:
        if self.panel.display and self.panel.size.height:
            return self.panel.size.height + self.query_one("#foot").size.height + 1
        return super().panel_height()

    @property
    def beat_here(self) -> FilledSlot | None:
        """The slot that the strip's cursor is on, while the strip is what keys act upon."""
        beat = self.strip.beat
        return beat.worst if beat and self.part == "strip" else None

    @property
    def post_here(self) -> Post | None:
        posts = self.calendar.posts
        if self.part == "strip":
            beat = self.beat_here
            # The figures are a moment behind a change; who holds a slot now is known at once.
            held = self.calendar.index.by_slot.get(beat.slot.key, ()) if beat else ()
            ids = [*(id for id in held if posts[id].state != "skipped"), *([beat.post] if beat else [])]
            return next((posts[id] for id in ids if id in posts), None)
        chip = self.grid.chip
        return posts.get(chip.post) if chip and chip.post is not None else None

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
