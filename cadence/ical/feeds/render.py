"""Writes calendar heads and events. The only module that loads icalendar; `feeds` loads it when it must.

Every property below is there, or missing, because a widespread client breaks otherwise: see
docs/decisions/feeds.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar as ICalendar
from icalendar import Event, vDuration, vText, vUri

from cadence.ical.feeds.gaps import Gap
from cadence.ical.feeds.text import clean, escape, folded
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task
from cadence.model.times import DAY

PRODID = "-//Cadence//Editorial calendar//EN"
REFRESH = timedelta(hours=1)
SHOWN_LENGTH = timedelta(minutes=30)
"""A post goes out at an instant; this much of the day shows it in a calendar's grid."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Text(vText):
    """A TEXT value that survives writing and reading, backslashes and all."""

    def to_ical(self) -> bytes:
        return escape(str(self)).encode()


def render_head(name: str, description: str) -> bytes:
    """Everything of a VCALENDAR that comes before its events. It has no UID and no METHOD."""
    head = ICalendar()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
    for key, text in (("name", name), ("x-wr-calname", name), ("x-wr-caldesc", description)):
        head.add(key, Text(clean(text)))
    interval = vDuration(REFRESH)
    interval.params["VALUE"] = "DURATION"  # it has no default type, and clients refuse it without
    head.add("refresh-interval", interval)
    head.add("x-published-ttl", vDuration(REFRESH))
    return folded(head.to_ical()).removesuffix(b"END:VCALENDAR\r\n")


def render_post(calendar: Calendar, post: Post, uid: str) -> bytes:
    """The VEVENT of a post, the same in every feed."""
    channel = calendar.channels[post.channel]
    start = calendar.instant(post)
    event = Event()
    _identify(event, f"post {post.id}", f"{uid}@{calendar.team.feed_host}", post.modified, post.rev)
    event.add("summary", Text(clean(f"[{channel.name}] {post.title}")))
    event.add("dtstart", start)
    event.add("dtend", start + SHOWN_LENGTH)
    event.add("status", "CONFIRMED" if post.state in ("approved", "published") else "TENTATIVE")
    event.add("categories", Text(clean(channel.name)))
    event.add("description", Text(clean("\n".join(_tell(calendar, post)))))
    if post.link:
        event.add("url", _uri(post.link))
    return _finish(event)


def render_gap(gap: Gap, uid: str, host: str) -> bytes:
    """The VEVENT of a gap: the whole local day, which ends where the next one begins."""
    event = Event()
    _identify(event, gap.key, f"{uid}@{host}", gap.since, 0)
    event.add("summary", Text(clean(f"[{gap.channel}] {gap.cause}")))
    event.add("dtstart", gap.day)
    event.add("dtend", gap.day + DAY)
    event.add("categories", Text(clean(gap.channel)))
    event.add("description", Text(clean("\n".join((gap.cause, *(f"- {way}" for way in gap.ways_out))))))
    return _finish(event)


def _identify(event: Event, own_id: str, uid: str, modified: datetime, revision: int) -> None:
    """X-CADENCE-ID because a client that replaces UIDs by a hash must still see two posts as two."""
    event.add("uid", Text(uid))
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("sequence", revision)
    event.add("x-cadence-id", Text(clean(own_id)))


def _finish(event: Event) -> bytes:
    """Neither a post nor a gap makes its reader busy."""
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return folded(event.to_ical())


def _tell(calendar: Calendar, post: Post) -> Iterator[str]:
    """The lines of the description: state and time, who does what, the note, and last the link."""
    verb = "published" if post.published_at else f"{post.state}, to be published"
    zone = calendar.zone(post.channel).key
    local = calendar.local(post)
    yield f"{verb.capitalize()} {_say_day(local)} {local.year} at {local:%H:%M} ({zone})"
    for kind, task in post.tasks.items():
        yield f"{kind}: {_tell_task(calendar, post, task)}"
    if post.author:
        yield f"Author: {post.author}"
    if post.note:
        yield post.note
    if post.link:
        yield post.link


def _tell_task(calendar: Calendar, post: Post, task: Task) -> str:
    doer = calendar.members.get(task.done_by or task.member or 0)
    who = doer.name if doer else "nobody"
    if task.is_done:
        return f"{who}, done"
    return f"{who}, by {_say_day(calendar.window(post, task)[1])}"


def _say_day(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def _uri(link: str) -> vUri:
    """The link as a plain ASCII URI (RFC 3986)."""
    return vUri(quote(link, safe="!#$%&'()*+,/:;=?@[]~"))
