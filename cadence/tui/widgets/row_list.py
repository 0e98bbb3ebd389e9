"""A list of rows with a cursor, painted line by line: only what is visible is ever made.

Subclasses say how many rows there are and how one reads; this class owns cursor, scrolling, marks and mouse.
A list of 100,000 rows costs as much as one of forty.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar, cast

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cadence.tui.jumping import Target
from cadence.tui.marks import Marks
from cadence.tui.widgets.cells import Line, apart, ascii_text, fit_line
from cadence.tui.widgets.painting import Painting

K = TypeVar("K", bound=Hashable)

STRIPS_KEPT = 160
"""A few screens full: with all that Textual remembers of it a row takes 3 kB."""


class RowList(ScrollView, Painting, Generic[K], can_focus=True, inherit_bindings=False):  # type: ignore[override]
    """Row 0 is the first; `cursor` is the row that keys act upon, None when there is none to choose.

    `heading_line` is painted above the rows and stays there while they scroll.
    """

    _heading_height = 0
    _gutter = 2
    """Cells before a row: the cursor's sign, the mark, and perhaps a space."""
    _cursor_look = "row--cursor"

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, rows: RowList[Any]) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> RowList[Any]:
            return self.rows

    class Opened(Moved):
        """The row under the cursor was clicked a second time: look into it."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only
        self.cursor: int | None = None
        self.marked: Marks[Any] = Marks()
        """Its own, unless a screen gives it marks that other screens show, too."""
        self._strips: dict[tuple[Hashable, ...], Strip] = {}
        self._is_placed = False

    # What a subclass says

    def row_count(self) -> int:
        raise NotImplementedError

    def row_line(self, row: int, width: int) -> Line:
        """How a row reads, cursor sign not included; at most `width` cells."""
        raise NotImplementedError

    def row_key(self, row: int) -> K:
        """What the row is about: marks and the cursor follow it when rows change."""
        raise NotImplementedError

    def can_choose(self, row: int) -> bool:
        """Whether the cursor may rest on the row (headings say no)."""
        return True

    def can_mark(self, row: int) -> bool:
        """Whether the row may be marked."""
        return self.can_choose(row)

    def mark_key(self, row: int) -> Hashable:
        """What is marked when the row is."""
        return self.row_key(row)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        """Line `y` of the heading above the rows, given the first visible row."""
        return []

    def _text(self, text: str) -> str:
        """For a subclass: the text in letters that the terminal has."""
        return ascii_text(text) if self.ascii_only else text

    # Cursor

    def move_to(self, row: int, *, direction: int = 1) -> None:
        """Put the cursor on the nearest row that can be chosen, looking in `direction` first."""
        target = self._nearest(row, direction)
        if target is None:
            target = self._nearest(row, -direction)
        before, self.cursor = self.cursor, target
        if target is None:
            return
        self._show_row(target)
        if before != target:
            self._paint(before)
            self._paint(target)
            self.post_message(self.Moved(self))

    def move_by(self, rows: int) -> None:
        self.move_to((self.cursor or 0) + rows, direction=1 if rows > 0 else -1)

    def move_page(self, pages: int) -> None:
        self.move_by(pages * max(1, self.rows_visible - 1))

    def move_home(self) -> None:
        self.move_to(0)

    def move_end(self) -> None:
        self.move_to(self.row_count() - 1, direction=-1)

    def go_to_post(self, post: int) -> bool:
        """To the first row about a post; False if there is none."""
        return False

    def place(self, row: int) -> None:
        """Put the cursor on a row and the row into the upper third of the screen."""
        if not self.row_count():
            return
        row = max(0, min(row, self.row_count() - 1))
        self._is_placed = self.size.height > 0
        self._scroll_rows(row - self.rows_visible // 3)
        self.move_to(row)

    def move_section(self, sections: int) -> None:
        """To the first row under the next heading (the previous one, if negative), round the ends."""
        starts = [
            row for row in range(1, self.row_count()) if self.can_choose(row) and not self.can_choose(row - 1)
        ]
        if starts:
            here = max((n for n, row in enumerate(starts) if row <= (self.cursor or 0)), default=0)
            self.move_to(starts[(here + sections) % len(starts)])

    def toggle_mark(self) -> None:
        """Mark or unmark the row under the cursor."""
        if self.cursor is not None:
            self.marked.toggle(self.mark_key(self.cursor))
            self._paint(self.cursor)

    def mark(self, keys: Iterable[Hashable]) -> None:
        self.marked.update(keys)
        self.refresh()

    def mark_to(self, last: Hashable) -> bool:
        """Mark every row from the one that `last` marked to the cursor; False if it is not here."""
        keys = [self.mark_key(row) for row in range(self.row_count())]
        if last not in keys or self.cursor is None:
            return False
        low, high = sorted((keys.index(last), self.cursor))
        self.mark(keys[row] for row in range(low, high + 1) if self.can_mark(row))
        return True

    def mark_all(self) -> None:
        """Mark every row that may be marked."""
        self.mark(self.mark_key(row) for row in range(self.row_count()) if self.can_mark(row))

    def rows_changed(self) -> None:
        """Subclasses call this after their rows changed; the cursor stays on a row that exists."""
        self._strips.clear()
        self._resize_rows()
        if self.cursor is None or self.cursor >= self.row_count():
            self.cursor = self._nearest(min(self.cursor or 0, self.row_count() - 1), -1)
        self._keep_cursor_visible()
        self.refresh()

    def _keep_cursor_visible(self) -> None:
        if self.cursor is None or not self.size.height:
            return
        if self._is_placed:
            self._show_row(self.cursor)
        else:
            self.place(self.cursor)

    def row_keys(self) -> list[K]:
        """The keys of all rows: for short lists."""
        return [self.row_key(row) for row in range(self.row_count())]

    def follow(self, before: Sequence[K], row: int | None) -> int | None:
        """Where the cursor belongs that was on `row` of the rows `before`: on the same one, or else on the
        next that is still there, or else on the one before."""
        if row is None:
            return None
        now = {key: place for place, key in enumerate(self.row_keys()) if self.can_choose(place)}
        return next((now[key] for key in (*before[row:], *reversed(before[:row])) if key in now), None)

    @property
    def rows_visible(self) -> int:
        return max(1, self.size.height - self._heading_height)

    @property
    def top_row(self) -> int:
        return min(int(self.scroll_offset.y), max(0, self.row_count() - 1))

    # Painting

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if y < self._heading_height:
            line = self.heading_line(y, self.top_row, width)
            return self._strip(fit_line(line, width, ascii_only=self.ascii_only))
        y -= self._heading_height
        row = int(self.scroll_offset.y) + y
        if row >= self.row_count():
            return Strip.blank(width, self.style_of())
        return self._row_strip(row, width, self._is_thumb(y, height - self._heading_height))

    def _is_thumb(self, y: int, height: int) -> bool:
        """Whether our scrollbar is on a line: Textual's costs as much as all rows whenever a row moves."""
        count = self.row_count()
        if count <= height:
            return False
        size = max(1, height * height // count)
        top = round(self.top_row * (height - size) / (count - height))
        return top <= y < top + size

    def _row_strip(self, row: int, width: int, thumb: bool) -> Strip:
        is_cursor = row == self.cursor
        is_marked = bool(self.marked) and self.mark_key(row) in self.marked
        # Scrolling by a line repaints all: rows that only moved are taken as they were.
        key = (row, width, thumb, row == self.top_row, is_cursor, is_marked)
        if key not in self._strips:
            if len(self._strips) >= STRIPS_KEPT:
                del self._strips[next(iter(self._strips))]
            self._strips[key] = self._new_row_strip(row, width, thumb, is_cursor, is_marked)
        return self._strips[key]

    def _new_row_strip(self, row: int, width: int, thumb: bool, is_cursor: bool, is_marked: bool) -> Strip:
        backs = ("row--marked" if is_marked else "", self._cursor_look if is_cursor else "")
        sign = (">" if self.ascii_only else "▸") if is_cursor else " "
        tick = ("+" if self.ascii_only else "◆") if is_marked else " "
        gutter = (sign + tick).ljust(self._gutter)
        line: Line = [(gutter, "accent"), *self.row_line(row, width - 1 - self._gutter)]
        line = fit_line(line, width - 1, ascii_only=self.ascii_only)
        bar = ("|" if self.ascii_only else "┃") if thumb else " "
        return self._strip([*line, (bar, "bar")], *backs)

    def _strip(self, line: Line, *backs: str) -> Strip:
        """The tone of a piece may be several: the last one lies below the others."""
        segments = [
            Segment(apart(text), self.style_of(*backs, *(f"tone--{one}" for one in reversed(tone.split()))))
            for text, tone in line
        ]
        return Strip(segments).simplify()

    def _paint(self, row: int | None) -> None:
        if row is not None:
            y = row - int(self.scroll_offset.y) + self._heading_height
            self.refresh(Region(0, y, self.size.width, 1))

    # Scrolling

    def _show_row(self, row: int) -> None:
        top, height = int(self.scroll_offset.y), self.rows_visible
        if row < top:
            self._scroll_rows(row - self._leading_headings(row))
        elif row >= top + height:
            self._scroll_rows(row - height + 1)

    def _scroll_rows(self, top: int) -> None:
        # Forced: Textual scrolls by itself only what shows its scrollbar.
        self.scroll_to(y=max(0, top), animate=False, immediate=True, force=True)

    def _leading_headings(self, row: int) -> int:
        """How many rows just above cannot be chosen: they belong to the row and are shown with it."""
        above = 0
        while above < row and not self.can_choose(row - above - 1):
            above += 1
        return above

    def _nearest(self, row: int, direction: int) -> int | None:
        count = self.row_count()
        row = max(0, min(row, count - 1))
        while 0 <= row < count:
            if self.can_choose(row):
                return row
            row += direction
        return None

    def _resize_rows(self) -> None:
        # Not by assignment: for a list that fills its place whatever its rows, Textual would arrange the
        # whole screen anew.
        size = Size(self.size.width, self.row_count() + self._heading_height)
        self.set_reactive(cast("Reactive[Size]", RowList.virtual_size), size)
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self, _event: events.Resize) -> None:
        self._resize_rows()
        self._keep_cursor_visible()

    # Jumping

    def jump_targets(self) -> Iterator[Target]:
        """The rows that can be seen and chosen."""
        top = int(self.scroll_offset.y)
        for row in range(top, min(top + self.rows_visible, self.row_count())):
            if self.can_choose(row):
                yield Target(0, row - top + self._heading_height, partial(self._jump_to, row))

    def _jump_to(self, row: int) -> None:
        self.focus()
        self.move_to(row)

    # Mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll_by_wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll_by_wheel(event, -3)

    def _scroll_by_wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll_rows(min(int(self.scroll_offset.y) + rows, self.row_count() - self.rows_visible))

    def on_click(self, event: events.Click) -> None:
        row = int(self.scroll_offset.y) + event.y - self._heading_height
        if event.y < self._heading_height or row >= self.row_count() or not self.can_choose(row):
            return
        again = row == self.cursor
        self.move_to(row)
        if again:
            self.post_message(self.Opened(self))
