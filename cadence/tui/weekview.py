"""The week as a grid of chips: rows are channels, columns are days. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cadence.insight.days import post_state
from cadence.insight.slots import FilledSlot, slots
from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import SlotKey
from cadence.model.times import DAY, WEEK, day_bounds
from cadence.model.words import kind_word, slot_word
from cadence.tui.accents import accent_of
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.names import short_names
from cadence.tui.words import next_task

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.tui.figures import Figures

NOBODY = later("nobody")
AROUND = timedelta(days=31)
"""So far from its day a post's slot is looked for."""

Key = int | SlotKey
"""What a chip is about: a post's number or an open slot."""


@dataclass(frozen=True)
class Chip:
    """One thing in a cell at the local time `at`. `state` names its mark; `who` does what comes `next`;
    `waits`: for somebody to take it; `alarm`: there is a warning about it; `carried`: it is being moved and
    would land here."""

    at: datetime
    state: str
    title: str
    next: str = ""
    who: str = ""
    waits: bool = False
    post: int | None = None
    slot: SlotKey | None = None
    alarm: bool = False
    carried: bool = False
    offered: bool = False

    @property
    def key(self) -> Key | None:
        return self.post if self.post is not None else self.slot


@dataclass(frozen=True)
class Row:
    """A channel and its chips on each day of the week that starts on `first`. `tone`: of its name."""

    channel: int
    name: str
    cells: tuple[tuple[Chip, ...], ...]
    first: date
    tone: str = "strong"

    def day(self, place: int) -> date:
        return self.first + place * DAY


@dataclass(frozen=True)
class WeekView:
    """A week, or some that follow one another: the rows of one after those of the other."""

    first: date
    rows: tuple[Row, ...]
    weeks: int = 1

    def row_of(self, day: date, channel: int | None) -> int | None:
        """The row of a channel in the week of a day; without such a channel the first of that week. None
        where the week is not shown."""
        rows = [i for i, row in enumerate(self.rows) if row.first <= day < row.first + WEEK]
        return next((i for i in rows if self.rows[i].channel == channel), rows[0] if rows else None)

    def find(self, key: Key) -> tuple[int, int, int] | None:
        """Row, day and place in the cell of a chip."""
        for r, row in enumerate(self.rows):
            for d, cell in enumerate(row.cells):
                for i, chip in enumerate(cell):
                    if chip.key == key:
                        return r, d, i
        return None

    def posts(self) -> list[int]:
        """All posts of the week."""
        return [
            chip.post for row in self.rows for cell in row.cells for chip in cell if chip.post is not None
        ]


def week_view(
    calendar: Calendar,
    first: date,
    now: datetime,
    *,
    keep: PostFilter = EVERYTHING,
    figures: Figures | None = None,
    carried: Mapping[int, datetime] | None = None,
    with_slots: bool = True,
    weeks: int = 1,
) -> WeekView:
    """The week that starts on `first`, and those after it up to `weeks`. `carried` are posts that are being
    moved, and where they would go.

    Without slots it costs next to nothing, however long the history: that is what is shown first.
    """
    rows = [
        _row(calendar, channel.id, first + n * WEEK, now, keep, figures, carried or {}, with_slots)
        for n in range(weeks)
        for channel in calendar.channels.values()
        if not channel.retired and (not keep.channels or channel.id in keep.channels)
    ]
    return WeekView(first, tuple(rows), weeks)


def _row(
    calendar: Calendar,
    channel: int,
    first: date,
    now: datetime,
    keep: PostFilter,
    figures: Figures | None,
    carried: Mapping[int, datetime],
    with_slots: bool,
) -> Row:
    days = [first + n * DAY for n in range(7)]
    posts = [post for day in days for post in calendar.posts_on(channel, day)]
    found, states = _slots(calendar, channel, first, now, posts) if with_slots else ([], {})
    alarms = _alarms(figures, channel)
    chips = [
        _post_chip(calendar, post, states.get(post.id), figures)
        for post in posts
        if post.id not in carried and keep.keeps(post)
    ]
    if keep.keeps_slot(channel):
        chips += [_slot_chip(filled, alarms) for filled in found if filled.post is None]
    for id, at in carried.items():
        post = calendar.posts[id]
        if post.channel == channel:
            chip = _post_chip(calendar, post, states.get(id), figures)
            chips.append(replace(chip, at=at, carried=True))
    cells: dict[date, list[Chip]] = {day: [] for day in days}
    for chip in sorted(chips, key=_time):
        if (day := chip.at.date()) in cells:
            cells[day].append(chip)
    name, tone = calendar.channels[channel].name, accent_of(calendar, channel)
    return Row(channel, name, tuple(map(tuple, cells.values())), first, tone)


def _time(chip: Chip) -> datetime:
    return chip.at


def _slots(
    calendar: Calendar, channel: int, first: date, now: datetime, posts: Iterable[Post]
) -> tuple[list[FilledSlot], dict[int, str]]:
    """The slots of the week, and what became of the slots that its posts hold."""
    zone = calendar.zone(channel)
    start, end = day_bounds(first, zone)[0], day_bounds(first + 6 * DAY, zone)[1]
    found = slots(calendar, start, end, now, channel)
    states: dict[int, str] = {filled.post: filled.state for filled in found if filled.post is not None}
    if any(post.id not in states for post in posts):  # a post far from its slot
        wider = slots(calendar, start - AROUND, end + AROUND, now, channel)
        states.update({filled.post: filled.state for filled in wider if filled.post is not None})
    return found, states


def _alarms(figures: Figures | None, channel: int) -> frozenset[datetime]:
    """The instants of the open warnings about a channel's slots."""
    warnings = figures.by_channel.get(channel, ()) if figures else ()
    return frozenset(w.at for w in warnings if w.at is not None and w.state == "open")


def _slot_chip(filled: FilledSlot, alarms: frozenset[datetime]) -> Chip:
    title = slot_word(filled.state) if filled.state in ("paused", "missed") else _("open slot")
    alarm = filled.slot.at in alarms
    return Chip(filled.slot.local, filled.state, title, slot=filled.slot.key, alarm=alarm)


def _post_chip(calendar: Calendar, post: Post, slot_state: str | None, figures: Figures | None) -> Chip:
    warnings = figures.by_post.get(post.id, ()) if figures else ()
    kind, who, waits = _next_step(calendar, post)
    return Chip(
        at=calendar.local(post),
        state=post_state(post, slot_state),
        title=post.title,
        next=kind,
        who=who,
        waits=waits,
        post=post.id,
        slot=post.slot,
        alarm=any(warning.state == "open" for warning in warnings),
        offered=any(task.offer is not None for task in post.tasks.values()),
    )


def _next_step(calendar: Calendar, post: Post) -> tuple[str, str, bool]:
    """The task that comes next, who does it, and whether that is nobody; nothing once the post is out."""
    if post.state == "published" or (found := next_task(post)) is None:
        return "", "", False
    kind, task = found
    return kind_word(kind), short_names(calendar).get(task.member or 0, _(NOBODY)), task.member is None
