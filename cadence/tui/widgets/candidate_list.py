"""Who could take a task: the ones who can first, with their load before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from cadence.insight.words import share_text
from cadence.model.marks import mark
from cadence.planner.explaining.candidates import Candidate
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.row_list import RowList

SHORTEST_NAME, LONGEST_NAME, SHARE_WIDTH = 10, 20, 12


@dataclass(frozen=True)
class Choice:
    """A row: somebody, or `candidate` None for nobody."""

    name: str
    candidate: Candidate | None
    note: str = ""


class CandidateList(RowList[str]):
    _heading_height = 1

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.choices: Sequence[Choice] = ()
        self.question = ""
        self._name_width = SHORTEST_NAME

    def ask(self, question: str, choices: Sequence[Choice]) -> None:
        """The cursor stays with the person that it is on, or else goes to the first."""
        chosen = self.current.name if self.current else None
        self.question, self.choices = question, choices
        longest = max((cell_len(choice.name) for choice in choices), default=0) + len("✕ ") + 1
        self._name_width = max(SHORTEST_NAME, min(longest, LONGEST_NAME))
        names = [choice.name for choice in choices]
        self.cursor = names.index(chosen) if chosen in names else None
        self.rows_changed()
        if self.cursor is None or not self.can_choose(self.cursor):
            self.move_to(0)

    @property
    def current(self) -> Choice | None:
        return (
            self.choices[self.cursor] if self.cursor is not None and self.cursor < len(self.choices) else None
        )

    @property
    def is_cut(self) -> bool:
        """Whether there is too little room for what is noted of those who can take it."""
        able = [choice.note for choice in self.choices if choice.candidate and choice.candidate.able]
        room = self.size.width - 1 - self._gutter - self._name_width - SHARE_WIDTH - len(" ▲ ")
        return max(map(cell_len, able), default=0) > room

    def row_count(self) -> int:
        return len(self.choices)

    def row_key(self, row: int) -> str:
        return self.choices[row].name

    def can_choose(self, row: int) -> bool:
        candidate = self.choices[row].candidate
        return candidate is None or candidate.able

    def heading_line(self, y: int, top: int, width: int) -> Line:
        return [(self._text(self.question), "head")]

    def row_line(self, row: int, width: int) -> Line:
        choice = self.choices[row]
        name = fit(choice.name, self._name_width, ascii_only=self.ascii_only)
        candidate = choice.candidate
        if candidate is None:
            return [(name, ""), (self._text(choice.note), "dim")]
        if not candidate.able:
            sign = mark("missed", ascii_only=self.ascii_only)
            return [(f"{sign} {name[:-2]}", "dim"), (self._text(candidate.obstacle), "dim")]
        over = candidate.over > 0
        sign = mark("warning", ascii_only=self.ascii_only) if over else " "
        return [
            (name, "strong"),
            (_share_text(candidate, self.ascii_only), "bad" if over else ""),
            (f" {sign} ", "bad"),
            (self._text(choice.note), "dim"),
        ]


def _share_text(candidate: Candidate, ascii_only: bool) -> str:
    """`  31 →  36 %`."""
    if candidate.after.share is None:
        return fit(share_text(None), SHARE_WIDTH, right=True)
    arrow = ">" if ascii_only else "→"
    return f"{(candidate.before.share or 0) * 100:>4.0f} {arrow} {candidate.after.share * 100:>3.0f} %"
