"""The week: channels down, days across, a chip of some lines for each post and open slot; where there is room
the weeks that follow stand below it.

Painted line by line; a movement repaints the lines of the cell that is left and of the one that is entered.
What the mouse does is in `week_mouse`.
"""

from __future__ import annotations

from datetime import date, timedelta

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cadence.language import _, month, weekday
from cadence.model.marks import mark
from cadence.model.times import DAY
from cadence.tui.weekview import Chip, Key, Row, WeekView
from cadence.tui.widgets.cells import Line, apart, ascii_text, fit, fit_line
from cadence.tui.widgets.painting import Painting
from cadence.tui.widgets.week_chips import STATE_TONES, chip_line
from cadence.tui.widgets.week_layout import SPACINGS, TWO_LINES, Layout, Spot, best_spacing
from cadence.tui.words import week_number

__all__ = ["STATE_TONES", "Spot", "WeekGrid"]

BACKS = ("cursor", "marked", "today", "carried")
Pieces = list[tuple[str, str, str]]
"""Text, tone and background."""


class WeekGrid(ScrollView, Painting, can_focus=True, inherit_bindings=False):  # type: ignore[override]
    class Moved(Message):
        """The cursor is somewhere else."""

    class LeftWeeks(Message):
        """The cursor went to a day that is not shown."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class LeftTop(Message):
        """The cursor went up from the first line."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self.view = WeekView(date(2000, 1, 3), ())
        self.today = date(2000, 1, 3)
        self.holidays: dict[date, str] = {}
        self.spot = Spot()
        self.marked: frozenset[int] = frozenset()
        self.is_pointed = True
        self.spacing = SPACINGS[-1]
        self.layout_of_week = Layout(self.view, self.spacing, 80)

    # What it shows

    def show(self, view: WeekView, today: date, *, keep: bool = True) -> None:
        """Show some weeks. `keep`: the cursor follows what it is on; else it stays where it is."""
        key, channel, day = self.key, self.channel, self.day
        self.view, self.today = view, today
        self._measure()
        if keep and key is not None and (found := view.find(key)):
            self.spot = Spot(*found)
        else:
            row = view.row_of(day, channel)
            if row is None:
                row = view.row_of(view.first, channel)
            self.spot = self._inside(self.spot.row if row is None else row, self.spot.day, self.spot.place)
        self._scroll_to_spot()
        self.refresh()

    def mark(self, posts: frozenset[int]) -> None:
        if posts != self.marked:
            self.marked = posts
            self.refresh()

    def point(self, here: bool) -> None:
        """Whether its cursor is what keys act upon, or that of another part."""
        if here != self.is_pointed:
            self.is_pointed = here
            self.refresh()

    @property
    def row(self) -> Row | None:
        return self.view.rows[self.spot.row] if self.spot.row < len(self.view.rows) else None

    @property
    def channel(self) -> int | None:
        return self.row.channel if self.row else None

    @property
    def week(self) -> date:
        """The first day of the week that the cursor is in."""
        return self.row.first if self.row else self.view.first

    @property
    def day(self) -> date:
        return self.week + self.spot.day * DAY

    @property
    def chip(self) -> Chip | None:
        """What is under the cursor, None on an empty cell."""
        return self.chip_at(self.spot)

    def chip_at(self, spot: Spot) -> Chip | None:
        if spot.row >= len(self.view.rows):
            return None
        cell = self.view.rows[spot.row].cells[spot.day]
        return cell[spot.place] if spot.place < len(cell) else None

    @property
    def key(self) -> Key | None:
        return self.chip.key if self.chip else None

    def shows(self, day: date) -> bool:
        return self.view.first <= day < self.view.first + timedelta(weeks=self.view.weeks)

    # The cursor

    def move(self, days: int, rows: int) -> None:
        """Sideways by days, up and down by chips and then by channels."""
        spot = self.spot
        if days:
            day = self.day + days * DAY
            row = self.view.row_of(day, self.channel)
            if row is None:
                self.post_message(self.LeftWeeks(day))
                return
            spot = self._inside(row, (day - self.view.rows[row].first).days, spot.place)
        for _step in range(abs(rows)):
            spot = self._below(spot) if rows > 0 else self._above(spot)
        if rows < 0 and spot == self.spot:
            self.post_message(self.LeftTop())
        self.put(spot)

    def put(self, spot: Spot) -> None:
        """Put the cursor somewhere; only the two cells are painted anew."""
        if spot == self.spot:
            return
        before, self.spot = self.spot, spot
        top = int(self.scroll_offset.y)
        self._scroll_to_spot()
        if top != int(self.scroll_offset.y):
            self.refresh()
        else:
            self._paint_lines(before, spot)
        self.post_message(self.Moved())

    def put_on(self, key: Key) -> bool:
        """Put the cursor on a chip; False if it is not in these weeks."""
        found = self.view.find(key)
        if found:
            self.put(Spot(*found))
        return found is not None

    def put_at(self, day: date, channel: int | None = None) -> None:
        """On a day that is shown, of a channel; the nearest one if it is not."""
        last = self.view.first + timedelta(weeks=self.view.weeks) - DAY
        day = max(self.view.first, min(day, last))
        row = self.view.row_of(day, channel)
        if row is not None:
            self.put(self._inside(row, (day - self.view.rows[row].first).days, 0))

    def _inside(self, row: int, day: int, place: int) -> Spot:
        row = max(0, min(row, len(self.view.rows) - 1))
        day = max(0, min(day, 6))
        chips = len(self.view.rows[row].cells[day]) if self.view.rows else 0
        return Spot(row, day, max(0, min(place, chips - 1)))

    def _below(self, spot: Spot) -> Spot:
        if self.view.rows and spot.place + 1 < len(self.view.rows[spot.row].cells[spot.day]):
            return Spot(spot.row, spot.day, spot.place + 1)
        return Spot(spot.row + 1, spot.day, 0) if spot.row + 1 < len(self.view.rows) else spot

    def _above(self, spot: Spot) -> Spot:
        if spot.place > 0:
            return Spot(spot.row, spot.day, spot.place - 1)
        if spot.row == 0:
            return spot
        return self._inside(spot.row - 1, spot.day, len(self.view.rows[spot.row - 1].cells[spot.day]))

    # Measures

    def fit_into(self, lines: int, *, no_wider: bool = False) -> int:
        """Be as generous as so many lines allow; returns how many of them are needed. `no_wider`: not more
        generous than it is."""
        first = SPACINGS.index(self.spacing) if no_wider else 0
        if not self.layout_of_week.wants_two_lines(self.view):
            first = max(first, len(TWO_LINES))
        spacing = best_spacing(self.view, lines, SPACINGS[first:])
        if spacing != self.spacing:
            self.spacing = spacing
            self._measure()
            self.refresh()
        return min(self.layout_of_week.height, lines)

    def _measure(self) -> None:
        self.layout_of_week = Layout(self.view, self.spacing, self.size.width)
        self.virtual_size = Size(self.size.width, self.layout_of_week.height)

    def on_resize(self) -> None:
        self._measure()
        self._scroll_to_spot()

    def label_width(self) -> int:
        return self.layout_of_week.label

    @property
    def has_more(self) -> bool:
        """Whether there is more than it can show at once."""
        return self.layout_of_week.height > self.size.height

    def _scroll_to_spot(self) -> None:
        if not self.view.rows or self.size.height < 2:
            return
        top = self.layout_of_week.tops[self.spot.row] + self.spacing.chip * self.spot.place
        bottom = top + self.spacing.chip
        first, height = int(self.scroll_offset.y), self.size.height - 1
        if top < first:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > first + height:
            self.scroll_to(y=bottom - height, animate=False, immediate=True)

    def _paint_lines(self, *spots: Spot) -> None:
        """The cells of some spots with the names of their rows, and the headings of their days: whole rows
        would be three times as much for a slow line."""
        rows = {spot.row for spot in spots}
        weeks = {self.view.rows[row].first for row in rows if row < len(self.view.rows)}
        top = int(self.scroll_offset.y)
        shown = self.layout_of_week.lines[top : top + self.size.height - 1]
        changed = [0] + [
            1 + y
            for y, (row, part) in enumerate(shown)
            if row in rows or (part is None and self.view.rows[row].first in weeks)
        ]
        columns = self.layout_of_week.columns
        places = [(0, self.label_width()), *(columns[day] for day in {spot.day for spot in spots})]
        self.refresh(*(Region(x, y, width, 1) for y in changed for x, width in places))

    # Painting

    def render_line(self, y: int) -> Strip:
        lines = self.layout_of_week.lines
        place = max(0, y - 1) + int(self.scroll_offset.y)
        if place >= len(lines):
            blank = y > 0 or not self.view.rows
            return Strip.blank(self.size.width, self.style_of()) if blank else self._strip(self._heading(0))
        row, part = lines[place]
        if y == 0 or part is None:
            return self._strip(self._heading(row))
        return self._strip(self._row_line(row, part))

    def _heading(self, row: int) -> Pieces:
        """The days of the week of a row."""
        first = self.view.rows[row].first
        number = _("Week {number}", number=week_number(first))
        pieces: Pieces = [(fit(f" {number}", self.label_width()), "head", "")]
        for i, (_x, width) in enumerate(self.layout_of_week.columns):
            day = first + i * DAY
            here = i == self.spot.day and first == self.week
            tone = "head" if day == self.today else "strong" if here else "dim"
            text = f"{weekday(day)} {day.day}"
            if (i == 0 or day.day == 1) and width > len(text) + 5:
                text += f" {month(day)}"
            if name := self.holidays.get(day):
                text += f" {name}"
            sign = self._today_sign() if day == self.today else " "
            pieces.append((fit(sign + text, width, ascii_only=self.ascii_only), tone, ""))
        return pieces

    def _row_line(self, r: int, y: int) -> Pieces:
        row, label = self.view.rows[r], self.label_width()
        name = fit(f" {row.name}", label - 1, ascii_only=self.ascii_only) if y == 0 else ""
        pieces: Pieces = [(fit(name, label), "head" if r == self.spot.row else row.tone, "")]
        place, part = divmod(y, self.spacing.chip)
        height = self.layout_of_week.ends[r] - self.layout_of_week.tops[r]
        gap = y >= height - self.spacing.gap
        for d, (_x, width) in enumerate(self.layout_of_week.columns):
            today = row.day(d) == self.today
            chip = self.chip_at(Spot(r, d, place)) if not gap else None
            here = not gap and Spot(r, d, place) == self.spot
            back = self._back(chip, here, today)
            line: Line = []
            if chip:
                marked = chip.post in self.marked
                line = chip_line(
                    chip, part, self.spacing.chip, width - 2, marked=marked, ascii_only=self.ascii_only
                )
            points = here and part == 0 and self.is_pointed
            sign = mark("cursor", ascii_only=self.ascii_only) if points else " "
            if today and sign == " ":
                sign = self._today_sign()
            pieces.append((sign, "head" if sign == self._today_sign() else "accent", back))
            pieces += [(text, tone, back) for text, tone in fit_line(line, width - 2)]
            pieces.append((" ", "", back))
        return pieces

    def _back(self, chip: Chip | None, here: bool, today: bool) -> str:
        if chip and chip.carried:
            return "carried"
        if here and self.is_pointed:
            return "cursor"
        if chip and chip.post in self.marked:
            return "marked"
        return "today" if today else ""

    def _today_sign(self) -> str:
        return "|" if self.ascii_only else "▌"

    def _strip(self, pieces: Pieces) -> Strip:
        segments = [
            Segment(
                apart(self._said(text)),
                self.style_of(f"grid--{back}" if back else "", f"tone--{tone}" if tone else ""),
            )
            for text, tone, back in pieces
        ]
        return Strip(segments).simplify().adjust_cell_length(self.size.width, self.style_of())

    def _said(self, text: str) -> str:
        return ascii_text(text) if self.ascii_only else text
