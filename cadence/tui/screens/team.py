"""Team: members, channels with their rhythms, workflows, absences, the team itself; and who takes part."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal

from cadence.insight.participation import Participation, default_period, participation
from cadence.model.calendar import Calendar
from cadence.tui.actions import bindings
from cadence.tui.figures import Figures
from cadence.tui.screens.team_changes import TABLES, TeamChanges
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.team_list import TeamList
from cadence.tui.widgets.team_panel import TeamPanel
from cadence.tui.widgets.team_rows import team_rows


class TeamScreen(TeamChanges):
    place = "team"
    BINDINGS = bindings("team")
    AUTO_FOCUS = "TeamList"

    def __init__(self) -> None:
        super().__init__()
        self._taking_part: Participation | None = None
        self.failure = ""

    def compose_middle(self) -> ComposeResult:
        with Horizontal(id="team"):
            yield TeamList(ascii_only=self.cadence.ascii_only)
            yield TeamPanel(ascii_only=self.cadence.ascii_only)

    def on_mount(self) -> None:
        self._show()
        self._count()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()
        self._count()

    def figures_changed(self, figures: Figures) -> None:
        self._show()

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        app = self.cadence
        rows = team_rows(app.calendar, app.filter, app.today, self._taking_part, leads=self.may_settle)
        consistency = app.figures.consistency if app.figures else None
        self.list.show(rows, app.calendar, consistency, self._taking_part, app.now)

        self._show_panel()

    def _show_panel(self) -> None:
        """What the thing under the cursor is, whole, where there is room for it."""
        entry = self.list.current
        form = self._form_of(entry)(self.calendar) if entry is not None and entry.kind in TABLES else None
        self.query_one(TeamPanel).show(form)

    def on_row_list_moved(self, _message: RowList.Moved) -> None:
        if self.app.size.width >= self.beside_from:
            self._show_panel()

    # In the group of the other figures: who waits until all are counted waits for these, too.
    @work(exclusive=True, group="figures")
    async def _count(self) -> None:
        """Who takes part is counted over all that was done: beside the app."""
        calendar, now = self.calendar, self.cadence.now
        period = default_period(calendar, now)
        self._taking_part = await self.cadence.beside(participation, calendar, *period)
        self._show()

    # Movements

    def look_into(self) -> None:
        self.action_team_edit()
