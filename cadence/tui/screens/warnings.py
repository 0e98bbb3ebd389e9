"""Warnings: what will go wrong, what has, and the ways out, each one key away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.warnings import Warning
from cadence.insight.words import sentence
from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.model.times import to_local, zone_of
from cadence.operations import warnings as operations
from cadence.tui.actions import bindings
from cadence.tui.dates import read_day
from cadence.tui.figures import Figures
from cadence.tui.screens.asking import asks
from cadence.tui.screens.frame import NewPlace
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.ways_out import call_of
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.warning_line import WAYS_SHOWN, subject_of
from cadence.tui.widgets.warning_list import WarningDetail, WarningList, kept_warnings
from cadence.tui.words import say_day, undoable

UNTIL = later("+7d")
"""How long an acknowledgement lasts unless something else is typed."""


class Applied(NamedTuple):
    """A way out that was taken: the key of its warning, what it did, and the status line that said so."""

    warning: str
    said: str
    status: str


def _way_out(number: int) -> Callable[[WarningsScreen], Awaitable[None]]:
    async def apply(screen: WarningsScreen) -> None:
        await screen.apply_way_out(number)

    return apply


class WarningsScreen(ListScreen):
    place = "warnings"
    BINDINGS = bindings("warnings")
    AUTO_FOCUS = "WarningList"
    follows_posts = False

    def __init__(self) -> None:
        super().__init__()
        self._applied: Applied | None = None

    def compose_middle(self) -> ComposeResult:
        with Container(id="warnings"):
            yield WarningList(ascii_only=self.cadence.ascii_only)
            yield WarningDetail(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> WarningList:
        return self.query_one(WarningList)

    def on_mount(self) -> None:
        self._show()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """The warnings of the newer snapshot come with its figures, in a moment."""

    def figures_changed(self, figures: Figures) -> None:
        self._show()
        self._say_what_it_solved(figures)

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        figures = self.cadence.figures
        if figures is not None:
            found = kept_warnings(figures.warnings, figures.calendar, self.cadence.filter)
            self.list.show(figures.calendar, found, figures.now)
        self._show_detail()

    def _show_detail(self) -> None:
        figures = self.cadence.figures
        if figures is not None:
            self.query_one(WarningDetail).show(figures.calendar, self.list.current, figures.now)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self._show_detail()
            self.show_status()

    def hints(self) -> list[tuple[str, str]]:
        """What the selected warning allows comes first."""
        warning = self.list.current
        ways = min(WAYS_SHOWN, len(warning.ways_out)) if warning else 0
        digits = "1" if ways == 1 else f"1–{ways}"
        enter = _("show or hide") if self.list.is_on_fold else _("go there")
        return [*([(digits, _("way out"))] if ways else []), ("enter", enter), *super().hints()]

    # What the cursor is on

    def _chosen(self) -> Sequence[Warning]:
        """The marked warnings, or else the one under the cursor."""
        current = self.list.current
        return self.list.marked_warnings() or ([current] if current else [])

    def selected_posts(self) -> list[int]:
        return list(dict.fromkeys(w.post for w in self._chosen() if w.post is not None))

    def selected_tasks(self) -> list[TaskRef]:
        return [TaskRef(w.post, w.task) for w in self._chosen() if w.post is not None and w.task]

    def new_place(self) -> NewPlace | None:
        warning = self.list.current
        if warning is None or warning.slot is None or warning.channel is None or warning.post is not None:
            return None
        return NewPlace(warning.channel, warning.slot.local, warning.slot)

    # Ways out

    async def apply_way_out(self, number: int) -> None:
        """Do what the numbered line of the selected warning says."""
        warning = self.list.current
        if warning is None or number > min(WAYS_SHOWN, len(warning.ways_out)):
            self.cadence.say(_("There is no way out {number} here", number=number), "warn")
            return
        way = warning.ways_out[number - 1]
        try:
            call = call_of(way, self.calendar)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        why = f"{warning.rule}: {warning.cause}"[:300]
        said = sentence(way.text)
        done = await self.cadence.perform(call.operation, *call.args, why=why, said=said, **call.options)
        self._applied = Applied(warning.key, said, self.cadence.status.text) if done else None

    action_warning_way_1 = _way_out(1)
    action_warning_way_2 = _way_out(2)
    action_warning_way_3 = _way_out(3)
    action_warning_way_4 = _way_out(4)
    action_warning_way_5 = _way_out(5)
    action_warning_way_6 = _way_out(6)
    action_warning_way_7 = _way_out(7)
    action_warning_way_8 = _way_out(8)
    action_warning_way_9 = _way_out(9)

    def _say_what_it_solved(self, figures: Figures) -> None:
        """After a way out, whether the warning is gone: as long as nothing else has been said."""
        if self._applied is None:
            return
        applied, self._applied = self._applied, None
        if applied.status == self.cadence.status.text:
            stays = any(warning.key == applied.warning for warning in figures.open_warnings)
            outcome = _("warning stays") if stays else n_("warning solved", "{number} warnings solved", 1)
            self.cadence.say(undoable(f"{applied.said} · {outcome}"), "good")

    @asks
    async def action_warning_acknowledge(self, until: str = "") -> None:
        chosen = self._chosen()
        if not chosen:
            self.cadence.say(_("There is no warning here"), "dim")
            return
        if all(warning.state == "acknowledged" for warning in chosen):
            for warning in chosen:
                await self.cadence.perform(operations.unacknowledge, warning.key)
            return
        subject = subject_of(self.calendar, chosen[0])
        what = f"{chosen[0].rule} · {subject}"
        if len(chosen) > 1:
            what = n_("{number} warning", "{number} warnings", len(chosen))

        def read(answers: Answers) -> tuple[tuple[date, str], str]:
            day = read_day(answers["until"] or _(UNTIL), self.calendar, self.cadence.now)
            until = say_day(day, self.cadence.today)
            said = _("Quiet until {day} included; you answer for it", day=until)
            return (day, answers.get("note", "")), undoable(said)

        try:
            answer = read({"until": until})[0] if until else await self.ask(_ask(what, read))
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if answer is None:
            return
        day, note = answer
        keys = [warning.key for warning in chosen]
        said = _("Acknowledged {what} until {day}", what=what, day=say_day(day, self.cadence.today))
        done = await self.cadence.perform(operations.acknowledge_many, keys, day, note=note, said=said)
        if done:
            self.clear_marks()

    # Movements

    def look_into(self) -> None:
        """Where the warning is: the post, the day on its channel, or the week of whoever has too much."""
        warning = self.list.current
        if self.list.is_on_fold:
            self.list.fold()
        elif warning is None:
            return
        elif warning.post is not None:
            self.cadence.show_post(warning.post)
        elif warning.slot is not None:
            self.cadence.show_day(warning.slot.local.date(), warning.channel)
        elif warning.at is not None:
            day = to_local(warning.at, zone_of(self.calendar.team.zone)).date()
            if warning.member is not None and warning.channel is None:
                self.cadence.show_load(warning.member, day)
            else:
                self.cadence.show_day(day, warning.channel)
        else:
            self.cadence.show_day(self.cadence.today, warning.channel)

    # Marks


def _ask(what: str, read: Callable[[Answers], tuple[tuple[date, str], str]]) -> Question[tuple[date, str]]:
    fields = [
        Field("until", _("Until"), _(UNTIL), _("a date: fri, +7d, 1 dec")),
        Field("note", _("Because"), "", _("what the others should know (may be left empty)")),
    ]
    return Question(_("Acknowledge {what}", what=what), fields, read, _("acknowledges"))
