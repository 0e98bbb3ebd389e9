"""The app: its screens, how it starts, and what it says. It knows no rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from cadence.language import _
from cadence.model.errors import BadInput
from cadence.tui.actions import ALL, COUNTS, Place
from cadence.tui.collecting import LOOK_FOR_PAUSE, Collecting
from cadence.tui.freshness import Freshness
from cadence.tui.live import LOOK_EVERY, LiveApp
from cadence.tui.marks import Marked
from cadence.tui.repeating import Repeatable
from cadence.tui.sheet import Sheet
from cadence.tui.terminal import without_colour
from cadence.tui.themes import all_themes, usual_theme, variables_for_others
from cadence.tui.trouble import Trouble
from cadence.tui.widgets.painting import LOOKS
from cadence.tui.widgets.scrollbar import use_thin_scrollbars

if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.model.change import Change
    from cadence.model.team import Member
    from cadence.tui.filter import PostFilter
    from cadence.tui.screens.base import CalendarScreen
    from cadence.tui.searching import Finder
    from cadence.user.palettes import Palette
    from cadence.workspace import Workspace

Opening = Callable[[], "tuple[Workspace, Member | None]"]
"""Opens the calendar, and says who looks at it. CadenceError as the store's and the calendar's."""

SAY_FOR = 8.0
"""Seconds that the status line keeps a sentence."""


def _screen_of(place: Place) -> Callable[[], Screen[Any]]:
    """Makes the screen of a place, imported only then: that is not paid before the first frame."""

    def make() -> Screen[Any]:
        module, name = place.screen.split(":")
        screen: Screen[Any] = getattr(import_module(module), name)()
        return screen

    return make


@dataclass(frozen=True)
class Status:
    """What the status line says. `tone`: one of the tones of `widgets.cells`."""

    text: str = ""
    tone: str = ""


class CadenceApp(LiveApp):
    """On a workspace that is open, or on one that `opening` opens once the first frame is painted.
    `addresses`: where the user's addresses of busy calendars are; None: those are not read."""

    CSS_PATH = "theme.tcss"
    COMPONENT_CLASSES = LOOKS
    TITLE = "Cadence"
    ENABLE_COMMAND_PALETTE = False  # it is an action of ours, so that its key can be remapped
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        place.name: _screen_of(place) for place in ALL
    }
    PAUSE_GC_ON_SCROLL = True

    class Opened(Message):
        def __init__(self, workspace: Workspace, viewer: Member | None) -> None:
            super().__init__()
            self.workspace = workspace
            self.viewer = viewer

    class NotOpened(Message):
        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self,
        workspace: Workspace | None,
        viewer: Member | None,
        clock: Callable[[], datetime],
        *,
        opening: Opening | None = None,
        keymap: Mapping[str, str] | None = None,
        ascii_only: bool = False,
        theme: str = "",
        themes: Sequence[Palette] = (),
        addresses: Path | None = None,
    ) -> None:
        # Without colours Textual must be told at its construction, see its handling of NO_COLOR.
        super().__init__(clock, ansi_color=True if without_colour() else None)
        self._opening = opening
        self._addresses = addresses
        self._freshness: Freshness | None = None
        if workspace is not None:
            self.hold(workspace, viewer)
        self.failure: Exception | None = None
        self.trouble: Trouble | None = None
        self.repeatable: Repeatable | None = None
        self.marked = Marked()
        self.keymap = dict(keymap or {})
        self.ascii_only = ascii_only
        self.set_class(ascii_only, "-ascii")
        use_thin_scrollbars(ascii_only=ascii_only)
        self.filter: PostFilter
        self.status = Status()
        self.collecting: Collecting | None = None
        """None: Python collects when it likes, as where many apps share a process."""
        self.count_wait = 0.35  # seconds that a digit waits for a movement before it means a screen
        self._status_timer: Timer | None = None
        self._place_before = "week"
        for each in all_themes(themes):
            self.register_theme(each)
        if theme and theme not in self.available_themes:
            raise BadInput(
                _("there is no theme {name!r}", name=theme[:40]),
                _("there is: {names}", names=", ".join(sorted(self.available_themes))),
            )
        # Now, and not when the app is running: each change of it reads the whole style sheet again.
        self.set_reactive(LiveApp.theme, theme or self.usual_theme)
        self.sheet = self.stylesheet = Sheet(variables=self.get_css_variables())
        if keymap:
            self.set_keymap({**COUNTS, **self.keymap})

    # Starting and leaving

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for_others(self.current_theme)

    def read_theme_ahead(self, name: str) -> None:
        """Get ready to show a theme; from any thread."""
        theme = self.available_themes[name]
        own = {**theme.to_color_system().generate(), **theme.variables}
        self.sheet.read_ahead({**variables_for_others(theme), **own})

    @property
    def usual_theme(self) -> str:
        return usual_theme(self.console, without_colour=without_colour())

    def compose(self) -> ComposeResult:
        yield Static(" Cadence", id="opening", markup=False)

    def on_mount(self) -> None:
        if self._opening is None:
            self.begin()
        else:
            self.call_after_refresh(self._open)

    @work(thread=True)
    def _open(self) -> None:
        """Opening takes longer the more the calendar holds; the first frame does not."""
        from cadence.tui.allocating import keep_little

        assert self._opening is not None
        keep_little()
        try:
            workspace, viewer = self._opening()
        except Exception as error:
            self.post_message(self.NotOpened(error))
        else:
            self.post_message(self.Opened(workspace, viewer))

    def on_cadence_app_opened(self, message: Opened) -> None:
        self.hold(message.workspace, message.viewer)
        self.begin()

    def on_cadence_app_not_opened(self, message: NotOpened) -> None:
        """Whoever started the app says why, once the terminal is theirs again."""
        self.failure = message.error
        self.exit()

    def begin(self) -> None:
        """Show the calendar; an empty one is set up first."""
        from cadence.tui.filter import EVERYTHING

        self.filter = EVERYTHING
        if self.calendar.members or self.calendar.channels:
            self.start()
        else:
            from cadence.tui.screens.setup import SetupScreen

            self.push_screen(SetupScreen(), lambda _done: self.start())

    def start(self) -> None:
        """Show the week and begin to look for changes."""
        self.switch_mode("week")
        # What can be seen comes first: the figures would fight it for the processor.
        self.call_after_refresh(self.call_after_refresh, self.compute_figures)
        self.look_every(LOOK_EVERY)
        self.set_interval(60, self.compute_figures)
        if self.collecting is not None:
            self.set_interval(LOOK_FOR_PAUSE, self.collecting.look)
        self._keep_busy_time_fresh()
        if self.workspace.readonly:
            self.say(_("Read only: {why}", why=self.workspace.readonly), "warn")

    def on_unmount(self) -> None:
        if self._freshness is not None:
            self._freshness.end()
        self.shut_door()

    def _keep_busy_time_fresh(self) -> None:
        if self._addresses is None:
            return

        def fail(error: Exception) -> None:
            words = _("Busy calendars are not read any more: {error}", error=error)
            self.call_from_thread(self.say, words, "warn")

        self._freshness = Freshness(self.workspace, self._addresses, self.clock, fail)
        self._freshness.start()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Nothing blinks, in a field of whatever screen."""
        field: Any = event.widget
        if hasattr(field, "cursor_blink"):
            field.cursor_blink = False

    def on_resize(self, event: events.Resize) -> None:
        """Of two changes of size at nearly the same time Textual may hear of the older one last: the terminal
        itself knows."""
        if not self.is_headless:
            size = Size(*get_terminal_size())
            if size != event.size:
                self.post_message(events.Resize(size, size))

    async def on_event(self, event: events.Event) -> None:
        if self.collecting is not None and isinstance(event, events.Key):
            self.collecting.key()
        await super().on_event(event)

    @cached_property
    def finder(self) -> Finder:
        from cadence.tui.searching import Finder

        return Finder()

    # Showing what is new

    @property
    def calendar_screen(self) -> CalendarScreen | None:
        """The calendar screen that is shown, be it behind a prompt."""
        from cadence.tui.screens.base import CalendarScreen

        stack = reversed(self.screen_stack)
        return next((screen for screen in stack if isinstance(screen, CalendarScreen)), None)

    @property
    def ready_screen(self) -> CalendarScreen | None:
        """The same once it has its widgets: until then there is nothing to bring up to date, and what it
        shows first is the newest anyway."""
        screen = self.calendar_screen
        return screen if screen is not None and screen.is_mounted else None

    def show_newest(self, before: Calendar) -> None:
        """Every screen that is open hears of it, prompts too."""
        self.marked.follow(before, self.calendar)
        if screen := self.ready_screen:
            screen.show_calendar()
        for screen in self.screen_stack:
            hear = getattr(screen, "calendar_changed", None)
            if hear is not None and screen is not self.calendar_screen:
                hear(before, self.calendar)

    def show_figures(self) -> None:
        if self.collecting is not None:
            self.collecting.settle()
        if screen := self.ready_screen:
            screen.show_figures()

    def show_history(self) -> None:
        if screen := self.ready_screen:
            screen.history_read()

    # Saying

    def say(self, text: str, tone: str = "", *, stays: bool = False) -> None:
        """Show a sentence in the status line for a while, or until the next one."""
        self.status = Status(text, tone)
        self._show_status()
        if self._status_timer is not None:
            self._status_timer.stop()
        self._status_timer = self.set_timer(SAY_FOR, self._forget_status) if text and not stays else None

    def mention(self, change: Change) -> None:
        """What somebody else did, unless the line has something more important to say."""
        if not self.status.text:
            self.say(f"{change.by}: {change.why}", "dim")

    def _forget_status(self) -> None:
        self.status = Status()
        self._show_status()

    def _show_status(self) -> None:
        if self.is_mounted and (screen := self.calendar_screen):
            screen.show_status()

    # What goes wrong

    def report(self, error: BaseException) -> None:
        """Say what went wrong, and keep the details at hand; the calendar is as it was."""
        self.trouble = Trouble.of(error)
        self.say(_("{what} · ! shows the details", what=self.trouble.summary), "bad")

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the traceback over the shell. Whoever started the app says it in a line.
        if self._exit:
            pass  # what is half taken down has nothing to show any more
        elif self.is_headless:
            super()._handle_exception(error)
        else:
            self.failure = error
            self.exit()

    # Places

    def go_to_place(self, place: str) -> None:
        if place != self.current_mode:
            self._place_before = self.current_mode
            self.hold_keys("screen")
            self.switch_mode(place)

    def go_back(self) -> None:
        self.go_to_place(self._place_before if self._place_before != self.current_mode else "week")
        self._place_before = "week"  # not to and fro between two places that escape leaves

    def show_post(self, post: int) -> None:
        """Go to a post on the week screen."""
        self._visit(lambda screen: screen.go_to_post(post))

    def show_day(self, day: date, channel: int | None = None) -> None:
        """Go to a day (of a channel) on the week screen."""
        self._visit(lambda screen: screen.go_to_day(day, channel))

    def show_day_of_month(self, day: date) -> None:
        """Go to a day on the month screen."""
        self._visit(lambda screen: screen.go_to_day(day), "month")

    def show_load(self, member: int, day: date) -> None:
        """Go to somebody's week on the screen of the loads."""
        self._visit(lambda screen: screen.go_to_load(member, day), "load")

    def show_idea(self, idea: int) -> None:
        """Go to an idea on its screen."""
        self._visit(lambda screen: screen.go_to_idea(idea), "ideas")

    def show_change(self, seq: int) -> None:
        """Go to a change on the screen of the history."""
        self._visit(lambda screen: screen.go_to_change(seq), "history")

    def _visit(self, act: Callable[[CalendarScreen], None], place: str = "week") -> None:
        self.go_to_place(place)

        def arrived() -> None:
            if screen := self.calendar_screen:
                act(screen)

        self.call_after_refresh(arrived)
