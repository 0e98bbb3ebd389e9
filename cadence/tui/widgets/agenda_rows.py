"""Which row of the agenda is which post or slot, found by bisection: nothing is made per post.

The posts are the calendar's own timeline (or what a filter keeps of it); the slots that need something are
few and are woven in by their time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cadence.model.calendar import Calendar
from cadence.model.postindex import Entry
from cadence.model.rhythm import SlotKey
from cadence.tui.filter import PostFilter

if TYPE_CHECKING:
    from cadence.insight.slots import FilledSlot

LOOK_BACK = timedelta(weeks=4)
"""So far back the agenda shows slots at which nothing went out."""

Key = int | SlotKey
"""What a row is about: a post's number, or a slot."""


@dataclass(frozen=True)
class AgendaRows:
    """Rows in order of time. `slot_rows[i]` is the row of `slots[i]`; all others are `entries`, in order."""

    entries: Sequence[Entry] = ()
    slots: Sequence[FilledSlot] = ()
    slot_rows: Sequence[int] = ()

    @staticmethod
    def woven(entries: Sequence[Entry], slots: Sequence[FilledSlot]) -> AgendaRows:
        """Posts and slots, both in order of time, as rows."""
        slot_rows = [bisect_left(entries, (slot.slot.at, 0)) + place for place, slot in enumerate(slots)]
        return AgendaRows(entries, slots, slot_rows)

    def __len__(self) -> int:
        return len(self.entries) + len(self.slots)

    def __getitem__(self, row: int) -> int | FilledSlot:
        """The number of the post, or the slot, at a row."""
        before = bisect_left(self.slot_rows, row)
        if before < len(self.slot_rows) and self.slot_rows[before] == row:
            return self.slots[before]
        return self.entries[row - before][1]

    def key(self, row: int) -> Key:
        what = self[row]
        return what if isinstance(what, int) else what.slot.key

    def instant(self, row: int) -> datetime:
        before = bisect_left(self.slot_rows, row)
        if before < len(self.slot_rows) and self.slot_rows[before] == row:
            return self.slots[before].slot.at
        return self.entries[row - before][0]

    def first_from(self, instant: datetime) -> int:
        """The first row at or after an instant; the number of rows if there is none."""
        return bisect_left(range(len(self)), instant, key=self.instant)

    def row_of(self, calendar: Calendar, key: Key) -> int | None:
        """Where a post or slot is now; None if it is not shown."""
        if isinstance(key, SlotKey):
            places = (place for place, slot in enumerate(self.slots) if slot.slot.key == key)
            return next((self.slot_rows[place] for place in places), None)
        if key not in calendar.posts:
            return None
        entry = (calendar.instant(calendar.posts[key]), key)
        place = bisect_left(self.entries, entry)
        if place == len(self.entries) or self.entries[place] != entry:
            return None
        return place + bisect_left(range(len(self.slots)), place + 1, key=lambda i: self.slot_rows[i] - i)

    def posts_between(self, start: datetime, end: datetime) -> int:
        return bisect_left(self.entries, (end, 0)) - bisect_left(self.entries, (start, 0))

    def slots_between(self, start: datetime, end: datetime) -> int:
        def instant(slot: FilledSlot) -> datetime:
            return slot.slot.at

        return bisect_left(self.slots, end, key=instant) - bisect_left(self.slots, start, key=instant)


def kept_entries(calendar: Calendar, keep: PostFilter) -> Sequence[Entry]:
    """The posts that a filter keeps, in order of time: looked at one by one, so call it once per filter."""
    if not keep:
        return calendar.index.timeline
    posts = calendar.posts
    return [entry for entry in calendar.index.timeline if keep.keeps(posts[entry[1]])]
