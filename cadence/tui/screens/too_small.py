"""The terminal is too small to show anything useful: say so, and go on by itself when it grows."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from cadence.language import _
from cadence.tui.screens.modal import Modal
from cadence.tui.terminal import SMALLEST
from cadence.tui.widgets.cells import ascii_text


class TooSmall(Modal[None]):
    BINDINGS = [Binding("q", "app.quit", "quit", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        self._say(*self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        if not self.is_current:
            return
        if event.size.width >= SMALLEST[0] and event.size.height >= SMALLEST[1]:
            self.dismiss()
        else:
            self._say(*event.size)

    def _say(self, width: int, height: int) -> None:
        wide, high = SMALLEST
        text = (
            _("This terminal has {width} × {height}.", width=width, height=height)
            + "\n"
            + _("Cadence needs {width} × {height}.", width=wide, height=high)
            + "\n\n"
            + _("Make it larger, or q quits.")
        )
        self.query_one(Static).update(ascii_text(text) if self.cadence.ascii_only else text)
