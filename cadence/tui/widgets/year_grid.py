"""The year: a column a week, a row a weekday, a sign a day; below it every channel's posts by week.

Painted line by line; a movement repaints the lines that the cursor leaves and enters, and those that point.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from cadence.insight.heat import HIGHEST, ChannelYear, YearWeeks
from cadence.insight.heat_words import LEVEL_SIGNS, gap_text, months_of, sign_of, week_sign
from cadence.language import month, n_, p_, weekday
from cadence.model.marks import mark
from cadence.model.times import DAY, WEEK
from cadence.tui.accents import accent_of
from cadence.tui.jumping import Target
from cadence.tui.widgets.cells import Line, fit, width_of
from cadence.tui.widgets.day_grid import DayGrid, Pieces
from cadence.tui.widgets.week_grid import STATE_TONES
from cadence.tui.words import week_number
from cadence.tui.yearview import FoundYear

TOP = 1
"""The line of the first weekday."""
HEAD = TOP + 7 + 1
"""Lines of the months, the days, and of what points at the week."""
WIDEST_CELL = 3
SHORTEST_LABEL, LONGEST_LABEL = 6, 16
LONG_GAP = 3
"""Weeks from which on a gap stands out."""


class YearGrid(DayGrid, can_focus=True, inherit_bindings=False):
    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self.weeks = YearWeeks(2000)
        self.day = self.today = date(2000, 1, 3)
        self.found: FoundYear | None = None
        self.lines_per_day = 1
        self._label = self._cell = 1

    # What it shows

    def show(self, weeks: YearWeeks, found: FoundYear | None, today: date) -> None:
        """Show a year; `found` is None, or of another one, until its figures are there."""
        self.weeks, self.today = weeks, today
        self.found = found if found is not None and found.heat.weeks == weeks else None
        self._lay_out()
        self.refresh()

    def put(self, day: date) -> None:
        if day != self.day:
            before, self.day = self.day, day
            width, high = self.size.width, self.lines_per_day
            rows = {self._row(each) for each in (before, day)}
            self.refresh(Region(0, 0, width, 1), Region(0, self._pointer_line, width, 1))
            self.refresh(*(Region(0, TOP + row * high, width, high) for row in rows))

    def make_tall(self, is_tall: bool) -> None:
        """Two lines a weekday, where there is plenty of room."""
        self.lines_per_day = 2 if is_tall else 1

    def lines_wanted(self, per_day: int | None = None) -> int:
        """With so many lines a weekday, or as many as it has."""
        return HEAD + 7 * ((per_day or self.lines_per_day) - 1) + len(self.channels)

    @property
    def channels(self) -> list[ChannelYear]:
        return list(self.found.channels) if self.found else []

    # Measures

    @property
    def _pointer_line(self) -> int:
        return TOP + 7 * self.lines_per_day

    def _row(self, day: date) -> int:
        return (day - self.weeks.first).days % 7

    def on_resize(self) -> None:
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        """The columns of the names, and of a week."""
        width, weeks = self.size.width, self.weeks.count
        names = self.found.wish.calendar.channels if self.found else {}
        longest = max((cell_len(names[one.channel].name) for one in self.channels), default=4)
        widest = min(WIDEST_CELL, (width - SHORTEST_LABEL - 1) // weeks)
        self._label = max(SHORTEST_LABEL, min(longest + 2, LONGEST_LABEL, width - widest * weeks - 1))
        self._cell = max(1, min(WIDEST_CELL, (width - self._label - 1) // weeks))

    def _day_at(self, x: int, y: int) -> date | None:
        week = (x - self._label) // self._cell
        row = (y - TOP) // self.lines_per_day
        if not (0 <= week < self.weeks.count and 0 <= row < 7):
            return None
        day = self.weeks.first + week * WEEK + row * DAY
        return day if self.weeks.holds(day) else None

    # Painting

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self.strip(_plain(self._months()))
        if y < self._pointer_line:
            return self.strip(self._weekday(*divmod(y - TOP, self.lines_per_day)))
        if y == self._pointer_line:
            return self.strip(_plain(self._pointer()))
        return self.strip(_plain(self._below(y - self._pointer_line - 1)))

    def _below(self, place: int) -> Line:
        """A channel; in the last line how many more there are, if not all fit."""
        rows, channels = self.size.height - self._pointer_line - 1, self.channels
        if len(channels) > rows and place == rows - 1:
            rest = len(channels) - rows + 1
            said = n_("… and {number} more channel", "… and {number} more channels", rest)
            return [(f" {said}", "dim")]
        return self._channel(channels[place]) if place < len(channels) else []

    def _months(self) -> Line:
        """The months above the weeks in which they begin."""
        left, cell = self._label, self._cell
        places = [(left + place * cell, first) for place, first in months_of(self.weeks)]
        ends = [*(start for start, _first in places[1:]), left + self.weeks.count * cell + 2]
        line: Line = [(" " * places[0][0], "")]
        for (start, first), end in zip(places, ends, strict=True):
            tone = "head" if first.month == self.day.month else "dim"
            line.append((fit(month(first), end - start, ascii_only=self.ascii_only), tone))
        return line

    def _weekday(self, row: int, line: int) -> Pieces:
        """One of the lines of a weekday. Where days touch each other levels fill them all."""
        is_here = row == self._row(self.day)
        sign = mark("cursor", ascii_only=self.ascii_only) if is_here else " "
        name = weekday(self.weeks.first + row * DAY)
        label = fit(f"{name} {sign}", self._label, right=True, ascii_only=self.ascii_only)
        days = [self._day(week + row * DAY, line) for week in self.weeks.weeks]
        if line:
            return [(" " * self._label, "", ""), *days]
        return [(label, "head" if is_here else "dim", ""), *days]

    def _day(self, day: date, line: int) -> tuple[str, str, str]:
        width = self._cell
        if not self.weeks.holds(day):
            return " " * width, "", ""
        back = "year--cursor" if day == self.day else "year--today" if day == self.today else ""
        if self.found is None:
            return fit(LEVEL_SIGNS[self.ascii_only][0], width), "dim", back
        heat = self.found.heat
        is_spaced = self.ascii_only or width == WIDEST_CELL or heat.measure == "slots"
        if line and (is_spaced or not heat.level(day)):
            return " " * width, "", ""
        sign, level = sign_of(heat, day, ascii_only=self.ascii_only), heat.level(day)
        if heat.measure == "slots":
            worst = heat.worst(day)
            return fit(sign, width), STATE_TONES[worst] if worst else "", back
        tone = "warn" if heat.measure == "load" and level == HIGHEST else "accent"
        return fit(sign * (min(2, width) if level else 1), width), tone if level else "dim", back

    def _pointer(self) -> Line:
        """The week that the cursor is in, and this week."""
        left, cell = self._label, self._cell
        here = left + self.weeks.week_of(self.day) * cell
        number = week_number(self.weeks.first + self.weeks.week_of(self.day) * WEEK + 3 * DAY)
        said = f"{'^' if self.ascii_only else '▴'}{number}"
        line: Line = [(" " * here, ""), (said, "head")]
        now = p_("week", "now")
        if self.weeks.holds(self.today):
            place = left + self.weeks.week_of(self.today) * cell
            if place > here + len(said):
                line += [(" " * (place - here - len(said)), ""), (now, "dim")]
            elif place + len(now) < here:
                line = [
                    (" " * place, ""),
                    (now, "dim"),
                    (" " * (here - place - len(now)), ""),
                    (said, "head"),
                ]
        return line

    def _channel(self, one: ChannelYear) -> Line:
        """A channel's posts by week; its longest gap is told apart."""
        assert self.found is not None
        left, cell = self._label, self._cell
        calendar = self.found.wish.calendar
        name, tone = calendar.channels[one.channel].name, accent_of(calendar, one.channel)
        line: Line = [(fit(f" {name}", left - 1, ascii_only=self.ascii_only) + " ", tone)]
        gap = one.gap if one.gap and one.gap.weeks >= LONG_GAP else None
        for week, count in zip(self.weeks.weeks, one.weeks, strict=True):
            is_gap = gap is not None and gap.first <= week <= gap.last
            sign = week_sign(count, is_gap, ascii_only=self.ascii_only)
            line.append((fit(sign, cell), "" if count else "warn" if is_gap else "dim"))
        room = self.size.width - width_of(line) - 2
        if gap and room > 0:
            for said in (gap_text(gap), n_("{number} w gap", "{number} w gap", gap.weeks)):
                if cell_len(said) <= room:
                    return [*line, (f" {said}", "warn")]
        return line

    # Jumping and the mouse

    def jump_targets(self) -> Iterator[Target]:
        """The first day of each month."""
        for _place, first in months_of(self.weeks):
            x = self._label + self.weeks.week_of(first) * self._cell
            yield Target(
                x, TOP + self._row(first) * self.lines_per_day, partial(self.post_message, self.Moved(first))
            )

    def on_click(self, event: events.Click) -> None:
        if (day := self._day_at(event.x, event.y)) is not None:
            self.post_message(self.Opened() if event.chain == 2 else self.Moved(day))


def _plain(line: Line) -> Pieces:
    return [(text, tone, "") for text, tone in line]
