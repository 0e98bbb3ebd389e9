"""The year at a glance: by posts, by load or by slots. The figures are counted beside the app."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult

from cadence.insight.heat import MEASURES, Measure
from cadence.insight.heat_words import Sign, gap_text, legend, load_of_week_text, load_text, measure_text
from cadence.insight.months import last_of
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.times import DAY, WEEK, week_start
from cadence.tui.accents import accent_of
from cadence.tui.actions import bindings
from cadence.tui.figures import Figures
from cadence.tui.monthview import Item, day_head, say_items, week_items
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.widgets.cells import Line, fit, width_of
from cadence.tui.widgets.day_list import item_line
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.title_line import TitleLine
from cadence.tui.widgets.week_grid import STATE_TONES
from cadence.tui.widgets.year_grid import HEAD, LONG_GAP, YearGrid
from cadence.tui.words import short_day
from cadence.tui.yearview import FoundYear, YearWish, look_at

FIRST_YEAR, LAST_YEAR = 1990, 2199
PANEL, TALL_PANEL = 5, 16
"""Lines for the day under the cursor, so many at least; and where there are plenty."""
MORE_WEEKS = 3
"""So many after the one under the cursor are read, where there is room."""
AFTER_A_CHANGE = 0.2
"""Seconds without another change until the figures are counted anew."""
PATIENCE = 0.3
"""Seconds until another year, which stands in the title at once, is shown without its figures."""


class YearScreen(CalendarScreen):
    place = "year"
    BINDINGS = bindings("year")
    AUTO_FOCUS = "YearGrid"

    def __init__(self) -> None:
        super().__init__()
        self.day = self.cadence.today
        self.measure: Measure = "posts"
        self.found: FoundYear | None = None
        """What is shown: it may still be that of an older calendar, or of another year."""
        self.failure = ""
        self._wish: YearWish | None = None
        self._room = PANEL
        """Lines below the line under the grid; the panel there gets its size only later."""

    def compose_middle(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        yield TitleLine(ascii_only=plain)
        yield YearGrid(ascii_only=plain, id="year-grid")
        yield PostPanel(ascii_only=plain, id="year-day")

    def on_mount(self) -> None:
        self.count()

    @property
    def grid(self) -> YearGrid:
        return self.query_one(YearGrid)

    # Counting

    def count(self, *, after: float = 0.0) -> None:
        """Count what is wished for, in so many seconds; what is shown stays until then."""
        app = self.cadence
        wish = YearWish(self.calendar, self.day.year, self.measure, app.filter, app.now)
        if self._wish is None or self.failure or not wish.is_like(self._wish):
            self._wish, self.failure = wish, ""
            self._count(wish, after)
            if self.found is None:
                self.show_year()
                return
            self._show_title()
            if self.found.wish.year != wish.year:
                self.set_timer(PATIENCE, self._show_unless_counted)

    def _show_unless_counted(self) -> None:
        """A year that takes long is shown without its figures; most are there before."""
        if self.found is None or self.found.wish is not self._wish:
            self.show_year()

    # In the group of the other figures: who waits until all are counted waits for these, too. Described, or
    # else Textual would write down the whole calendar for it.
    @work(exclusive=True, group="figures", description="a year")
    async def _count(self, wish: YearWish, after: float) -> None:
        await asyncio.sleep(after)
        try:
            self.found = await self.cadence.beside(look_at, wish)
        except Exception as error:
            # Whatever it is, it is said where people look; the calendar has not been touched.
            self.failure = _("This year could not be counted: {error}", error=error)
            self.found = None
        self.show_year()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self.count(after=AFTER_A_CHANGE)

    def figures_changed(self, figures: Figures) -> None:
        self.count()
        if self.grid.weeks.year == self.day.year:
            self.show_day()

    def filter_changed(self) -> None:
        self.count()

    # Showing

    def show_year(self) -> None:
        if not self.is_mounted or self._wish is None:
            return
        self.grid.show(self._wish.weeks, self.found, self.cadence.today)
        self.share_out()
        self._show_title()
        self.show_day()

    def _show_title(self) -> None:
        title: Line = [(f" {self.day.year}", "head"), (f" · {measure_text(self.measure)}", "strong")]
        if self.failure or self.found is None or self.found.wish is not self._wish:
            state = self.failure or _("counting …")
            self.query_one(TitleLine).say(title, [(f"{state} ", "bad" if self.failure else "accent")])
            return
        known = legend(self.found.heat, ascii_only=self.cadence.ascii_only)
        signs = _legend_line(known, 2)
        room = self.app.size.width - width_of(title) - 2
        gap = 2 if width_of(signs) <= room else 1
        while len(known) > 1 and width_of(signs := _legend_line(known, gap)) > room:
            known = known[:-1]
        self.query_one(TitleLine).say(title, [*signs, (" ", "")])

    def show_day(self) -> None:
        """The day under the cursor in words, with what stands on it; beside it the longest gaps."""
        self.grid.put(self.day)
        days = self._items_of(week_start(self.day, self.calendar.team.week_begins))
        panel = self.query_one("#year-day", PostPanel)
        lines, gaps = self._day_lines(days), self._gaps()
        is_cut = not panel.is_side_by_side and len(lines) + 1 + len(gaps) > self._room - panel.head_lines
        panel.show(self._head(days[self.day]), lines, [] if is_cut else gaps)
        self.show_status()

    def _items_of(self, week: date) -> Mapping[date, tuple[Item, ...]]:
        app = self.cadence
        # The slots of a year that was not looked at yet are worked out with its figures, not at a key.
        is_counted = self.found is not None and self.found.wish is self._wish
        figures = app.figures if is_counted else None
        return week_items(self.calendar, week, app.now, keep=app.filter, figures=figures)

    def _head(self, items: tuple[Item, ...]) -> Line:
        found, day = self.found, self.day
        due = load_text(found.heat, day) if found and self.measure == found.heat.measure == "load" else ""
        words = " · ".join(text for text in (say_items(items), due) if text)
        return day_head(self.calendar, day, words)

    def _day_lines(self, days: Mapping[date, tuple[Item, ...]]) -> list[Line]:
        """The day itself, then the others of its week; and those of the next weeks, where there is room."""
        panel = self.query_one("#year-day", PostPanel)
        width, room = panel.text_width(), self._room - panel.head_lines
        lines = self._lines_of(days[self.day], width) or [[(_("   nothing is planned"), "dim")]]
        for day, found in self._days_on(days):
            if len(lines) + 3 > room:
                break
            if day != self.day and found:
                lines += [
                    [],
                    [(f" {short_day(day, self.cadence.today)}", "dim")],
                    *self._lines_of(found, width),
                ]
        return lines

    def _days_on(self, days: Mapping[date, tuple[Item, ...]]) -> Iterator[tuple[date, tuple[Item, ...]]]:
        """The days of a week, and of some weeks after it."""
        yield from days.items()
        for number in range(1, MORE_WEEKS + 1):
            yield from self._items_of(min(days) + number * WEEK).items()

    def _lines_of(self, items: tuple[Item, ...], width: int) -> list[Line]:
        plain = self.cadence.ascii_only
        lines = [item_line(self.calendar, item, items, width - 4, ascii_only=plain) for item in items]
        return [[("   ", ""), *line] for line in lines]

    def _gaps(self) -> list[Line]:
        """The channels that had nothing for longest."""
        found = self.found
        if found is None or found.wish is not self._wish:
            return []
        week = load_of_week_text(found.heat, self.day) if self.measure == "load" else ""
        said: list[Line] = [[(f" {week}", "")], []] if week else []
        gaps = [one for one in found.channels if one.gap and one.gap.weeks >= LONG_GAP]
        if not gaps:
            return [*said, [(_(" No channel had {number} weeks without a post", number=LONG_GAP), "dim")]]
        calendar = found.wish.calendar
        names = calendar.channels
        width = max(cell_len(names[one.channel].name) for one in gaps)
        return [
            *said,
            [(_(" Longest gaps"), "dim")],
            *(
                [
                    (f"   {fit(names[one.channel].name, width)}  ", accent_of(calendar, one.channel)),
                    (gap_text(one.gap), "warn"),
                ]
                for one in gaps
                if one.gap
            ),
        ]

    # How the parts share the screen

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self.show_year)

    def share_out(self) -> None:
        """All channels if there is room, so that the day below keeps some lines."""
        size = self.app.size
        free = size.height - (3 if size.height < 30 else 4)  # without header, title and foot
        self.grid.make_tall(free >= self.grid.lines_wanted(2) + TALL_PANEL)
        lines = max(HEAD, min(self.grid.lines_wanted() + 1, free - PANEL))
        if (now := self.grid.styles.height) is None or now.value != lines:
            self.grid.styles.height = lines
        self._room = free - lines - 1

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        self.go_to_day(self.day + columns * WEEK + rows * DAY)

    def move_weeks(self, weeks: int) -> None:
        self.go_to_day(self.day + weeks * WEEK)

    def move_page(self, pages: int) -> None:
        self.go_to_year(self.day.year + pages)

    def move_to_end(self, last: bool) -> None:
        self.go_to_day(date(self.day.year, 12, 31) if last else date(self.day.year, 1, 1))

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        day = max(date(FIRST_YEAR, 1, 1), min(day, date(LAST_YEAR, 12, 31)))
        is_other = day.year != self.day.year
        self.day = day
        if is_other:
            self.count()
        else:
            self.show_day()

    def go_to_year(self, year: int) -> None:
        """The same day of another year."""
        year = max(FIRST_YEAR, min(year, LAST_YEAR))
        self.go_to_day(
            date(year, self.day.month, min(self.day.day, last_of(date(year, self.day.month, 1)).day))
        )

    def go_to_post(self, post: int) -> None:
        if found := self.calendar.posts.get(post):
            self.go_to_day(self.calendar.local(found).date())

    def action_year_week_back(self) -> None:
        self.move_cursor(-self.take_count(), 0)

    def action_year_week_on(self) -> None:
        self.move_cursor(self.take_count(), 0)

    def action_year_before(self) -> None:
        self.go_to_year(self.day.year - self.take_count())

    def action_year_after(self) -> None:
        self.go_to_year(self.day.year + self.take_count())

    def action_year_by(self, what: str = "") -> None:
        """By the next of posts, load and slots, or by what is said."""
        if what and what not in MEASURES:
            known = ", ".join(MEASURES)
            self.cadence.say(_("by {known}, not by {what}", known=known, what=what[:40]), "warn")
            return
        named: dict[str, Measure] = {measure: measure for measure in MEASURES}
        self.measure = named.get(what, self._following())
        self.count()

    def _following(self) -> Measure:
        return MEASURES[(MEASURES.index(self.measure) + 1) % len(MEASURES)]

    # There

    def look_into(self) -> None:
        self.cadence.show_day_of_month(self.day)

    def hints(self) -> list[tuple[str, str]]:
        following = measure_text(self._following())
        known = [(key, following if key == "b" else words) for key, words in super().hints()]
        return [("enter", _("shows the day in the month")), *known]

    # The mouse

    def on_day_grid_moved(self, message: YearGrid.Moved) -> None:
        self.go_to_day(message.day)

    def on_day_grid_opened(self) -> None:
        self.look_into()

    def on_day_grid_wheeled(self, message: YearGrid.Wheeled) -> None:
        self.go_to_year(self.day.year + message.turns)


def _legend_line(signs: Sequence[Sign], gap: int) -> Line:
    line: Line = []
    for sign, text, state in signs:
        line += [(f"{' ' * gap}{sign} ", STATE_TONES[state] if state else "accent"), (text, "dim")]
    return line
