"""The part of the app that lives with the calendar: changes to it, others' changes, and what follows.

It knows no rules. What it does to the file it does in one thread, in order, so that the screen never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from cadence.language import _
from cadence.model.errors import CadenceError
from cadence.tui.recent import LOOK_BACK, Recent, happening_of
from cadence.tui.type_ahead import TypeAheadApp

# What the calendar brings along is loaded with it, after the first frame: see `CadenceApp.on_mount`.
if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.model.change import Change
    from cadence.model.team import Member
    from cadence.operations.holding import Taken
    from cadence.tui.figures import Figures
    from cadence.workspace import Done, Workspace

T = TypeVar("T")

LOOK_EVERY = 0.25
"""Seconds between two looks for other people's changes."""
FRESH = timedelta(hours=1)
"""A lost race is one that was lost just now; older news is no race."""


REMEMBERED = timedelta(hours=1)
"""So long people know what they did last: `u` takes it back at once."""


class LiveApp(TypeAheadApp):
    """`workspace` and `calendar` are there once `hold` was called."""

    workspace: Workspace
    calendar: Calendar
    figures: Figures | None = None
    viewer_id: int | None = None

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

    def __init__(self, clock: Callable[[], datetime], *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.clock = clock
        self.recent = Recent()
        self._door = ThreadPoolExecutor(max_workers=1, thread_name_prefix="calendar")
        # One after the other: Python does one thing at a time anyway, and several that take turns all come
        # late and all hold the memory that they need on the way.
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="figures")
        self._looking = False
        self._look_timer: Timer | None = None
        self._are_figures_due = False
        self._is_computing = False
        self._seq_at_start = 0

    def hold(self, workspace: Workspace, viewer: Member | None) -> None:
        """This is the calendar, and this is who looks at it."""
        self.workspace = workspace
        self.calendar = workspace.calendar
        self._seq_at_start = workspace.calendar.seq
        self.viewer_id = viewer.id if viewer else None

    # What the app shows of it

    def say(self, text: str, tone: str = "", *, stays: bool = False) -> None:
        raise NotImplementedError

    def report(self, error: BaseException) -> None:
        """Something went wrong that nobody foresaw."""
        raise NotImplementedError

    def mention(self, change: Change) -> None:
        """Somebody else has just done this."""
        raise NotImplementedError

    def show_newest(self, before: Calendar) -> None:
        """The calendar is another one."""
        raise NotImplementedError

    def show_figures(self) -> None:
        raise NotImplementedError

    def show_history(self) -> None:
        raise NotImplementedError

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
        from cadence.model.times import to_local, zone_of

        return to_local(self.now, zone_of(self.calendar.team.zone))

    @property
    def today(self) -> date:
        return self.local_now.date()

    # Changing the calendar: the one way

    async def perform(
        self,
        operation: Callable[..., Any],
        *args: Any,
        said: str = "",
        why: str = "",
        expect: Mapping[tuple[str, int], int] | None = None,
        for_good: bool = False,
        **options: Any,
    ) -> Done | None:
        """Run an operation as the viewer; say what it did, or why not. None when it was refused.

        `said` replaces the operation's own sentence. `expect` are the revisions that the user saw. What is
        done `for_good` cannot be undone, and nobody is told that it can.
        """
        run = partial(self.workspace.run, operation, *args, why=why, expect=expect, **options)
        act = partial(run, who=self.viewer, now=self.now)
        return await self._at_the_door(act, said, undoes=not for_good)

    async def undo(self, seq: int | None = None) -> Done | None:
        """Take back a change by its number, or else the viewer's last one."""
        return await self._at_the_door(lambda: self.workspace.undo(self.viewer, self.now, seq))

    async def redo(self) -> Done | None:
        return await self._at_the_door(lambda: self.workspace.redo(self.viewer, self.now))

    async def forgotten(self, find: Callable[[Member | None], Change]) -> Change | None:
        """What an undo or redo would take back, if it was done before the app was opened, or long ago."""
        try:
            change = await self.in_order(lambda: find(self.viewer))
        except CadenceError:
            return None  # undoing it will say why it cannot be
        is_known = change.seq > self._seq_at_start and self.now - change.at < REMEMBERED
        return None if is_known else change

    async def _at_the_door(
        self, act: Callable[[], Done], said: str = "", *, undoes: bool = True
    ) -> Done | None:
        from cadence.operations.holding import Taken
        from cadence.tui.words import undoable

        try:
            done = await self.in_order(act)
        except CadenceError as error:
            await self.look()
            self.say(await self._lost_race(error) if isinstance(error, Taken) else str(error), "warn")
            return None
        text = said or done.said
        if undoes and done.change is not None and done.change.undoes is None:
            text = undoable(text)
        if done.note:
            text += f" · {done.note}"
        self.say(text, "warn" if done.note else "good")
        self._take(self.workspace.calendar, [done.change] if done.change else [], by_me=True)
        return done

    async def _lost_race(self, lost: Taken) -> str:
        """`Anna took it 2 s ago`, where the history knows."""
        changes = await self.in_order(lambda: self.workspace.history(post=lost.ref.post, limit=1))
        ago = self.now - changes[0].at if changes else FRESH
        if ago >= FRESH:
            return str(lost)
        seconds = max(0, round(ago.total_seconds()))
        if seconds < 60:
            ago_text = _("{number} s", number=seconds)
        else:
            ago_text = _("{number} min", number=seconds // 60)
        return _("{who} took it {ago} ago · {what}", who=changes[0].by, ago=ago_text, what=lost)

    async def in_order(self, act: Callable[[], T]) -> T:
        """Do something with the workspace, after what is already under way there."""
        return await asyncio.get_running_loop().run_in_executor(self._door, act)

    def beside(self, work: Callable[..., T], *args: object) -> asyncio.Future[T]:
        """Work something out in a thread, while the app goes on. Whoever does not wait for it any more
        cancels it, if it has not begun."""
        return asyncio.get_running_loop().run_in_executor(self._desk, work, *args)

    def shut_door(self) -> None:
        """Wait for what is being written, then let go of the threads."""
        self._desk.shutdown(wait=False, cancel_futures=True)
        self._door.shutdown(wait=True)

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
            changes = await self.in_order(self.workspace.refresh)
        except CadenceError as error:
            self.say(str(error), "bad")
        except RuntimeError:  # the door is shut: the app is leaving
            return
        else:
            self._take(self.workspace.calendar, changes, by_me=False)
            if changes:
                self.mention(changes[-1])
        finally:
            self._looking = False

    def _take(self, after: Calendar, changes: Sequence[Change], *, by_me: bool) -> None:
        before, self.calendar = self.calendar, after
        self.recent.learn(map(happening_of, changes))
        if before is after:
            return
        self.show_newest(before)
        self.post_message(self.CalendarChanged(before, after, changes, by_me))
        self.compute_figures()

    # Figures and history

    def compute_figures(self) -> None:
        """The slow figures of the newest snapshot; slots become late even while nobody types. One computation
        at a time: a thread cannot be stopped, and of all that changes meanwhile only the last counts."""
        self._are_figures_due = True
        if not self._is_computing:
            self._is_computing = True
            self._compute_figures()

    @work(group="figures", exit_on_error=False)
    async def _compute_figures(self) -> None:
        try:
            from cadence.tui.figures import compute

            while self._are_figures_due:
                self._are_figures_due = False
                figures = await self.beside(compute, self.calendar, self.now)
                self.post_message(self.FiguresReady(figures))
            await self.in_order(self.workspace.pack)
        finally:
            self._is_computing = False

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error:
            self.report(event.worker.error)

    def on_live_app_figures_ready(self, message: FiguresReady) -> None:
        if message.figures.calendar is not self.calendar:
            return  # a newer snapshot is being computed
        self.figures = message.figures
        self.show_figures()
        if not self.recent.is_read:
            self.recent.is_read = True
            self._read_history()

    @work(exclusive=True, group="history", exit_on_error=False)
    async def _read_history(self) -> None:
        """What happened before the app was started, once."""
        told_by = self.workspace.told_by
        self.recent.learn(await self.in_order(lambda: told_by(happening_of, limit=LOOK_BACK)))
        self.show_history()
