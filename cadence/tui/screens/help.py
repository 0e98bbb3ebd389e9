"""The keys of a screen, from the registry."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from cadence.language import _
from cadence.model.words import slot_word, state_word
from cadence.tui.actions import BY_NAME, actions_of, keys_text
from cadence.tui.actions.action import GROUPS
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.cells import Line, ascii_keys, ascii_text, fit, fit_line
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.widgets.text_rows import TextRows

WIDE, WIDEST, NARROW = 116, 150, 84
"""From so many columns on there are two columns of keys, in so many at most; else in so many at most."""


class HelpScreen(Modal[None]):
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
        app = self.cadence
        wide = app.size.width >= WIDE
        width = min(app.size.width, WIDEST if wide else NARROW)
        column = width // 2 - 2 if wide else width - 4
        blocks = help_blocks(self.place, app.keymap, column, ascii_only=app.ascii_only)
        lines = in_two_columns(blocks, column + 1) if wide else [line for block in blocks for line in block]
        rows = TextRows(lines, ascii_only=app.ascii_only, id="help")
        rows.styles.width = width
        rows.border_title = _("Keys on {screen}", screen=_(BY_NAME[self.place].title))
        yield rows

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        """Whether there is more than what is seen, and how to leave."""
        rows = self.query_one(TextRows)
        said = _("↑ ↓ more · esc leaves") if rows.max_scroll_y else _("esc leaves")
        rows.border_subtitle = ascii_text(said) if self.cadence.ascii_only else said

    def action_scroll(self, lines: int) -> None:
        self.query_one(TextRows).scroll_lines(lines)


def help_blocks(
    place: str, keymap: dict[str, str], width: int = NARROW, *, ascii_only: bool = False
) -> list[list[Line]]:
    """Group by group: its name, then keys and what they do, in lines of `width` cells. The last block
    explains the marks."""
    blocks: list[list[Line]] = []
    listed = [(a, keys_text(a, keymap, place=place) or "ctrl+p") for a in actions_of(place) if a.listed]
    if ascii_only:
        listed = [(action, ascii_keys(keys)) for action, keys in listed]
    room = max(8, *(cell_len(keys) for _action, keys in listed)) + 3
    for group, members in groupby(listed, key=lambda one: one[0].group):
        block: list[Line] = [[(f" {_(GROUPS[group])}", "head")]]
        for action, keys in members:
            first, *more = wrapped(action.meaning, width - room)
            block.append([(fit(f"  {keys}", room), "strong"), (first, "")])
            block += [[(" " * room, ""), (line, "")] for line in more]
        blocks.append([*block, []])
    marks: list[Line] = [[(f" {_('Marks on the screen')}", "head")]]
    marks += _marks_explained()
    count = _("A number before a movement repeats it: 3l is three days on.")
    marks += [[], *([(f"  {line}", "dim")] for line in wrapped(count, width - 2))]
    return [*blocks, marks]


def _marks_explained() -> list[Line]:
    words = (
        (("●", slot_word("on_time")), ("◐", _("early or late")), ("✕", slot_word("missed"))),
        (("◉", slot_word("ready")), ("○", slot_word("planned")), ("·", _("open slot"))),
        (("‖", slot_word("paused")), ("–", state_word("skipped")), ("▲", _("warning"))),
        (("⌂", _("fixed")), ("⇄", _("on offer")), ("◆", _("marked"))),
    )
    rows = [[f"{sign} {said}" for sign, said in row] for row in words]
    widths = [max(map(cell_len, column)) + 3 for column in zip(*rows, strict=True)]
    return [
        [("  " + "".join(fit(text, width) for text, width in zip(row, widths, strict=True)).rstrip(), "")]
        for row in rows
    ]


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
