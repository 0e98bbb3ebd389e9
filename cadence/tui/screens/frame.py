"""What all screens of the calendar have: the frame, movements with counts, and hooks for what changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer

from cadence.insight.capacity import Load
from cadence.insight.rota import lead_of
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.tui.actions import ALL, BY_NAME, actions_of, keys_text
from cadence.tui.filter import PostFilter
from cadence.tui.names import short_names
from cadence.tui.terminal import SMALLEST
from cadence.tui.widgets.frame import FootBar, HeaderBar, Tab

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp
    from cadence.tui.figures import Figures


class NewPlace(NamedTuple):
    """Where a new post goes: the local time `at`, and the open slot that it takes."""

    channel: int
    at: datetime
    slot: SlotKey | None = None


class FrameScreen(Screen[None]):
    """A subclass says which `place` it is, composes its middle, and answers what its cursor is on.

    `shown` is the snapshot on the screen; the app calls `show_calendar` when there is a newer one.
    """

    place: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.shown: Calendar = self.cadence.calendar
        self._filter_shown: PostFilter = self.cadence.filter
        self._figures_shown: Figures | None = None
        self._digits = ""
        self._digit_timer: Timer | None = None

    @property
    def cadence(self) -> CadenceApp:
        return cast("CadenceApp", self.app)

    @property
    def calendar(self) -> Calendar:
        """The newest snapshot."""
        return self.cadence.calendar

    # What a subclass says

    def compose_middle(self) -> ComposeResult:
        """The widgets between header and foot."""
        yield from ()

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """Show the newer snapshot, the cursor on what it was on."""

    def figures_changed(self, figures: Figures) -> None:
        """The slow figures of the newest snapshot are there."""

    def history_read(self) -> None:
        """What happened before the start is known now: `self.cadence.recent`."""

    def filter_changed(self) -> None:
        """`self.cadence.filter` is another one."""

    def selected_posts(self) -> list[int]:
        """What an action on posts acts on: the marked ones, or else the one under the cursor."""
        return []

    def selected_tasks(self) -> list[TaskRef]:
        """What an action on tasks acts on where tasks have rows of their own: the marked ones, or else the
        one under the cursor. Empty where posts are chosen: the action then finds the task."""
        return []

    def move_cursor(self, columns: int, rows: int) -> None:
        """A movement by keys, with its count."""

    def move_page(self, pages: int) -> None:
        """A page up (negative) or down."""

    def move_weeks(self, weeks: int) -> None: ...

    def move_to_end(self, last: bool) -> None:
        """The first or last row or day."""

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        """Put the cursor on a day, of a channel if it is said."""

    def go_to_post(self, post: int) -> None:
        """Put the cursor on a post."""

    def look_into(self) -> None:
        """Enter."""

    def step_back(self) -> bool:
        """Escape: leave what is open on this screen; False when there was nothing."""
        return False

    def panel_height(self) -> int:
        """Lines that a panel at the foot may cover without hiding what matters."""
        return self.app.size.height * 2 // 5

    def preview_load(self, load: Load | None) -> None:
        """Show what a choice would do to somebody's load; None: nothing is being chosen."""

    def next_part(self) -> None:
        """Tab."""

    def toggle_mark(self) -> None: ...

    def mark_to_here(self) -> None: ...

    def mark_shown(self) -> None: ...

    def clear_marks(self) -> bool:
        """Forget the marks; False when there were none."""
        return False

    def hints(self) -> list[tuple[str, str]]:
        """The keys in the foot: (key, what it does), the most useful first."""
        keymap = self.cadence.keymap
        ranked = sorted((a for a in actions_of(self.place) if a.hint), key=lambda action: action.hint)
        return [(keys_text(action, keymap, place=self.place, first=True), action.label) for action in ranked]

    def new_place(self) -> NewPlace | None:
        """Where a new post would go by the cursor; None: ask."""
        return None

    def set_filter(self, text: str) -> None:
        """Show only what `text` says; CadenceError when it cannot be understood."""
        raise NotImplementedError

    # The frame

    def compose(self) -> ComposeResult:
        yield HeaderBar(self.place, ascii_only=self.cadence.ascii_only)
        yield from self.compose_middle()
        yield FootBar(ascii_only=self.cadence.ascii_only)

    def on_mount(self) -> None:
        self._fit(self.app.size)
        self.show_frame()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        self.set_class(size.height < 30, "-short")
        self.set_class(size.width < 100, "-narrow")
        if size.width < SMALLEST[0] or size.height < SMALLEST[1]:
            self.call_after_refresh(self._say_too_small)

    def _say_too_small(self) -> None:
        from cadence.tui.screens.too_small import TooSmall

        if self.cadence.calendar_screen is self and not isinstance(self.app.screen, TooSmall):
            self.app.push_screen(TooSmall())

    def show_frame(self) -> None:
        """Header, status and keys as they are now."""
        app = self.cadence
        urgent = len(app.figures.urgent_warnings) if app.figures else 0
        lead, viewer = lead_of(self.calendar, app.today), app.viewer
        is_lead = lead is not None and lead is viewer
        tone = "bad" if is_lead else "warn"  # whoever leads the week is asked first
        tabs = [
            Tab(place.name, f"{place.title} {urgent}", tone, place.header)
            if place.name == "warnings" and urgent
            else Tab(place.name, place.title, rank=place.header)
            for place in ALL
        ]
        names = short_names(self.calendar)
        day = f"{app.today:%a} {app.today.day} {app.today:%b}"
        today = f"{day} · {names[viewer.id]}" if viewer else day
        rights = [today, day]
        if lead is not None:
            leads = "You lead this week" if is_lead else f"Lead this week: {names[lead.id]}"
            rights = [f"{leads} · {today}", f"{leads} · {day}", *rights]
        self.query_one(HeaderBar).say(self.calendar.team.name, tabs, rights)
        self.show_status()

    def show_status(self) -> None:
        if not self.is_mounted:
            return
        foot = self.query_one(FootBar)
        foot.say(self.cadence.status.text, self.cadence.status.tone)
        foot.say_aside(" · ".join(self.asides()))
        foot.offer(self.hints())

    def asides(self) -> Iterable[str]:
        """Short reminders at the right of the status line."""
        if self._digits:
            yield f"{self._digits} …"
        if self.cadence.filter:
            yield f"showing {self.cadence.filter.says} (esc: all)"

    def show_calendar(self) -> None:
        """Bring the screen up to the app's snapshot, filter and figures."""
        before, after = self.shown, self.cadence.calendar
        if before is not after:
            self.shown = after
            self.calendar_changed(before, after)
        if self._filter_shown is not self.cadence.filter:
            self._filter_shown = self.cadence.filter
            self.filter_changed()
        self.show_figures()

    def show_figures(self) -> None:
        figures = self.cadence.figures
        if figures is not None and figures is not self._figures_shown:
            self._figures_shown = figures
            self.figures_changed(figures)
        self.show_frame()

    def on_screen_resume(self) -> None:
        self.show_calendar()

    def on_header_bar_chosen(self, message: HeaderBar.Chosen) -> None:
        self.cadence.go_to_place(message.place)

    # Digits: a count for the movement that follows, or else what they are bound to

    def action_digit(self, digit: int) -> None:
        if digit == 0 and not self._digits:
            return
        self._digits = f"{self._digits}{digit}"[-3:]
        if self._digit_timer is not None:
            self._digit_timer.stop()
        self._digit_timer = self.set_timer(self.cadence.count_wait, self._digit_alone)
        self.show_status()

    async def _digit_alone(self) -> None:
        digits, self._digits = self._digits, ""
        self.show_status()
        for action in actions_of(self.place):
            if digits in self.cadence.keymap.get(action.id, action.keys).split(","):
                await self.run_action(action.method)

    def take_count(self) -> int:
        """The count that was typed before a movement: 1 if none."""
        count = int(self._digits or 1)
        if self._digits:
            self._digits = ""
            if self._digit_timer is not None:
                self._digit_timer.stop()
            self.show_status()
        return max(1, count)

    # Movements

    def action_go_left(self) -> None:
        self.move_cursor(-self.take_count(), 0)

    def action_go_right(self) -> None:
        self.move_cursor(self.take_count(), 0)

    def action_go_up(self) -> None:
        self.move_cursor(0, -self.take_count())

    def action_go_down(self) -> None:
        self.move_cursor(0, self.take_count())

    def action_go_week_back(self) -> None:
        self.move_weeks(-self.take_count())

    def action_go_week_on(self) -> None:
        self.move_weeks(self.take_count())

    def action_go_month_back(self) -> None:
        self.move_weeks(-4 * self.take_count())

    def action_go_month_on(self) -> None:
        self.move_weeks(4 * self.take_count())

    def action_go_page_up(self) -> None:
        self.move_page(-self.take_count())

    def action_go_page_down(self) -> None:
        self.move_page(self.take_count())

    def action_go_first(self) -> None:
        self.move_to_end(last=False)

    def action_go_last(self) -> None:
        self.move_to_end(last=True)

    def action_go_today(self) -> None:
        self.go_to_day(self.cadence.today)

    def action_go_part(self) -> None:
        self.next_part()

    def action_look_into(self) -> None:
        self.look_into()

    def action_look_back(self) -> None:
        """Leaves the innermost thing: what is open, then marks, then the filter, then the screen."""
        if self.step_back() or self.clear_marks():
            self.show_status()
        elif self.cadence.filter:
            self.set_filter("")
        elif BY_NAME[self.place].is_aside:
            self.cadence.go_back()

    def action_mark_one(self) -> None:
        self.toggle_mark()
        self.show_status()

    def action_mark_range(self) -> None:
        self.mark_to_here()
        self.show_status()

    def action_mark_all(self) -> None:
        self.mark_shown()
        self.show_status()
