"""What is under the cursor on the Team screen, whole: what its form would say, beside the list."""

from __future__ import annotations

from cadence.model.errors import CadenceError
from cadence.tui.forms.form import Field, Form, Ticks, Values, in_words
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.labelled import wrapped

LABEL = 22


class TeamPanel(LineWidget):
    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self._form: Form | None = None
        self._lines: tuple[int, list[Line]] | None = None

    def show(self, form: Form | None) -> None:
        """None: there is nothing more to say about it."""
        self._form, self._lines = form, None
        self.refresh()

    def line(self, y: int, width: int) -> Line:
        if self._lines is None or self._lines[0] != width:
            self._lines = width, panel_lines(self._form, width) if self._form else []
        lines = self._lines[1]
        return lines[y] if y < len(lines) else []


def panel_lines(form: Form, width: int) -> list[Line]:
    """The answers of a form that are not empty, and what follows from them."""
    lines: list[Line] = [[], [(f" {form.head}", "head")], []]
    for field in form.fields:
        if field.quoted and field.when(form.answers) and field.value:
            lines += _field_lines(field, width)
    shown = form.shows(_values(form))
    return [*lines, [], *shown] if shown else lines


def _field_lines(field: Field, width: int) -> list[Line]:
    texts = _ticked(field) if isinstance(field, Ticks) else [in_words(field, field.value)]
    parts = [part for text in texts for part in wrapped(text, width - LABEL - 1, hyphens=True)]
    labels = [field.label, *[""] * (len(parts) - 1)]
    return [
        [(f" {fit(label, LABEL - 1)}", "dim"), (part, "")] for label, part in zip(labels, parts, strict=True)
    ]


def _ticked(field: Ticks) -> list[str]:
    """`LinkedIn: draft, review (learns)`, a line for each row that has any."""
    rows: dict[str, list[str]] = {}
    usual = next(iter(field.levels))
    for token in field.value.split():
        row, column, level = token.split(":")
        words = field.columns[column]
        said = words if level == usual else f"{words} ({field.levels[level]})"
        rows.setdefault(row, []).append(said)
    return [f"{field.rows[row]}: {', '.join(columns)}" for row, columns in rows.items()]


def _values(form: Form) -> Values:
    values = Values({}, frozenset())
    for field in form.fields:
        if field.when(form.answers):
            try:
                values[field.name] = field.read(field.value)
            except CadenceError:  # what was allowed once need not be allowed now
                continue
    return values
