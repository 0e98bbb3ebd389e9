"""The plan: how it is made, made again when the calendar changes, and shown. What keys do is in `plan`."""

from __future__ import annotations

from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer

from cadence.insight.words import day_text
from cadence.language import _, decimal, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.times import DAY, WEEK
from cadence.planner.bridge.proposal import Row
from cadence.tui.actions import BY_ID, keys_text
from cadence.tui.planning import Found, Planning, Wish
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.widgets.cells import Line, width_of
from cadence.tui.widgets.plan_detail import PlanDetail, Shown
from cadence.tui.widgets.plan_line import FULL, change_text, figures_line, known_text, percent_text
from cadence.tui.widgets.plan_list import PlanList
from cadence.tui.widgets.plan_rows import SPACE, PlanRow, Title, plan_rows
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import say_dates, undoable

WEEKS = 4
AFTER_A_CHANGE = 0.2
"""Seconds from a change of the calendar until it is planned anew: others may follow at once."""


class PlanParts(ListScreen):
    """`found` is the plan that is shown: it may still be that of an older calendar, or of an older wish."""

    class Improved(Message):
        """There is a plan, or a better one."""

        def __init__(self, found: Found) -> None:
            super().__init__()
            self.found = found

    class Failed(Message):
        def __init__(self, wish: Wish, error: Exception) -> None:
            super().__init__()
            self.wish = wish
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.first = self.this_week
        self.weeks = WEEKS
        self.reassign = False
        self.slots = True
        self.left_out: set[str] = set()
        self.accepted: set[str] = set()
        """What was accepted, and is still a change in the plan that is shown."""
        self.is_explaining = False
        self.found: Found | None = None
        self.failure = ""
        self._planning: Planning | None = None
        self._latest: Planning | None = None
        """Under way, or told to stop and not there yet."""
        self._replan: Timer | None = None
        self._shows: object = None
        self._shown_rows: list[PlanRow] = []

    def compose_middle(self) -> ComposeResult:
        with Container(id="plan"):
            yield PlanList(ascii_only=self.cadence.ascii_only)
            yield PlanDetail(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> PlanList:
        return self.query_one(PlanList)

    @property
    def last(self) -> date:
        return self.first + self.weeks * WEEK - DAY

    # Planning

    @property
    def is_planning(self) -> bool:
        """Whether a plan, or a better one, may still come."""
        return self._planning is not None or self._replan is not None

    def plan(self) -> None:
        """Begin; what is shown stays until the first new plan is there."""
        self.stop_planning()
        wish = Wish(
            self.calendar,
            self.cadence.now,
            self.first,
            self.last,
            self.reassign,
            self.slots,
            planned=self.found.plan.assignments if self.found else {},
        )
        self.failure = ""
        self._latest = self._planning = Planning(
            wish,
            lambda found: self.post_message(self.Improved(found)),
            lambda error: self.post_message(self.Failed(wish, error)),
            after=self._latest,
        )
        self._planning.start()
        self.show_plan()

    def stop_planning(self) -> None:
        if self._replan is not None:
            self._replan.stop()
        if self._planning is not None:
            self._planning.stop()
        self._planning = self._replan = None

    def _plan_soon(self) -> None:
        self.stop_planning()
        self._replan = self.set_timer(AFTER_A_CHANGE, self.plan)

    def _is_up_to_date(self) -> bool:
        wish = self._planning.wish if self._planning else None
        if wish is None and self.found is not None and self.found.is_last:
            wish = self.found.wish
        wanted = (self.calendar, self.first, self.last, self.reassign, self.slots)
        return wish is not None and wanted == (
            wish.calendar, wish.first, wish.last, wish.reassign, wish.slots,
        )  # fmt: skip

    def on_plan_parts_improved(self, message: Improved) -> None:
        found = message.found
        if self._planning is None or found.wish is not self._planning.wish:
            return  # somebody has changed something since, or does not look any more
        self.found = found
        self.accepted.clear()
        if found.is_last:
            self._planning = None
        self.show_plan()

    def on_plan_parts_failed(self, message: Failed) -> None:
        if self._planning is None or message.wish is not self._planning.wish:
            return
        self._planning, self.found = None, None
        error = message.error
        self.failure = str(error)
        if not isinstance(error, CadenceError):
            self.failure = _("This could not be planned: {error}", error=error)
        self.show_plan()

    # Coming, leaving, and what changes meanwhile

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if not self._is_up_to_date():
            self.plan()

    def on_screen_suspend(self) -> None:
        """A prompt does not matter; who looks at something else needs no better plan."""
        if self.cadence.calendar_screen is not self:
            self.stop_planning()

    def on_mount(self) -> None:
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        """How long it has been going on."""
        if self._planning is not None:
            self.show_head()

    def on_unmount(self) -> None:
        self.stop_planning()

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        if not self._is_up_to_date():
            self._plan_soon()
            self.show_plan()

    def filter_changed(self) -> None:
        self.show_plan()

    # Showing

    def show_plan(self) -> None:
        if not self.is_mounted:
            return
        calendar = self.found.wish.calendar if self.found else self.calendar
        self.list.show(calendar, self._rows(), frozenset(self.left_out), self.cadence.today)
        self.show_head()
        self.show_detail()
        self.show_status()

    def _rows(self) -> list[PlanRow]:
        """The same list as before, as long as the same is to be shown: a large team's plan has thousands of
        rows, and whatever key is pressed asks for them."""
        shows = (self.found, self.failure, self.cadence.filter, frozenset(self.accepted))
        if self._shows != shows:
            self._shows, self._shown_rows = shows, self._rows_to_show()
        return self._shown_rows

    def _rows_to_show(self) -> list[PlanRow]:
        if self.failure or self.found is None:
            sentence = self.failure or _("Looking who could do what …")
            return [SPACE, Title("empty", sentence, tone="warn" if self.failure else "dim")]
        calendar, keep = self.found.wish.calendar, self.cadence.filter
        if rows := plan_rows(calendar, self.found.proposal, keep, self.accepted):
            return rows
        return [SPACE, *(Title(text, text, tone="") for text in self._nothing_to_do(self.found))]

    def _nothing_to_do(self, found: Found) -> list[str]:
        if self.cadence.filter:
            return [_("Of what the filter shows nothing would change (esc: all).")]
        until = day_text(found.wish.last)
        over = [share for share in found.proposal.shares if share.after > FULL]
        if not over:
            return [_("Everything until {day} has somebody, and nobody is over their time.", day=until)]
        worst = max(over, key=lambda share: share.after)
        hint = "" if found.wish.reassign else _("Key r lets what people have change hands.")
        said = _(
            "Everything until {day} has somebody, but {who} is at {share}.",
            day=until,
            who=worst.member,
            share=percent_text(worst.after),
        )
        return [said, *filter(None, [hint])]

    def show_head(self) -> None:
        first = max(self.first, self.cadence.today)
        facts = [n_("{number} task", "{number} tasks", self.found.tasks)] if self.found else []
        facts += [_("what people have may change hands")] if self.reassign else []
        facts += [] if self.slots else [_("without open slots")]
        about = "".join(f" · {fact}" for fact in facts)
        title: Line = [(f"   {say_dates(first, self.last)}", "head"), (about, "dim")]
        figures = figures_line(self.found.proposal, self.app.size.width) if self.found else []
        self.list.head([(title, self._state()), (figures, []), (self._offer(), [])])

    def _state(self) -> Line:
        """How good the plan is known to be, and whether it still grows better."""
        is_new = self._planning and self.found and self.found.wish is self._planning.wish
        if self.is_planning and not is_new:
            return [(_("planning …"), "accent")]
        if self.found is None:
            return []
        plan = self.found.plan
        parts: Line = [(known_text(plan), "good" if plan.status == "optimal" else "")]
        if self._planning is None:
            return [*parts, (f" · {decimal(plan.seconds)} s", "dim")]
        said = _("improving")
        if self.app.size.width >= 100:
            said = _("improving, {seconds} s", seconds=f"{self._planning.seconds:.0f}")
        return [*parts, (f" · {said}", "accent")]

    def _offer(self) -> Line:
        """What accepting will do, before it does."""
        rows, chosen = self.list.changes(), self.chosen_changes()
        if not rows:
            nothing = _("nothing is left to accept")
            return [(f"   {nothing}", "dim")] if self.list.current else []
        key = keys_text(BY_ID["plan.accept-all"], self.cadence.keymap, first=True)
        if not chosen:
            return [(f"   {_('{key} accepts nothing: all is left out', key=key)}", "warn")]
        said = _("{key} accepts {changes}", key=key, changes=change_text(chosen))
        rest = len(rows) - len(chosen)
        left = " · " + n_("{number} left out", "{number} left out", rest) if rest else ""
        offer: Line = [(f"   {said}", "accent"), (undoable(left), "dim")]
        return offer if width_of(offer) < self.app.size.width else [*offer[:1], (left, "dim")]

    def chosen_changes(self) -> list[Row]:
        """The rows that are shown and not left out."""
        return [row for row in self.list.changes() if row.what.id not in self.left_out]

    def show_detail(self) -> None:
        found, row = self.found, self.list.current
        shown = Shown(self.calendar, self.cadence.today)
        if found is not None:
            others = found.grounds.others(row.what.id) if row and self.is_explaining else None
            shares = found.proposal.shares
            shown = Shown(found.wish.calendar, self.cadence.today, row, others, shares)
        self.query_one(PlanDetail).show(shown)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self.show_detail()
