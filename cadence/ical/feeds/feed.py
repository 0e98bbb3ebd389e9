"""The bytes of one feed: a head, the events (or to-dos), each kind in order of time, an end."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import ModuleType

import msgspec

from cadence import __version__
from cadence.ical.feeds.boosts import Asked, asked_of
from cadence.ical.feeds.cache import EventCache
from cadence.ical.feeds.findings import Finding, findings
from cadence.ical.feeds.selection import Selection, shows_tasks_only, titles
from cadence.ical.feeds.tasks import Work, work_of
from cadence.language import speech
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.postindex import Entry
from cadence.model.team import NEVER

_FORMAT = 2
"""Counts up when events are written differently, so that no old text is used. The version is looked at, too:
a translation may be a better one."""
_SHOWN = ("members", "channels", "posts")
"""The tables that decide on a feed of posts or tasks, besides the team."""
_ASKED_OF = "boosts"
"""And the one that decides on what somebody is asked to pass on, in their own feeds."""
_WARNED_OF = ("rhythms", "workflows", "absences", "busy", "acknowledgements", "ideas", "boosts")
"""And those that may raise or end a warning."""
_TAIL = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class Published:
    """A feed as a server sends it. `modified`: nothing in it is newer (UTC, whole seconds)."""

    content: bytes
    modified: datetime


def published(calendar: Calendar, selection: Selection, now: datetime, cache: EventCache) -> Published:
    """A whole feed, and since when it may be what it is. NotFound if its member or channel is gone.

    The same calendar on the same day gives the same bytes; of gaps and warnings in the same hour. `modified`
    counts posts that are not shown, too: one that was in the feed until it was skipped, moved or given to
    somebody else is a change of it, and so is another language. It is never after `now`.
    """
    cache.enter(_context(calendar))
    cache.speak(speech().code, now)
    texts, modified = _texts(calendar, selection, now, cache)
    content = assemble(calendar, selection, texts, cache)
    modified = min(max(modified, cache.spoken_since), now)
    return Published(content, modified.astimezone(UTC).replace(microsecond=0))


def feed(calendar: Calendar, selection: Selection, now: datetime, cache: EventCache) -> bytes:
    """The bytes of a whole feed."""
    return published(calendar, selection, now, cache).content


def assemble(calendar: Calendar, selection: Selection, texts: Iterable[bytes], cache: EventCache) -> bytes:
    """The feed made of these events or to-dos."""
    name, description = titles(calendar, selection)
    key = f"head {name}\n{description}"
    head = cache.get(key, 0, 0.0) or cache.put(key, 0, 0.0, _render().render_head(name, description))
    return b"".join((head, *texts, _TAIL))


def _texts(
    calendar: Calendar, selection: Selection, now: datetime, cache: EventCache
) -> tuple[list[bytes], datetime]:
    """What a feed shows, written, and the newest change of all that decides on it."""
    if selection.kind in ("gaps", "warnings"):
        changed = _newest(calendar, *_SHOWN, *_WARNED_OF)
        # As of the full hour, so that a sentence such as "for 4.3 days" does not change at every look.
        moment = max(now.replace(minute=0, second=0, microsecond=0), min(changed, now))
        found = findings(calendar, selection, moment)
        began = max((finding.since for finding in found), default=NEVER)
        return finding_texts(calendar, selection, found, cache), max(changed, began)
    posts = posts_in(calendar, selection, now)
    if selection.kind not in ("member", "tasks"):
        return post_texts(calendar, posts, cache), _newest(calendar, *_SHOWN)
    return _own_texts(calendar, selection, posts, now, cache), _newest(calendar, *_SHOWN, _ASKED_OF)


def _own_texts(
    calendar: Calendar, selection: Selection, posts: Sequence[Post], now: datetime, cache: EventCache
) -> list[bytes]:
    """What a member's feed shows: their posts or tasks, then what they are asked to pass on."""
    if selection.kind == "tasks":
        asked = asked_of(calendar, selection, now, also_done=True)
        work = work_of(calendar, selection.id, posts)
        return [*todo_texts(calendar, work, cache), *asked_todo_texts(calendar, asked, cache)]
    if shows_tasks_only(calendar, selection):
        return work_texts(calendar, work_of(calendar, selection.id, posts), cache)
    asked = asked_of(calendar, selection, now)
    return [*post_texts(calendar, posts, cache), *asked_texts(calendar, asked, cache)]


def _newest(calendar: Calendar, *tables: str) -> datetime:
    """When something in these tables, or the team, was last changed."""
    values = (value for table in tables for value in getattr(calendar, table).values())
    return max([calendar.team.modified, *(value.modified for value in values)])


def posts_in(calendar: Calendar, selection: Selection, now: datetime) -> list[Post]:
    """The posts that a feed shows, in order of time."""
    today = datetime.combine(now.date(), time.min, now.tzinfo)
    start = today - timedelta(days=selection.days_back)
    end = today + timedelta(days=selection.days_ahead)
    entries = _timeline(calendar, selection)
    low, high = bisect_left(entries, (start, 0)), bisect_left(entries, (end, 0))
    posts = calendar.posts
    return [post for _at, id in entries[low:high] if selection.wants((post := posts[id]).state)]


def _timeline(calendar: Calendar, selection: Selection) -> list[Entry]:
    match selection.kind:
        case "channel":
            return calendar.index.by_channel.get(selection.id, [])
        case "member" | "tasks":
            return sorted(
                (calendar.instant(calendar.posts[id]), id) for id in _with_task(calendar, selection)
            )
        case _:
            return calendar.index.timeline


def _with_task(calendar: Calendar, selection: Selection) -> set[int]:
    """The posts that a member has a task on. The index leaves skipped ones out."""
    theirs = {ref.post for ref in calendar.assigned_to(selection.id)}
    if selection.wants("skipped"):
        skipped = (post for post in calendar.posts.values() if post.state == "skipped")
        theirs.update(p.id for p in skipped if any(t.member == selection.id for t in p.tasks.values()))
    return theirs


# The texts


def post_texts(calendar: Calendar, posts: Iterable[Post], cache: EventCache) -> list[bytes]:
    """The events of posts, rendering only those whose revision is new."""
    return [_post_text(calendar, post, cache) for post in posts]


def _post_text(calendar: Calendar, post: Post, cache: EventCache) -> bytes:
    key = post_uid(post), post.rev, post.modified.timestamp()
    return cache.get(*key) or cache.put(*key, _render().render_post(calendar, post, key[0]))


def finding_texts(
    calendar: Calendar, selection: Selection, found: Iterable[Finding], cache: EventCache
) -> list[bytes]:
    """The all-day events of gaps or warnings."""
    prefix, host = "gap" if selection.kind == "gaps" else "warning", calendar.team.feed_host

    def text(finding: Finding) -> bytes:
        uid = finding_uid(prefix, finding)
        return _kept(cache, uid, finding, lambda: _render().render_finding(finding, uid, host))

    return [text(finding) for finding in found]


def todo_texts(calendar: Calendar, work: Iterable[Work], cache: EventCache) -> list[bytes]:
    """Tasks as to-dos."""
    host = calendar.team.feed_host
    return [_kept(cache, f"todo {w.uid}", w, lambda w=w: _render().render_todo(w, host)) for w in work]


def work_texts(calendar: Calendar, work: Iterable[Work], cache: EventCache) -> list[bytes]:
    """Tasks as the events that a partner sees."""
    host = calendar.team.feed_host
    return [_kept(cache, w.uid, w, lambda w=w: _render().render_work(w, host)) for w in work]


def asked_texts(calendar: Calendar, asked: Iterable[Asked], cache: EventCache) -> list[bytes]:
    """What somebody is asked to pass on as all-day events."""
    host = calendar.team.feed_host
    return [_kept(cache, a.uid, a, lambda a=a: _render().render_asked(a, host)) for a in asked]


def asked_todo_texts(calendar: Calendar, asked: Iterable[Asked], cache: EventCache) -> list[bytes]:
    """The same as to-dos."""
    host = calendar.team.feed_host
    return [_kept(cache, f"todo {a.uid}", a, lambda a=a: _render().render_asked_todo(a, host)) for a in asked]


def _kept(cache: EventCache, name: str, shown: Finding | Work | Asked, write: Callable[[], bytes]) -> bytes:
    """The text of what has no revision of its own: all that it says is part of the cache's key."""
    key = f"{name} {hashlib.sha256(repr(shown).encode()).hexdigest()[:20]}", 0, 0.0
    return cache.get(*key) or cache.put(*key, write())


def post_uid(post: Post) -> str:
    """The post's identity in every feed, for its whole life."""
    return f"post-{post.uid or post.id}"


def finding_uid(prefix: str, finding: Finding) -> str:
    return f"{prefix}-{hashlib.sha256(finding.key.encode()).hexdigest()[:20]}"


def _render() -> ModuleType:
    # Not at the top: icalendar costs 100 ms, and most exports find all that they need in the cache.
    from cadence.ical.feeds import render

    return render


def _context(calendar: Calendar) -> bytes:
    """A digest of all that events show besides their own post: the language, names, zones, and what makes a
    working day."""
    return hashlib.sha256(b"\n".join(_shown(calendar))).digest()


def _shown(calendar: Calendar) -> Iterator[bytes]:
    team = calendar.team
    yield msgspec.json.encode(
        (
            _FORMAT,
            __version__,
            speech().code,
            team.feed_host,
            team.zone,
            msgspec.to_builtins(team.hours),
            team.holidays,
        )
    )
    for channel in calendar.channels.values():
        yield msgspec.json.encode((channel.id, channel.name, channel.zone))
    for member in calendar.members.values():
        yield msgspec.json.encode((member.id, member.name))
