"""What stands on one day, a row each: the panel of the month, in which one of several posts is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual.geometry import Region

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post
from cadence.model.words import kind_word, state_word
from cadence.tui.accents import accent_of
from cadence.tui.monthview import FREE, Item, Key
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, ascii_text, fit, width_of
from cadence.tui.widgets.month_cells import DONE, slot_text
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.week_grid import STATE_TONES
from cadence.tui.words import next_task

Row = Key | str
"""An item's key; the row of an empty day has a text."""
EMPTY = "nothing"
LONGEST_NAME = 14


class DayList(RowList[Row]):
    """Give it a day with `show`; the cursor stays on its item, or goes to the first."""

    _heading_height = 1

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.items: Sequence[Item] = ()
        self.day: date | None = None
        self._calendar = Calendar.empty()
        self._head: Line = []
        self._empty: Line = []
        self._is_pointed = False

    def show(
        self,
        calendar: Calendar,
        day: date,
        items: Sequence[Item],
        head: Line,
        empty: Line,
        chosen: Key | None = None,
    ) -> None:
        """The items of a day under a heading; `empty` is said when there are none. The cursor goes to the
        item `chosen`, if it is there."""
        before, row = self.row_keys(), self.cursor if day == self.day else None
        self._calendar, self.day, self.items = calendar, day, items
        self._head, self._empty = head, empty
        self.cursor = self.follow(before, row) or 0
        if chosen is not None and chosen in self.row_keys():
            self.cursor = self.row_keys().index(chosen)
        self.rows_changed()

    def point(self, is_here: bool) -> None:
        """Whether its cursor is the one that moves: its heading says so."""
        if is_here != self._is_pointed:
            self._is_pointed = is_here
            self.refresh(Region(0, 0, self.size.width, 1))

    @property
    def current(self) -> Item | None:
        return self.items[self.cursor] if self.cursor is not None and self.cursor < len(self.items) else None

    # What RowList asks

    def row_count(self) -> int:
        return max(1, len(self.items))

    def row_key(self, row: int) -> Row:
        key = self.items[row].key if row < len(self.items) else None
        return EMPTY if key is None else key

    def can_choose(self, row: int) -> bool:
        return row < len(self.items)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        (words, _tone), *rest = self._head or [("", "")]
        return self._said([(words, "head" if self._is_pointed else "strong"), *rest])

    def row_line(self, row: int, width: int) -> Line:
        if row >= len(self.items):
            return self._said(self._empty)
        item, plain = self.items[row], self.ascii_only
        return self._said(item_line(self._calendar, item, self.items, width, can_plan=True, ascii_only=plain))

    def _said(self, line: Line) -> Line:
        return [(ascii_text(text), tone) for text, tone in line] if self.ascii_only else line


def item_line(
    calendar: Calendar,
    item: Item,
    beside: Sequence[Item],
    width: int,
    *,
    can_plan: bool = False,
    ascii_only: bool = False,
) -> Line:
    """`○ 09:00 LinkedIn  Storia Bianchi ▲     planned · review: nobody`, aligned with those `beside` it."""
    on, names = item.on, calendar.channels
    name = min(LONGEST_NAME, max(cell_len(names[one.on.channel].name) for one in beside))
    line: Line = [
        (f"{mark(on.state, ascii_only=ascii_only)} ", STATE_TONES[on.state]),
        (f"{on.at:%H:%M} ", "dim"),
        (
            f"{fit(names[on.channel].name, name, ascii_only=ascii_only)}  ",
            "dim" if on.state in DONE else accent_of(calendar, on.channel),
        ),
    ]
    alarm = f" {mark('warning', ascii_only=ascii_only)}" if item.alarm else ""
    post = calendar.posts.get(on.post or 0)
    if post is None:
        can_plan = can_plan and on.state == "empty"
        text = _("open slot · n plans a post here") if can_plan else slot_text(on.state)
        return [*line, (text, STATE_TONES[on.state]), (alarm, "warn")]
    stands, tone = _stands(calendar, post)
    room = max(8, width - width_of(line))
    if cell_len(stands) > room // 2:
        stands = state_word(post.state)
    right = min(cell_len(stands), room // 2)
    title = fit(post.title, room - right - 2 - len(alarm), ascii_only=ascii_only)
    if alarm:
        # The sign stays with the title, and what follows stays aligned.
        title = title.rstrip()
    gap = room - right - cell_len(title) - len(alarm)
    return [
        *line,
        (title, "dim" if on.state in DONE else "strong"),
        (alarm, "warn"),
        (" " * gap, ""),
        (fit(stands, right, ascii_only=ascii_only), tone),
    ]


def _stands(calendar: Calendar, post: Post) -> tuple[str, str]:
    """How a post stands, and who does what comes next: `planned · review: nobody`."""
    state = state_word(post.state)
    if post.state == "published" or (found := next_task(post)) is None:
        return state, "dim"
    kind, task = found
    if task.member is None:
        return _("{state} · {task}: nobody", state=state, task=kind_word(kind)), "warn"
    who = short_names(calendar).get(task.member, "")
    return _("{state} · {task}: {who}", state=state, task=kind_word(kind), who=who), "dim"


def is_free(item: Item | None) -> bool:
    """Whether a new post may take its slot."""
    return item is not None and item.on.post is None and item.on.state in FREE
