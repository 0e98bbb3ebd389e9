"""What all screens of the calendar have: the frame, movements with counts, and hooks for what changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast
from weakref import ref

from textual import events, messages
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from cadence.insight.capacity import Load
from cadence.insight.rota import lead_of
from cadence.language import _, month, weekday
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.tui.actions import ALL, BY_ID, BY_NAME, COUNTED, actions_of, keys_text
from cadence.tui.filter import PostFilter
from cadence.tui.names import short_names
from cadence.tui.screens.marking import MarkingScreen
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


class FrameScreen(MarkingScreen):
    """A subclass says which `place` it is, composes its middle, and answers what its cursor is on.

    `shown` is the snapshot on the screen; the app calls `show_calendar` when there is a newer one.
    """

    place: ClassVar[str]
    beside_from: ClassVar[int] = 150
    """Columns from which on what is read of a row stands beside the list instead of below it."""
    focused = Reactive[Widget | None](None, repaint=False)
    """As Textual's, which would paint the whole screen anew: the two widgets that it concerns do so."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Calendar = self.cadence.calendar
        self._filter_shown: PostFilter = self.cadence.filter
        self._figures_shown: ref[Figures] | None = None
        """Not held: sixteen screens that nobody looks at would keep what was known at sixteen moments."""
        self.is_ready = False
        """Whether it has its widgets, so that keys can act on them."""
        self._digits = ""
        self._digit_timer: Timer | None = None
        self._styled_for: tuple[str, frozenset[str], frozenset[str]] | None = None

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

    def posts_here(self) -> list[int]:
        """The post under the cursor, whatever is marked: for what is done with one alone."""
        return self.selected_posts()

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

    def previous_part(self) -> None:
        """Back, where there are more than two parts; of two it is the other one."""
        self.next_part()

    def hints(self) -> list[tuple[str, str]]:
        """The keys in the foot: (key, what it does), the most useful first."""
        ranked = sorted((a for a in actions_of(self.place) if a.hint), key=lambda action: action.hint)
        named = [self._hint(action.id) for action in ranked]
        return [(key, label) for key, label in named if key]

    def _hint(self, action: str) -> tuple[str, str]:
        """The key of an action as the foot shows it, and its name."""
        found = BY_ID[action]
        return keys_text(found, self.cadence.keymap, place=self.place, first=True), found.name

    def new_place(self) -> NewPlace | None:
        """Where a new post would go by the cursor; None: ask."""
        return None

    def new_day(self) -> date | None:
        """The day that a new post is meant for when its channel must be asked; None: any."""
        return None

    def set_filter(self, text: str) -> None:
        """Show only what `text` says; CadenceError when it cannot be understood."""
        raise NotImplementedError

    def go_to_change(self, seq: int) -> None:
        """Put the cursor on a change of the history."""

    def go_to_load(self, member: int, day: date) -> None:
        """Put the cursor on somebody's week among the loads."""

    # The frame

    def compose(self) -> ComposeResult:
        yield HeaderBar(self.place, ascii_only=self.cadence.ascii_only)
        yield from self.compose_middle()
        yield FootBar(ascii_only=self.cadence.ascii_only)

    def on_mount(self) -> None:
        self._fit(self.app.size)
        self.show_frame()
        self.is_ready = True
        self.call_after_refresh(self.cadence.release_keys, "screen")

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        self.set_class(size.height < 30, "-short")
        self.set_class(size.width < 100, "-narrow")
        self.set_class(size.width >= self.beside_from, "-beside")
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
            Tab(place.name, f"{_(place.title)} {urgent}", tone, place.header)
            if place.name == "warnings" and urgent
            else Tab(place.name, _(place.title), rank=place.header)
            for place in ALL
        ]
        names = short_names(self.calendar)
        day = f"{weekday(app.today)} {app.today.day} {month(app.today)}"
        today = f"{day} · {names[viewer.id]}" if viewer else day
        rights = [today, day]
        if lead is not None:
            leads = _("You lead this week")
            if not is_lead:
                leads = _("Lead this week: {who}", who=names[lead.id])
            rights = [f"{leads} · {today}", f"{leads} · {day}", *rights]
        self.query_one(HeaderBar).say(self.calendar.team.name, tabs, rights)
        self.show_status()

    def show_status(self) -> None:
        if not self.is_mounted:
            return
        foot = self.query_one(FootBar)
        foot.say(self.cadence.status.text, self.cadence.status.tone)
        foot.say_aside(" · ".join(self.asides()))
        foot.offer(self.hints(), last=self._hint("app.help"))

    def asides(self) -> Iterable[str]:
        """Short reminders at the right of the status line."""
        if self._digits:
            yield f"{self._digits} …"
        if self.cadence.filter:
            yield _("showing {filter} (esc: all)", filter=self.cadence.filter.says)
        if words := self.marks_said():
            yield words

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
        shown = self._figures_shown() if self._figures_shown else None
        if figures is not None and figures is not shown:
            self._figures_shown = ref(figures)
            self.figures_changed(figures)
        self.show_frame()

    async def on_prune(self, event: messages.Prune) -> None:
        """It is left for good. Its widgets go first, in Textual's own handler, which is called next: what is
        still being worked out may not look for them."""
        self.workers.cancel_node(self)

    def on_screen_suspend(self) -> None:
        self._styled_for = self._what_styles_hang_on()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        # Working out all styles again would be half of what it costs to come back.
        if self._styled_for == self._what_styles_hang_on():
            event.refresh_styles = False
        self.show_calendar()
        if self.is_ready:  # at the first visit it is not yet: see `on_mount`
            self.marks_changed()
            self.call_after_refresh(self.cadence.release_keys, "screen")

    def prepare(self, work: Callable[..., object], *args: object) -> None:
        """Do in a thread what a key is likely to ask for next. What fails here fails again, and is told,
        where it is shown."""
        self.cadence.beside(work, *args)

    def _what_styles_hang_on(self) -> tuple[str, frozenset[str], frozenset[str]]:
        """What can change while another screen is shown, and is not told to this one."""
        return self.app.theme, frozenset(self.app.classes), frozenset(self.app.pseudo_classes)

    def on_header_bar_chosen(self, message: HeaderBar.Chosen) -> None:
        self.cadence.go_to_place(message.place)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error:
            self.cadence.report(event.worker.error)

    # Digits: a count for the movement that follows, or else what they are bound to

    def action_digit(self, digit: int) -> None:
        if digit == 0 and not self._digits:
            return
        self._digits = f"{self._digits}{digit}"[-3:]
        if self._digit_timer is not None:
            self._digit_timer.stop()
        self._digit_timer = self.set_timer(self.cadence.count_wait, self.digits_alone)
        self.show_status()

    def ends_number(self, key: str) -> bool:
        """Whether a number was typed that this key does not count for: it meant a screen, then."""
        if not self._digits or key.isdecimal():
            return False
        keymap = self.cadence.keymap
        counted = (action for action in actions_of(self.place) if action.id in COUNTED)
        return all(key not in keymap.get(action.id, action.keys).split(",") for action in counted)

    async def digits_alone(self) -> None:
        """The number that was typed is no count."""
        digits, self._digits = self._digits, ""
        if self._digit_timer is not None:
            self._digit_timer.stop()
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

    def action_go_part_back(self) -> None:
        self.previous_part()

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
