"""How the history is read, page by page, and shown; what its keys do is in `history`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.times import to_local, zone_of
from cadence.tui.changewords import ChangeWords
from cadence.tui.historyview import MOST_TOUCHED, Annals, Document, Entry, Seen, Wanted, Whose
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.widgets.history_list import ChangePanel, HistoryList, say_date
from cadence.tui.widgets.row_list import RowList

ROWS_AHEAD = 120
"""So many rows below the cursor are read before one comes there."""
REST = 0.12
"""Seconds on a change until it is read again for its details: not while one runs past."""
AROUND = 40
"""So many changes before and after it are read with it."""


@dataclass(frozen=True)
class Goal:
    """How far to read, and what to do when it is there (or the beginning was reached)."""

    is_reached: Callable[[], bool]
    then: Callable[[], None]


class HistoryReading(ListScreen):
    def __init__(self) -> None:
        super().__init__()
        self.annals = Annals()
        self.whose: Whose = "all"
        self.about: Document | None = None
        self._goal: Goal | None = None
        self._is_reading = False
        self._was_away = False

    def compose_middle(self) -> ComposeResult:
        with Container(id="history"):
            yield HistoryList(ascii_only=self.cadence.ascii_only)
            yield ChangePanel(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> HistoryList:
        return self.query_one(HistoryList)

    @property
    def panel(self) -> ChangePanel:
        return self.query_one(ChangePanel)

    @property
    def is_open(self) -> bool:
        """Whether the panel has most of the screen, and the arrows."""
        return self.has_class("-reading")

    @property
    def wanted(self) -> Wanted:
        viewer = self.cadence.viewer
        return Wanted(self.cadence.filter, self.whose, viewer.name if viewer else "", self.about)

    def on_mount(self) -> None:
        self.show_all()
        self.read_on()

    # Reading

    @work(exclusive=True, group="figures")
    async def read_on(self) -> None:
        """Page after page, until there is enough below the cursor and the goal is reached."""
        self._is_reading = True
        try:
            while not self.annals.is_whole and self._wants_more():
                self._show_head()
                until, count = self.annals.next_page()
                page = await self._page(until=until, limit=count)
                found = self.annals.add_older(page, count)
                self.list.add_below(self._kept(found))
                if self.list.cursor is None:
                    self.list.move_home()
        finally:
            self._is_reading = False
        goal, self._goal = self._goal, None
        if goal is not None:
            goal.then()
        self._show_head()
        self.show_panel()
        self.show_status()

    def _wants_more(self) -> bool:
        if self._goal is not None:
            return not self._goal.is_reached()
        return self.list.rows_below < ROWS_AHEAD

    def read_until(self, is_reached: Callable[[], bool], then: Callable[[], None]) -> None:
        self._goal = Goal(is_reached, then)
        self.read_on()

    def stop_reading(self) -> bool:
        """Give up a goal; False if there is none."""
        had, self._goal = self._goal is not None, None
        if had:
            self.workers.cancel_node(self)
            self._is_reading = False
            self._show_head()
        return had

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        newest = self.annals.entries[0].seq if self.annals.entries else 0
        if after.seq < newest:  # another history has taken its place
            self.annals = Annals()
            self.filter_changed()
            return
        self.list.know(after, self.annals, self.cadence.today)
        self.show_panel()
        self._read_newer(follow=self._was_away and self.list.cursor == 1)

    def on_screen_suspend(self) -> None:
        """A question over it is no other screen."""
        self._was_away = self.cadence.calendar_screen is not self

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        self.call_after_refresh(self._arrive)

    def _arrive(self) -> None:
        self._was_away = False

    @work(group="figures")
    async def _read_newer(self, *, follow: bool) -> None:
        """What happened meanwhile. Whoever left on the newest and comes back is on the newest again."""
        if not self.annals.entries:
            return
        since = self.annals.entries[0].seq + 1
        self.list.add_above(self._kept(self.annals.add_newer(await self._page(since=since))))
        self.list.know(self.calendar, self.annals, self.cadence.today)
        if follow:
            self.list.move_home()
        self._show_head()
        self.show_panel()
        self.show_status()

    def filter_changed(self) -> None:
        self.show_all()
        self.read_on()

    # Showing

    def _kept(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        wanted, calendar = self.wanted, self.calendar
        return [entry for entry in entries if wanted.holds(entry, calendar)] if wanted else entries

    def show_all(self) -> None:
        entries = self._kept(self.annals.entries)
        self.list.show(self.calendar, self.annals, entries, self.cadence.today)
        self._show_head()
        self.show_panel()

    def _show_head(self) -> None:
        """What is shown, and how far back the reading is."""
        whose = {
            "all": _("what everybody did"),
            "mine": _("only what I did"),
            "others": _("only what others did"),
        }
        words = whose[self.whose]
        if self.about is not None:
            words += " · " + ChangeWords(self.calendar, self.cadence.today).subject(*self.about)
        state = ""
        if self._is_reading:
            state = _("reading …")
            if self.annals.entries and (self._goal or self.wanted):
                state = _("reading … back to {day}", day=say_date(self.day_of(self.annals.entries[-1])))
        elif not self.list.rows:
            words += " · " + _("nothing of it")
        self.list.head(words, state)

    def show_panel(self) -> None:
        entry = self.list.current
        change = self.annals.whole(entry.seq) if entry else None
        undone = self.annals.undone_by(entry.seq) if entry else None
        self.panel.show_change(self.calendar, entry, change, undone, self.cadence.now)
        if entry is not None and change is None:
            self._look_at(entry.seq)

    @work(exclusive=True, group="change")
    async def _look_at(self, seq: int) -> None:
        await asyncio.sleep(REST)
        await self.read_around(seq)
        self.show_panel()

    async def read_around(self, seq: int) -> Change | None:
        """A change and its neighbours: whoever looks at one looks at the next."""
        history = partial(self.cadence.workspace.history, until=seq + AROUND, limit=2 * AROUND)
        self.annals.look_around(await self.cadence.in_order(partial(history, most=MOST_TOUCHED)))
        return self.annals.whole(seq)

    async def _page(
        self, *, since: int | None = None, until: int | None = None, limit: int | None = None
    ) -> Sequence[Seen]:
        """What is kept of these changes, newest first. Nobody reads thousands of documents."""
        told_by = partial(self.cadence.workspace.told_by, self.annals.reader(), most=MOST_TOUCHED)
        return await self.cadence.in_order(partial(told_by, since=since, until=until, limit=limit))

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self.show_panel()
            self.show_status()
            if not self._is_reading and not self.annals.is_whole and self._wants_more():
                self.read_on()

    def day_of(self, entry: Entry) -> date:
        return to_local(entry.at, zone_of(self.calendar.team.zone)).date()
