"""Plan: who would do what, as changes to accept, all at once or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cadence.language import _, n_
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.model.times import WEEK, week_start
from cadence.operations.planning import take_plan
from cadence.planner.bridge.proposal import Row
from cadence.tui.actions import bindings
from cadence.tui.screens.plan_parts import PlanParts
from cadence.workspace import Done

MOST_WEEKS = 26


class PlanScreen(PlanParts):
    place = "plan"
    BINDINGS = bindings("plan")
    AUTO_FOCUS = "PlanList"

    # Accepting

    async def action_plan_accept_all(self) -> None:
        rows = self.chosen_changes()
        if rows:
            await self._accept(rows)
        elif self.list.changes():
            self.cadence.say(_("All is left out: space takes a row in again"), "warn")
        else:
            self.cadence.say(_("There is nothing to accept"), "dim")

    async def action_plan_accept(self) -> None:
        if rows := self._selected():
            await self._accept(rows)

    def _selected(self) -> list[Row]:
        """The marked changes, or the one under the cursor; says so when there is none."""
        rows = self.list.marked_changes()
        if not rows and self.list.current is not None:
            self.cadence.say(_("Nobody could take it: enter goes there"), "dim")
        elif not rows:
            self.cadence.say(_("There is no change here"), "dim")
        return rows

    async def _accept(self, rows: Sequence[Row]) -> None:
        """As one change; whatever was changed underneath is named, and planned anew."""
        ids = {row.what.id for row in rows}
        self.accepted |= ids
        done = await self.cadence.perform(take_plan, [row.move for row in rows])
        if done is not None:
            self.clear_marks()
            return
        self.accepted -= ids
        if refused := self._refused(rows):
            said = [refused[0], _("planning anew")]
            if more := len(refused) - 1:
                said.insert(1, n_("and {number} more", "and {number} more", more))
            self.cadence.say(" · ".join(said), "warn")
        self.show_plan()

    def _refused(self, rows: Sequence[Row]) -> list[str]:
        """Which of these changes the calendar, as it is now, does not allow any more."""
        found: list[str] = []
        for row in rows:
            try:
                take_plan(self.calendar, self.cadence.viewer, [row.move], now=self.cadence.now)
            except CadenceError as error:
                found.append(error.message)
        return found

    def action_plan_leave_out(self) -> None:
        rows = self._selected()
        if not rows:
            return
        ids = {row.what.id for row in rows}
        self.left_out = self.left_out - ids if ids <= self.left_out else self.left_out | ids
        self.show_plan()
        if not self.list.marked:
            self.list.move_by(1)

    # What is planned

    def action_view_plan(self) -> None:
        """On this screen: once more, from the beginning."""
        self.cadence.say(_("Planning anew"), "dim")
        self.plan()

    def action_plan_why(self) -> None:
        self._explain(not self.is_explaining)

    def _explain(self, wanted: bool) -> None:
        self.is_explaining = wanted
        self.set_class(wanted, "-why")
        self.show_detail()

    def action_plan_reassign(self) -> None:
        self.reassign = not self.reassign
        self.plan()

    def action_plan_slots(self) -> None:
        self.slots = not self.slots
        self.plan()

    def action_plan_longer(self) -> None:
        self._plan_weeks(self.weeks + self.take_count())

    def action_plan_shorter(self) -> None:
        self._plan_weeks(self.weeks - self.take_count())

    def _plan_weeks(self, weeks: int) -> None:
        weeks = max(1, min(weeks, MOST_WEEKS))
        if weeks == self.weeks:
            limit = _("A plan is of one week at least") if weeks == 1 else _("So far ahead at most")
            self.cadence.say(limit, "dim")
            return
        self.weeks = weeks
        self.plan()

    def _plan_from(self, week: date) -> None:
        week = max(week, self.this_week)
        if week == self.first:
            self.cadence.say(_("A plan begins with this week at the earliest"), "dim")
            return
        self.first = week
        self.plan()

    def action_app_quit(self) -> None:
        """The sooner the solver hears of it, the less there is to wait for."""
        self.stop_planning()
        super().action_app_quit()

    # Movements

    def move_weeks(self, weeks: int) -> None:
        self._plan_from(self.first + weeks * WEEK)

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        """To the first change of that day or later, if it is planned; else the plan goes there."""
        if day == self.cadence.today and self.first != self.this_week:
            self._plan_from(self.this_week)
        elif self.first <= day <= self.last:
            if not self.list.go_to_day(day):
                self.cadence.say(_("Nothing would change from then on"), "dim")
        else:
            self._plan_from(week_start(day, self.calendar.team.week_begins))

    def follow(self, done: Done | None) -> None:
        """Undoing and redoing belong to planning: nobody is led away."""

    def look_into(self) -> None:
        """The post, or the slot, in its week."""
        row = self.list.current
        if row is None:
            return
        place = row.what.place
        if not isinstance(place, TaskRef):
            rhythm = self.calendar.rhythms.get(place.slot.rhythm)
            self.cadence.show_day(place.slot.local.date(), rhythm.channel if rhythm else None)
        elif place.post in self.calendar.posts:
            self.cadence.show_post(place.post)

    def step_back(self) -> bool:
        if not self.is_explaining:
            return False
        self._explain(False)
        return True
