"""The keys of a screen, from the registry."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from cadence.tui.actions import BY_NAME, actions_of, keys_text
from cadence.tui.widgets.cells import Line, fit_line
from cadence.tui.widgets.text_rows import TextRows

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp

WIDE = 116
"""From so many columns on there are two columns of keys."""
MARKS_EXPLAINED = (
    "● on time   ◐ early or late   ✕ missed",
    "◉ ready     ○ planned         · open slot",
    "‖ paused    – skipped         ▲ warning",
    "⌂ fixed     ⇄ on offer        ◆ marked",
)


class HelpScreen(ModalScreen[None]):
    BINDINGS = [
        Binding("escape,q,question_mark,enter", "dismiss", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def compose(self) -> ComposeResult:
        app = cast("CadenceApp", self.app)
        blocks = help_blocks(self.place, app.keymap)
        wide = app.size.width >= WIDE
        lines = (
            in_two_columns(blocks, WIDE // 2 - 3) if wide else [line for block in blocks for line in block]
        )
        rows = TextRows(lines, ascii_only=app.ascii_only, id="help")
        rows.styles.width = WIDE if wide else 84
        rows.border_title = f"Keys on {BY_NAME[self.place].title}"
        rows.border_subtitle = "esc leaves"
        yield rows

    def action_scroll(self, lines: int) -> None:
        self.query_one(TextRows).scroll_relative(y=lines, animate=False)


def help_blocks(place: str, keymap: dict[str, str]) -> list[list[Line]]:
    """Group by group: its name, then keys and what they do. The last block explains the marks."""
    blocks: list[list[Line]] = []
    for group, members in groupby(actions_of(place), key=lambda action: action.group):
        block: list[Line] = [[(f" {group}", "head")]]
        for action in members:
            if action.listed:
                keys = keys_text(action, keymap, place=place) or "ctrl+p"
                block.append([(f"  {keys:<8}", "strong"), (f" {action.help}", "")])
        blocks.append([*block, []])
    marks: list[Line] = [[(" Marks on the screen", "head")]]
    marks += [[(f"  {text}", "")] for text in MARKS_EXPLAINED]
    marks += [[], [("  A number before a movement repeats it: 3l is three days on.", "dim")]]
    return [*blocks, marks]


def in_two_columns(blocks: list[list[Line]], width: int) -> list[Line]:
    """The blocks in two columns of about the same length, in order."""
    half = sum(len(block) for block in blocks) / 2
    left: list[Line] = []
    rest = list(blocks)
    while rest and len(left) + len(rest[0]) / 2 <= half:
        left += rest.pop(0)
    right = [line for block in rest for line in block]
    return [
        [*fit_line(left[i] if i < len(left) else [], width), *(right[i] if i < len(right) else [])]
        for i in range(max(len(left), len(right)))
    ]
