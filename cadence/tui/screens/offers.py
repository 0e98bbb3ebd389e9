"""Offers: what could change hands in the team, what taking it would do, and what one offered oneself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.offers import handed_over
from cadence.insight.traces import Trace, trace_of
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.operations import handovers
from cadence.planner.explaining.askable import askable
from cadence.planner.explaining.candidates import Candidate
from cadence.tui.actions import BY_ID, bindings, keys_text
from cadence.tui.recent import LOOK_BACK
from cadence.tui.screens.answering import AnsweringScreen
from cadence.tui.screens.asking import asks
from cadence.tui.screens.tasks_screen import TasksScreen
from cadence.tui.trace_reader import TraceReader
from cadence.tui.widgets.offer_list import OfferList
from cadence.tui.widgets.offer_panel import OfferPanel, Shown
from cadence.tui.widgets.offer_rows import HandedRow, OfferRow, offer_rows
from cadence.tui.widgets.row_list import RowList

REST = 0.04
"""Seconds on an offer until it is asked who else could take it: not while one runs past."""
ON_OFFERS = {"task.claim", "ask.decline", "offer.withdraw", "offer.give-back"}
"""What only some rows allow."""
ELSEWHERE = {"post.new", "post.move", "post.publish", "post.skip", "task.done"}
"""What works here too, but is not what people come for."""


class OffersScreen(TasksScreen, AnsweringScreen):
    place = "offers"
    BINDINGS = bindings("offers")
    AUTO_FOCUS = "OfferList"
    follows_posts = False

    def __init__(self) -> None:
        super().__init__()
        self._reader = TraceReader(lambda **which: self.cadence.workspace.told_by(trace_of, **which))
        self._traces: Sequence[Trace] = ()
        """Of the latest changes, newest first."""
        self._could: dict[TaskRef, Sequence[Candidate]] = {}
        """Whom the tasks of this snapshot fit, as far as anybody looked."""

    def compose_middle(self) -> ComposeResult:
        with Container(id="offers"):
            offers = OfferList(ascii_only=self.cadence.ascii_only)
            offers.marked = self.cadence.marked.tasks
            yield offers
            yield OfferPanel(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> OfferList:
        return self.query_one(OfferList)

    def on_mount(self) -> None:
        self._show()
        self._read_history()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._could = {}
        self._show()
        self._read_history()

    def filter_changed(self) -> None:
        self._show()

    # In the group of the other figures: who waits until all are known waits for these, too.
    @work(exclusive=True, group="figures", exit_on_error=False)
    async def _read_history(self) -> None:
        """What changed hands lately, and from whom, only the history knows."""
        latest = partial(self._reader.latest, LOOK_BACK, self.calendar.seq)
        self._traces = await self.cadence.in_order(latest)
        self._show()

    def _show(self) -> None:
        app = self.cadence
        handed = list(handed_over(app.calendar, self._traces))
        rows = offer_rows(app.calendar, app.viewer_id, app.now, app.filter, handed)
        none = _("Nothing is on offer: o offers a task of yours, on any screen.")
        if app.filter:
            none = _("Nothing is on offer there.")
        self.list.show(app.calendar, rows, app.now, none)
        self._show_panel()
        self.show_status()

    def _show_panel(self) -> None:
        app, row = self.cadence, self.list.current
        panel = self.query_one(OfferPanel)
        if row is None:
            panel.about(None)
            return
        could = self._could.get(row.ref)
        panel.about(Shown(app.calendar, row, app.viewer_id, app.now, could))
        if could is None and isinstance(row, OfferRow) and row.part != "ended":
            self._ask_who_could(row.ref)

    @work(exclusive=True, group="offer-figures", exit_on_error=False)
    async def _ask_who_could(self, ref: TaskRef) -> None:
        await asyncio.sleep(REST)
        calendar, now = self.calendar, self.cadence.now
        found = await self.cadence.beside(askable, calendar, ref, now)
        if calendar is self.calendar:
            self._could[ref] = found
            self._show_panel()

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        self._show_panel()
        self.show_status()

    def hints(self) -> list[tuple[str, str]]:
        """What the row under the cursor allows; what is done with posts is done elsewhere."""
        row = self.list.current
        unfit = {BY_ID[id].name for id in (ON_OFFERS - self._fitting(row)) | ELSEWHERE}
        hints = [hint for hint in super().hints() if hint[1] not in unfit]
        if isinstance(row, OfferRow) and row.part == "mine":
            offer = BY_ID["task.offer"]
            key = keys_text(offer, self.cadence.keymap, place=self.place, first=True)
            hints = [(key, _("change it")), *hints]
        return [("enter", _("its post")), *hints] if row else hints

    def _fitting(self, row: OfferRow | HandedRow | None) -> set[str]:
        if isinstance(row, HandedRow):
            return {"offer.give-back"} if row.can_return else set()
        if row is None:
            return set()
        if row.part == "mine":
            return {"offer.withdraw"}
        answers = {"task.claim"} if row.can_take else set[str]()
        return answers | ({"ask.decline"} if row.taking and not row.said_no else set())

    # What the cursor is on

    def selected_tasks(self) -> list[TaskRef]:
        return self.all_marked() or ([self.list.current.ref] if self.list.current else [])

    def marked_here(self) -> list[TaskRef]:
        return self.list.marked_tasks()

    def say_no_post(self) -> None:
        self.cadence.say(_("There is no offer here"), "dim")

    # Answering, keeping, giving back

    @asks
    async def action_ask_decline(self, why: str = "") -> None:
        refs, viewer = self.chosen_tasks(), self.cadence.viewer
        if refs and viewer is not None:
            await self.decline_offers(refs, viewer, why)
        elif refs:
            self.cadence.say(_("Cadence does not know who you are"), "warn")

    async def action_offer_withdraw(self) -> None:
        refs = self.chosen_tasks()
        await self.at_once("offer.withdraw", refs, handovers.withdraw_offer, handovers.withdraw_many)

    async def action_offer_give_back(self) -> None:
        """The one under the cursor, to whoever had it, which the history of its post knows."""
        if self.list.current is None:
            self.say_no_post()
            return
        ref = self.list.current.ref
        try:
            changes = await self.cadence.in_order(partial(self.cadence.workspace.history, post=ref.post))
            giver = handovers.giver_of(self.calendar, changes, ref)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        await self.cadence.perform(handovers.give_back, ref, giver)

    # Movements

    def look_into(self) -> None:
        if self.list.current is None:
            self.say_no_post()
        else:
            self.cadence.show_post(self.list.current.ref.post)
