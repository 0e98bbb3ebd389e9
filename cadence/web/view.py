"""What the page of a feed shows, as plain values: what its token allows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cadence.ical.feeds.feed import posts_in
from cadence.ical.feeds.findings import findings
from cadence.ical.feeds.selection import Selection, shows_tasks_only, titles
from cadence.ical.feeds.tasks import work_of
from cadence.insight.warnings import find_warnings
from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed
from cadence.model.post import Post
from cadence.model.times import to_local, zone_of
from cadence.web.lines import (
    FindingLine,
    PostLine,
    SlotLine,
    TaskLine,
    finding_lines,
    lately_out,
    next_posts,
    open_slots,
    silences,
    task_lines,
)
from cadence.web.part import Part, part
from cadence.web.rights import participant, writer
from cadence.web.strips import Strip, strips

MOST_POSTS, MOST_TASKS, MOST_SLOTS = 16, 16, 12
"""A page is for the next days, the feed has the rest. A page of warnings shows them all."""


@dataclass(frozen=True)
class Tasks:
    """Open tasks by when they are due, then those done lately. `whose` None: the reader's own."""

    whose: str | None
    lines: tuple[TaskLine, ...]
    more: int


@dataclass(frozen=True)
class Posts:
    """The next posts, and those that went out lately."""

    lines: tuple[PostLine, ...]
    more: int
    out: tuple[PostLine, ...]


@dataclass(frozen=True)
class Gaps:
    """What a promise lacks: silences in a sentence each, and open slots."""

    silences: tuple[str, ...]
    slots: tuple[SlotLine, ...]
    more: int


@dataclass(frozen=True)
class Findings:
    """A feed of gaps or warnings, with their ways out."""

    are_gaps: bool
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class View:
    """Everything on the page; what is None the token does not open. `more` counts what the page leaves out.

    `name` is what calendar apps call the feed, `shows` what it shows, in words; `part` is what a colleague
    can say and do here, `has_forms` whether the reader can say anything, be it of their own tasks only.
    """

    team: str
    reader: str
    name: str
    shows: str
    zone: str
    today: str
    tasks: Tasks | None = None
    posts: Posts | None = None
    strips: tuple[Strip, ...] | None = None
    gaps: Gaps | None = None
    findings: Findings | None = None
    part: Part | None = None
    has_forms: bool = False


def view(calendar: Calendar, feed: Feed, now: datetime) -> View:
    """What the reader of a feed sees at `now`. NotFound if the feed's member or channel is gone.

    Posts, tasks and warnings are those of the feed. Beside them, a feed of everything or of a channel tells
    of the rhythm and the gaps of what it shows, and a colleague's own feed of the rhythm of the channels that
    they have posts on. A feed of posts in some states only tells of nothing else. Colleagues take part on the
    pages that are not cut down: see `rights.writer`.
    """
    selection = Selection.of(feed)
    bare = _head(calendar, feed, selection, now)
    if _is_for_partner(calendar, feed):
        return replace(bare, tasks=_tasks(calendar, feed, posts_in(calendar, selection, now), now))
    if feed.kind in ("gaps", "warnings"):
        lines = finding_lines(calendar, findings(calendar, selection, now), now)
        return replace(bare, findings=Findings(feed.kind == "gaps", tuple(lines)))
    if (reader := participant(calendar, feed, now)) is not None:
        bare = replace(bare, part=part(calendar, reader.id, now))
    posts = posts_in(calendar, selection, now)
    mine = replace(bare, tasks=_tasks(calendar, feed, posts, now))
    if feed.kind == "tasks":
        return mine
    told = replace(mine, posts=_posts(calendar, posts, now))
    return _with_rhythm(calendar, feed, told, _channels_told(calendar, feed, posts), now)


def _head(calendar: Calendar, feed: Feed, selection: Selection, now: datetime) -> View:
    local = to_local(now, zone_of(calendar.team.zone))
    name, shows = titles(calendar, selection)
    return View(
        team=calendar.team.name,
        reader=feed.reader,
        name=name,
        shows=shows,
        zone=calendar.team.zone,
        today=_("{day} {year}", day=day_text(local.date()), year=local.year),
        has_forms=writer(calendar, feed, now) is not None,
    )


def _is_for_partner(calendar: Calendar, feed: Feed) -> bool:
    """Partners see their own tasks and nothing else, and nobody sees more by a feed of theirs."""
    return _is_read_by_partner(calendar, feed) or shows_tasks_only(calendar, Selection.of(feed))


def _is_read_by_partner(calendar: Calendar, feed: Feed) -> bool:
    reader = calendar.members.get(feed.member or 0)
    return reader is not None and reader.kind == "partner"


def _whose(calendar: Calendar, feed: Feed) -> int | None:
    """Whose tasks a page tells of: whom the feed is about, or else its reader, if they are a member."""
    is_about_somebody = feed.kind in ("member", "tasks") and not _is_read_by_partner(calendar, feed)
    return feed.of if is_about_somebody else feed.member


def _tasks(calendar: Calendar, feed: Feed, posts: Sequence[Post], now: datetime) -> Tasks | None:
    whose = _whose(calendar, feed)
    if whose is None:
        return None
    teller = writer(calendar, feed, now)
    mine = teller if teller is not None and teller.id == whose else None
    lines = task_lines(calendar, work_of(calendar, whose, posts), now, mine)
    name = None if whose == feed.member else calendar.member(whose).name
    return Tasks(name, tuple(lines[:MOST_TASKS]), len(lines[MOST_TASKS:]))


def _channels_told(calendar: Calendar, feed: Feed, posts: Iterable[Post]) -> list[int]:
    """The channels whose rhythm the reader may see."""
    if feed.states:
        return []
    match feed.kind:
        case "team":
            return [id for id, channel in calendar.channels.items() if not channel.retired]
        case "channel":
            return [feed.of or 0]
        case "member" if feed.member == feed.of:
            return sorted({post.channel for post in posts if not calendar.channels[post.channel].retired})
        case _:
            return []


def _posts(calendar: Calendar, posts: Sequence[Post], now: datetime) -> Posts:
    lines, more = next_posts(calendar, posts, now, MOST_POSTS)
    return Posts(tuple(lines), more, tuple(lately_out(calendar, posts, now)))


def _with_rhythm(calendar: Calendar, feed: Feed, told: View, channels: list[int], now: datetime) -> View:
    if not channels:
        return told
    found = [warning for warning in find_warnings(calendar, now) if warning.channel in channels]
    told = replace(told, strips=strips(calendar, channels, found, now))
    if feed.kind == "member":
        return told
    until = now + timedelta(days=feed.days_ahead)
    ahead = [warning for warning in found if warning.state == "open" and warning.at and warning.at < until]
    slots = open_slots(calendar, ahead, now)
    gaps = Gaps(tuple(silences(ahead)), tuple(slots[:MOST_SLOTS]), len(slots[MOST_SLOTS:]))
    return replace(told, gaps=gaps)
