"""What the small lists at the foot have in common, from which one is chosen: the line above them says what
Enter does before it does it."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from cadence.language import _
from cadence.tui.screens.assign import SaysLine
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.row_list import RowList

T = TypeVar("T")


class ChoosingScreen(Modal[T | None]):
    """A subclass makes the list, fills it in `ask`, says in `say` what Enter would do, and gives in
    `action_accept` what was chosen; Escape gives None."""

    BINDINGS = [
        Binding("escape,q", "leave", show=False),
        Binding("enter", "accept", show=False),
        Binding("down,j,n,tab", "step(1)", show=False),
        Binding("up,k,N,shift+tab", "step(-1)", show=False),
    ]

    @property
    def says(self) -> SaysLine:
        return self.query_one("#assign-says", SaysLine)

    # What a subclass says

    def make_list(self, ascii_only: bool) -> RowList[Any]:
        raise NotImplementedError

    def keys(self) -> str:
        """What Enter and the other keys do, where there is something to choose."""
        raise NotImplementedError

    def can_accept(self) -> bool:
        """Whether Enter does anything."""
        raise NotImplementedError

    def height(self) -> int:
        """Lines of all of it, once it is filled."""
        raise NotImplementedError

    def ask(self) -> None:
        """Fill the list from the newest calendar, and `say_all`."""
        raise NotImplementedError

    def say(self) -> None:
        """Say what Enter does with the row under the cursor."""
        raise NotImplementedError

    def action_accept(self) -> None:
        raise NotImplementedError

    # What all do

    def compose(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        with Vertical(id="assign"):
            yield SaysLine(ascii_only=plain, id="assign-says")
            yield self.make_list(plain)
            yield SaysLine(ascii_only=plain, id="assign-keys")

    def on_mount(self) -> None:
        self.ask()
        self.query_one("#assign").styles.height = self.height()
        self.query_one(RowList).focus()

    def say_all(self) -> None:
        self.say()
        keys = self.keys() if self.can_accept() else _("esc leaves")
        self.query_one("#assign-keys", SaysLine).say(keys, "dim")

    def on_row_list_moved(self, _message: RowList.Moved) -> None:
        self.say_all()

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        self.action_accept()

    def action_step(self, rows: int) -> None:
        self.query_one(RowList).move_by(rows)

    def action_leave(self) -> None:
        self.dismiss(None)
