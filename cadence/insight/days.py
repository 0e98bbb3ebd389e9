"""What stands on each day of a stretch of time: posts and slots without one, each with its state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from cadence.insight.history import SlotState, is_ready
from cadence.insight.slots import slot_of_post, slots
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import SlotKey
from cadence.model.times import DAY, day_bounds

AROUND = timedelta(days=31)
"""So far from its day the slot of a post is looked for."""


class OnDay(NamedTuple):
    """A post, or a slot that nobody has put one on, at the local time `at`. `state` names its mark. `slot`:
    the one that nobody has taken, or that the post was put on."""

    at: datetime
    channel: int
    state: str
    post: int | None = None
    slot: SlotKey | None = None

    @property
    def key(self) -> int | SlotKey | None:
        """What tells it from all others: the post's number or the slot."""
        return self.post if self.post is not None else self.slot


def on_days(
    calendar: Calendar,
    first: date,
    last: date,
    now: datetime,
    *,
    keeps: Callable[[Post], bool] | None = None,
    keeps_slot: Callable[[int], bool] | None = None,
    with_slots: bool = True,
) -> dict[date, list[OnDay]]:
    """What stands on every day from `first` to `last`, both included, in order of time; of all channels that
    are not retired. `keeps` and `keeps_slot` (of a channel) leave out the rest.

    Without slots it costs next to nothing, however long the history.
    """
    days: dict[date, list[OnDay]] = {first + n * DAY: [] for n in range((last - first).days + 1)}
    for channel in calendar.channels.values():
        if not channel.retired:
            shows_slots = keeps_slot is None or keeps_slot(channel.id)
            _fill(calendar, channel.id, days, now, keeps, with_slots, shows_slots)
    for found in days.values():
        found.sort(key=_in_time)
    return days


def _fill(
    calendar: Calendar,
    channel: int,
    days: dict[date, list[OnDay]],
    now: datetime,
    keeps: Callable[[Post], bool] | None,
    with_slots: bool,
    shows_slots: bool,
) -> None:
    posts = [post for day in days for post in calendar.posts_on(channel, day) if keeps is None or keeps(post)]
    states: dict[int, SlotState] = {}
    if with_slots:
        states, free = _slots(calendar, channel, min(days), max(days), now, posts)
        for on in free if shows_slots else ():
            if on.at.date() in days:
                days[on.at.date()].append(on)
    for post in posts:
        at = calendar.local(post)
        days[at.date()].append(OnDay(at, channel, post_state(post, states.get(post.id)), post.id, post.slot))


def _slots(
    calendar: Calendar, channel: int, first: date, last: date, now: datetime, posts: list[Post]
) -> tuple[dict[int, SlotState], list[OnDay]]:
    """What became of the slots that these posts hold, and the slots of the days that nobody holds."""
    zone = calendar.zone(channel)
    start, end = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    states: dict[int, SlotState] = {}
    free: list[OnDay] = []
    for filled in slots(calendar, start, end, now, channel):
        if filled.post is not None:
            states[filled.post] = filled.state
        else:
            free.append(OnDay(filled.slot.local, channel, filled.state, None, filled.slot.key))
    for post in posts:
        if post.id not in states:
            filled = slot_of_post(calendar, post, now)
            if filled and start - AROUND <= filled.slot.at < end + AROUND:
                states[post.id] = filled.state
    return states, free


def post_state(post: Post, slot_state: str | None) -> str:
    """The mark of a post: what became of its slot once it is known, else how far its work is."""
    if post.state == "skipped":
        return "skipped"
    if slot_state in ("on_time", "early", "late", "missed"):
        return slot_state
    if post.state == "published":
        return "published"
    if slot_state in ("ready", "planned"):
        return slot_state
    return "ready" if is_ready(post) else "planned"


def _in_time(on: OnDay) -> tuple[datetime, int, int]:
    return on.at, on.channel, on.post or 0
