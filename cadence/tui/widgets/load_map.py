"""People × weeks as a heat map: in each cell the share of the capacity that is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rich.cells import cell_len
from textual import events
from textual.geometry import Region

from cadence.insight.capacity import Load
from cadence.language import _, month, p_
from cadence.model.calendar import Calendar
from cadence.model.marks import bar, mark
from cadence.model.times import WEEK
from cadence.tui.loadview import TEAM, Cell, LoadRow, LoadView
from cadence.tui.widgets.cells import Line, ascii_text, fit
from cadence.tui.widgets.load_line import HIGH_SHARE
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import week_number

CELL = 9
"""Cells of a week: a space, two of density, a space, the share in four, and the sign for too much."""
SMALLEST_NAME, LARGEST_NAME = 8, 20
SMALLEST_ABOUT, LARGEST_ABOUT = 20, 48
FEWEST_WEEKS = 6
"""What is said at the end of a line leaves room for at least so many weeks."""
NEXT_TO_THE_BAR = 2


class LoadMap(RowList[int]):
    """Give it a view with `show`. The cursor is on a member (or the team) and on a week; both stay when the
    calendar changes."""

    _heading_height = 2
    _cursor_look = "load--cursor"

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.view = LoadView(Calendar.empty())
        self.lines: Sequence[LoadRow] = ()
        self.first = date.min
        """The first week that is shown."""
        self.week = date.min
        """The one under the cursor."""
        self.team_words = ""
        self._this_week = date.min
        self._only: frozenset[int] = frozenset()
        self._preview: Load | None = None
        self._shown_weeks: list[date] = []
        self._laid_out: tuple[int, Sequence[LoadRow], str, tuple[int, int, int]] | None = None

    def show(self, view: LoadView, this_week: date, only: frozenset[int], team_words: str = "") -> None:
        """`only`: show only these members, if any are named; `team_words` stand at the end of the team's
        line."""
        if self.first == date.min:
            self.first = self.week = this_week
        self.view, self._this_week, self._only, self.team_words = view, this_week, only, team_words
        self._show_lines()

    def preview(self, load: Load | None) -> None:
        """What a choice would make of somebody's week; None: nothing is being chosen."""
        if load != self._preview:
            self._preview = load
            self._strips.clear()
            self.refresh()

    @property
    def current(self) -> LoadRow | None:
        return self.lines[self.cursor] if self.cursor is not None and self.cursor < len(self.lines) else None

    # Weeks

    @property
    def weeks(self) -> list[date]:
        """The first days of the weeks that there is room for."""
        return [self.first + n * WEEK for n in range(self._columns()[1])]

    def go_to_week(self, week: date) -> None:
        """Put the cursor on a week, and the week into view."""
        self.week = week
        weeks = self.weeks
        if week < weeks[0]:
            self.first = week
        elif week > weeks[-1]:
            self.first = week - (len(weeks) - 1) * WEEK
        if self.weeks != self._shown_weeks:
            self._show_lines()
        else:
            self._strips.clear()
            self._paint(self.cursor)
            self.refresh(Region(0, 0, self.size.width, self._heading_height))
        self.post_message(self.Moved(self))

    def move_weeks(self, weeks: int) -> None:
        """All of it moves, the cursor too."""
        self.first += weeks * WEEK
        self.go_to_week(self.week + weeks * WEEK)

    def start_at(self, week: date) -> None:
        """Put the cursor on a week, and the week at the left end."""
        self.first = week
        self.go_to_week(week)

    def _show_lines(self) -> None:
        before, row = self.row_keys(), self.cursor
        self._shown_weeks = self.weeks
        self.lines = self.view.rows(self.weeks, self._only)
        self.cursor = self.follow(before, row)
        self.rows_changed()

    # Room

    def _columns(self) -> tuple[int, int, int]:
        """The width of the names, the number of weeks, and the width of what is said at the end."""
        if self._laid_out is None or self._laid_out[:3] != (self.size.width, self.lines, self.team_words):
            self._laid_out = (self.size.width, self.lines, self.team_words, self._lay_out())
        return self._laid_out[3]

    def _lay_out(self) -> tuple[int, int, int]:
        room = max(CELL + SMALLEST_NAME, self.size.width - 1 - self._gutter)
        longest = max((cell_len(row.name) for row in self.lines), default=0)
        name = max(SMALLEST_NAME, min(LARGEST_NAME, longest + 2))
        left = room - name
        about = left - FEWEST_WEEKS * CELL
        if about < SMALLEST_ABOUT:
            return name, max(1, left // CELL), 0
        said = [self.team_words, *(row.about for row in self.lines)]
        about = min(about, LARGEST_ABOUT, max(SMALLEST_ABOUT, *(cell_len(text) + 2 for text in said)))
        weeks = (left - about) // CELL
        return name, weeks, left - weeks * CELL

    def on_resize(self, _event: events.Resize) -> None:
        self.go_to_week(self.week)

    # What RowList asks

    def row_count(self) -> int:
        return len(self.lines)

    def row_key(self, row: int) -> int:
        return self.lines[row].id

    def can_mark(self, row: int) -> bool:
        return False

    def heading_line(self, y: int, top: int, width: int) -> Line:
        name, weeks, about = self._columns()
        if y == 0:
            line: Line = [(fit(f" {_('Load')}", name + self._gutter), "head")]
            return [*line, *(piece for n in range(weeks) for piece in self._number(self.first + n * WEEK))]
        line = [(" " * (name + self._gutter), "")]
        end = (f"  {_('a week, and where')}", "dim") if about else ("", "")
        return [*line, *(self._date(self.first + n * WEEK) for n in range(weeks)), end]

    def _number(self, week: date) -> Line:
        sign = ("v" if self.ascii_only else "▾") if week == self.week else " "
        tone = "strong" if week == self.week else "accent" if week == self._this_week else "dim"
        number = _("w{number}", number=week_number(week + timedelta(days=3)))
        return [(sign, "accent"), (fit(number, CELL - 1), tone)]

    def _date(self, week: date) -> tuple[str, str]:
        text = p_("week", "now") if week == self._this_week else f"{week.day} {month(week)}"
        return fit(f" {text}", CELL), "accent" if week == self._this_week else "dim"

    def row_line(self, row: int, width: int) -> Line:
        line = self.lines[row]
        name, _weeks, about = self._columns()
        is_team = line.id == TEAM
        pieces: Line = [(fit(line.name, name, ascii_only=self.ascii_only), "head" if is_team else "strong")]
        for week in self.weeks:
            is_chosen = row == self.cursor and week == self.week
            pieces += self._cell(line.id, week, " cell" if is_chosen else "")
        if about:
            text = self.team_words if is_team else line.about
            text = ascii_text(text) if self.ascii_only else text
            tone = "bad" if is_team else "dim"
            pieces.append((fit(f"  {text}", about, ascii_only=self.ascii_only), tone))
        return pieces

    def _cell(self, row: int, week: date, chosen: str) -> Line:
        cell = self.view.cell(row, week)
        preview = self._preview
        if preview is not None and (preview.member, preview.week) == (row, week):
            arrow = " >" if self.ascii_only else " →"
            return [*self._share(preview, arrow, "accent" + chosen, chosen)]
        if cell is None:
            return [(" ", ""), (" " * (CELL - 1), chosen)]
        if cell.away or cell.load.share is None or not cell.load.minutes:
            return self._without_time(cell, chosen)
        sign = bar(cell.load.share, ascii_only=self.ascii_only) * NEXT_TO_THE_BAR
        return self._share(cell.load, sign, self._tone(cell.load) + chosen, chosen)

    def _share(self, load: Load, sign: str, tone: str, chosen: str) -> Line:
        share = "–" if load.share is None else f"{min(load.share * 100, 9999):.0f}%"
        warning = mark("warning", ascii_only=self.ascii_only) if load.over else " "
        text = fit(share, CELL - 5, right=True)
        text_tone = "bad" if load.over else "" if load.minutes else "dim"
        return [(" ", ""), (f"{sign} ", tone), (text, text_tone + chosen), (warning, "bad" + chosen)]

    def _without_time(self, cell: Cell, chosen: str) -> Line:
        """`away`, `no time` where there is work all the same, and nothing where there is no work."""
        sign = mark("warning", ascii_only=self.ascii_only) if cell.load.minutes else " "
        words = p_("load", "away") if cell.away else p_("load", "no time") if cell.load.minutes else "–"
        words = ascii_text(words) if self.ascii_only else words
        tone = "bad" if cell.load.minutes else "dim"
        text = fit(words, CELL - 2, right=words in "–-", ascii_only=self.ascii_only)
        return [(" ", ""), (text + sign, tone + chosen)]

    @staticmethod
    def _tone(load: Load) -> str:
        if load.over:
            return "bad"
        return "warn" if (load.share or 0) > HIGH_SHARE else "good" if load.minutes else "dim"

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """A click chooses the week, too: only one on the very same cell looks into it."""
        name, weeks, _about = self._columns()
        column = (event.x - self._gutter - name) // CELL
        if 0 <= column < weeks and (week := self.first + column * WEEK) != self.week:
            self.go_to_week(week)
            row = int(self.scroll_offset.y) + event.y - self._heading_height
            if row == self.cursor:
                event.prevent_default()
