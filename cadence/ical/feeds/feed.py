"""The bytes of one feed: a head, the events in order of time, an end."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import ModuleType
from typing import Literal

import msgspec

from cadence.ical.feeds.cache import EventCache
from cadence.ical.feeds.gaps import Gap, gaps
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.postindex import Entry

DAYS_BACK, DAYS_AHEAD = 90, 365
"""A feed shows this much around today: some clients silently drop what is beyond about 1 MB."""
_FORMAT = 1
"""Counts up when events are written differently, so that no old text is used."""
_TAIL = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class Selection:
    """What a feed shows; `id` is the member's or the channel's."""

    kind: Literal["team", "member", "channel", "gaps"]
    id: int = 0


TEAM = Selection("team")
GAPS = Selection("gaps")


def feed(calendar: Calendar, selection: Selection, now: datetime, cache: EventCache) -> bytes:
    """A whole feed. The same calendar on the same day gives the same bytes.

    Skipped posts are left out, and posts more than 90 days back or 365 ahead.
    """
    cache.enter(_context(calendar))
    if selection.kind == "gaps":
        events = [gap_text(calendar, gap, cache) for gap in gaps(calendar, now)]
    else:
        events = post_texts(calendar, posts_in(calendar, selection, now), cache)
    return assemble(calendar, selection, events, cache)


def assemble(calendar: Calendar, selection: Selection, events: list[bytes], cache: EventCache) -> bytes:
    """The feed made of these events."""
    name, description = titles(calendar, selection)
    key = f"head {name}\n{description}"
    head = cache.get(key, 0, 0.0) or cache.put(key, 0, 0.0, _render().render_head(name, description))
    return b"".join((head, *events, _TAIL))


def posts_in(calendar: Calendar, selection: Selection, now: datetime) -> list[Post]:
    """The posts that a feed shows, in order of time."""
    today = datetime.combine(now.date(), time.min, now.tzinfo)
    start, end = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    entries = _timeline(calendar, selection)
    low, high = bisect_left(entries, (start, 0)), bisect_left(entries, (end, 0))
    found = (calendar.posts[id] for _, id in entries[low:high])
    return [post for post in found if post.state != "skipped"]


def _timeline(calendar: Calendar, selection: Selection) -> list[Entry]:
    match selection.kind:
        case "channel":
            return calendar.index.by_channel.get(selection.id, [])
        case "member":
            mine = {ref.post for ref in calendar.assigned_to(selection.id)}
            return sorted((calendar.instant(calendar.posts[id]), id) for id in mine)
        case _:
            return calendar.index.timeline


def post_uid(post: Post) -> str:
    """The post's identity in every feed, for its whole life."""
    return f"post-{post.uid or post.id}"


def gap_uid(gap: Gap) -> str:
    return f"gap-{hashlib.sha256(gap.key.encode()).hexdigest()[:20]}"


def post_texts(calendar: Calendar, posts: Iterable[Post], cache: EventCache) -> list[bytes]:
    """The events of posts, rendering only those whose revision is new."""
    return [_post_text(calendar, post, cache) for post in posts]


def _post_text(calendar: Calendar, post: Post, cache: EventCache) -> bytes:
    key = post_uid(post), post.rev, post.modified.timestamp()
    return cache.get(*key) or cache.put(*key, _render().render_post(calendar, post, key[0]))


def gap_text(calendar: Calendar, gap: Gap, cache: EventCache) -> bytes:
    """The event of a gap. It has no revision: what it says is part of the cache's key."""
    uid = gap_uid(gap)
    key = f"{uid} {hashlib.sha256(repr(gap).encode()).hexdigest()[:20]}", 0, 0.0
    return cache.get(*key) or cache.put(*key, _render().render_gap(gap, uid, calendar.team.feed_host))


def titles(calendar: Calendar, selection: Selection) -> tuple[str, str]:
    """The name and the description that a calendar app shows for a feed."""
    team = calendar.team.name
    match selection.kind:
        case "team":
            return team, f"Every post of {team}"
        case "gaps":
            return f"{team} - gaps", f"Days on which {team} has promised a post and has none"
        case "member":
            name = calendar.members[selection.id].name
            return f"{team} - {name}", f"The posts of {team} that {name} has a task on"
        case "channel":
            name = calendar.channels[selection.id].name
            return f"{team} - {name}", f"The posts of {team} on {name}"


def _render() -> ModuleType:
    # Not at the top: icalendar costs 100 ms, and most exports find all that they need in the cache.
    from cadence.ical.feeds import render

    return render


def _context(calendar: Calendar) -> bytes:
    """A digest of all that events show besides their own post: names, zones, and what makes a working day."""
    return hashlib.sha256(b"\n".join(_shown(calendar))).digest()


def _shown(calendar: Calendar) -> Iterator[bytes]:
    team = calendar.team
    yield msgspec.json.encode(
        (_FORMAT, team.feed_host, team.zone, msgspec.to_builtins(team.hours), team.holidays)
    )
    for channel in calendar.channels.values():
        yield msgspec.json.encode((channel.id, channel.name, channel.zone))
    for member in calendar.members.values():
        yield msgspec.json.encode((member.id, member.name))
