"""The week: what its keys do. Moving about, carrying posts, looking into them, marking them. What is done in
the strip above it is in `week_strip`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from rich.cells import cell_len

from cadence.language import _
from cadence.model.post import TaskRef
from cadence.model.times import DAY, WEEK, week_start
from cadence.model.words import state_word
from cadence.tui.actions import bindings
from cadence.tui.dates import usual_hour
from cadence.tui.postview import task_kinds
from cadence.tui.screens.base import NewPlace
from cadence.tui.screens.moving import Moving
from cadence.tui.screens.week_parts import Part
from cadence.tui.screens.week_strip import StripActions
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.week_grid import Spot, WeekGrid
from cadence.tui.widgets.week_mouse import MouseGrid

FIRST_WEEK, LAST_WEEK = date(1990, 1, 8), date(2199, 12, 1)


class WeekScreen(StripActions):
    place = "week"
    BINDINGS = bindings("week")
    AUTO_FOCUS = "#week-grid"

    # What the cursor is on

    def posts_here(self) -> list[int]:
        return [self.post_here.id] if self.post_here else []

    def posts_shown(self) -> list[int]:
        return self.grid.view.posts()

    def selected_tasks(self) -> list[TaskRef]:
        post = self.post_here
        if post is None or self.marked or self.part != "panel":
            return []
        kinds = task_kinds(post)
        return [TaskRef(post.id, kinds[self.task_place])] if kinds else []

    def new_place(self) -> NewPlace | None:
        if self.part == "strip":
            return self.new_place_on_beat()
        channel = self.grid.channel
        if channel is None:
            return None
        chip = self.grid.chip
        if chip is not None and chip.post is None and chip.state in ("empty", "missed"):
            return NewPlace(channel, chip.at, chip.slot)
        return NewPlace(channel, datetime.combine(self.grid.day, usual_hour(self.calendar, channel)))

    def hints(self) -> list[tuple[str, str]]:
        if self.moving:
            return [
                ("← →", _("by a day")), ("H L", _("by a week")), ("↑ ↓", _("to an open slot")),
                ("g", _("to a date")), ("enter", _("drops")), ("esc", _("leaves")),
            ]  # fmt: skip
        if self.part == "panel":
            return [("↑ ↓", _("task")), ("← →", _("post")), *super().hints(), ("esc", _("back"))]
        return self.hints_on_strip() if self.part == "strip" else super().hints()

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        if self.moving:
            self.moving.step(self, columns, rows)
        elif self.part == "panel":
            self._move_in_panel(columns, rows)
        elif self.part == "strip":
            self.move_in_strip(columns, rows)
        else:
            # At once, not by its message, so that grid and panel are painted in one go.
            with self.grid.prevent(WeekGrid.Moved):
                self.grid.move(columns, rows)
            self.show_cursor()

    def _move_in_panel(self, columns: int, rows: int) -> None:
        if rows and self.post_here and self.post_here.tasks:
            self.task_place = max(0, min(self.task_place + rows, len(self.post_here.tasks) - 1))
            self.show_panel()
        elif rows:
            self.panel.scroll_lines(rows)
        if columns:
            self._step_through_posts(columns)

    def _step_through_posts(self, steps: int) -> None:
        """To the next or previous post or slot of the channel in this week."""
        spot = self.grid.spot
        row = self.grid.view.rows[spot.row] if self.grid.view.rows else None
        if row is None:
            return
        spots = [(d, i) for d, cell in enumerate(row.cells) for i in range(len(cell))]
        here = (spot.day, spot.place)
        before = [s for s in spots if s < here]
        after = [s for s in spots if s > here]
        target = (after[min(steps, len(after)) - 1] if after else None) if steps > 0 else (
            before[max(steps, -len(before))] if before else None)  # fmt: skip
        if target:
            self.grid.put(Spot(spot.row, *target))

    def move_page(self, pages: int) -> None:
        if self.part == "panel":
            self.panel.scroll_lines(pages * max(1, self.panel.size.height - 1))
        elif self.part == "strip":
            self.move_weeks(4 * pages)
        else:
            self.grid.move(0, pages * max(1, len(self.grid.view.rows) // 2))

    def move_weeks(self, weeks: int) -> None:
        if self.moving:
            self.moving.step(self, 7 * weeks, 0)
        elif self.part == "strip":
            self.strip.move_weeks(weeks)
            self.show_cursor()
        else:
            self.go_to_day(self.grid.day + timedelta(weeks=weeks), self.grid.channel)

    def move_to_end(self, last: bool) -> None:
        if self.part == "strip":
            self.strip.move_to_end(last)
            self.show_cursor()
        else:
            self.grid.put_at(self.grid.week + (6 if last else 0) * DAY, self.grid.channel)

    def show_week(self, week: date, day: date, channel: int | None = None) -> None:
        """Show other weeks, from `week` on, the cursor on a day of them."""
        if not FIRST_WEEK <= week <= LAST_WEEK:
            return
        channel = channel if channel is not None else self.grid.channel
        self.week = week
        with self.grid.prevent(WeekGrid.Moved):
            self.paint_week(keep=False)
            self.grid.put_at(day, channel)
        self.show_cursor()

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        if self.moving:
            self.moving.to_day(self, day)
        elif self.part != "strip" or not self.go_to_beat(day, channel):
            self.go_in_grid(day, channel)

    def go_in_grid(self, day: date, channel: int | None = None) -> None:
        """Put the grid's cursor on a day; the week after those that are shown comes in below them."""
        if self.grid.shows(day):
            self.grid.put_at(day, channel if channel is not None else self.grid.channel)
            return
        week = week_start(day, self.calendar.team.week_begins)
        is_next = week == self.week + self.grid.view.weeks * WEEK
        self.show_week(self.week + WEEK if is_next else week, day, channel)

    def go_to_post(self, post: int) -> None:
        found = self.let_in(post)
        if found is None:
            return
        if self.part == "strip" and self.post_here is not found and found.slot:
            self.go_to_beat(found.slot.local.date(), found.channel)
        self.go_in_grid(self.calendar.local(found).date(), found.channel)
        self.grid.put_on(post)
        self.show_cursor()

    def on_week_grid_moved(self) -> None:
        self.show_cursor()

    def on_week_grid_left_weeks(self, message: WeekGrid.LeftWeeks) -> None:
        self.go_in_grid(message.day)

    def on_post_panel_picked(self, message: PostPanel.Picked) -> None:
        self.enter_part("panel")
        if self.post_here and 0 <= message.place < len(self.post_here.tasks):
            self.task_place = message.place
        self.show_panel()

    # From part to part: grid, panel, strip

    def look_into(self) -> None:
        if self.moving:
            self.moving.drop(self)
        elif self.part == "strip":
            self.open_beat()
        elif self.part == "grid":
            self.enter_part("panel")

    def next_part(self) -> None:
        self._turn_to({"grid": "panel", "panel": "strip", "strip": "grid"})

    def previous_part(self) -> None:
        self._turn_to({"grid": "strip", "strip": "panel", "panel": "grid"})

    def _turn_to(self, parts: Mapping[Part, Part]) -> None:
        if self.moving:
            return
        if (part := parts[self.part]) == "strip":
            self.enter_strip(self.grid.channel)
        else:
            self.enter_part(part)

    def step_back(self) -> bool:
        if self.moving:
            self.moving = None
            self.paint_week()
            self.show_cursor()
            self.cadence.say(_("Left where it was"), "dim")
            return True
        if self.part != "grid":
            self.enter_part("grid")
            return True
        return False

    def move_posts(self, when: str = "") -> None:
        """With the arrows; a date given on the command line moves at once."""
        if when:
            super().move_posts(when)
        elif not self.moving and (posts := self.chosen_posts()):
            if fixed := [post for post in posts if not post.is_open]:
                state = state_word(fixed[0].state)
                said = _("{title} is {state}: only open posts move", title=fixed[0].title, state=state)
                self.cadence.say(said, "warn")
                return
            self.enter_part("grid")
            self.moving = Moving(tuple(post.id for post in posts), seen=self.seen(posts))
            self.moving.show(self)

    def show_moving(self) -> None:
        """The carried posts are somewhere else."""
        if self.moving is None:
            return
        first = self.moving.posts[0]
        day = self.moving.destinations(self.calendar)[first].date()
        if not self.grid.shows(day):
            self.week = week_start(day, self.calendar.team.week_begins)
        with self.grid.prevent(WeekGrid.Moved):
            self.paint_week(keep=False)
            self.grid.put_on(first)
        self.show_cursor()
        beside = sum(cell_len(aside) + 3 for aside in self.asides())
        self.cadence.say(self.moving.says(self, self.app.size.width - 2 - beside), "accent", stays=True)

    def show_dropped(self, post: int) -> None:
        """The carried posts are in the calendar's hands again."""
        self.paint_week()
        self.grid.put_on(post)
        self.show_cursor()

    # A post in the hand of the mouse

    def on_mouse_grid_dragged(self, message: MouseGrid.Dragged) -> None:
        """The post is carried as with `m`; all marked ones if it is one of them."""
        if self.moving is None:
            if message.post not in self.marked:
                self.clear_marks()
            self.grid.put_on(message.post)
            self.move_posts()
        if self.moving and message.post in self.moving.posts:
            self.moving.over(self, message.post, message.day, message.to)

    def on_mouse_grid_dropped(self, message: MouseGrid.Dropped) -> None:
        if self.moving and message.inside:
            self.look_into()
        elif self.moving:
            self.step_back()

    # Marks

    def toggle_mark(self) -> None:
        if post := self.post_here:
            self.marked.toggle(post.id)
            self.marks_changed()

    def mark_to_here(self) -> None:
        """All posts from the last mark to here, in order of time, on the channels between."""
        post = self.post_here
        last = self.calendar.posts.get(self.marked.last or 0)
        if post is None or last is None:
            self.toggle_mark()
            return
        calendar = self.calendar
        order = list(calendar.channels)
        rows = sorted((order.index(post.channel), order.index(last.channel)))
        first_day, last_day = sorted((calendar.local(post).date(), calendar.local(last).date()))
        for channel in order[rows[0] : rows[1] + 1]:
            for n in range((last_day - first_day).days + 1):
                found = calendar.posts_on(channel, first_day + n * DAY)
                self.marked.update(p.id for p in found if self.cadence.filter.keeps(p))
        self.marks_changed()
