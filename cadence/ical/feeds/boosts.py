"""What a colleague is asked to pass on, as their feed tells of it: an event on the day, or a to-do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.ical.feeds.selection import Selection
from cadence.insight.boosting import LASTS, is_open, text_for
from cadence.model.calendar import Calendar
from cadence.model.post import Boost
from cadence.model.times import DAY


@dataclass(frozen=True)
class Asked:
    """A published post that a member is asked to pass on, on a local `day`; `last` is the last day on which
    the ask is open, `text` what they could say, `done` when they did (UTC)."""

    uid: str
    post: int
    title: str
    channel: str
    text: str
    link: str
    minutes: int
    day: date
    last: date
    done: datetime | None
    revision: int
    modified: datetime


def asked_of(
    calendar: Calendar, selection: Selection, now: datetime, *, also_done: bool = False
) -> list[Asked]:
    """What the member of a selection is asked to pass on, in order of the days; those of days to come too.

    Partners are asked for nothing, and a feed of posts in some states tells of nothing else. What somebody
    declined or let lapse is over; what they did is left out unless `also_done`.
    """
    if selection.states or calendar.member(selection.id).kind == "partner":
        return []
    boosts = _within(calendar, selection, now)
    found = [
        asked
        for boost in boosts
        if (is_open(calendar, boost, now.date()) or (also_done and boost.at is not None))
        and (asked := _asked(calendar, boost)) is not None
    ]
    return sorted(found, key=lambda asked: (asked.day, asked.post))


def _within(calendar: Calendar, selection: Selection, now: datetime) -> Iterator[Boost]:
    """The member's boosts in the selection's days."""
    start = now.date() - timedelta(days=selection.days_back)
    end = now.date() + timedelta(days=selection.days_ahead)
    theirs = (boost for boost in calendar.boosts.values() if boost.member == selection.id)
    return (boost for boost in theirs if start <= boost.day < end)


def _asked(calendar: Calendar, boost: Boost) -> Asked | None:
    post, text = calendar.posts[boost.post], text_for(calendar, boost)
    if text is None or post.link is None:
        return None
    return Asked(
        uid=f"boost-{post.uid or post.id}-{boost.member}",
        post=post.id,
        title=post.title,
        channel=calendar.channels[post.channel].name,
        text=text,
        link=post.link,
        minutes=boost.minutes,
        day=boost.day,
        last=boost.day + LASTS - DAY,
        done=boost.at,
        # Both only ever count up, and a new title or link is news of the ask, too.
        revision=post.rev + boost.rev,
        modified=max(post.modified, boost.modified),
    )
