"""What every screen needs when the terminal changes its size quickly, as while a window is dragged."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.screen import Screen

T = TypeVar("T")


class ResizingScreen(Screen[T]):
    def on_resize(self, event: events.Resize) -> None:
        """A size that the terminal has no longer is passed over, the newest one is on its way. Textual lays
        the screen out for each and tells it of that: two that meet would follow each other for ever."""
        if event.size != self.app.size:
            event.prevent_default()
