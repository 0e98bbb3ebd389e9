"""The app: modes, messages, workers. It knows no rules: it runs operations and shows what they say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import work
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.errors import CadenceError
from cadence.model.team import Member
from cadence.model.times import to_local, zone_of
from cadence.operations.tasks import Taken
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.terminal import without_colour
from cadence.tui.themes import DARK, LIGHT, variables_for_others

if TYPE_CHECKING:
    from cadence.tui.figures import Figures
    from cadence.tui.screens.base import CalendarScreen
    from cadence.workspace import Done, Workspace

T = TypeVar("T")

LOOK_EVERY = 0.25
"""Seconds between two looks for other people's changes."""
SAY_FOR = 8.0
"""Seconds that the status line keeps a sentence."""


def _week() -> Screen[Any]:
    from cadence.tui.screens.week import WeekScreen

    return WeekScreen()


def _agenda() -> Screen[Any]:
    from cadence.tui.screens.agenda import AgendaScreen

    return AgendaScreen()


def _mine() -> Screen[Any]:
    from cadence.tui.screens.my_week import MyWeekScreen

    return MyWeekScreen()


def _warnings() -> Screen[Any]:
    from cadence.tui.screens.warnings import WarningsScreen

    return WarningsScreen()


@dataclass(frozen=True)
class Status:
    """What the status line says. `tone`: one of the tones of `widgets.cells`."""

    text: str = ""
    tone: str = ""


class CadenceApp(App[None]):
    CSS_PATH = "theme.tcss"
    TITLE = "Cadence"
    ENABLE_COMMAND_PALETTE = False  # it is an action of ours, so that its key can be remapped
    # Screens are made when first visited: what they import is not paid before the first frame.
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "week": _week,
        "agenda": _agenda,
        "mine": _mine,
        "warnings": _warnings,
    }
    PAUSE_GC_ON_SCROLL = True

    class CalendarChanged(Message):
        """There is a newer snapshot. `changes` is what led to it (empty when everything was reloaded)."""

        def __init__(self, before: Calendar, after: Calendar, changes: Sequence[Change], by_me: bool) -> None:
            super().__init__()
            self.before = before
            self.after = after
            self.changes = changes
            self.by_me = by_me

    class FiguresReady(Message):
        def __init__(self, figures: Figures) -> None:
            super().__init__()
            self.figures = figures

    def __init__(
        self,
        workspace: Workspace,
        viewer: Member | None,
        clock: Callable[[], datetime],
        *,
        keymap: Mapping[str, str] | None = None,
        ascii_only: bool = False,
        theme: str = "",
    ) -> None:
        # Without colours Textual must be told at its construction, see its handling of NO_COLOR.
        super().__init__(ansi_color=True if without_colour() else None)
        self.workspace = workspace
        self.clock = clock
        self.calendar = workspace.calendar
        self.viewer_id = viewer.id if viewer else None
        self.keymap = dict(keymap or {})
        self.ascii_only = ascii_only
        self.figures: Figures | None = None
        self.filter: PostFilter = EVERYTHING
        self.status = Status()
        self.count_wait = 0.35  # seconds that a digit waits for a movement before it means a screen
        self._status_timer: Timer | None = None
        self._place_before = "week"
        # One thread for everything that touches the file: in order, and the screen never waits for a lock.
        self._door = ThreadPoolExecutor(max_workers=1, thread_name_prefix="calendar")
        self._looking = False
        self._look_timer: Timer | None = None
        self._wanted_theme = theme
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        if keymap:
            self.set_keymap(self.keymap)

    # Who, when

    @property
    def viewer(self) -> Member | None:
        """Who is looking, as the calendar knows them now."""
        return self.calendar.members.get(self.viewer_id) if self.viewer_id is not None else None

    @property
    def now(self) -> datetime:
        """Aware, UTC."""
        return self.clock()

    @property
    def local_now(self) -> datetime:
        """What the team's clock shows, without zone."""
        return to_local(self.now, zone_of(self.calendar.team.zone))

    @property
    def today(self) -> date:
        return self.local_now.date()

    # Starting and leaving

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for_others(True)

    def on_mount(self) -> None:
        self.theme = self._wanted_theme or ("ansi-dark" if without_colour() else DARK.name)
        if self.calendar.members or self.calendar.channels:
            self.start()
        else:
            from cadence.tui.screens.setup import SetupScreen

            self.push_screen(SetupScreen(), lambda _: self.start())

    def start(self) -> None:
        """Show the calendar and begin to look for changes."""
        self.switch_mode("week")
        # The first frame comes first: the figures would fight it for the processor.
        self.call_after_refresh(self.call_after_refresh, self.minute_passed)
        self.look_every(LOOK_EVERY)
        self.set_interval(60, self.minute_passed)
        if self.workspace.readonly:
            self.say(f"Read only: {self.workspace.readonly}", "warn")

    def leave_quietly(self) -> None:
        """Wait for what is being written, then let go of the thread."""
        self._door.shutdown(wait=True)

    def on_unmount(self) -> None:
        self._door.shutdown(wait=True)

    # Changing the calendar: the one way

    async def perform(
        self,
        operation: Callable[..., Any],
        *args: Any,
        said: str = "",
        why: str = "",
        expect: Mapping[tuple[str, int], int] | None = None,
        **options: Any,
    ) -> Done | None:
        """Run an operation as the viewer; say what it did, or why not. None when it was refused.

        `said` replaces the operation's own sentence. `expect` are the revisions that the user saw.
        """
        run = partial(self.workspace.run, operation, *args, why=why, expect=expect, **options)
        return await self._at_the_door(lambda: run(who=self.viewer, now=self.now), said)

    async def undo(self) -> Done | None:
        return await self._at_the_door(lambda: self.workspace.undo(self.viewer, self.now))

    async def redo(self) -> Done | None:
        return await self._at_the_door(lambda: self.workspace.redo(self.viewer, self.now))

    async def _at_the_door(self, act: Callable[[], Done], said: str = "") -> Done | None:
        try:
            done = await self._in_order(act)
        except Taken as lost:
            await self.look()
            self.say(await self._lost_race(lost), "warn")
            return None
        except CadenceError as error:
            await self.look()
            self.say(str(error), "warn")
            return None
        undo = " · u undoes" if done.change is not None and done.change.undoes is None else ""
        self.say((said or done.said) + undo, "good")
        self._take(self.workspace.calendar, [done.change] if done.change else [], by_me=True)
        return done

    async def _lost_race(self, lost: Taken) -> str:
        """`Anna took it 2 s ago`, where the history knows."""
        changes = await self._in_order(lambda: self.workspace.history(post=lost.ref.post, limit=1))
        if not changes or self.now - changes[0].at > timedelta(hours=1):
            return str(lost)
        seconds = max(0, round((self.now - changes[0].at).total_seconds()))
        ago = f"{seconds} s" if seconds < 60 else f"{seconds // 60} min"
        return f"{changes[0].by} took it {ago} ago · {lost}"

    async def _in_order(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._door, act)

    async def in_order(self, act: Callable[[], T]) -> T:
        """Read something through the workspace, after what is already under way there."""
        return await self._in_order(act)

    # Others' changes

    def look_every(self, seconds: float | None) -> None:
        """How often to look for others' changes; None: not by itself."""
        if self._look_timer is not None:
            self._look_timer.stop()
        self._look_timer = self.set_interval(seconds, self.look) if seconds is not None else None

    async def look(self) -> None:
        """Take in what others changed since the last look."""
        if self._looking:
            return
        self._looking = True
        try:
            changes = await self._in_order(self.workspace.refresh)
        except CadenceError as error:
            self.say(str(error), "bad")
        except RuntimeError:  # the door is shut: the app is leaving
            return
        else:
            self._take(self.workspace.calendar, changes, by_me=False)
        finally:
            self._looking = False

    def _take(self, after: Calendar, changes: Sequence[Change], *, by_me: bool) -> None:
        before, self.calendar = self.calendar, after
        if before is after:
            return
        for screen in self.screen_stack:
            if isinstance(screen, self._calendar_screen()):
                screen.show_calendar()
            else:
                self._tell(screen, before, after)
        self.post_message(self.CalendarChanged(before, after, changes, by_me))
        self.compute_figures(after, self.now)

    @staticmethod
    def _tell(screen: Screen[Any], before: Calendar, after: Calendar) -> None:
        hear = getattr(screen, "calendar_changed", None)
        if hear is not None:
            hear(before, after)

    @staticmethod
    def _calendar_screen() -> type[CalendarScreen]:
        from cadence.tui.screens.base import CalendarScreen

        return CalendarScreen

    @property
    def calendar_screen(self) -> CalendarScreen | None:
        """The calendar screen that is shown, be it behind a prompt."""
        kind = self._calendar_screen()
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, kind)), None)

    # Figures

    @work(thread=True, exclusive=True, group="figures", exit_on_error=False, description="figures")
    def compute_figures(self, calendar: Calendar, now: datetime) -> None:
        # With a description of its own the worker does not write out its arguments, the whole calendar.
        from cadence.tui.figures import compute

        self.post_message(self.FiguresReady(compute(calendar, now)))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.group == "figures":
            self.say(f"The figures could not be computed: {event.worker.error}", "bad")

    def on_cadence_app_figures_ready(self, message: FiguresReady) -> None:
        if message.figures.calendar is not self.calendar:
            return  # a newer snapshot is being computed
        self.figures = message.figures
        if screen := self.calendar_screen:
            screen.show_figures()

    def minute_passed(self) -> None:
        """Slots become late and silences longer while nobody types."""
        self.compute_figures(self.calendar, self.now)

    # Saying

    def say(self, text: str, tone: str = "", *, stays: bool = False) -> None:
        """Show a sentence in the status line for a while, or until the next one."""
        self.status = Status(text, tone)
        self._show_status()
        if self._status_timer is not None:
            self._status_timer.stop()
        self._status_timer = self.set_timer(SAY_FOR, self._forget_status) if text and not stays else None

    def _forget_status(self) -> None:
        self.status = Status()
        self._show_status()

    def _show_status(self) -> None:
        if screen := self.calendar_screen:
            screen.show_status()

    # Places

    def go_to_place(self, place: str) -> None:
        if place != self.current_mode:
            self._place_before = self.current_mode
            self.switch_mode(place)

    def go_back(self) -> None:
        self.go_to_place(self._place_before if self._place_before != self.current_mode else "week")

    def show_post(self, post: int) -> None:
        """Go to a post on the week screen."""
        self._visit(lambda screen: screen.go_to_post(post))

    def show_day(self, day: date, channel: int | None = None) -> None:
        """Go to a day (of a channel) on the week screen."""
        self._visit(lambda screen: screen.go_to_day(day, channel))

    def _visit(self, act: Callable[[CalendarScreen], None]) -> None:
        self.go_to_place("week")

        def arrived() -> None:
            if screen := self.calendar_screen:
                act(screen)

        self.call_after_refresh(arrived)
