"""Before a change is taken back: what that does, or which later change is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from cadence.language import _
from cadence.model.times import to_local, zone_of
from cadence.tui.changewords import ChangeWords, wrapped
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.cells import Line, ascii_text, plain
from cadence.tui.widgets.history_list import say_date
from cadence.tui.widgets.text_rows import TextRows

if TYPE_CHECKING:
    from cadence.model.change import Change
    from cadence.tui.app import CadenceApp
    from cadence.tui.historyview import Entry

Answer = Literal["yes", "leave"]


class AskScreen(Modal[Answer]):
    """A sentence, what follows from it, and what Enter does."""

    BINDINGS = [
        Binding("enter", "accept", show=False, priority=True),
        Binding("escape,q", "leave", show=False, priority=True),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
    ]

    def __init__(self, head: str, lines: Sequence[Line], enter: str, *, is_refused: bool = False) -> None:
        super().__init__()
        self.head = head
        self.lines = list(lines)
        self.enter = enter
        self.is_refused = is_refused

    def compose(self) -> ComposeResult:
        plain_only = self.cadence.ascii_only
        said = ascii_text if plain_only else str
        with Vertical(id="ask"):
            yield Static(
                f" {self.head}", id="ask-head", classes="-wrong" if self.is_refused else "", markup=False
            )
            yield TextRows(self.lines, ascii_only=plain_only, id="ask-lines")
            keys = _("enter {what} · esc leaves", what=self.enter)
            yield Static(said(f" {keys}"), id="ask-keys", markup=False)

    def on_mount(self) -> None:
        app = self.cadence
        behind = app.calendar_screen
        most = behind.panel_height() if behind else self.app.size.height // 2
        self.query_one(TextRows).styles.height = max(1, min(len(self.lines), most - 3))

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join([self.head, *(plain(line) for line in self.lines), self.enter])

    def action_accept(self) -> None:
        self.dismiss("yes")

    def action_leave(self) -> None:
        self.dismiss("leave")

    def action_scroll(self, rows: int) -> None:
        self.query_one(TextRows).scroll_lines(rows)


def question_about(app: CadenceApp, entry: Entry, change: Change | None) -> tuple[str, list[Line], str]:
    """Before a change is taken back: its head, what each field would be again, and what Enter does. `change`
    None: nobody knows any more what it did."""
    local = to_local(entry.at, zone_of(app.calendar.team.zone))
    who = _("{who}, {when}", who=entry.by, when=f"{say_date(local.date())} {local:%H:%M}")
    head = _("Undo change {number} of {who}", number=entry.seq, who=who)
    width = app.size.width
    lines: list[Line] = [[(f" {part}", "strong")] for part in wrapped(entry.why.strip(), width - 3)]
    if change is not None:
        words = ChangeWords(app.calendar, app.today)
        lines += words.lines(change, entry.size, width, backwards=True)
    return head, lines, _("undoes it") if entry.undoes is None else _("brings it back")
