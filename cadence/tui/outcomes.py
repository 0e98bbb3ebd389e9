"""Which slot each publication counts for, and how: on time, early, late, or too late."""

from __future__ import annotations

from datetime import datetime

from cadence.insight.history import match
from cadence.insight.matching import Outcome
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import SlotKey
from cadence.model.times import to_instant

Counted = tuple[SlotKey, Outcome]


class Outcomes:
    """Asks the history of a channel when the first of its posts is seen. Make it when the figures of the
    snapshot are there: the histories are remembered then, and cost nothing. Until there are newer figures
    it is asked about newer posts, too."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self._calendar = calendar
        self._now = now
        self._by_channel: dict[int, dict[int, Counted]] = {}

    def of(self, post: Post) -> Counted | None:
        """The slot that a publication counts for; None: it is an extra, or newer than what is known."""
        if post.channel not in self._calendar.channels:
            return None
        if post.channel not in self._by_channel:
            filled = match(self._calendar, post.channel, self._now).filled
            self._by_channel[post.channel] = {on.post: (key, on.outcome) for key, on in filled.items()}
        return self._by_channel[post.channel].get(post.id)

    def due(self, post: Post, slot: SlotKey) -> datetime:
        """The instant of a slot on the post's channel."""
        return to_instant(slot.local, self._calendar.zone(post.channel))
