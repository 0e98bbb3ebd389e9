"""The month: weeks down, days across, in each day as much of what stands on it as there is room for.

Painted line by line; a movement repaints the cell that is left and the one that is entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import pairwise

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from cadence.language import _, month, p_, weekday
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.times import DAY
from cadence.tui.jumping import Target
from cadence.tui.monthview import Key, MonthView
from cadence.tui.widgets.cells import Line, fit, fit_line, width_of
from cadence.tui.widgets.day_grid import DayGrid, Pieces
from cadence.tui.widgets.month_cells import MOST_PER_ITEM, WITH_TITLES, CellLine, Cells
from cadence.tui.words import week_number

LABEL = 4
"""Cells of the week's number."""
LINES_BELOW_NUMBER = 3
"""From so many lines on a day's number has a line of its own."""
ROOM_FOR_MARKS = 3


class MonthGrid(DayGrid, can_focus=True, inherit_bindings=False):
    class Dragged(Message):
        """The mouse is held down, and is over another day now."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Dropped(Message):
        """The mouse was let go after dragging."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self.today = date(2000, 1, 3)
        self.view = MonthView(Calendar.empty(), self.today, self.today, 1, {})
        self.day = self.today
        self.chosen: Key | None = None
        self.marked: frozenset[int] = frozenset()
        self._short: Mapping[int, str] = {}
        self._cells = Cells(self.view.calendar, self._short, ascii_only=ascii_only)
        self._painted: dict[tuple[date, bool, Key | None, bool, int, int], list[Pieces]] = {}
        self._pressed: date | None = None
        self._dragging: date | None = None

    # What it shows

    def show(self, view: MonthView, today: date, short: Mapping[int, str]) -> None:
        """Show a month; `short` is what its channels are called in the cells."""
        self.view, self.today = view, today
        self._short = short
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        """An item has as many lines as the fullest day leaves to each."""
        self._painted.clear()
        fullest = max((len(items) for items in self.view.days.values()), default=0)
        per_item = max(1, min(MOST_PER_ITEM, (self.lowest - 1) // max(1, fullest)))
        self._cells = Cells(self.view.calendar, self._short, ascii_only=self.ascii_only, per_item=per_item)

    def mark(self, posts: frozenset[int]) -> None:
        if posts != self.marked:
            self.marked = posts
            self._painted.clear()
            self.refresh()

    def put(self, day: date, chosen: Key | None) -> None:
        """Put the cursor on a day of the weeks shown, and on one of its items."""
        if (day, chosen) == (self.day, self.chosen):
            return
        before, self.day, self.chosen = self.day, day, chosen
        self.refresh(*(self._region(each) for each in {before, day} if each in self.view.days))
        if before.weekday() != day.weekday():
            self.refresh(Region(0, 0, self.size.width, 1))

    # Measures

    def columns(self) -> list[tuple[int, int]]:
        """Start and width of each day's column."""
        return _shares(LABEL, self.size.width, 7)

    def rows(self) -> list[tuple[int, int]]:
        """Top and height of each week: the grid is filled whatever month it is, so that nothing around it
        moves from month to month."""
        return _shares(1, self.size.height, self.view.weeks)

    @property
    def lowest(self) -> int:
        """The height of the lowest week: how days read hangs on it, so that all read alike."""
        return min(height for _top, height in self.rows())

    def _region(self, day: date) -> Region:
        week, place = self.view.place_of(day)
        (x, width), (y, height) = self.columns()[place], self.rows()[week]
        return Region(x, y, width, height)

    def _day_at(self, x: int, y: int) -> date | None:
        week, place = _share_at(self.rows(), y), _share_at(self.columns(), x)
        return None if week is None or place is None else self.view.day(week, place)

    def _row_at_line(self, day: date, y: int) -> Key | None:
        """What stands on a line of a day."""
        _x, top, width, height = self._region(day)
        lines = self._lines_of(day, width - 2, height, self.chosen if day == self.day else None)
        return lines[y - top].key if y - top < len(lines) else None

    # Painting

    def on_resize(self) -> None:
        self._lay_out()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self.strip(self._heading())
        size = self.size  # asked once: Textual works it out anew each time
        rows = _shares(1, size.height, self.view.weeks)
        week = _share_at(rows, y)
        if week is None:
            return Strip.blank(size.width, self.style_of())
        top, height = rows[week]
        pieces = [self._label(week, y - top)]
        for place, (_x, width) in enumerate(_shares(LABEL, size.width, 7)):
            pieces += self._cell(self.view.day(week, place), width, height)[y - top]
        return self.strip(pieces)

    def _heading(self) -> Pieces:
        pieces: Pieces = [(fit(_(" wk"), LABEL), "dim", "")]
        for place, (_x, width) in enumerate(self.columns()):
            day = self.view.day(0, place)
            is_here = place == self.view.place_of(self.day)[1]
            pieces.append((fit(f" {weekday(day)}", width), "head" if is_here else "dim", ""))
        return pieces

    def _label(self, week: int, line: int) -> tuple[str, str, str]:
        if line:
            return " " * LABEL, "", ""
        first = self.view.day(week, 0)
        is_here = week == self.view.place_of(self.day)[0]
        return fit(f" {week_number(first + 3 * DAY)}", LABEL), "head" if is_here else "dim", "month--band"

    def _cell(self, day: date, width: int, height: int) -> list[Pieces]:
        is_here = day == self.day
        chosen = self.chosen if is_here else None
        # Its size too: it may be painted before it hears that it has another one.
        key = (day, is_here, chosen, day == self.today, width, height)
        if key not in self._painted:
            self._painted[key] = self._new_cell(day, width, height, is_here, chosen)
        return self._painted[key]

    def _new_cell(
        self, day: date, width: int, height: int, is_here: bool, chosen: Key | None
    ) -> list[Pieces]:
        back = "month--cursor" if is_here else "month--today" if day == self.today else ""
        lines = self._lines_of(day, width - 2, height, chosen)
        pointed = next((n for n, (_line, key) in enumerate(lines) if key is not None and key == chosen), 0)
        cell: list[Pieces] = []
        for n, (line, _key) in enumerate(lines[:height]):
            behind = back or ("" if n else "month--band")
            sign = mark("cursor", ascii_only=self.ascii_only) if is_here and n == pointed else " "
            fitted = fit_line(line, width - 2, ascii_only=self.ascii_only)
            cell.append([(text, tone, behind) for text, tone in ((sign, "accent"), *fitted, (" ", ""))])
        empty = [(" " * width, "", back)]
        return [*cell, *[empty] * (height - len(cell))]

    def _lines_of(self, day: date, width: int, height: int, chosen: Key | None) -> list[CellLine]:
        """The lines of a day: its number and what day it is, then what stands on it."""
        items, quiet, lowest = self.view.items(day), not self.view.holds(day), self.lowest
        head = self._number(day, width, quiet)
        if lowest >= LINES_BELOW_NUMBER or width >= WITH_TITLES:
            below = self._cells.lines(items, width, height - 1, chosen, self.marked, quiet)
            return [CellLine(head), *below]
        # The marks begin beside the number, unless there is more room below it.
        indent = width_of(head) + 1
        if lowest > 1 and width - indent < ROOM_FOR_MARKS:
            below = self._cells.lines(items, width, height - 1, chosen, self.marked, quiet)
            return [CellLine(head), *below]
        marks = self._cells.lines(items, width - indent, height, chosen, self.marked, quiet)
        if not marks:
            return [CellLine(head)]
        first, *rest = (line for line, _key in marks)
        return [
            CellLine([*head, (" ", ""), *first]),
            *(CellLine([(" " * indent, ""), *line]) for line in rest),
        ]

    def _number(self, day: date, width: int, quiet: bool) -> Line:
        """`23 today`, `1 Dec`, `8 Immacolata`."""
        is_today = day == self.today
        number = str(day.day)
        if day.day == 1 or day == self.view.first:
            number += f" {month(day)}"
        line: Line = [(number, "dim" if quiet else "head" if is_today else "strong")]
        words = p_("day", "today") if is_today else ""
        if holiday := self.view.calendar.team.holidays.get(day):
            words += f"{', ' if words else ''}{holiday}"
        if words:
            said = fit(words, width - width_of(line) - 1, ascii_only=self.ascii_only).rstrip()
            line.append((f" {said}", "head" if is_today else "accent"))
        return line

    # Jumping and the mouse

    def jump_targets(self) -> Iterator[Target]:
        for day in self.view.days:
            region = self._region(day)
            yield Target(region.x, region.y, partial(self.post_message, self.Moved(day)))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        day = self._day_at(event.x, event.y)
        if day is None or event.button != 1:
            return
        self._pressed, self._dragging = day, None
        self.capture_mouse()
        self.post_message(self.Moved(day, self._row_at_line(day, event.y)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None:
            return
        day = self._day_at(event.x, event.y)
        if day is not None and day != (self._dragging or self._pressed):
            self._dragging = day
            self.post_message(self.Dragged(day))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        self.release_mouse()
        if self._pressed is not None and self._dragging is not None:
            self.post_message(self.Dropped())
        self._pressed = self._dragging = None

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2:
            self.post_message(self.Opened())


@lru_cache(maxsize=8)
def _shares(start: int, end: int, parts: int) -> list[tuple[int, int]]:
    """Start and size of so many parts that fill the cells from `start` to before `end`; none is empty."""
    room = max(end - start, parts)
    edges = [start + room * n // parts for n in range(parts + 1)]
    return [(one, next - one) for one, next in pairwise(edges)]


def _share_at(shares: list[tuple[int, int]], place: int) -> int | None:
    """Which of the parts a cell is in."""
    return next((n for n, (start, size) in enumerate(shares) if start <= place < start + size), None)
