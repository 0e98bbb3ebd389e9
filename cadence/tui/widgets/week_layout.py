"""Where the parts of the week are: the lines from top to bottom, and the columns of the days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from cadence.tui.weekview import WeekView


@dataclass(frozen=True)
class Spacing:
    """How generous the grid is: lines per chip, and lines between channels."""

    chip: int = 2
    gap: int = 0


TWO_LINES = (Spacing(4, 1), Spacing(4, 0))
"""For titles that are longer than a line; where they are not, their second line would stay empty."""
USUAL = Spacing(3, 1)
SPACINGS = (*TWO_LINES, USUAL, Spacing(2, 1), Spacing(2, 0), Spacing(1, 0))
"""From the one that reads best to the one that shows most."""


class Spot(NamedTuple):
    """Where the cursor is: row and day (0 to 6) in the view, and which chip of the cell."""

    row: int = 0
    day: int = 0
    place: int = 0


class LineOf(NamedTuple):
    """What a line belongs to: line `part` of a row; without a part it is the heading of the row's week."""

    row: int
    part: int | None


class Layout:
    """`lines` are those below the heading of the first week, which stays where it is; `tops[row]` is the
    first line of a row, `ends[row]` the one behind its last."""

    def __init__(self, view: WeekView, spacing: Spacing, width: int) -> None:
        self.spacing = spacing
        self.lines: list[LineOf] = []
        self.tops: list[int] = []
        self.ends: list[int] = []
        for number, row in enumerate(view.rows):
            if number and row.first != view.rows[number - 1].first:
                self.lines.append(LineOf(number, None))
            self.tops.append(len(self.lines))
            height = spacing.chip * max(1, *map(len, row.cells)) + spacing.gap
            self.lines += [LineOf(number, part) for part in range(height)]
            self.ends.append(len(self.lines))
        self.label = _label_width(view, width)
        self.columns = _columns(view, width - self.label - 1, self.label)

    @property
    def height(self) -> int:
        """Lines that it takes, the first heading too."""
        return len(self.lines) + 1

    def wants_two_lines(self, view: WeekView) -> bool:
        """Whether there is a title that is longer than a line."""
        return any(
            chip.post is not None and cell_len(chip.title) > width - 2
            for row in view.rows
            for cell, (_x, width) in zip(row.cells, self.columns, strict=True)
            for chip in cell
        )

    def day_at(self, x: int) -> int | None:
        """The day whose column a cell of the line is in."""
        return next(
            (day for day, (start, width) in enumerate(self.columns) if start <= x < start + width), None
        )


def best_spacing(view: WeekView, lines: int, spacings: Sequence[Spacing]) -> Spacing:
    """The first with which the weeks take no more than so many lines; the last if none does."""
    chips = sum(max(1, *map(len, row.cells)) for row in view.rows)
    for spacing in spacings:
        if view.weeks + spacing.chip * chips + spacing.gap * len(view.rows) <= lines:
            return spacing
    return spacings[-1]


def _label_width(view: WeekView, width: int) -> int:
    longest = max((cell_len(row.name) for row in view.rows), default=8)
    return max(9, min(longest + 2, width // 6))


def _columns(view: WeekView, room: int, left: int) -> list[tuple[int, int]]:
    """Start and width of each day's column; days without work are narrower when nothing is on them."""
    shares = [
        2 if (view.first.weekday() + day) % 7 > 4 and not any(row.cells[day] for row in view.rows) else 3
        for day in range(7)
    ]
    columns: list[tuple[int, int]] = []
    x, taken = left, 0
    for share in shares:
        width = room * (taken + share) // sum(shares) - room * taken // sum(shares)
        columns.append((x, width))
        x, taken = x + width, taken + share
    return columns
