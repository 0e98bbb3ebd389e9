"""Which feeds may be read today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed
from cadence.model.team import Member


def may_read(reader: Member, feed: Feed) -> bool:
    """A partner may read of their own tasks and nothing else, a colleague everything."""
    return reader.kind == "staff" or (feed.kind in ("member", "tasks") and feed.of == reader.id)


def readable_feeds(calendar: Calendar, today: date) -> Iterator[Feed]:
    """The feeds whose readers are still here and may read them. A reader who is no member is the team's own
    affair."""
    for feed in calendar.feeds.values():
        reader = calendar.members.get(feed.member or 0)
        if feed.member is None or (reader and _is_here(reader, today) and may_read(reader, feed)):
            yield feed


def _is_here(reader: Member, today: date) -> bool:
    """Somebody who is still to come may subscribe already; who has left may not read on."""
    return reader.active_to is None or today <= reader.active_to
