"""The links of a feed, this once: to copy, and as a QR code for a phone. Escape forgets them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from cadence.model.feeds import is_only_here, links
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.feed_panel import FeedPanel


class LinksScreen(Modal[None]):
    BINDINGS = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("down,j,tab", "step(1)", show=False),
        Binding("up,k,shift+tab", "step(-1)", show=False),
        Binding("y", "copy", show=False),
    ]

    def __init__(self, head: str, base: str | None, token: str) -> None:
        super().__init__()
        self._head = head
        self._links = links(base, token)
        self._only_here = is_only_here(base)

    def compose(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        yield FeedPanel(self._head, self._links, only_here=self._only_here, ascii_only=plain)

    def action_step(self, rows: int) -> None:
        self.query_one(FeedPanel).step(rows)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.query_one(FeedPanel).copied())

    def action_leave(self) -> None:
        self.dismiss(None)
