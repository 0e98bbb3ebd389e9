"""What people mean when they say who shall read what: a feed as a person asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cadence.model.calendar import Calendar, slug
from cadence.model.errors import BadInput, NotFound
from cadence.model.feeds import FeedKind
from cadence.operations.feeds import SHOWS

ALIKE = 0.75
"""From so much likeness on (0 to 1) a name is taken for a typing error of another."""
FORMS = "every post · the gaps · all warnings · the posts on CHANNEL · the posts or the tasks of MEMBER"


class Reader(NamedTuple):
    """Who subscribes; `member` None: nobody of the team."""

    name: str
    member: int | None


class Subject(NamedTuple):
    """What a feed is about, see `Feed`."""

    kind: FeedKind
    of: int | None = None


def read_reader(calendar: Calendar, text: str, *, outside: bool = False) -> Reader:
    """A member by name, or else somebody from outside, by any name; `outside`: certainly from outside.

    BadInput for a name that is nearly a member's: who reads a feed as a guest sees more than a partner may.
    """
    name = " ".join(text.split())
    if not name:
        raise BadInput("a feed needs a reader", "a member, or any name: The board")
    if not outside:
        try:
            member = calendar.member(name)
        except NotFound:
            _refuse_alike(calendar, name)
        else:
            return Reader(member.name, member.id)
    return Reader(name, None)


def _refuse_alike(calendar: Calendar, name: str) -> None:
    from difflib import get_close_matches  # 3 ms that only a name which nobody has costs

    names = {slug(name): member for member in calendar.members.values() for name in _names(member.name)}
    if close := get_close_matches(slug(name), names, n=1, cutoff=ALIKE):
        meant = names[close[0]].name
        raise BadInput(
            f"nobody in the team is called {name[:60]!r}; did you mean {meant}?",
            "write the whole name, or say that the reader is from outside",
        )


def _names(name: str) -> Iterable[str]:
    """The whole name and, of those with several parts, each."""
    return {name, *name.split()}


def subjects(calendar: Calendar) -> dict[str, Subject]:
    """All that a feed may be about, by what people call it: `the posts on Blog`."""
    found: dict[str, Subject] = {SHOWS[kind]: Subject(kind) for kind in ("team", "gaps", "warnings")}
    for channel in calendar.channels.values():
        if not channel.retired:
            found[SHOWS["channel"].format(channel.name)] = Subject("channel", channel.id)
    for member in calendar.members.values():
        found[SHOWS["member"].format(member.name)] = Subject("member", member.id)
        found[SHOWS["tasks"].format(member.name)] = Subject("tasks", member.id)
    return found


def read_subject(calendar: Calendar, text: str) -> Subject:
    """What is meant by `the gaps`, `blog` or `tasks anna`: the words of `subjects`, or enough of their
    beginnings that nothing else fits. BadInput otherwise."""
    known = subjects(calendar)
    if text in known:
        return known[text]
    wanted = slug(text).split("-")
    found = {words: subject for words, subject in known.items() if _fits(wanted, slug(words).split("-"))}
    exact = [subject for words, subject in found.items() if slug(words) == slug(text)]
    if len(found) == 1 or len(exact) == 1:
        return exact[0] if exact else next(iter(found.values()))
    if found:
        raise BadInput(f"{text[:40]!r} may be {' or '.join(list(found)[:4])}", "write more of it")
    raise BadInput(f"there is no feed of {text[:40]!r}", FORMS)


def _fits(wanted: Iterable[str], words: Iterable[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
