"""The week: what its keys do. Moving about, carrying posts, looking into them, marking them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.times import DAY, week_start
from cadence.tui.actions import bindings
from cadence.tui.dates import NINE
from cadence.tui.postview import task_kinds
from cadence.tui.screens.base import NewPlace
from cadence.tui.screens.moving import Moving
from cadence.tui.screens.week_parts import WeekParts
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.rhythm_strip import RhythmStrip
from cadence.tui.widgets.week_grid import Spot, WeekGrid
from cadence.tui.words import counted


class WeekScreen(WeekParts):
    place = "week"
    BINDINGS = bindings("week")
    AUTO_FOCUS = "#week-grid"

    def __init__(self) -> None:
        super().__init__()
        self._last_mark: int | None = None

    # What the cursor is on

    def selected_posts(self) -> list[int]:
        if self.marked:
            return [id for id in self._in_order() if id in self.marked] + sorted(
                self.marked - set(self._in_order())
            )
        return [self.post_here.id] if self.post_here else []

    def selected_tasks(self) -> list[TaskRef]:
        post = self.post_here
        if post is None or self.marked or not self.panel.has_focus:
            return []
        kinds = task_kinds(post)
        return [TaskRef(post.id, kinds[self.task_place])] if kinds else []

    def new_place(self) -> NewPlace | None:
        channel = self.grid.channel
        if channel is None:
            return None
        chip = self.grid.chip
        if chip is not None and chip.post is None and chip.state in ("empty", "missed"):
            return NewPlace(channel, chip.at, chip.slot)
        return NewPlace(channel, datetime.combine(self.grid.day, _usual_hour(self.calendar, channel)))

    def hints(self) -> list[tuple[str, str]]:
        if self.moving:
            return [
                ("← →", "by a day"), ("H L", "by a week"), ("↑ ↓", "to an open slot"), ("g", "to a date"),
                ("enter", "drops"), ("esc", "leaves"),
            ]  # fmt: skip
        if self.panel.has_focus:
            return [("↑ ↓", "task"), ("← →", "post"), *super().hints(), ("esc", "back")]
        return super().hints()

    def asides(self) -> Iterable[str]:
        yield from super().asides()
        if self.moving and self.app.size.height < 30:
            yield "enter drops · esc leaves"
        if self.marked:
            yield f"{counted(len(self.marked), 'post')} marked (esc: none)"

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        if self.moving:
            self.moving.step(self, columns, rows)
        elif self.panel.has_focus:
            self._move_in_panel(columns, rows)
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
        if self.panel.has_focus:
            self.panel.scroll_lines(pages * max(1, self.panel.size.height - 1))
        else:
            self.grid.move(0, pages * max(1, len(self.grid.view.rows) // 2))

    def move_weeks(self, weeks: int) -> None:
        if self.moving:
            self.moving.step(self, 7 * weeks, 0)
        else:
            self.show_week(self.week + timedelta(weeks=weeks))

    def move_to_end(self, last: bool) -> None:
        self.grid.put_at(self.week + (6 if last else 0) * DAY, self.grid.channel)

    def show_week(self, week: date, day: date | None = None, channel: int | None = None) -> None:
        """Show another week, the cursor on the same weekday or on `day`."""
        if not date(1990, 1, 8) <= week <= date(2199, 12, 1):
            return
        day = day or week + (self.grid.spot.day * DAY)
        channel = channel if channel is not None else self.grid.channel
        self.week = week
        with self.grid.prevent(WeekGrid.Moved):
            self.paint_week(keep=False)
            self.grid.put_at(day, channel)
        self.show_cursor()

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        if self.moving:
            self.moving.to_day(self, day)
            return
        week = week_start(day, self.calendar.team.week_begins)
        if week != self.week:
            self.show_week(week, day, channel)
        else:
            self.grid.put_at(day, channel if channel is not None else self.grid.channel)

    def go_to_post(self, post: int) -> None:
        found = self.calendar.posts.get(post)
        if found is None:
            return
        if not self.cadence.filter.keeps(found):
            self.set_filter("")
        self.go_to_day(self.calendar.local(found).date(), found.channel)
        self.grid.put_on(post)
        self.show_cursor()

    def on_week_grid_moved(self) -> None:
        self.show_cursor()

    def on_week_grid_left_week(self, message: WeekGrid.LeftWeek) -> None:
        """Over the edge of the week: on the next or the one before."""
        edge = self.week + (6 if message.days > 0 else 0) * DAY
        self.go_to_day(edge + message.days * DAY)

    def on_week_grid_opened(self) -> None:
        self.look_into()

    def on_rhythm_strip_chosen(self, message: RhythmStrip.Chosen) -> None:
        self.grid.put_at(self.grid.day, message.channel)

    def on_post_panel_picked(self, message: PostPanel.Picked) -> None:
        self.panel.focus()
        if self.post_here and 0 <= message.place < len(self.post_here.tasks):
            self.task_place = message.place
        self.show_panel()

    # Looking into the post, and back

    def look_into(self) -> None:
        if self.moving:
            self.run_worker(self.moving.drop(self), name="drop")
        elif not self.panel.has_focus:
            self.next_part()

    def next_part(self) -> None:
        if self.moving:
            return
        if self.panel.has_focus:
            self._leave_panel()
            return
        self.panel.display = True
        self.panel.focus()
        self.call_after_refresh(self._focus_moved)

    def _leave_panel(self) -> None:
        self.grid.display = True
        self.grid.focus()
        self.call_after_refresh(self._focus_moved)

    def _focus_moved(self) -> None:
        self.share_out()
        self.show_cursor()

    def step_back(self) -> bool:
        if self.moving:
            self.moving = None
            self.paint_week()
            self.show_cursor()
            self.cadence.say("Left where it was", "dim")
            return True
        if self.panel.has_focus:
            self._leave_panel()
            return True
        return False

    def move_posts(self, when: str = "") -> None:
        """With the arrows; a date given on the command line moves at once."""
        if when:
            super().move_posts(when)
        elif not self.moving and (posts := self.chosen_posts()):
            if fixed := [post for post in posts if not post.is_open]:
                self.cadence.say(f"{fixed[0].title} is {fixed[0].state}: only open posts move", "warn")
                return
            self.grid.focus()
            self.moving = Moving(tuple(post.id for post in posts), seen=self.seen(posts))
            self.moving.show(self)

    def show_moving(self, say: str) -> None:
        """The carried posts are somewhere else."""
        first = self.calendar.posts[self.moving.posts[0]] if self.moving else None
        if self.moving and first:
            at = self.moving.destinations(self.calendar)[first.id]
            self.week = week_start(at.date(), self.calendar.team.week_begins)
            self.paint_week(keep=False)
            self.grid.put_on(first.id)
        self.show_cursor()
        self.cadence.say(say, "accent", stays=True)

    def show_dropped(self, post: int) -> None:
        """The carried posts are in the calendar's hands again."""
        self.paint_week()
        self.grid.put_on(post)
        self.show_cursor()

    # Marks

    def _in_order(self) -> list[int]:
        return self.grid.view.posts()

    def toggle_mark(self) -> None:
        if post := self.post_here:
            self.marked ^= {post.id}
            self._last_mark = post.id
            self.grid.mark(frozenset(self.marked))

    def mark_to_here(self) -> None:
        """All posts from the last mark to here, in order of time, on the channels between."""
        post = self.post_here
        last = self.calendar.posts.get(self._last_mark or 0)
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
                self.marked |= {p.id for p in found if self.cadence.filter.keeps(p)}
        self.grid.mark(frozenset(self.marked))

    def mark_shown(self) -> None:
        self.marked |= set(self._in_order())
        self.grid.mark(frozenset(self.marked))

    def clear_marks(self) -> bool:
        had = bool(self.marked)
        self.marked = set()
        self.grid.mark(frozenset())
        return had


def _usual_hour(calendar: Calendar, channel: int) -> time:
    rhythms = calendar.rhythms_of(channel)
    return rhythms[0].at if rhythms else NINE
