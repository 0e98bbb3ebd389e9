"""My week: what I do and by when, how full my week is, and what I could take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from textual.app import ComposeResult

from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.team import Member
from cadence.model.times import week_start
from cadence.tui.actions import bindings
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.widgets.member_list import MemberList
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.task_list import TaskList


class MyWeekScreen(ListScreen):
    """The member is the viewer, or the one that the filter names (`/ @anna`)."""

    place = "mine"
    BINDINGS = bindings("mine")
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.week = self._week_of(self.cadence.today)
        self._anchor: int | None = None

    def compose_middle(self) -> ComposeResult:
        yield TaskList(ascii_only=self.cadence.ascii_only)
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
        self.list.show(app.calendar, member.id, self.week, app.now, keep)
        self.list.focus()

    def _show_week(self, week: date) -> None:
        if week != self.week:
            self.week = week
            self._show()

    def _week_of(self, day: date) -> date:
        return week_start(day, self.cadence.calendar.team.week_begins)

    def hints(self) -> list[tuple[str, str]]:
        if self.member is None:
            return [("enter", "that is me"), ("?", "help"), ("q", "quit")]
        return super().hints()

    # What the cursor is on

    @property
    def rows(self) -> RowList[Any]:
        return self.choice if self.member is None else self.list

    def selected_tasks(self) -> list[TaskRef]:
        if self.member is None:
            return []
        marked = self.list.marked_tasks()
        ref = self.list.current_task
        return marked or ([ref] if ref else [])

    def selected_posts(self) -> list[int]:
        return list(dict.fromkeys(ref.post for ref in self.selected_tasks()))

    # Movements

    def move_across(self, columns: int) -> None:
        if self.member is not None:
            self.list.move_section(columns)

    def move_weeks(self, weeks: int) -> None:
        self._show_week(self.week + timedelta(weeks=weeks))

    def next_part(self) -> None:
        self.list.move_section(1)

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        self._show_week(self._week_of(day))
        self.list.go_to_day(day)

    def go_to_post(self, post: int) -> None:
        if not self.list.go_to_post(post):
            self.cadence.show_post(post)

    def look_into(self) -> None:
        if self.member is None:
            self._choose()
        elif (ref := self.list.current_task) is not None:
            self.cadence.show_post(ref.post)

    def _choose(self) -> None:
        member = self.choice.current
        if member is not None:
            self.cadence.viewer_id = member.id
            self.cadence.say(f"You are {member.name}, until you leave")
            self._show()
            self.show_frame()

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        self.look_into()

    # Marks

    def _after(self, changed: bool, posts: Sequence[int]) -> None:
        """The cursor stays here, on the next task, when one has gone."""
        if changed:
            self.clear_marks()
