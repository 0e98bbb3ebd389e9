"""What everything has in common that lies over a screen until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from cadence.tui.screens.asking import ASKING
from cadence.tui.screens.resizing import ResizingScreen

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp

T = TypeVar("T")


class LeftOnce(ResizingScreen[T]):
    """To be named after another base: Textual styles a widget as the first of its bases only."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with a result. The second of two quick keys, on its way before the first had left, is one too
        many: Textual would take it for the screen below."""
        return super().dismiss(result) if self.is_active else AwaitComplete.nothing()


class Modal(ModalScreen[T], LeftOnce[T]):
    """Keys come to it once it has its widgets. Those after the one that leaves it wait for what the action
    that asked makes of the answer, or for its next question."""

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = False
        """Whether it has its widgets, so that keys can act on them."""
        self._asking = ASKING.get()

    def on_mount(self) -> None:
        # Called after that of the subclass.
        self.is_ready = True
        self.call_after_refresh(self.cadence.release_keys, self._asking)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        if self.is_active and self._asking is not None and not self._asking.is_over:
            self.cadence.hold_keys(self._asking)
        return super().dismiss(result)

    @property
    def cadence(self) -> CadenceApp:
        return cast("CadenceApp", self.app)
