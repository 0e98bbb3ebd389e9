"""The keys of a screen, from the registry."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from cadence.tui.actions import TITLES, Place, actions_of, keys_text
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.text_rows import TextRows

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp


class HelpScreen(ModalScreen[None]):
    BINDINGS = [
        Binding("escape,q,question_mark,enter", "dismiss", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place: Place = place

    def compose(self) -> ComposeResult:
        app = cast("CadenceApp", self.app)
        rows = TextRows(help_lines(self.place, app.keymap), ascii_only=app.ascii_only, id="help")
        rows.border_title = f"Keys on {TITLES[self.place]}"
        rows.border_subtitle = "esc leaves"
        yield rows

    def action_scroll(self, lines: int) -> None:
        self.query_one(TextRows).scroll_relative(y=lines, animate=False)


def help_lines(place: Place, keymap: dict[str, str]) -> list[Line]:
    """Group by group: keys, what they do."""
    lines: list[Line] = []
    for group, members in groupby(actions_of(place), key=lambda action: action.group):
        listed = [action for action in members if action.listed]
        lines += [[], [(f" {group}", "head")]] if lines else [[(f" {group}", "head")]]
        for action in listed:
            keys = keys_text(action, keymap) or "ctrl+p"
            lines.append([(f"  {keys:<10}", "strong"), (f"  {action.help}", "")])
    lines += [
        [],
        [(" Marks", "head")],
        [("  ● on time   ◐ early or late   ✕ missed   ◉ ready   ○ planned   · open slot", "")],
        [("  ‖ paused   ▲ warning   ⌂ pinned   ⇄ on offer   – skipped", "")],
        [],
        [("  A number before a movement repeats it: 3l is three days on.", "dim")],
    ]
    return lines
