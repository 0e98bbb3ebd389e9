"""The month: what its keys do. Moving about, choosing one of a day's posts, carrying and marking them.

What keys act upon is the one item with the cursor's sign, in the list of the day; tab goes into that list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len

from cadence.insight.months import first_of, last_of, months_on
from cadence.language import _
from cadence.model.times import DAY, WEEK
from cadence.tui.actions import bindings
from cadence.tui.dates import usual_hour
from cadence.tui.monthview import Key
from cadence.tui.screens.base import NewPlace
from cadence.tui.screens.month_parts import MonthParts
from cadence.tui.screens.moving import Moving
from cadence.tui.widgets.day_list import is_free
from cadence.tui.widgets.month_grid import MonthGrid
from cadence.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from cadence.tui.screens.week import WeekScreen

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2199, 11, 30)


class MonthScreen(MonthParts):
    place = "month"
    BINDINGS = bindings("month")
    AUTO_FOCUS = "#month-grid"

    # What keys act upon

    def posts_here(self) -> list[int]:
        return [self.post_here.id] if self.post_here else []

    def posts_shown(self) -> Iterable[int]:
        return self.view.posts()

    def marked_here(self) -> list[int]:
        """Also on the days around the month."""
        found = (item.on.post for items in self.view.days.values() for item in items)
        return [post for post in found if post is not None and post in self.marked]

    def new_place(self) -> NewPlace | None:
        item = self.item_here
        if item is None:
            channels = self.cadence.filter.channels
            return self._place_on(next(iter(channels))) if len(channels) == 1 else None
        if is_free(item):
            return NewPlace(item.on.channel, item.on.at, item.on.slot)
        return self._place_on(item.on.channel)

    def _place_on(self, channel: int) -> NewPlace:
        return NewPlace(channel, datetime.combine(self.day, usual_hour(self.calendar, channel)))

    def new_day(self) -> date | None:
        return self.day

    def hints(self) -> list[tuple[str, str]]:
        if self.moving:
            return [
                ("← →", _("by a day")), ("↑ ↓", _("by a week")), ("K J", _("by a month")),
                ("g", _("to a date")), ("enter", _("drops")), ("esc", _("leaves")),
            ]  # fmt: skip
        if self.list.has_focus:
            enter = _("shows it in the week")
            return [("↑ ↓", _("choose")), ("enter", enter), ("esc", _("back")), *super().hints()]
        if len(self.list.items) > 1:
            return [("enter", _("choose one of {number}", number=len(self.list.items))), *super().hints()]
        return [("enter", _("shows it in the week")), *super().hints()]

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        if not self.moving and rows and self.list.has_focus:
            with self.list.prevent(RowList.Moved):
                self.list.move_by(rows)
            self.show_choice()
        elif columns or rows:
            self._step(columns * DAY + rows * WEEK)

    def move_weeks(self, weeks: int) -> None:
        self._step(weeks * WEEK)

    def move_page(self, pages: int) -> None:
        if self.list.has_focus and not self.moving:
            with self.list.prevent(RowList.Moved):
                self.list.move_page(pages)
            self.show_choice()
        else:
            self._step_months(pages)

    def action_month_before(self) -> None:
        self._step_months(-self.take_count())

    def action_month_after(self) -> None:
        self._step_months(self.take_count())

    def _step(self, far: timedelta) -> None:
        if self.moving:
            self.moving.step(cast("WeekScreen", self), far // DAY, 0)
        else:
            self.go_to_day(self.day + far)

    def _step_months(self, months: int) -> None:
        """To the same day of another month, or its last."""
        month = months_on(first_of(self.day), months)
        self.go_to_day(min(month + (self.day.day - 1) * DAY, last_of(month)))

    def move_to_end(self, last: bool) -> None:
        if self.list.has_focus:
            with self.list.prevent(RowList.Moved):
                if last:
                    self.list.move_end()
                else:
                    self.list.move_home()
            self.show_choice()
        else:
            self.go_to_day(last_of(first_of(self.day)) if last else first_of(self.day))

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        if self.moving:
            self.moving.to_day(cast("WeekScreen", self), day)
            return
        chosen = next((i.key for i in self.view.items(day) if i.on.channel == channel), None)
        self._show(day, chosen)

    def _show(self, day: date, chosen: Key | None = None) -> None:
        day = max(FIRST_DAY, min(day, LAST_DAY))
        other_month = not self.view.holds(day)
        self.day = day
        if other_month:
            self.show_month(chosen)
        else:
            self.show_day(chosen)

    def go_to_post(self, post: int) -> None:
        if found := self.let_in(post):
            self._show(self.calendar.local(found).date(), post)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self.show_choice()

    # Into the day, into the week, and back

    def look_into(self) -> None:
        """Enter: into the list of a day with several things on it, then on what is chosen to the week."""
        if self.moving:
            self.moving.drop(cast("WeekScreen", self))
        elif len(self.list.items) > 1 and not self.list.has_focus:
            self.next_part()
        elif post := self.post_here:
            self.cadence.show_post(post.id)
        else:
            item = self.item_here
            self.cadence.show_day(self.day, item.on.channel if item else None)

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        self.look_into()

    def next_part(self) -> None:
        if self.moving:
            return
        (self.grid if self.list.has_focus else self.list).focus()
        self.call_after_refresh(self._focus_moved)

    def _focus_moved(self) -> None:
        self.list.point(self.list.has_focus)
        self.show_status()

    def step_back(self) -> bool:
        if self.moving:
            first, self.moving = self.moving.posts[0], None
            self.show_dropped(first)
            self.cadence.say(_("Left where it was"), "dim")
            return True
        if self.list.has_focus:
            self.next_part()
            return True
        return False

    # Carrying

    def move_posts(self, when: str = "") -> None:
        """With the arrows; a date given on the command line moves at once."""
        if when:
            super().move_posts(when)
        elif not self.moving and (posts := self.chosen_posts()):
            if fixed := [post for post in posts if not post.is_open]:
                said = _("{title} does not move any more: only open posts do", title=fixed[0].title)
                self.cadence.say(said, "warn")
                return
            self.grid.focus()
            self.moving = Moving(tuple(post.id for post in posts), seen=self.seen(posts))
            self.moving.show(cast("WeekScreen", self))

    def show_moving(self) -> None:
        """The carried posts are somewhere else."""
        if self.moving:
            first = self.moving.posts[0]
            self.day = self.moving.destinations(self.calendar)[first].date()
            self.show_month(first)
            beside = cell_len(" · ".join(self.asides()))
            says = self.moving.says(cast("WeekScreen", self), self.size.width - beside - 3)
            self.cadence.say(says, "accent", stays=True)

    def show_dropped(self, post: int) -> None:
        """The carried posts are in the calendar's hands again."""
        self.show_month()
        self.go_to_post(post)

    # Marks

    def toggle_mark(self) -> None:
        if post := self.post_here:
            self.marked.toggle(post.id)
            self.marks_changed()
            if self.list.has_focus:
                self.move_cursor(0, 1)

    def mark_to_here(self) -> None:
        """All posts from the day of the last mark to this one, both included."""
        keep, calendar = self.cadence.filter, self.calendar
        marked = calendar.posts.get(self.marked.last or 0)
        if marked is None:
            self.toggle_mark()
            return
        first, last = sorted((calendar.local(marked).date(), self.day))
        for n in range((last - first).days + 1):
            for channel in calendar.channels.values():
                found = [] if channel.retired else calendar.posts_on(channel.id, first + n * DAY)
                self.marked.update(post.id for post in found if keep.keeps(post))
        self.marks_changed()

    # The mouse

    def on_day_grid_moved(self, message: MonthGrid.Moved) -> None:
        if not self.moving:
            self._show(message.day, message.key)

    def on_day_grid_opened(self) -> None:
        self.look_into()

    def on_month_grid_dragged(self, message: MonthGrid.Dragged) -> None:
        if not self.moving:
            if self.post_here is None:
                return
            self.move_posts()
        if self.moving:
            self.moving.to_day(cast("WeekScreen", self), message.day)

    def on_month_grid_dropped(self) -> None:
        if self.moving:
            self.moving.drop(cast("WeekScreen", self))

    def on_day_grid_wheeled(self, message: MonthGrid.Wheeled) -> None:
        self._step_months(message.turns)
