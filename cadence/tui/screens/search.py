"""Search as you type: posts, ideas, people, channels, and what was done lately."""

from __future__ import annotations

from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from cadence.insight.search import Hit
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.tui.screens.modal import Modal
from cadence.tui.searching import CHANGES
from cadence.tui.widgets.cells import ascii_text
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.search_list import SearchList, search_rows


class SearchScreen(Modal[Hit | None]):
    """Enter gives what was chosen, Escape None."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "leave", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("down,ctrl+n,tab", "move(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
    ]

    def compose(self) -> ComposeResult:
        ascii_only = self.cadence.ascii_only
        with Vertical(id="search"):
            with Horizontal(classes="prompt-line"):
                yield Static(f" {_('Search')}  ", id="search-head", markup=False)
                yield Input(
                    placeholder=_("words of a post, an idea, a change; a name; a number"),
                    id="search-text",
                    compact=True,
                )
            yield SearchList(ascii_only=ascii_only, id="search-found")
            yield Static("", id="search-says", markup=False)

    def on_mount(self) -> None:
        field = self.query_one(Input)
        field.cursor_blink = False
        field.focus()
        if not self.cadence.finder.knows(self.cadence.calendar):
            self._learn()
        self._find()

    # Finding

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _learn(self) -> None:
        """What is new since the last search is found once it is indexed; until then what was known."""
        workspace = self.cadence.workspace
        self.cadence.finder.learn(self.cadence.calendar, partial(workspace.history, limit=CHANGES))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker.group == "search" and event.state is WorkerState.SUCCESS:
            self._find()
        elif event.worker.group == "search" and event.state is WorkerState.ERROR:
            self._say(_("The search failed: {why}", why=event.worker.error))

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._learn()

    def on_input_changed(self) -> None:
        self._find()

    def _find(self) -> None:
        app, text = self.cadence, self.query_one(Input).value
        is_ready = app.finder.calendar is not None
        found = app.finder.find(text, app.now) if text.strip() else []
        if not text.strip():
            nothing = _("Every word must be found, in any order; capitals and accents do not matter.")
        else:
            nothing = _("Nothing says that.") if is_ready else _("Reading the calendar …")
        rows = search_rows(found, nothing)
        self.query_one(SearchList).show(app.calendar, app.finder.changes, rows, app.today)
        self._say_what_enter_does()

    def on_row_list_moved(self) -> None:
        self._say_what_enter_does()

    def _say_what_enter_does(self) -> None:
        hit = self.query_one(SearchList).current
        goes = {
            "post": _("enter goes to the post in its week"),
            "idea": _("enter goes to the idea"),
            "member": _("enter shows only what is theirs"),
            "channel": _("enter shows only this channel"),
            "change": _("enter goes to the change in the history"),
        }
        leaves = _("esc leaves")
        self._say(f"{goes[hit.kind]} · {leaves}" if hit else leaves)

    def _say(self, text: str) -> None:
        text = ascii_text(text) if self.cadence.ascii_only else text
        self.query_one("#search-says", Static).update(f" {text}")

    # Choosing

    def action_move(self, rows: int) -> None:
        self.query_one(SearchList).move_by(rows)

    def action_page(self, pages: int) -> None:
        self.query_one(SearchList).move_page(pages)

    def on_input_submitted(self) -> None:
        """Enter comes by way of the field, after all letters typed before it."""
        if hit := self.query_one(SearchList).current:
            self.dismiss(hit)

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        self.on_input_submitted()
