"""The agenda: posts over all time and the slots that need something, one row each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.times import day_bounds, to_local, week_start, zone_of
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.widgets.agenda_line import AgendaLine
from cadence.tui.widgets.agenda_rows import AgendaRows, Key, kept_entries
from cadence.tui.widgets.cells import Line, ascii_text, width_of
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import say_dates, week_number

if TYPE_CHECKING:
    from cadence.insight.slots import FilledSlot
    from cadence.tui.outcomes import Outcomes


class AgendaList(RowList[Key]):
    """Give it a snapshot with `show`; it keeps the cursor on the same post or slot from one to the next."""

    _heading_height = 1
    _gutter = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows = AgendaRows()
        self._calendar = Calendar.empty()
        self._now: datetime | None = None
        self._keep = EVERYTHING
        self._outcomes: Outcomes | None = None
        self._reader: tuple[int, AgendaLine] | None = None
        self._next_row = 0
        self._kept: frozenset[int] | None = None
        """The posts that the filter keeps; asked for only when some are marked."""

    def show(
        self,
        calendar: Calendar,
        now: datetime,
        slots: Sequence[FilledSlot],
        keep: PostFilter = EVERYTHING,
        outcomes: Outcomes | None = None,
    ) -> None:
        """Show a snapshot as it is at `now`; `slots` are those that need something, in order of time."""
        key = self.current
        at = self.rows.instant(self.cursor) if self.cursor is not None else None
        same = calendar is self._calendar and keep is self._keep
        self._calendar, self._now, self._keep = calendar, now, keep
        self._outcomes, self._reader = outcomes, None
        entries = self.rows.entries if same else kept_entries(calendar, keep)
        self.rows = AgendaRows.woven(entries, [slot for slot in slots if keep.keeps_slot(slot.slot.channel)])
        self._next_row = self.rows.first_from(now)
        self._kept = self._kept if same else None
        self.cursor = self._row_after_change(key, at)
        self.rows_changed()

    @property
    def current(self) -> Key | None:
        """The post's number or the slot under the cursor."""
        if self.cursor is None or self.cursor >= len(self.rows):
            return None
        return self.rows.key(self.cursor)

    @property
    def current_slot(self) -> FilledSlot | None:
        what = self.rows[self.cursor] if self.cursor is not None and len(self.rows) else None
        return None if what is None or isinstance(what, int) else what

    @property
    def current_instant(self) -> datetime | None:
        return self.rows.instant(self.cursor) if self.cursor is not None and len(self.rows) else None

    def marked_posts(self) -> list[int]:
        """The marked posts that the filter keeps, in order of time."""
        posts = self._calendar.posts
        return sorted(self._marked_and_kept(), key=lambda id: self._calendar.instant(posts[id]))

    def count_marked(self) -> int:
        return len(self._marked_and_kept())

    def _marked_and_kept(self) -> Set[int]:
        if not self._keep or not self.marked:
            return self.marked
        if self._kept is None:
            self._kept = frozenset(id for _, id in self.rows.entries)
        return self.marked & self._kept

    def go_to_day(self, day: date, *, back: bool = False) -> None:
        """To the first row on or after a day of the team; `back`: to the last before it if it has none."""
        start, end = day_bounds(day, zone_of(self._calendar.team.zone))
        row = self.rows.first_from(start)
        if back and row > 0 and (row == len(self.rows) or self.rows.instant(row) >= end):
            row -= 1
        self.place(row)

    def go_to_now(self) -> None:
        self.place(self._next_row)

    def go_to(self, key: Key) -> bool:
        """To a post or slot; False if it is not shown."""
        row = self.rows.row_of(self._calendar, key)
        if row is not None:
            self.place(row)
        return row is not None

    def mark_to(self, last: Hashable) -> bool:
        start = self.rows.row_of(self._calendar, last) if isinstance(last, int) else None
        if start is None or self.cursor is None:
            return False
        low, high = sorted((start, self.cursor))
        self.mark(self.rows.key(row) for row in range(low, high + 1) if self.can_mark(row))
        return True

    def mark_all(self) -> None:
        """Mark every post that the filter shows."""
        self.mark(id for _, id in self.rows.entries)

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> Key:
        return self.rows.key(row)

    def can_mark(self, row: int) -> bool:
        return isinstance(self.rows[row], int)

    def row_line(self, row: int, width: int) -> Line:
        reader = self._read(width)
        above = reader.day_of(self.rows[row - 1]) if row > self.top_row else None
        return reader.of(self.rows[row], above, is_next=row == self._next_row)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        """The week of the first visible row, and what is in it."""
        if not len(self.rows):
            return [(f"   {_('Agenda')}", "head")]
        zone = zone_of(self._calendar.team.zone)
        day = week_start(to_local(self.rows.instant(top), zone).date(), self._calendar.team.week_begins)
        last = day + timedelta(days=6)
        start, end = day_bounds(day, zone)[0], day_bounds(last, zone)[1]
        number = _("Week {number}", number=week_number(day + timedelta(days=3)))
        name = f"   {number} · {say_dates(day, last)}"
        posts, open_slots = self.rows.posts_between(start, end), self.rows.slots_between(start, end)
        counts = n_("{number} post", "{number} posts", posts)
        if open_slots:
            counts += " · " + n_("{number} empty slot", "{number} empty slots", open_slots)
        total = _("{number:,} in all", number=len(self.rows.entries)) + " "
        if self.ascii_only:
            name, counts = ascii_text(name), ascii_text(counts)
        line: Line = [(name, "head"), ("   " + counts, "dim")]
        gap = width - width_of(line) - len(total)
        return [*line, (" " * gap, ""), (total, "dim")] if gap > 0 else line

    # Inside

    def _read(self, width: int) -> AgendaLine:
        assert self._now is not None, "there are no rows before `show`"
        if self._reader is None or self._reader[0] != width:
            known = (self._calendar, self._now, width, self._outcomes)
            reader = AgendaLine(*known, ascii_only=self.ascii_only)
            self._reader = (width, reader)
        return self._reader[1]

    def _row_after_change(self, key: Key | None, at: datetime | None) -> int | None:
        """The same post or slot; if it is gone, what is now at its time; at first, what comes next."""
        if not len(self.rows):
            return None
        row = self.rows.row_of(self._calendar, key) if key is not None else None
        if row is None:
            row = self._next_row if at is None else self.rows.first_from(at)
        return min(row, len(self.rows) - 1)
