"""The week: channels down, days across, a chip of two or three lines for each post and open slot.

Painted line by line; a movement repaints the lines of the cell that is left and of the one that is entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cadence.model.marks import mark
from cadence.tui.weekview import NOBODY, Chip, Key, Row, WeekView
from cadence.tui.widgets.cells import TONES, Line, ascii_text, fit, fit_line
from cadence.tui.widgets.painting import Painting
from cadence.tui.words import week_number

STATE_TONES = {
    "on_time": "good", "published": "good", "early": "warn", "late": "warn", "missed": "bad",
    "ready": "head", "planned": "", "empty": "accent", "paused": "dim", "skipped": "dim",
}  # fmt: skip
_PAST = ("on_time", "published", "early", "late", "skipped", "paused")
BACKS = ("cursor", "marked", "today", "carried")


@dataclass(frozen=True)
class Spacing:
    """How generous the grid is: lines per chip (in three the third says who is next), and lines between
    channels."""

    chip: int = 2
    gap: int = 0


SPACINGS = (Spacing(3, 1), Spacing(2, 1), Spacing(2, 0))
"""From the one that reads best to the one that shows most."""


@dataclass(frozen=True)
class Spot:
    """Where the cursor is: row and day (0 to 6) in the view, and which chip of the cell."""

    row: int = 0
    day: int = 0
    place: int = 0


class WeekGrid(Painting, ScrollView, can_focus=True, inherit_bindings=False):
    COMPONENT_CLASSES = {f"line--{tone}" for tone in TONES if tone} | {f"grid--{back}" for back in BACKS}

    class Moved(Message):
        """The cursor is somewhere else."""

    class Opened(Message):
        """What is under the cursor was clicked a second time."""

    class LeftWeek(Message):
        """The cursor went over the edge: by how many days, counted from the first or last day."""

        def __init__(self, days: int) -> None:
            super().__init__()
            self.days = days

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self.view = WeekView(date(2000, 1, 3), ())
        self.today = date(2000, 1, 3)
        self.holidays: dict[date, str] = {}
        self.spot = Spot()
        self.marked: frozenset[int] = frozenset()
        self.spacing = SPACINGS[-1]
        self._tops: list[int] = [0]
        self._laid_out: tuple[int, list[tuple[int, int]]] | None = None

    # What it shows

    def show(self, view: WeekView, today: date, *, keep: bool = True) -> None:
        """Show a week. `keep`: the cursor follows what it is on; else it stays where it is."""
        key, channel = self.key, self.channel
        self.view, self.today = view, today
        self._measure()
        if keep and key is not None and (found := view.find(key)):
            self.spot = Spot(*found)
        else:
            rows = [i for i, row in enumerate(view.rows) if row.channel == channel]
            self.spot = self._inside(rows[0] if rows else self.spot.row, self.spot.day, self.spot.place)
        self._scroll_to_spot()
        self.refresh()

    def mark(self, posts: frozenset[int]) -> None:
        if posts != self.marked:
            self.marked = posts
            self.refresh()

    @property
    def channel(self) -> int | None:
        return self.view.rows[self.spot.row].channel if self.spot.row < len(self.view.rows) else None

    @property
    def day(self) -> date:
        return self.view.days[self.spot.day]

    @property
    def chip(self) -> Chip | None:
        """What is under the cursor, None on an empty cell."""
        if self.spot.row >= len(self.view.rows):
            return None
        cell = self.view.rows[self.spot.row].cells[self.spot.day]
        return cell[self.spot.place] if self.spot.place < len(cell) else None

    @property
    def key(self) -> Key | None:
        return self.chip.key if self.chip else None

    # The cursor

    def move(self, days: int, rows: int) -> None:
        """Sideways by days, up and down by chips and then by channels."""
        spot = self.spot
        if days:
            day = spot.day + days
            if not 0 <= day <= 6:
                self.post_message(self.LeftWeek(day if day < 0 else day - 6))
                return
            spot = self._inside(spot.row, day, spot.place)
        for _ in range(abs(rows)):
            spot = self._below(spot) if rows > 0 else self._above(spot)
        self.put(spot)

    def put(self, spot: Spot) -> None:
        """Put the cursor somewhere; only the two cells are painted anew."""
        if spot == self.spot:
            return
        before, self.spot = self.spot, spot
        self._scroll_to_spot()
        for row in {before.row, spot.row}:
            self._paint_row(row)
        if before.day != spot.day:
            self.refresh(Region(0, 0, self.size.width, 1))
        self.post_message(self.Moved())

    def put_on(self, key: Key) -> bool:
        """Put the cursor on a chip; False if it is not in this week."""
        found = self.view.find(key)
        if found:
            self.put(Spot(*found))
        return found is not None

    def put_at(self, day: date, channel: int | None = None) -> None:
        rows = [i for i, row in enumerate(self.view.rows) if row.channel == channel]
        self.put(self._inside(rows[0] if rows else self.spot.row, (day - self.view.first).days, 0))

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

    def fit_into(self, lines: int) -> int:
        """Be as generous as so many lines allow; returns how many of them are needed."""
        wanted = {
            spacing: 1 + sum(_row_lines(row, spacing) for row in self.view.rows) for spacing in SPACINGS
        }
        chosen = next((spacing for spacing in SPACINGS if wanted[spacing] <= lines), SPACINGS[-1])
        if chosen != self.spacing:
            self.spacing = chosen
            self._measure()
            self.refresh()
        return min(wanted[chosen], lines)

    def _measure(self) -> None:
        self._laid_out = None
        self._tops = [0]
        for row in self.view.rows:
            self._tops.append(self._tops[-1] + _row_lines(row, self.spacing))
        self.virtual_size = Size(self.size.width, self._tops[-1] + 1)

    def on_resize(self) -> None:
        self._measure()
        self._scroll_to_spot()

    def label_width(self) -> int:
        return self._columns()[0]

    def columns(self) -> list[tuple[int, int]]:
        """Start and width of each day's column; days without work are narrower when nothing is on them."""
        return self._columns()[1]

    def _columns(self) -> tuple[int, list[tuple[int, int]]]:
        if self._laid_out is None:
            left = self._label_width()
            self._laid_out = (left, self._column_widths(left))
        return self._laid_out

    def _label_width(self) -> int:
        longest = max((cell_len(row.name) for row in self.view.rows), default=8)
        return max(9, min(longest + 2, self.size.width // 6))

    def _column_widths(self, left: int) -> list[tuple[int, int]]:
        room = self.size.width - left - 1
        quiet = [day.weekday() > 4 and not any(row.cells[i] for row in self.view.rows) for i, day in
                 enumerate(self.view.days)]  # fmt: skip
        shares = [2 if still else 3 for still in quiet]
        columns: list[tuple[int, int]] = []
        x, taken = left, 0
        for share in shares:
            width = room * (taken + share) // sum(shares) - room * taken // sum(shares)
            columns.append((x, width))
            x, taken = x + width, taken + share
        return columns

    def _scroll_to_spot(self) -> None:
        if not self.view.rows or self.size.height < 2:
            return
        top = self._tops[self.spot.row] + self.spacing.chip * self.spot.place
        bottom = top + self.spacing.chip
        first, height = int(self.scroll_offset.y), self.size.height - 1
        if top < first:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > first + height:
            self.scroll_to(y=bottom - height, animate=False, immediate=True)

    def _paint_row(self, row: int) -> None:
        if row < len(self.view.rows):
            top = self._tops[row] - int(self.scroll_offset.y) + 1
            self.refresh(Region(0, top, self.size.width, self._tops[row + 1] - self._tops[row]))

    # Painting

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self._strip(self._heading())
        line = y - 1 + int(self.scroll_offset.y)
        row = next((r for r in range(len(self.view.rows)) if self._tops[r + 1] > line), None)
        if row is None:
            return Strip.blank(self.size.width, self.style_of())
        return self._strip(self._row_line(row, line - self._tops[row]))

    def _heading(self) -> list[tuple[str, str, str]]:
        """Pieces of text, tone and background."""
        pieces = [(fit(f" Week {week_number(self.view.first)}", self.label_width()), "head", "")]
        for i, (day, (_, width)) in enumerate(zip(self.view.days, self.columns(), strict=True)):
            tone = "head" if day == self.today else "strong" if i == self.spot.day else "dim"
            text = f"{day:%a} {day.day}"
            if (i == 0 or day.day == 1) and width > len(text) + 5:
                text += f" {day:%b}"
            if name := self.holidays.get(day):
                text += f" {name}"
            sign = self._today_sign() if day == self.today else " "
            pieces.append((fit(sign + text, width, ascii_only=self.ascii_only), tone, ""))
        return pieces

    def _row_line(self, r: int, y: int) -> list[tuple[str, str, str]]:
        row = self.view.rows[r]
        label = fit(f" {row.name}", self.label_width() - 1, ascii_only=self.ascii_only) + " "
        label_tone = "head" if r == self.spot.row else "strong"
        pieces = [(label if y == 0 else " " * len(label), label_tone, "")]
        if y == 0:
            pieces = [(fit(label, self.label_width()), label_tone, "")]
        for d, (_, width) in enumerate(self.columns()):
            today = self.view.days[d] == self.today
            place, part = divmod(y, self.spacing.chip)
            chips = row.cells[d]
            chip = chips[place] if place < len(chips) else None
            here = (r, d) == (self.spot.row, self.spot.day) and place == self.spot.place
            back = self._back(chip, here, today)
            gap = y >= self._tops[r + 1] - self._tops[r] - self.spacing.gap
            if gap or (chip is None and not here):
                sign, line, back = " ", [], "today" if today else ""
            else:
                sign = mark("cursor", ascii_only=self.ascii_only) if here and part == 0 else " "
                line = self._chip_line(chip, part, width - 2) if chip else []
            if today and sign == " ":
                sign = self._today_sign()
            pieces.append((sign, "head" if sign == self._today_sign() else "accent", back))
            pieces += [(text, tone, back) for text, tone in fit_line(line, width - 2)]
            pieces.append((" ", "", back))
        return pieces

    def _back(self, chip: Chip | None, here: bool, today: bool) -> str:
        if chip and chip.carried:
            return "carried"
        if here:
            return "cursor"
        if chip and chip.post in self.marked:
            return "marked"
        return "today" if today else ""

    def _chip_line(self, chip: Chip, part: int, width: int) -> Line:
        if part == 0:
            return self._chip_top(chip, width)
        if part == 2:
            return self._chip_next(chip, width)
        return self._chip_title(chip, width, with_who=self.spacing.chip == 2)

    def _chip_next(self, chip: Chip, width: int) -> Line:
        """What comes next, and who does it: `review nobody`."""
        if not chip.who:
            return []
        text = f"{chip.next} {chip.who}" if cell_len(chip.who) + len(chip.next) < width else chip.who
        return [(fit(text, width, ascii_only=self.ascii_only), "warn" if chip.who == NOBODY else "dim")]

    def _chip_top(self, chip: Chip, width: int) -> Line:
        def sign(name: str) -> str:
            return mark(name, ascii_only=self.ascii_only)

        past = chip.state in _PAST
        line: Line = [(f"{chip.at:%H:%M}", "dim" if past else "")]
        line.append((f" {sign(chip.state)}", STATE_TONES[chip.state]))
        if chip.alarm:
            line.append((f"{' ' * (width > 8)}{sign('warning')}", "warn"))
        if chip.offered:
            line.append((f" {sign('offer')}", "accent"))
        if chip.post in self.marked:
            line.append((" +" if self.ascii_only else " ◆", "accent"))
        if chip.carried:
            line.insert(0, (">" if self.ascii_only else "→", "strong"))
        return line

    def _chip_title(self, chip: Chip, width: int, *, with_who: bool) -> Line:
        if chip.post is None:
            return [(fit(chip.title, width, ascii_only=self.ascii_only), STATE_TONES[chip.state])]
        tone = "dim" if chip.state in _PAST else "strong"
        who = chip.who if width >= 12 and with_who else ""
        room = width - (min(cell_len(who), max(4, width // 2 - 1)) + 1 if who else 0)
        line: Line = [(fit(chip.title, room, ascii_only=self.ascii_only), tone)]
        if who:
            text = fit(who, width - room - 1, right=True, ascii_only=self.ascii_only)
            line.append((f" {text}", "warn" if chip.who == NOBODY else "dim"))
        return line

    def _today_sign(self) -> str:
        return "|" if self.ascii_only else "▌"

    def _strip(self, pieces: list[tuple[str, str, str]]) -> Strip:
        segments = [
            Segment(
                self._said(text),
                self.style_of(f"grid--{back}" if back else "", f"line--{tone}" if tone else ""),
            )
            for text, tone, back in pieces
        ]
        return Strip(segments).simplify().adjust_cell_length(self.size.width, self.style_of())

    def _said(self, text: str) -> str:
        return ascii_text(text) if self.ascii_only else text

    # Mouse

    def on_click(self, event: events.Click) -> None:
        line = event.y - 1 + int(self.scroll_offset.y)
        row = next((r for r in range(len(self.view.rows)) if self._tops[r + 1] > line), None)
        day = next((d for d, (x, width) in enumerate(self.columns()) if x <= event.x < x + width), None)
        if row is None or day is None or event.y == 0:
            return
        spot = self._inside(row, day, (line - self._tops[row]) // self.spacing.chip)
        if spot == self.spot:
            self.post_message(self.Opened())
        else:
            self.put(spot)


def _row_lines(row: Row, spacing: Spacing) -> int:
    return spacing.chip * max(1, *(len(cell) for cell in row.cells)) + spacing.gap
