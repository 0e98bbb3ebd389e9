"""A colleague's part, on their own page: what they are asked to take over or to pass on, and the ideas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.insight.boosting import text_for, to_boost
from cadence.insight.capacity import load, minutes_of
from cadence.insight.offers import last_day, today_of
from cadence.insight.words import day_text, share_text, time_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.post import Idea, TaskRef
from cadence.model.words import idea_word, task_noun
from cadence.operations.handovers import take_offer
from cadence.planner.explaining.askable import to_answer
from cadence.web.free_tasks import FreeLine, free_lines
from cadence.web.lines import day_name, subject_of, web_link

MOST_MINE, MOST_OTHERS = 5, 8
NEWS = timedelta(days=60)
"""So long a decision about an idea stays on its author's page."""


@dataclass(frozen=True)
class OfferLine:
    """A task that the reader could take; `about` names it in forms, `subject` for people. `load`: before and
    after, in words. `in_return` is what a swap gives for it, `hindrance` why the reader cannot take it; empty
    where there is none."""

    about: str
    noun: str
    subject: str
    title: str
    channel: str
    owner: str
    until: str
    minutes: int
    load: str
    is_over: bool
    in_return: str
    note: str
    hindrance: str


@dataclass(frozen=True)
class BoostLine:
    """A published post that the reader is asked to pass on, and what they could say."""

    about: int
    title: str
    link: str | None
    channel: str
    text: str


@dataclass(frozen=True)
class Said:
    """A comment on an idea."""

    by: str
    when: str
    text: str


@dataclass(frozen=True)
class IdeaLine:
    """An idea; `fate` says how it stands. `author` None: it is the reader's own."""

    about: int
    text: str
    author: str | None
    facts: tuple[str, ...]
    link: str | None
    fate: str
    is_good_news: bool
    is_open: bool
    note: str
    votes: int
    has_my_vote: bool
    comments: tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """`free` are tasks that the reader could take; `more_…` count what the page leaves out. `channels` (by
    number) are those that an idea can be for."""

    offers: tuple[OfferLine, ...]
    boosts: tuple[BoostLine, ...]
    free: tuple[FreeLine, ...]
    mine: tuple[IdeaLine, ...]
    more_mine: int
    others: tuple[IdeaLine, ...]
    more_others: int
    channels: tuple[tuple[int, str], ...]
    first_day: str

    @property
    def is_asked(self) -> bool:
        return bool(self.offers or self.boosts)


def part(calendar: Calendar, member: int, now: datetime) -> Part:
    """What a member is asked and told at `now`."""
    today = today_of(calendar, now)
    mine = [idea for idea in calendar.ideas.values() if idea.author == member and _is_told(idea, now)]
    others = [
        idea for idea in calendar.ideas.values() if idea.author != member and _is_talked_about(idea, today)
    ]
    mine.sort(key=lambda idea: idea.id, reverse=True)
    others.sort(key=lambda idea: (idea.good_until is None, idea.good_until or date.max, -idea.id))
    line: Callable[[Idea], IdeaLine] = lambda idea: _idea_line(calendar, idea, member, now)  # noqa: E731
    return Part(
        offers=tuple(_offer_line(calendar, ref, member, now) for ref in to_answer(calendar, member, now)),
        boosts=tuple(_boost_lines(calendar, member, today)),
        free=free_lines(calendar, member, now),
        mine=tuple(map(line, mine[:MOST_MINE])),
        more_mine=len(mine[MOST_MINE:]),
        others=tuple(map(line, others[:MOST_OTHERS])),
        more_others=len(others[MOST_OTHERS:]),
        channels=channels(calendar),
        first_day=today.isoformat(),
    )


def channels(calendar: Calendar) -> tuple[tuple[int, str], ...]:
    """The channels that an idea can be for."""
    return tuple((one.id, one.name) for one in calendar.channels.values() if not one.retired)


# Asked of the reader


def _offer_line(calendar: Calendar, ref: TaskRef, member: int, now: datetime) -> OfferLine:
    post, task = calendar.posts[ref.post], calendar.task(ref)
    assert task.offer is not None
    today, closes = today_of(calendar, now), calendar.window(post, task)[1]
    before = after = load(calendar, member, closes)
    hindrance = ""
    try:
        after = load(
            take_offer(calendar, calendar.members[member], ref, now=now).on(calendar), member, closes
        )
    except CadenceError as error:
        hindrance = error.message
    wants = task.offer.wants
    return OfferLine(
        about=f"{ref.post}-{ref.kind}",
        noun=task_noun(ref.kind),
        subject=subject_of(ref.kind, post.title),
        title=post.title,
        channel=calendar.channels[post.channel].name,
        owner=calendar.members[task.member or 0].name,
        until=day_name(last_day(calendar, ref), today),
        minutes=minutes_of(calendar.members[member], post, ref.kind),
        load=f"{share_text(before.share)} → {share_text(after.share)}",
        is_over=bool(after.over),
        in_return=_in_return(calendar, wants) if wants else "",
        note=task.offer.note,
        hindrance=hindrance,
    )


def _in_return(calendar: Calendar, wants: TaskRef) -> str:
    return _("{task} of “{title}”", task=task_noun(wants.kind), title=calendar.posts[wants.post].title)


def _boost_lines(calendar: Calendar, member: int, today: date) -> Iterator[BoostLine]:
    for boost in to_boost(calendar, member, today):
        post, text = calendar.posts[boost.post], text_for(calendar, boost)
        if text is not None:
            yield BoostLine(
                about=post.id,
                title=post.title,
                link=web_link(post.link),
                channel=calendar.channels[post.channel].name,
                text=text,
            )


# Ideas


def _is_told(idea: Idea, now: datetime) -> bool:
    """Whether its author still waits for it, or should hear what became of it."""
    is_waiting = idea.post is None and idea.state in ("open", "accepted")
    return is_waiting or (idea.decided_at is not None and idea.decided_at > now - NEWS)


def _is_talked_about(idea: Idea, today: date) -> bool:
    return (
        idea.state == "open" and idea.post is None and (idea.good_until is None or idea.good_until >= today)
    )


def _idea_line(calendar: Calendar, idea: Idea, reader: int, now: datetime) -> IdeaLine:
    return IdeaLine(
        about=idea.id,
        text=idea.text,
        author=None if idea.author == reader else _name(calendar, idea.author),
        facts=tuple(_facts(calendar, idea, today_of(calendar, now))),
        link=web_link(idea.link),
        fate=_fate(calendar, idea),
        is_good_news=idea.state == "accepted",
        is_open=idea.state == "open" and idea.post is None and not idea.decided_by,
        note=idea.note,
        votes=len(idea.votes),
        has_my_vote=reader in idea.votes,
        comments=tuple(_comments(calendar, idea)),
    )


def _facts(calendar: Calendar, idea: Idea, today: date) -> Iterable[str]:
    if idea.channel is not None:
        yield calendar.channels[idea.channel].name
    if idea.good_until is not None:
        day = day_name(idea.good_until, today)
        yield (
            _("good until {day} (over)", day=day)
            if idea.good_until < today
            else _("good until {day}", day=day)
        )


def _fate(calendar: Calendar, idea: Idea) -> str:
    """`open`, `declined by Anna`, `planned for Thu 3 Dec 10:00`, `published Thu 26 Nov`."""
    post = calendar.posts.get(idea.post or 0)
    if post is None:
        state = idea_word(idea.state)
        return (
            _("{state} by {name}", state=state, name=_name(calendar, idea.decided_by))
            if idea.decided_by
            else state
        )
    at = calendar.local(post)
    match post.state:
        case "published":
            return _("published {day}", day=day_text(at.date()))
        case "skipped":
            return _("was planned, but skipped")
        case _:
            return _("planned for {time}", time=time_text(at))


def _comments(calendar: Calendar, idea: Idea) -> Iterator[Said]:
    for comment in idea.comments:
        day = today_of(calendar, comment.at)
        yield Said(_name(calendar, comment.by), day_text(day), comment.text)


def _name(calendar: Calendar, member: int | None) -> str:
    found = calendar.members.get(member or 0)
    return found.name if found else _("somebody")
