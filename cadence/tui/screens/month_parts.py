"""What the month screen is made of, how its parts share the terminal, and how they follow the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from operator import is_
from typing import TYPE_CHECKING
from weakref import ref

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.months import first_of, initials, months_on
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.tui.accents import accent_of
from cadence.tui.monthview import Item, Key, MonthView, day_head, month_title, month_view, say_items
from cadence.tui.postview import day_lines, history_lines, post_head, post_lines, slot_head, slot_lines
from cadence.tui.screens.posts_screen import PostsScreen
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.day_list import DayList
from cadence.tui.widgets.month_grid import MonthGrid
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.title_line import TitleLine

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.tui.figures import Figures

BESIDE = 110
"""From so many columns on the chosen post's tasks stand beside the day's list."""


def _look_around(
    known: dict[date, MonthView], around: Iterable[date], view: Callable[[date], MonthView]
) -> None:
    for month in around:
        if month not in known:
            known[month] = view(month)


class MonthParts(PostsScreen):
    """How the month is shown. What its keys do is in `MonthScreen`."""

    def __init__(self) -> None:
        super().__init__()
        self.day = self.cadence.today
        self._view: MonthView | None = None
        self._known: dict[date, MonthView] = {}
        """The month shown and those around it, of `_known_of`."""
        self._known_of: tuple[object, ...] = (None, None, None)

    def compose_middle(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        yield TitleLine(ascii_only=plain)
        yield MonthGrid(ascii_only=plain, id="month-grid")
        with Container(id="month-day"):
            day = DayList(ascii_only=plain, id="day-list")
            day.marked = self.cadence.marked.posts
            yield day
            yield PostPanel(ascii_only=plain, id="day-post")

    def on_mount(self) -> None:
        self.show_month()
        self.share_out()

    @property
    def grid(self) -> MonthGrid:
        return self.query_one(MonthGrid)

    @property
    def list(self) -> DayList:
        return self.query_one(DayList)

    @property
    def view(self) -> MonthView:
        assert self._view is not None, "the month is painted when the screen is mounted"
        return self._view

    # What the cursor is on

    @property
    def item_here(self) -> Item | None:
        return self.list.current

    @property
    def post_here(self) -> Post | None:
        item = self.item_here
        return self.calendar.posts.get(item.on.post) if item and item.on.post is not None else None

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        if self.moving and not self.moving.still_possible(after):
            self.moving = None
        self.show_month()

    def figures_changed(self, figures: Figures) -> None:
        self.show_month()

    def filter_changed(self) -> None:
        self.show_month()

    def history_read(self) -> None:
        self.show_post()

    # Showing

    def show_month(self, chosen: Key | None = None) -> None:
        """The month of the day that the cursor is on, as it is now."""
        app, calendar = self.cadence, self.calendar
        self._view = self._month()
        shown = {
            channel.id: channel.name
            for channel in calendar.channels.values()
            if not channel.retired and (not app.filter.channels or channel.id in app.filter.channels)
        }
        short = initials(shown)
        self.grid.show(self._view, app.today, short)
        self._show_title(shown, short)
        self.marks_changed()
        self.show_day(chosen)

    def _month(self) -> MonthView:
        """The month of the day that the cursor is on. Those before and after it are worked out meanwhile,
        before anybody goes there."""
        app, calendar, month = self.cadence, self.calendar, first_of(self.day)
        figures, now = app.figures, app.now
        view = partial(
            month_view, calendar, now=now, keep=app.filter, figures=figures, with_slots=figures is not None
        )
        if self.moving:
            return view(month, carried=self.moving.destinations(calendar))
        of = (calendar, app.filter, figures and ref(figures))  # a month that is hidden holds no figures
        known = self._known if all(map(is_, self._known_of, of)) else {}
        shown = known.get(month) or view(month)
        around = [months_on(month, 1), months_on(month, -1)]
        self._known_of = of
        self._known = known = {each: known[each] for each in around if each in known} | {month: shown}
        if figures is not None and len(known) <= len(around):
            self.prepare(_look_around, known, around, view)
        return shown

    def _show_title(self, names: dict[int, str], short: dict[int, str]) -> None:
        counts = self.view.counts()
        legend: Line = []
        for id, name in names.items():
            legend += [
                (f"{'   ' if legend else ''}{short[id]} ", accent_of(self.calendar, id)),
                (f"{name} ", ""),
                (str(counts.get(id, 0)), "dim"),
            ]
        title: Line = [(f" {month_title(self.view.month)}", "head")]
        self.query_one(TitleLine).say(title, [*legend, (" ", "")])

    def marks_changed(self) -> None:
        self.grid.mark(frozenset(self.marked))
        self.list.refresh()

    def show_day(self, chosen: Key | None = None) -> None:
        """Everything that follows the cursor: the day's list, the chosen post beside it, the keys."""
        items = self.view.items(self.day)
        head = day_head(self.calendar, self.day, say_items(items))
        self.list.show(self.calendar, self.day, items, head, self._empty(), chosen)
        self.show_choice()

    def show_choice(self) -> None:
        item = self.item_here
        self.grid.put(self.day, item.key if item else None)
        self.show_post()
        self.show_status()

    def _empty(self) -> Line:
        return [(_("nothing is planned · n plans a post"), "dim")]

    def show_post(self) -> None:
        """The chosen post beside the list, where there is room."""
        panel, post, calendar = self.query_one("#day-post", PostPanel), self.post_here, self.calendar
        if not panel.display:
            return
        figures, today, plain = self.cadence.figures, self.cadence.today, self.cadence.ascii_only
        width = panel.size.width or 60
        if post is None:
            self._show_no_post(panel, width)
            return
        warnings = figures.by_post.get(post.id, ()) if figures else ()
        lines = post_lines(calendar, post, today, warnings, width, ascii_only=plain)
        happened = self.cadence.recent.of(post.id)
        history = history_lines(calendar, post, happened, today, width) if happened else []
        beside: list[Line] = [[(_(" History"), "dim")], *history] if history else []
        panel.show(post_head(calendar, post), lines, beside)

    def _show_no_post(self, panel: PostPanel, width: int) -> None:
        """The open slot, or who is away on an empty day."""
        item, calendar, figures = self.item_here, self.calendar, self.cadence.figures
        if item is None:
            panel.show([], day_lines(calendar, self.day)[1:])
            return
        on = item.on
        found = figures.by_channel.get(on.channel, []) if figures else []
        wrong = [warning for warning in found if warning.slot == on.slot]
        lines = slot_lines(on.state, wrong, width, self.cadence.ascii_only)
        if on.state == "empty":
            lines = lines[2:]  # the list says already what can be done with it
        panel.show(slot_head(calendar, on.channel, on.at, on.state), lines)

    # How the parts share the screen

    def on_resize(self, event: events.Resize) -> None:
        self.share_out()
        self.call_after_refresh(self.show_post)

    def share_out(self) -> None:
        """The days get what the panel below leaves them."""
        size = self.app.size
        short = size.height < 30
        free = size.height - (3 if short else 4)  # without header, title and foot
        panel = max(4, min(free // 4, 5 if short else 11))
        self.grid.styles.height = max(7, free - panel)
        self.query_one("#day-post").display = size.width >= BESIDE

    def panel_height(self) -> int:
        return self.query_one("#month-day").outer_size.height + self.query_one("#foot").size.height
