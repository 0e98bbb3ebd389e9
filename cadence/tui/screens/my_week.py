"""My week: what waits for my answer, what I do and by when, how full my week is, and what I could take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from textual import work
from textual.app import ComposeResult

from cadence.insight.boosting import text_for
from cadence.insight.rota import lead_of
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, TaskRef
from cadence.model.team import Member
from cadence.operations import boosts
from cadence.tui.actions import BY_ID, bindings
from cadence.tui.figures import Figures
from cadence.tui.screens.answering import AnsweringScreen
from cadence.tui.screens.asking import asks
from cadence.tui.widgets.member_list import MemberList
from cadence.tui.widgets.my_week_rows import (
    BoostRow,
    FindingRow,
    Offered,
    TaskRow,
    offered_at_once,
    offered_to,
)
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.task_list import TaskList


class MyWeekScreen(AnsweringScreen):
    """The member is the viewer, or the one that the filter names (`/ @anna`)."""

    place = "mine"
    BINDINGS = bindings("mine")
    AUTO_FOCUS = ""
    follows_posts = False

    def __init__(self) -> None:
        super().__init__()
        self.week = self.this_week
        self._offered: dict[int, Offered] = {}
        self._is_counting = False

    def compose_middle(self) -> ComposeResult:
        tasks = TaskList(ascii_only=self.cadence.ascii_only)
        tasks.marked = self.cadence.marked.tasks
        yield tasks
        yield MemberList(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> TaskList:
        return self.query_one(TaskList)

    @property
    def choice(self) -> MemberList:
        return self.query_one(MemberList)

    @property
    def member(self) -> Member | None:
        """Whose week it is; None: nobody knows who is looking."""
        named = [id for id in self.cadence.filter.members if id in self.calendar.members]
        return self.calendar.members[named[0]] if len(named) == 1 else self.cadence.viewer

    def on_mount(self) -> None:
        self._show()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()

    def figures_changed(self, figures: Figures) -> None:
        """Their warnings come first to whoever leads the week."""
        lead, member = lead_of(self.calendar, self.cadence.today), self.member
        if member is not None and lead is not None and lead.id == member.id:
            self._show()

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        app, member = self.cadence, self.member
        self.list.display = member is not None
        self.choice.display = member is None
        if member is None:
            self.choice.show(app.calendar)
            self.choice.focus()
            return
        keep = replace(app.filter, members=frozenset())
        urgent = app.figures.urgent_warnings if app.figures else ()
        before = self._offered.get(member.id, Offered())
        offered = self._offered[member.id] = offered_at_once(app.calendar, member.id, app.now, before)
        self.list.show(app.calendar, member.id, self.week, app.now, keep, urgent, offered)
        self.list.focus()
        if not offered.counted and not self._is_counting:
            self._is_counting = True
            self._count_offers(member.id)

    # In the group of the other figures: who waits until all are known waits for these, too.
    @work(group="figures", exit_on_error=False)
    async def _count_offers(self, member: int) -> None:
        """One count at a time: a thread cannot be stopped, and of all that changes meanwhile only the last
        counts."""
        calendar = self.calendar
        try:
            await self.cadence.beside(offered_to, calendar, member, self.cadence.now)
        finally:
            self._is_counting = False
        if self.shown is self.calendar:  # else it is shown when somebody comes back
            self._show()

    def _show_week(self, week: date) -> None:
        if week != self.week:
            self.week = week
            self._show()

    def hints(self) -> list[tuple[str, str]]:
        if self.member is None:
            known = (BY_ID["app.help"].name, BY_ID["app.quit"].name)
            return [("enter", _("that is me")), *zip("?q", known, strict=True)]
        row = self.list.current_row
        declines = BY_ID["ask.decline"].name
        if self._boost:
            return [
                ("space", p_("a key", "I did")),
                ("y", _("copy text and link")),
                ("D", declines),
                *super().hints()[-5:],
            ]
        return [
            hint
            for hint in super().hints()
            if hint[1] != declines or (isinstance(row, TaskRow) and row.is_offer)
        ]

    # What the cursor is on

    @property
    def rows(self) -> RowList[Any]:
        return self.choice if self.member is None else self.list

    def selected_tasks(self) -> list[TaskRef]:
        if self.member is None:
            return []
        if marked := self.all_marked():
            return marked
        match self.list.current_row:
            case TaskRow(ref=ref):
                return [ref]
            case FindingRow(warning=warning) if warning.post is not None and warning.task:
                return [TaskRef(warning.post, warning.task)]
            case _:
                return []

    def selected_posts(self) -> list[int]:
        if self.member is not None and not self.marked:
            match self.list.current_row:
                case BoostRow(boost=boost):
                    return [boost.post]
                case FindingRow(warning=warning) if warning.post is not None:
                    return [warning.post]
        return list(dict.fromkeys(ref.post for ref in self.selected_tasks()))

    @property
    def _boost(self) -> Boost | None:
        """The boost under the cursor, while nothing is marked."""
        return None if self.member is None or self.marked else self.list.current_boost

    # What is asked of me

    async def action_task_done(self) -> None:
        boost = self._boost
        if boost is None:
            await super().action_task_done()
            return
        operation = boosts.boost_done if boost.at is None else boosts.boost_undone
        await self.cadence.perform(operation, boost.post, member=boost.member)

    def action_post_copy(self) -> None:
        boost = self._boost
        text = text_for(self.calendar, boost) if boost else None
        if text is None:
            super().action_post_copy()
            return
        self.app.copy_to_clipboard(text)
        self.cadence.say(_("Copied: {text}", text=text))

    @asks
    async def action_ask_decline(self, why: str = "") -> None:
        """A boost without a word, an offer with one, if they like: its owner reads it."""
        if (boost := self._boost) is not None:
            await self.cadence.perform(boosts.decline_boost, boost.post)
            return
        refs, asked = self.selected_tasks(), self.member
        if refs and asked is not None:
            await self.decline_offers(refs, asked, why)
        else:
            self.cadence.say(_("Nothing here waits for an answer of yours"), "dim")

    # Movements

    def move_across(self, columns: int) -> None:
        if self.member is not None:
            self.list.move_section(columns)

    def move_weeks(self, weeks: int) -> None:
        self._show_week(self.week + timedelta(weeks=weeks))

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        self._show_week(self.week_of(day))
        self.list.go_to_day(day)

    def look_into(self) -> None:
        if self.member is None:
            self._choose()
            return
        match self.list.current_row:
            case FindingRow():
                self.cadence.go_to_place("warnings")
            case TaskRow(ref=ref):
                self.cadence.show_post(ref.post)
            case BoostRow(boost=boost):
                self.cadence.show_post(boost.post)

    def _choose(self) -> None:
        member = self.choice.current
        if member is not None:
            self.cadence.viewer_id = member.id
            self.cadence.say(_("You are {name}, until you leave", name=member.name))
            self._show()
            self.show_frame()

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        self.show_status()

    # Marks

    def marked_here(self) -> list[TaskRef]:
        return self.list.marked_tasks() if self.member is not None else []
