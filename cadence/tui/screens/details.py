"""What went wrong, in all details, for whoever is to mend it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from cadence.language import _
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.text_rows import TextRows


class DetailsScreen(Modal[None]):
    BINDINGS = [
        Binding("escape,q,enter,exclamation_mark", "dismiss", show=False),
        Binding("y", "copy", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, summary: str, details: str) -> None:
        super().__init__()
        self._summary = summary
        self._details = details

    def compose(self) -> ComposeResult:
        app = self.cadence
        lines = [[(f" {line}", "")] for line in self._details.splitlines()]
        rows = TextRows([[(f" {self._summary}", "bad")], [], *lines], ascii_only=app.ascii_only, id="details")
        rows.border_title = _("What went wrong")
        rows.border_subtitle = _("y copies · esc leaves")
        yield rows

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(f"{self._summary}\n\n{self._details}")
        self.cadence.say(_("Copied the details"))

    def action_scroll(self, lines: int) -> None:
        self.query_one(TextRows).scroll_relative(y=lines, animate=False)
