"""The letters over the screen that lead to its places."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Static

from cadence.language import _
from cadence.tui.jumping import Jumpable, labels
from cadence.tui.screens.modal import Modal

if TYPE_CHECKING:
    from textual.screen import Screen


class JumpScreen(Modal["Callable[[], object] | None"]):
    """Gives what to do, None if it was left. A letter that begins no label leaves, too."""

    BINDINGS = [Binding("escape", "dismiss(None)", show=False, priority=True)]

    def __init__(self, behind: Screen[Any]) -> None:
        super().__init__()
        self._places: list[tuple[int, int, Callable[[], object]]] = []
        for widget in behind.walk_children(Widget):
            if isinstance(widget, Jumpable) and widget.display and widget.region:
                corner = widget.content_region.offset
                self._places += [(corner.x + x, corner.y + y, go) for x, y, go in widget.jump_targets()]
        self._goes = dict(zip(labels(len(self._places)), (go for _x, _y, go in self._places), strict=True))
        self._typed = ""

    def compose(self) -> ComposeResult:
        for label, (x, y, _go) in zip(self._goes, self._places, strict=True):
            sign = Static(label, classes="jump-label", markup=False)
            sign.styles.offset = (x, y)
            yield sign

    def on_mount(self) -> None:
        app = self.cadence
        app.say(_("Type the letters of a place · esc leaves"), "accent")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if self._typed in self._goes or not self.is_current:
            return  # it is leaving already
        self._typed += event.character or " "
        if self._typed in self._goes:
            self.dismiss(self._goes[self._typed])
        elif not any(label.startswith(self._typed) for label in self._goes):
            self.dismiss(None)
