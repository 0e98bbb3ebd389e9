"""All changes, newest first, by day: the list of the history, and the change under its cursor.

10:12  Anna     Assigned the draft of post 81 "Storia Bianchi" to Luca          81 LinkedIn
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cadence.language import _, month_long, n_, weekday_long
from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.marks import mark
from cadence.model.times import to_local, zone_of
from cadence.tui.changewords import ChangeWords, wrapped
from cadence.tui.historyview import Annals, Entry, names_of
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, ascii_text, fit, plain, width_of
from cadence.tui.widgets.row_list import RowList
from cadence.tui.widgets.text_rows import Panel
from cadence.tui.words import say_day

COPIED_WIDTH = 160


@dataclass(frozen=True)
class Day:
    """A heading; `key` tells it from the other rows."""

    day: date
    key: int


Row = Day | Entry


class HistoryLine:
    """Reads entries for one snapshot and width."""

    def __init__(self, calendar: Calendar, annals: Annals, width: int, *, ascii_only: bool = False) -> None:
        self._calendar = calendar
        self._annals = annals
        self._width = width
        self._ascii = ascii_only
        self._zone = zone_of(calendar.team.zone)
        self._names: Mapping[str, str] = names_of(calendar, short_names(calendar))
        self._who, self._where = (9, 15) if width < 100 else (14, 24) if width < 150 else (18, 32)

    def of(self, entry: Entry) -> Line:
        undone = self._annals.undone_by(entry.seq)
        local, quiet = to_local(entry.at, self._zone), "dim" if undone else ""
        what = self._width - 6 - self._who - self._where - 1
        return [
            (f"{local:%H:%M} ", "dim"),
            (self._cell(self._names.get(entry.by, entry.by), self._who), "dim" if undone else "strong"),
            *self._what(entry, undone, what, quiet),
            (" " + self._cell(self._place(entry), self._where), "dim"),
        ]

    def _what(self, entry: Entry, undone: Entry | None, width: int, tone: str) -> Line:
        """What was done and why; first who took it back."""
        if undone is None:
            return [(self._cell(entry.why, width), "accent" if entry.undoes is not None else tone)]
        by = self._names.get(undone.by, undone.by)
        words = _("undone by {name}", name=by)
        sign = mark("missed", ascii_only=self._ascii)
        first = fit(f"{sign} {words} · ", min(width, width_of([(f"{sign} {words} · ", "")])))
        first = ascii_text(first) if self._ascii else first
        return [(first, "warn"), (self._cell(entry.why, width - width_of([(first, "")])), tone)]

    def _place(self, entry: Entry) -> str:
        """`81 LinkedIn`, `3 posts`, `idea 4`; of everything else nothing: what was done says it."""
        posts, ideas = entry.posts, entry.ideas
        if len(posts) == 1 and entry.size - len(ideas) <= 1:
            post = self._calendar.posts.get(posts[0])
            channel = self._calendar.channels.get(post.channel) if post else None
            return f"{posts[0]:>4} {channel.name}" if channel else f"{posts[0]:>4} " + _("gone")
        if len(ideas) == 1 and not posts:
            return _("idea {number}", number=ideas[0])
        if posts and len(posts) == len(entry.documents):
            return n_("{number} post", "{number} posts", entry.size)
        return n_("{number} entry", "{number} entries", entry.size) if entry.size > 1 else ""

    def _cell(self, text: str, width: int) -> str:
        text = " ".join(text.split())
        return fit(ascii_text(text) if self._ascii else text, width, ascii_only=self._ascii)


class HistoryList(RowList[int]):
    """Rows come at its end while one reads on, and on top when something happens: the cursor stays."""

    _heading_height = 1

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: list[Row] = []
        self.words = ""
        self.state = ""
        self._calendar = Calendar.empty()
        self._annals = Annals()
        self._today = date.min
        self._reader: tuple[int, HistoryLine] | None = None

    def show(self, calendar: Calendar, annals: Annals, entries: Sequence[Entry], today: date) -> None:
        """All rows anew; the cursor stays on its change if that is still shown."""
        before = self.current
        self.know(calendar, annals, today)
        self.rows = self._rows(entries)
        self.marked &= {entry.seq for entry in entries}
        place = self.place_of(before.seq) if before else None
        self.cursor = place
        self.rows_changed()
        if place is None:
            self.move_home()

    def know(self, calendar: Calendar, annals: Annals, today: date) -> None:
        """What the rows are read with."""
        self._calendar, self._annals, self._today, self._reader = calendar, annals, today, None
        self._strips.clear()
        self.refresh()

    def add_below(self, entries: Sequence[Entry]) -> None:
        """Older changes."""
        last = self.rows[-1] if self.rows else None
        more = self._rows(entries)
        if isinstance(last, Entry) and more[:1] and self._day(last) == self._day(entries[0]):
            more = more[1:]  # the day has its heading
        self.rows += more
        self.rows_changed()

    def add_above(self, entries: Sequence[Entry]) -> None:
        """Newer changes. Whoever reads goes on reading where they were."""
        if not entries:
            return
        more, first = self._rows(entries), self.rows[0] if self.rows else None
        if isinstance(first, Day) and first.day == self._day(entries[-1]):
            self.rows = self.rows[1:]
            grown = len(more) - 1
        else:
            grown = len(more)
        self.rows[:0] = more
        top = int(self.scroll_offset.y)
        if self.cursor is not None:
            self.cursor += grown
        self.rows_changed()
        if self.cursor is not None and top + grown <= self.cursor:
            is_at_top = top == 0 and self.cursor < self.rows_visible
            self._scroll_rows(0 if is_at_top else top + grown)
            self._show_row(self.cursor)

    @property
    def current(self) -> Entry | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, Entry) else None

    @property
    def rows_below(self) -> int:
        return len(self.rows) - (self.cursor or 0) - 1

    def place_of(self, seq: int) -> int | None:
        """Where a change is shown."""
        rows = enumerate(self.rows)
        return next((place for place, row in rows if isinstance(row, Entry) and row.seq == seq), None)

    def place_of_day(self, day: date) -> int | None:
        """Where the first change of a day, or else of one before it, is shown."""
        return next(
            (n + 1 for n, row in enumerate(self.rows) if isinstance(row, Day) and row.day <= day), None
        )

    def marked_entries(self) -> list[Entry]:
        return [row for row in self.rows if isinstance(row, Entry) and row.seq in self.marked]

    def as_text(self, entries: Sequence[Entry]) -> str:
        """Lines to paste elsewhere, each with its day."""
        reader = HistoryLine(self._calendar, self._annals, COPIED_WIDTH)
        return "\n".join(
            f"{self._day(entry)} {' '.join(plain(reader.of(entry)).split())}" for entry in entries
        )

    def head(self, words: str, state: str) -> None:
        """The line above the rows: what is shown, and how far the reading is."""
        if (words, state) != (self.words, self.state):
            self.words, self.state = words, state
            self.refresh()

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> int:
        found = self.rows[row]
        return found.key if isinstance(found, Day) else found.seq

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], Entry)

    def row_line(self, row: int, width: int) -> Line:
        found = self.rows[row]
        if isinstance(found, Day):
            return self._day_line(found.day)
        if self._reader is None or self._reader[0] != width:
            reader = HistoryLine(self._calendar, self._annals, width, ascii_only=self.ascii_only)
            self._reader = (width, reader)
        return self._reader[1].of(found)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        left: Line = [(f"  {_('History')}", "head"), (f"   {self.words}", "dim")]
        right: Line = [(self.state, "accent")]
        if self.ascii_only:
            left, right = ([(ascii_text(text), tone) for text, tone in line] for line in (left, right))
        gap = max(1, width - width_of(left) - width_of(right) - 1)
        return [*left, (" " * gap, ""), *right]

    # Inside

    def _rows(self, entries: Sequence[Entry]) -> list[Row]:
        rows: list[Row] = []
        day: date | None = None
        for entry in entries:
            if (its := self._day(entry)) != day:
                day = its
                rows.append(Day(day, -entry.seq))
            rows.append(entry)
        return rows

    def _day(self, entry: Entry) -> date:
        return to_local(entry.at, zone_of(self._calendar.team.zone)).date()

    def _day_line(self, day: date) -> Line:
        near = say_day(day, self._today)
        is_near = not near[0].isdecimal() and abs((day - self._today).days) < 2
        words = f"{weekday_long(day)} {say_date(day)}"
        text = f"{near[:1].upper()}{near[1:]} · {words}" if is_near else words
        return [(ascii_text(text) if self.ascii_only else text, "head")]


Whole = tuple[Calendar, Entry, Change | None, Entry | None, datetime]


class ChangePanel(Panel[Whole]):
    """A change whole: who, when, why, who took it back, and every field before and after."""

    def show_change(
        self,
        calendar: Calendar,
        entry: Entry | None,
        change: Change | None,
        undone: Entry | None,
        now: datetime,
    ) -> None:
        """`change` None: it is still being read."""
        if entry is None or self.shown is None or entry.seq != self.shown[1].seq:
            self.scroll_to(y=0, animate=False, force=True)
        self.about(None if entry is None else (calendar, entry, change, undone, now))

    def lines_about(self, shown: Whole | None, width: int) -> list[Line]:
        return [] if shown is None else change_lines(*shown, width, ascii_only=self.ascii_only)


def change_lines(
    calendar: Calendar,
    entry: Entry,
    change: Change | None,
    undone: Entry | None,
    now: datetime,
    width: int,
    *,
    ascii_only: bool = False,
) -> list[Line]:
    """Lines of at most `width` cells."""
    zone = zone_of(calendar.team.zone)
    today = to_local(now, zone).date()

    def when(moment: datetime) -> str:
        local = to_local(moment, zone)
        return f"{say_day(local.date(), today)} {local:%H:%M}"

    lines: list[Line] = [[(f" {text}", "head")] for text in wrapped(entry.why, width - 1)]
    facts = _("change {number} · {who} · {when}", number=entry.seq, who=entry.by, when=when(entry.at))
    lines += [[(f" {text}", "dim")] for text in wrapped(facts, width - 1)]
    if undone is not None:
        words = _(
            "undone by {who}, {when} (change {number})",
            who=undone.by, when=when(undone.at), number=undone.seq,
        )  # fmt: skip
        sign = mark("missed", ascii_only=ascii_only)
        lines += [[(f" {text}", "warn")] for text in wrapped(f"{sign} {words}", width - 1)]
    lines.append([])
    if change is None:
        return [*lines, [(f" {_('reading …')}", "accent")]]
    return [*lines, *ChangeWords(calendar, today).lines(change, entry.size, width)]


def say_date(day: date) -> str:
    """`23 November 2026`."""
    return f"{day.day} {month_long(day)} {day.year}"
