"""The fields of a form that are not lines to type: one of a few, and ticks. Painted line by line."""

from __future__ import annotations

from typing import cast

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.message import Message

from cadence.tui.forms.form import Choice, Ticks
from cadence.tui.widgets.cells import Line, fit, width_of
from cadence.tui.widgets.frame import LineWidget


class Control(LineWidget, can_focus=True):
    styled_by_focus = True

    class Changed(Message):
        """A control was answered by hand."""

        def __init__(self, field: Control) -> None:
            super().__init__()
            self.field = field

    class Submitted(Message):
        """Enter."""

    BINDINGS = [Binding("enter", "submit", show=False)]

    answer: str

    def set_answer(self, answer: str) -> None:
        """Say something else; nobody is told."""
        if answer != self.answer:
            self.answer = answer
            self.refresh()

    def answered(self, answer: str) -> None:
        if answer != self.answer:
            self.set_answer(answer)
            self.post_message(self.Changed(self))

    def action_submit(self) -> None:
        self.post_message(self.Submitted())

    def toned(self, tone: str) -> Style:
        return self.style_of("control--here") if tone == "here" else super().toned(tone)


class ChoiceControl(Control):
    """`[member]  lead  partner`; where there is no room for all, the chosen one between arrows."""

    BINDINGS = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
    ]

    def __init__(self, choice: Choice, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id=f"field-{choice.name}")
        self.choice = choice
        self.answer = choice.value
        self._starts: list[tuple[int, int, str]] = []

    def action_turn(self, by: int) -> None:
        keys = list(self.choice.options)
        here = keys.index(self.answer) if self.answer in keys else 0
        self.answered(keys[(here + by) % len(keys)])

    def on_key(self, event: events.Key) -> None:
        """A letter chooses the next option that begins with it."""
        if event.character is None or not event.character.isalnum():
            return
        event.stop()
        keys = list(self.choice.options)
        here = keys.index(self.answer) if self.answer in keys else -1
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if self.choice.options[key].casefold().startswith(event.character.casefold()):
                self.answered(key)
                return

    def on_click(self, event: events.Click) -> None:
        for start, end, key in self._starts:
            if start <= event.x < end:
                self.answered(key)

    def line(self, y: int, width: int) -> Line:
        chosen = "here" if self.has_focus else "strong"
        line: Line = []
        self._starts = []
        for key, words in self.choice.options.items():
            text = f"[{words}]" if key == self.answer else f" {words} "
            self._starts.append((width_of(line), width_of(line) + cell_len(text), key))
            line.append((text, chosen if key == self.answer else "dim"))
        if width_of(line) <= width:
            return line
        self._starts = []
        words = self.choice.options.get(self.answer, "")
        left, right = ("<", ">") if self.ascii_only else ("‹", "›")
        return [
            (f"{left} ", "dim"),
            (fit(words, min(cell_len(words), width - 4)), chosen),
            (f" {right}", "dim"),
        ]


class TicksControl(Control):
    """A row of ticks, `[x] mon  [ ] tue`, or a grid in which each place says its level."""

    BINDINGS = [
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("space", "turn", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    def __init__(self, ticks: Ticks, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id=f"field-{ticks.name}")
        self.ticks = ticks
        self.answer = ticks.value
        self.row, self.column = 0, 0
        self.styles.height = self.lines

    @property
    def is_grid(self) -> bool:
        return len(self.ticks.rows) > 1

    @property
    def lines(self) -> int:
        return len(self.ticks.rows) + 1 if self.is_grid else 1

    # Moving and ticking

    def move_rows(self, rows: int) -> bool:
        """Up or down inside; False at its end, where the next field is."""
        row = self.row + rows
        if not 0 <= row < len(self.ticks.rows):
            return False
        self.row = row
        self.refresh()
        return True

    def enter_from(self, direction: int) -> None:
        """The cursor comes in from the field before (1) or after."""
        self.row = 0 if direction > 0 else len(self.ticks.rows) - 1
        self.refresh()

    def action_across(self, by: int) -> None:
        self.column = (self.column + by) % len(self.ticks.columns)
        self.refresh()

    def action_turn(self) -> None:
        levels = [None, *self.ticks.levels]
        level = levels[(levels.index(self._levels().get(self._place)) + 1) % len(levels)]
        self._set(level)

    def action_clear(self) -> None:
        self._set(None)

    def on_key(self, event: events.Key) -> None:
        """A letter gives the level that begins with it, or goes to the column that does."""
        letter = (event.character or "").casefold()
        if not letter.isalnum():
            return
        event.stop()
        for level, words in self.ticks.levels.items():
            if words.casefold().startswith(letter):
                self._set(level)
                return
        columns = list(self.ticks.columns.values())
        order = (*range(self.column + 1, len(columns)), *range(self.column + 1))
        for column in order:
            if columns[column].casefold().startswith(letter):
                self.column = column
                self.refresh()
                return

    def on_click(self, event: events.Click) -> None:
        width, first = self._widths(self.size.width)
        if self.is_grid and (event.y == 0 or event.x < first):
            return
        column = (event.x - first) // width
        if 0 <= column < len(self.ticks.columns):
            self.row, self.column = (event.y - 1 if self.is_grid else 0), column
            self.action_turn()

    @property
    def _place(self) -> tuple[str, str]:
        return list(self.ticks.rows)[self.row], list(self.ticks.columns)[self.column]

    def _levels(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for token in self.answer.split():
            row, column, level = token.split(":")
            found[row, column] = level
        return found

    def _set(self, level: str | None) -> None:
        levels = cast("dict[tuple[str, str], str | None]", self._levels())
        levels[self._place] = level
        self.answered(
            " ".join(
                f"{row}:{column}:{levels[row, column]}"
                for row in self.ticks.rows
                for column in self.ticks.columns
                if levels.get((row, column)) is not None
            )
        )

    # Painting

    def _widths(self, width: int) -> tuple[int, int]:
        """Of a column, and of the rows' names before them."""
        if not self.is_grid:
            return max(cell_len(name) for name in self.ticks.columns.values()) + 5, 0
        names = max(cell_len(name) for name in self.ticks.rows.values()) + 2
        columns = len(self.ticks.columns)
        return min(12, max(6, (width - min(names, 16)) // columns)), min(names, 16)

    def line(self, y: int, width: int) -> Line:
        size, first = self._widths(width)
        if self.is_grid and y == 0:
            heads = ((fit(name, size - 1) + " ", "dim") for name in self.ticks.columns.values())
            return [(" " * first, ""), *heads]
        row = y - 1 if self.is_grid else 0
        if row >= len(self.ticks.rows):
            return []
        levels = self._levels()
        name, words = list(self.ticks.rows.items())[row]
        line: Line = [(fit(words, first - 1) + " ", "dim")] if self.is_grid else []
        for number, (column, label) in enumerate(self.ticks.columns.items()):
            here = self.has_focus and (row, number) == (self.row, self.column)
            level = levels.get((name, column))
            line += self._cell(level, label, size, here)
        return line

    def _cell(self, level: str | None, label: str, size: int, here: bool) -> Line:
        if not self.is_grid:
            tick = " " if level is None else "x"
            text = f"[{tick}] {label}"
            tone = "here" if here else "strong" if level is not None else "dim"
            return [(text, tone), (" " * max(0, size - cell_len(text)), "")]
        words = "·" if level is None else self.ticks.levels[level]
        text = fit(words, min(size - 1, max(cell_len(words), 1)))
        tone = "here" if here else "strong" if level is not None else "dim"
        if here:  # a place is as wide as its column, so that the cursor shows on an empty one, too
            text = fit(text, size - 1)
        return [(text, tone), (" " * (size - cell_len(text)), "")]


class Shown(LineWidget):
    """Lines that follow from what is filled in."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id="form-shows")
        self.display = False
        self._lines: list[Line] = []

    @property
    def height(self) -> int:
        """With the rule above the lines."""
        return len(self._lines) + 1 if self._lines else 0

    def show(self, lines: list[Line]) -> None:
        before, self._lines = self.height, lines
        if before != self.height:
            self.styles.height = self.height
            self.display = bool(lines)
        self.refresh()

    def line(self, y: int, width: int) -> Line:
        return self._lines[y] if y < len(self._lines) else []
