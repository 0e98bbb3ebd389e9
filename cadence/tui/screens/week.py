"""The week: the rhythm of every channel, its posts by day, everyone's load, and the post under the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from cadence.insight.capacity import Load, loads
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.times import DAY, week_start
from cadence.tui.actions import bindings
from cadence.tui.dates import NINE
from cadence.tui.figures import Figures
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
from cadence.tui.screens.base import CalendarScreen, NewPlace
from cadence.tui.screens.moving import Moving
from cadence.tui.weekview import week_view
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.load_line import LoadLine, Person
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.rhythm_strip import Promise, RhythmStrip
from cadence.tui.widgets.week_grid import Spot, WeekGrid
from cadence.tui.words import counted

HISTORY_LENGTH = 12
SMALLEST_PANEL = 9


class WeekScreen(CalendarScreen):
    place = "week"
    BINDINGS = bindings("week")
    AUTO_FOCUS = "#week-grid"

    def __init__(self) -> None:
        super().__init__()
        self.week = week_start(self.cadence.today, self.calendar.team.week_begins)
        self.marked: set[int] = set()
        self.moving: Moving | None = None
        self.task_place = 0
        self._last_mark: int | None = None
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
        self._show_week(keep=False)
        self.grid.spot = Spot(0, (self.cadence.today - self.week).days, 0)
        self._start_on_something()
        self._show_cursor()

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
        self._show_week()
        self._show_cursor()

    def figures_changed(self, figures: Figures) -> None:
        self._show_promises()
        self._show_week()
        self._show_cursor()

    def history_read(self) -> None:
        self._show_panel()

    def filter_changed(self) -> None:
        self._show_promises()
        self._show_week()
        self._show_cursor()

    # Showing

    def _show_promises(self) -> None:
        figures, calendar, keep = self.cadence.figures, self.calendar, self.cadence.filter
        promises = [
            Promise(
                channel.id,
                channel.name,
                figures.strip.get(channel.id, []) if figures else [],
                figures.consistency.get(channel.id) if figures else None,
                _allowed_silence(calendar, channel.id),
            )
            for channel in calendar.channels.values()
            if not channel.retired and (not keep.channels or channel.id in keep.channels)
        ]
        team = calendar.team
        self.query_one(RhythmStrip).show(promises, self.cadence.today, team.week_begins, team.horizon_days)

    def _show_week(self, *, keep: bool = True) -> None:
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
        self._arrange()

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

    def _show_cursor(self) -> None:
        """Everything that follows the cursor: the panel, the strip's pointer."""
        self.query_one(RhythmStrip).point(self.week, self.grid.channel)
        self._show_panel()
        self.show_status()

    def _show_panel(self) -> None:
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
        self._arrange()
        self._show_loads()

    def _arrange(self) -> None:
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

    # What the cursor is on

    @property
    def post_here(self) -> Post | None:
        chip = self.grid.chip
        return self.calendar.posts.get(chip.post) if chip and chip.post is not None else None

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
            self._show_cursor()

    def _move_in_panel(self, columns: int, rows: int) -> None:
        if rows and self.post_here and self.post_here.tasks:
            self.task_place = max(0, min(self.task_place + rows, len(self.post_here.tasks) - 1))
            self._show_panel()
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
            self._show_week(keep=False)
            self.grid.put_at(day, channel)
        self._show_cursor()

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
        self._show_cursor()

    def on_week_grid_moved(self) -> None:
        self._show_cursor()

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
        self._show_panel()

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
        self._arrange()
        self._show_cursor()

    def step_back(self) -> bool:
        if self.moving:
            self.moving = None
            self._show_week()
            self._show_cursor()
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
            self._show_week(keep=False)
            self.grid.put_on(first.id)
        self._show_cursor()
        self.cadence.say(say, "accent", stays=True)

    def show_dropped(self, post: int) -> None:
        """The carried posts are in the calendar's hands again."""
        self._show_week()
        self.grid.put_on(post)
        self._show_cursor()

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


def _usual_hour(calendar: Calendar, channel: int) -> time:
    rhythms = calendar.rhythms_of(channel)
    return rhythms[0].at if rhythms else NINE


def _allowed_silence(calendar: Calendar, channel: int) -> float | None:
    """In days; the strictest of the channel's rhythms."""
    minutes = [r.max_silence for r in calendar.rhythms_of(channel) if r.max_silence is not None]
    return min(minutes) / (24 * 60) if minutes else None


def _is_away(calendar: Calendar, member: int, week: date) -> bool:
    days = [week + n * DAY for n in range(7)]
    working = [day for day in days if calendar.team.is_working_day(day)]
    absences = calendar.absences_of(member)
    return bool(working) and all(any(absence.covers(day) for absence in absences) for day in working)
