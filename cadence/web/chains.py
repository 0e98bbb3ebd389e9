"""From an idea to its post to those who passed it on, each with their names: nothing loses its author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cadence.insight.review import Review
from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Idea, Post, PostState
from cadence.model.times import to_local, zone_of
from cadence.model.words import idea_word


@dataclass(frozen=True)
class PostLink:
    """The post of a chain, and where and when it goes or went out."""

    title: str
    channel: str
    when: str
    state: PostState


@dataclass(frozen=True)
class Chain:
    """An idea and what became of it; `fate` is a word, `note` the reason given for it."""

    text: str
    author: str
    had: str
    fate: str
    decided_by: str | None
    note: str
    post: PostLink | None
    boosters: tuple[str, ...]


@dataclass(frozen=True)
class Boosted:
    """A post that colleagues were asked to pass on, or did; `asked` counts them."""

    title: str
    channel: str
    asked: int
    by: tuple[str, ...]


def chains(calendar: Calendar, found: Review) -> Iterator[Chain]:
    """The ideas that were had, decided about, or published in the period, the oldest first."""
    ideas = found.ideas
    published = (calendar.posts[post].idea for post in ideas.published)
    ids = {*ideas.had, *ideas.accepted, *ideas.declined, *(idea for idea in published if idea is not None)}
    boosts = _by_post(boost for boost in calendar.boosts.values() if boost.at is not None)
    for id in sorted(ids):
        yield _chain(calendar, calendar.ideas[id], boosts)


def _chain(calendar: Calendar, idea: Idea, boosts: dict[int, list[Boost]]) -> Chain:
    post = calendar.posts.get(idea.post or 0)
    return Chain(
        text=idea.text,
        author=member_name(calendar, idea.author),
        had=day_text(to_local(idea.at, zone_of(calendar.team.zone)).date()),
        fate=idea_word(idea.state),
        decided_by=None if idea.decided_by is None else member_name(calendar, idea.decided_by),
        note=idea.note,
        post=None if post is None else _post(calendar, post),
        boosters=_names(calendar, boosts.get(post.id, ()) if post else ()),
    )


def _post(calendar: Calendar, post: Post) -> PostLink:
    day = to_local(calendar.instant(post), zone_of(calendar.team.zone)).date()
    return PostLink(post.title, calendar.channels[post.channel].name, day_text(day), post.state)


def boosted(calendar: Calendar, found: Review, start: datetime, end: datetime) -> Iterator[Boosted]:
    """The posts whose boosts were asked for, or done, in the period, in the order in which they went out."""
    asked = _by_post(one for one in calendar.boosts.values() if found.first <= one.day <= found.last)
    done = _by_post(one for one in calendar.boosts.values() if one.at is not None and start <= one.at < end)
    posts = [calendar.posts[id] for id in asked.keys() | done.keys() if id in calendar.posts]
    for post in sorted(posts, key=lambda post: (calendar.instant(post), post.id)):
        yield Boosted(
            title=post.title,
            channel=calendar.channels[post.channel].name,
            asked=len(asked.get(post.id, ())),
            by=_names(calendar, done.get(post.id, ())),
        )


def _by_post(boosts: Iterable[Boost]) -> dict[int, list[Boost]]:
    found: dict[int, list[Boost]] = {}
    for boost in boosts:
        found.setdefault(boost.post, []).append(boost)
    return found


def _names(calendar: Calendar, boosts: Iterable[Boost]) -> tuple[str, ...]:
    return tuple(sorted((member_name(calendar, boost.member) for boost in boosts), key=str.casefold))


def member_name(calendar: Calendar, member: int) -> str:
    """The name of a member; of one who is gone the number is left."""
    found = calendar.members.get(member)
    return found.name if found else _("member {number}", number=member)
