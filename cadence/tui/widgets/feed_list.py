"""The feeds: who reads what, since when, and when it was last read. What opens them is nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cadence.language import _, later, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed
from cadence.model.times import to_local, zone_of
from cadence.operations.feeds import shows
from cadence.tui.filter import PostFilter
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import short_day

Used = Mapping[int, datetime]
"""When feeds were last read, as far as a server of this calendar wrote it down."""
NONE_YET = later("Nobody reads a feed yet: n makes one, for a colleague or for the board.")
NONE_KEPT = later("No feed is about that.")


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included."""

    number: int
    reader: int
    shows: int
    since: int
    used: int

    @staticmethod
    def of(width: int) -> Columns:
        number, since, used = (5, 12, 18) if width < 100 else (6, 18, 24)
        reader = max(12, (width - number - since - used) // 3)
        return Columns(number, reader, width - number - reader - since - used, since, used)


class FeedList(RowList[int]):
    """Give it a snapshot with `show`; the cursor stays on its feed."""

    _heading_height = 3
    _gutter = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.feeds: Sequence[Feed] = ()
        self._calendar = Calendar.empty()
        self._used: Used = {}
        self._now: datetime | None = None

    def show(self, calendar: Calendar, feeds: Sequence[Feed], used: Used, now: datetime) -> None:
        before, row = self.row_keys(), self.cursor
        self._calendar, self.feeds, self._used, self._now = calendar, feeds, used, now
        self.marked &= set(self.row_keys())
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    @property
    def current(self) -> Feed | None:
        return self.feeds[self.cursor] if self.cursor is not None and self.cursor < len(self.feeds) else None

    def marked_feeds(self) -> list[Feed]:
        return [feed for feed in self.feeds if feed.id in self.marked]

    def go_to(self, feed: int) -> None:
        """To a feed, if it is shown."""
        ids = [one.id for one in self.feeds]
        if feed in ids:
            self.move_to(ids.index(feed))

    # What RowList asks

    def row_count(self) -> int:
        return max(1, len(self.feeds))

    def row_key(self, row: int) -> int:
        return self.feeds[row].id if self.feeds else 0

    def can_choose(self, row: int) -> bool:
        return bool(self.feeds)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        if y == 0:
            feeds = len(self._calendar.feeds)
            count = n_("{number} feed", "{number} feeds", feeds) if feeds else p_("feeds", "none yet")
            words = self._text(f"   {count} · {_('secret links, one per reader')}")
            return [(f"   {_('Feeds')}", "head"), (words, "dim")]
        if y == 2 and self.feeds:
            names = ("", _("reader"), _("reads"), _("since"), _("last read"))
            return [("   ", ""), *((text, "dim") for text, _tone in self._cells(width - 4, names))]
        return []

    def row_line(self, row: int, width: int) -> Line:
        if not self.feeds or self._now is None:
            return [(self._text(_(NONE_KEPT if self._calendar.feeds else NONE_YET)), "dim")]
        feed = self.feeds[row]
        number, reader, subject, since, used = self._cells(
            width,
            (
                f"#{feed.id}",
                feed.reader,
                shows(self._calendar, feed),
                self._when(feed.modified),
                self._when(self._used.get(feed.id), hour=True),
            ),
        )
        return [
            (number[0], "dim"),
            (reader[0], "strong"),
            subject,
            (since[0], "dim"),
            (used[0], "" if feed.id in self._used else "dim"),
        ]

    # Inside

    def _cells(self, width: int, texts: Sequence[str]) -> Line:
        columns = Columns.of(width)
        widths = (columns.number, columns.reader, columns.shows, columns.since, columns.used)
        return [
            (fit(self._text(text), size - 1, ascii_only=self.ascii_only) + " ", "")
            for text, size in zip(texts, widths, strict=True)
        ]

    def _when(self, moment: datetime | None, *, hour: bool = False) -> str:
        if moment is None or self._now is None:
            return _("never")
        zone = zone_of(self._calendar.team.zone)
        local, today = to_local(moment, zone), to_local(self._now, zone).date()
        day = _("today") if local.date() == today else short_day(local.date(), today)
        return f"{day} {local:%H:%M}" if hour else day


def kept_feeds(calendar: Calendar, keep: PostFilter) -> list[Feed]:
    """The feeds that are about, or for, what a filter keeps."""
    return [feed for feed in calendar.feeds.values() if not keep or _is_kept(calendar, feed, keep)]


def _is_kept(calendar: Calendar, feed: Feed, keep: PostFilter) -> bool:
    people = {feed.member, feed.of if feed.kind in ("member", "tasks") else None}
    if keep.members and keep.members.isdisjoint(id for id in people if id):
        return False
    if keep.channels and not (feed.kind == "channel" and feed.of in keep.channels):
        return False
    if keep.states and feed.states and keep.states.isdisjoint(feed.states):
        return False
    words = f"{feed.reader} {shows(calendar, feed)}".casefold()
    return all(word in words for word in keep.text)
