"""Who may send which forms from the page of a feed."""

from __future__ import annotations

from datetime import datetime

from cadence.insight.offers import today_of
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed
from cadence.model.team import Member

OF_OWN_TASKS = frozenset({"done", "published", "not-done"})
"""All that a partner has to say: their page shows nothing but their own tasks."""


def writer(calendar: Calendar, feed: Feed, now: datetime) -> Member | None:
    """Who may send forms from the page of a feed: a member who reads the whole calendar or what is their own.

    A feed that was cut down, to a channel or to posts in some states, tells of nothing else, and so takes
    nothing.
    """
    reader = calendar.members.get(feed.member or 0)
    if reader is None or not reader.is_active(today_of(calendar, now)):
        return None
    is_own = feed.kind in ("member", "tasks") and feed.of == reader.id
    return reader if (is_own or feed.kind == "team") and not feed.states else None


def participant(calendar: Calendar, feed: Feed, now: datetime) -> Member | None:
    """Who takes part there in all that colleagues share: ideas, offers, boosts. Partners do not."""
    member = writer(calendar, feed, now)
    return member if member is not None and member.kind != "partner" else None


def may_send(member: Member, action: str) -> bool:
    """Whether a form for an action is one of theirs."""
    return member.kind != "partner" or action in OF_OWN_TASKS
