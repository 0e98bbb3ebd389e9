"""What went wrong, in all details, for whoever is to mend it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from cadence.language import _
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.cells import Line, ascii_text
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.widgets.text_rows import TextRows

WIDEST = 110
"""As in the style sheet."""


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
        lines: list[Line] = [[(f" {line}", "")] for line in self._details.splitlines()]
        room = min(app.size.width, WIDEST) - len("│  │")
        summary: list[Line] = [[(f" {line}", "bad")] for line in wrapped(self._summary, room)]
        rows = TextRows([*summary, [], *lines], ascii_only=app.ascii_only, id="details")
        rows.border_title = _("What went wrong")
        keys = _("y copies · esc leaves")
        rows.border_subtitle = ascii_text(keys) if app.ascii_only else keys
        yield rows

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(f"{self._summary}\n\n{self._details}")
        self.cadence.say(_("Copied the details"))

    def action_scroll(self, lines: int) -> None:
        self.query_one(TextRows).scroll_lines(lines)
