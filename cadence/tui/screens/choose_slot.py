"""Where an idea goes: the open slots that suit it, the best first; the line above says what Enter does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len

from cadence.insight.openings import Opening, openings
from cadence.insight.slots import Slot
from cadence.insight.words import time_text
from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Idea
from cadence.model.rhythm import SlotKey
from cadence.model.words import kind_word, the_task
from cadence.tui.screens.choosing import ChoosingScreen
from cadence.tui.widgets.cells import Line, ascii_text, fit
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import say_day, undoable

CHANNEL, WHEN = 16, 18
LEAST_TEXT = 12
"""Cells that the idea has at least in what is said of it."""
NONE_OPEN = later(
    "No open slot suits it: a rhythm calls for none while it is good · n on the week plans an extra"
)


class OpeningList(RowList[SlotKey]):
    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self.openings: Sequence[Opening] = ()
        self._calendar = Calendar.empty()
        self._today = date.min

    def show(self, calendar: Calendar, found: Sequence[Opening], today: date) -> None:
        before, row = self.row_keys(), self.cursor
        self._calendar, self.openings, self._today = calendar, found, today
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    @property
    def current(self) -> Opening | None:
        row = self.cursor
        return self.openings[row] if row is not None and row < len(self.openings) else None

    def row_count(self) -> int:
        return len(self.openings)

    def row_key(self, row: int) -> SlotKey:
        return self.openings[row].slot.key

    def row_line(self, row: int, width: int) -> Line:
        opening = self.openings[row]
        channel = self._calendar.channels[opening.slot.channel].name
        words, tone = self._work(opening)
        return [
            (fit(channel, CHANNEL - 1, ascii_only=self.ascii_only) + " ", "strong"),
            (fit(slot_text(opening.slot), WHEN), ""),
            (ascii_text(words) if self.ascii_only else words, tone),
        ]

    def _work(self, opening: Opening) -> tuple[str, str]:
        if opening.first is None:
            return _("needs no work"), "dim"
        kind, last = opening.first
        day = say_day(last, self._today)
        if opening.is_short:
            sign = mark("warning", ascii_only=self.ascii_only)
            said = _("short notice: {task} was due {day}", task=kind_word(kind), day=day)
            return f"{sign} {said}", "warn"
        return _("time for it: {task} by {day}", task=the_task(kind), day=day), "dim"


class ChooseSlotScreen(ChoosingScreen[Slot]):
    def __init__(self, idea: Idea) -> None:
        super().__init__()
        self.idea = idea

    def make_list(self, ascii_only: bool) -> OpeningList:
        return OpeningList(ascii_only=ascii_only)

    def keys(self) -> str:
        return _("enter plans it · n ↓ ↑ another slot · esc leaves")

    def can_accept(self) -> bool:
        return self.query_one(OpeningList).current is not None

    def height(self) -> int:
        """As high as what lies below the list of ideas, or else as there are slots."""
        behind = self.cadence.calendar_screen
        if behind and not behind.has_class("-beside"):
            return max(10, behind.panel_height())
        return max(10, min(self.app.size.height // 2, len(self.query_one(OpeningList).openings) + 4))

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """Somebody may have taken the slot meanwhile, or planned the idea."""
        if self.is_mounted:
            idea = after.ideas.get(self.idea.id)
            if idea is None or idea.post is not None:
                self.dismiss(None)
            else:
                self.idea = idea
                self.ask()

    def ask(self) -> None:
        app = self.cadence
        self.query_one(OpeningList).show(app.calendar, openings(app.calendar, self.idea, app.now), app.today)
        self.say_all()

    def say(self) -> None:
        opening = self.query_one(OpeningList).current
        if opening is None:
            self.says.say(_(NONE_OPEN), "warn")
            return
        channel = self.cadence.calendar.channels[opening.slot.channel].name
        time = slot_text(opening.slot)

        def said(idea: str) -> str:
            return undoable(_("“{idea}” goes on {channel}, {time}", idea=idea, channel=channel, time=time))

        room = self.app.size.width - 2 - cell_len(said(""))
        text = fit(self.idea.text, max(LEAST_TEXT, min(room, cell_len(self.idea.text))))
        self.says.say(said(text), "warn" if opening.is_short else "good")

    def action_accept(self) -> None:
        if (opening := self.query_one(OpeningList).current) is not None:
            self.dismiss(opening.slot)


def slot_text(slot: Slot) -> str:
    """`Thu 26 Nov 10:00`."""
    return time_text(slot.local)
