"""What everything has in common that lies over a screen until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp

T = TypeVar("T")


class LeftOnce(Screen[T]):
    """To be named after another base: Textual styles a widget as the first of its bases only."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with a result. The second of two quick keys, on its way before the first had left, is one too
        many: Textual would take it for the screen below."""
        return super().dismiss(result) if self.is_active else AwaitComplete.nothing()


class Modal(ModalScreen[T], LeftOnce[T]):
    @property
    def cadence(self) -> CadenceApp:
        return cast("CadenceApp", self.app)
