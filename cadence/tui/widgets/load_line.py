"""The load of everyone in the week: a bar, a percentage, and a sign for who has too much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cadence.insight.capacity import Load
from cadence.language import _
from cadence.model.marks import bar, mark
from cadence.tui.widgets.cells import Line, fit, width_of
from cadence.tui.widgets.frame import LineWidget

LABEL = 13
HIGH_SHARE = 0.85


@dataclass(frozen=True)
class Person:
    """A member in the week. `away`: absent on all working days of it; `would_be`: the load that a choice
    would lead to."""

    name: str
    load: Load
    away: bool = False
    would_be: Load | None = None


class LoadLine(LineWidget):
    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.people: Sequence[Person] = ()
        self.label = LABEL
        self.title = ""
        self._lines: tuple[int, list[Line]] | None = None

    def show(self, people: Sequence[Person], label: int = LABEL, title: str = "") -> None:
        """`title` stands before it instead of "Load"."""
        if (people, label, title) != (self.people, self.label, self.title):
            self.people, self.label, self.title = people, label, title
            self._lines = None
            self.refresh()

    def lines_wanted(self, width: int) -> int:
        return max(1, len(self._laid_out(width)))

    def line(self, y: int, width: int) -> Line:
        lines = self._laid_out(width)
        head: Line = [(fit(f" {self.title or _('Load')}" if y == 0 else "", self.label), "dim")]
        if y >= len(lines):
            return head if y == 0 else []
        line = [*head, *lines[y]]
        if y == self.size.height - 1 and len(lines) > y + 1:
            rest = sum(1 for later in lines[y + 1 :] for _name, tone in later if tone == "name")
            line.append((f"+{rest}", "dim"))
        return [(text, "strong" if tone == "name" else tone) for text, tone in line]

    def _laid_out(self, width: int) -> list[Line]:
        if self._lines is None or self._lines[0] != width:
            self._lines = (width, self._lay_out(width))
        return self._lines[1]

    def _lay_out(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for person in self.people:
            said = self._person(person)
            if not lines or self.label + width_of(lines[-1]) + width_of(said) > width - 1:
                lines.append([])
            lines[-1] += said
        return lines

    def _person(self, person: Person) -> Line:
        load = person.would_be or person.load
        line: Line = [(person.name, "name"), (" ", "")]
        if person.away:
            return [*line, ("– " + _("away"), "dim"), ("   ", "")]
        if load.share is None:
            text, tone = (_("no time"), "bad") if load.minutes else ("–", "dim")
            sign = f" {mark('warning', ascii_only=self.ascii_only)}" if load.minutes else ""
            return [*line, (text + sign, tone), ("   ", "")]
        tone = "bad" if load.over else "warn" if load.share > HIGH_SHARE else ""
        arrow = ">" if self.ascii_only else "→"
        before = f"{(person.load.share or 0) * 100:.0f} {arrow} " if person.would_be else ""
        sign = f" {mark('warning', ascii_only=self.ascii_only)}" if load.over else ""
        return [
            *line,
            (bar(load.share, ascii_only=self.ascii_only), tone or "good"),
            (f" {before}{load.share * 100:.0f}%{sign}", tone),
            ("   ", ""),
        ]
