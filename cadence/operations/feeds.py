"""Who may read the calendar at a secret address. The face that shows an address, once, makes it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from cadence.insight.feeds import may_read
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.model.feeds import DAYS_AHEAD, DAYS_BACK, Feed, FeedKind
from cadence.model.post import PostState
from cadence.model.words import state_word
from cadence.operations.edit import Edit, Who
from cadence.operations.wording import list_text


def new_feed(
    calendar: Calendar,
    who: Who,
    reader: str,
    kind: FeedKind,
    digest: str,
    *,
    now: datetime,
    member: int | None = None,
    of: int | None = None,
    states: Sequence[PostState] = (),
    days_back: int = DAYS_BACK,
    days_ahead: int = DAYS_AHEAD,
) -> Edit:
    """Let somebody read a feed; `digest` is that of the token in its address. `member` is the reader, if they
    are one: a partner may read their own tasks and nothing else."""
    feed = Feed(
        id=calendar.next_id(Feed),
        reader=reader,
        kind=kind,
        digest=digest,
        member=member,
        of=of,
        states=tuple(dict.fromkeys(states)),
        days_back=days_back,
        days_ahead=days_ahead,
    )
    _check(calendar, feed)
    return Edit(
        _(
            "{reader} may read {feed}: feed {number}",
            reader=reader,
            feed=shows(calendar, feed),
            number=feed.id,
        ),
        (feed,),
    )


def rotate_feed(calendar: Calendar, who: Who, feed: int, digest: str, *, now: datetime) -> Edit:
    """Give a feed another address; the one before is dead from now on."""
    known = _feed(calendar, feed)
    return Edit(
        _(
            "Feed {feed} of {reader} ({subject}) has a new address",
            feed=feed,
            reader=known.reader,
            subject=shows(calendar, known),
        ),
        (replace(known, digest=digest),),
    )


def revoke_feed(calendar: Calendar, who: Who, feed: int, *, now: datetime) -> Edit:
    """Nobody may read a feed any more. It cannot be undone: an address that somebody may have passed on stays
    dead."""
    known = _feed(calendar, feed)
    said = _(
        "{reader} may not read {feed} any more: feed {number} is revoked",
        reader=known.reader,
        feed=shows(calendar, known),
        number=feed,
    )
    return Edit(said, removes=(known,))


def feeds_of_member(calendar: Calendar, member: int) -> tuple[Feed, ...]:
    """What ends with a member: what they read, and what tells of them."""
    return tuple(
        feed
        for feed in calendar.feeds.values()
        if feed.member == member or (feed.kind in ("member", "tasks") and feed.of == member)
    )


def feeds_of_channel(calendar: Calendar, channel: int) -> tuple[Feed, ...]:
    return tuple(f for f in calendar.feeds.values() if f.kind == "channel" and f.of == channel)


def shows(calendar: Calendar, feed: Feed) -> str:
    """What a feed shows, in words: `the posts on Blog (planned)`."""
    match feed.kind:
        case "member" | "tasks":
            subject = calendar.member(feed.of or 0).name
        case "channel":
            subject = calendar.channel(feed.of or 0).name
        case _:
            subject = ""
    words = subject_text(feed.kind, subject)
    return f"{words} ({list_text(map(state_word, feed.states))})" if feed.states else words


def subject_text(kind: FeedKind, name: str = "") -> str:
    """What a feed of a kind is about: `the posts on Blog`. `name` is the channel's or the member's."""
    match kind:
        case "team":
            return _("every post")
        case "member":
            return _("the posts of {name}", name=name)
        case "channel":
            return _("the posts on {name}", name=name)
        case "gaps":
            return _("the gaps")
        case "warnings":
            return _("all warnings")
        case "tasks":
            return _("the tasks of {name}", name=name)


def _check(calendar: Calendar, feed: Feed) -> None:
    if feed.kind == "channel":
        calendar.channel(feed.of or 0)
    elif feed.of is not None:
        calendar.member(feed.of)
    if feed.member is None:
        return
    reader = calendar.member(feed.member)
    if not may_read(reader, feed):
        raise Refused(
            _("{reader} is a partner, and partners see their own tasks only", reader=reader.name),
            _("make a feed of what {reader} does, or name a colleague as its reader", reader=reader.name),
        )


def _feed(calendar: Calendar, feed: int) -> Feed:
    if feed not in calendar.feeds:
        raise NotFound(_("there is no feed {feed}", feed=feed), _("`cadence feed list` lists them"))
    return calendar.feeds[feed]
