"""Agenda: everything in one list, from the first post to the last open slot."""

from __future__ import annotations

from datetime import date, timedelta

from textual.app import ComposeResult

from cadence.insight.slots import FilledSlot
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.rhythm import SlotKey
from cadence.model.times import to_local, zone_of
from cadence.tui.actions import bindings
from cadence.tui.figures import Figures
from cadence.tui.outcomes import Outcomes
from cadence.tui.screens.frame import NewPlace
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.posts_screen import PostsScreen
from cadence.tui.widgets.agenda_list import AgendaList
from cadence.tui.widgets.agenda_rows import LOOK_BACK


class AgendaScreen(PostsScreen, ListScreen):
    place = "agenda"
    BINDINGS = bindings("agenda")
    AUTO_FOCUS = "AgendaList"

    def __init__(self) -> None:
        super().__init__()
        self._outcomes: Outcomes | None = None

    def compose_middle(self) -> ComposeResult:
        rows = AgendaList(ascii_only=self.cadence.ascii_only)
        rows.marked = self.cadence.marked.posts
        yield rows

    @property
    def list(self) -> AgendaList:
        return self.query_one(AgendaList)

    def on_mount(self) -> None:
        self._show()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()

    def figures_changed(self, figures: Figures) -> None:
        self._outcomes = Outcomes(figures.calendar, figures.now)
        self._show()

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        app = self.cadence
        slots = slots_in_need(app.figures)
        self.list.show(app.calendar, app.now, slots, app.filter, self._outcomes)

    # What the cursor is on

    def posts_here(self) -> list[int]:
        key = self.list.current
        return [key] if isinstance(key, int) else []

    def new_place(self) -> NewPlace | None:
        slot = self.list.current_slot
        return NewPlace(slot.slot.channel, slot.slot.local, slot.slot.key) if slot else None

    # Movements

    def move_across(self, columns: int) -> None:
        self._step_days(columns)

    def move_weeks(self, weeks: int) -> None:
        self._step_days(7 * weeks)

    def _step_days(self, days: int) -> None:
        at = self.list.current_instant
        if at is not None:
            day = to_local(at, zone_of(self.calendar.team.zone)).date() + timedelta(days=days)
            self.list.go_to_day(day, back=days < 0)

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        if day == self.cadence.today:
            self.list.go_to_now()
        else:
            self.list.go_to_day(day)

    def go_to_post(self, post: int) -> None:
        if not self.list.go_to(post):
            self.cadence.say(_("Post {post} is not among what the filter shows", post=post), "warn")

    def look_into(self) -> None:
        key = self.list.current
        if isinstance(key, int):
            self.cadence.show_post(key)
        elif key is not None and (slot := self.list.current_slot):
            self.cadence.show_day(slot.slot.local.date(), slot.slot.channel)

    # Marks

    def marked_here(self) -> list[int]:
        return self.list.marked_posts()

    def count_marked_here(self) -> int:
        return self.list.count_marked()

    def toggle_mark(self) -> None:
        if isinstance(self.list.current, SlotKey):
            self.cadence.say(_("An open slot has no post to mark yet; n makes one"), "warn")
            return
        super().toggle_mark()

    def mark_shown(self) -> None:
        if not self.cadence.filter:
            self.cadence.say(_("Filter first with /: that would mark every post there is"), "warn")
            return
        self.list.mark_all()


def slots_in_need(figures: Figures | None) -> list[FilledSlot]:
    """The slots without a post that the agenda shows, in order of time: those that passed in the last weeks,
    and the open ones up to the horizon."""
    if figures is None:
        return []
    now = figures.now
    until = now + timedelta(days=figures.calendar.team.horizon_days)
    found = [
        slot
        for slots in figures.strip.values()
        for slot in slots
        if slot.post is None and slot.state in ("empty", "missed") and now - LOOK_BACK <= slot.slot.at < until
    ]
    return sorted(found, key=lambda slot: slot.slot.at)
