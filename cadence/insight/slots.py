"""The slots of a stretch of time, and what has become of each."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from cadence.insight.expansion import Slot, channel_slots, expand, in_time
from cadence.insight.history import ChannelHistory, SlotState, match
from cadence.model.calendar import Calendar
from cadence.model.post import Post

__all__ = ["FilledSlot", "Slot", "SlotState", "channel_slots", "expand", "slot_of_post", "slots"]


class FilledSlot(Struct, frozen=True, gc=False):
    """A slot, its state, and the post that holds it (None: nobody has put one there)."""

    slot: Slot
    state: SlotState
    post: int | None


def slots(
    calendar: Calendar, start: datetime, end: datetime, now: datetime, channel: int | None = None
) -> list[FilledSlot]:
    """The slots at instants in [start, end) of one channel, or of all not retired ones, in order of time."""
    if channel is None:
        channels = [id for id, value in calendar.channels.items() if not value.retired]
    else:
        channels = [channel]
    found = [
        _filled(calendar, history, slot, now)
        for id in channels
        for history in (match(calendar, id, now),)
        for slot in channel_slots(calendar, id, start, end)
    ]
    if channel is not None:
        return found  # in order already
    return sorted(found, key=lambda filled: (filled.slot.at, filled.slot.channel, in_time(filled.slot)))


def slot_of_post(calendar: Calendar, post: Post, now: datetime) -> FilledSlot | None:
    """The unpaused slot that a post holds, wherever that is."""
    history = match(calendar, post.channel, now)
    key = history.slot_of.get(post.id)
    rhythm = calendar.rhythms.get(key.rhythm) if key else None
    if key is None or rhythm is None:
        return None
    day = key.local.date()
    slot = next((slot for slot in expand(calendar, rhythm, day, day) if slot.key == key), None)
    if slot is None or slot.paused:
        return None
    filled = _filled(calendar, history, slot, now)
    return filled if filled.post == post.id else None


def _filled(calendar: Calendar, history: ChannelHistory, slot: Slot, now: datetime) -> FilledSlot:
    if slot.paused:
        return FilledSlot(slot, "paused", _resting_post(calendar, slot))
    return FilledSlot(slot, *history.standing(slot, calendar, now))


def _resting_post(calendar: Calendar, slot: Slot) -> int | None:
    """The post that somebody has put on a paused slot."""
    posts = (calendar.posts[id] for id in calendar.index.by_slot.get(slot.key, ()))
    return next((post.id for post in posts if post.state != "skipped" and post.channel == slot.channel), None)
