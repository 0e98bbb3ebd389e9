"""What people mean when they say who shall read what: a feed as a person asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cadence.language import ENGLISH, _, later, speaking
from cadence.model.calendar import Calendar, slug
from cadence.model.errors import BadInput, NotFound
from cadence.model.feeds import FeedKind
from cadence.operations.feeds import subject_text

ALIKE = 0.75
"""From so much likeness on (0 to 1) a name is taken for a typing error of another."""
FORMS = later(
    "every post · the gaps · all warnings · the posts on CHANNEL · the posts or the tasks of MEMBER"
)


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
        raise BadInput(_("a feed needs a reader"), _("a member, or any name: The board"))
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
            _("nobody in the team is called {name!r}; did you mean {meant}?", name=name[:60], meant=meant),
            _("write the whole name, or say that the reader is from outside"),
        )


def _names(name: str) -> Iterable[str]:
    """The whole name and, of those with several parts, each."""
    return {name, *name.split()}


def subjects(calendar: Calendar) -> dict[str, Subject]:
    """All that a feed may be about, by what people call it: `the posts on Blog`."""
    found: dict[str, Subject] = {}
    whole: tuple[FeedKind, ...] = ("team", "gaps", "warnings")
    for kind in whole:
        found[subject_text(kind)] = Subject(kind)
    for channel in calendar.channels.values():
        if not channel.retired:
            found[subject_text("channel", channel.name)] = Subject("channel", channel.id)
    for member in calendar.members.values():
        found[subject_text("member", member.name)] = Subject("member", member.id)
        found[subject_text("tasks", member.name)] = Subject("tasks", member.id)
    return found


def read_subject(calendar: Calendar, text: str) -> Subject:
    """What is meant by `the gaps`, `blog` or `tasks anna`: the words of `subjects`, or enough of their
    beginnings that nothing else fits; English ones are understood everywhere. BadInput otherwise."""
    spoken = subjects(calendar)
    with speaking(ENGLISH):
        english = subjects(calendar)
    for known in (spoken, english):
        if text in known:
            return known[text]
        if found := _that_fit(text, known):
            exact = [subject for words, subject in found.items() if slug(words) == slug(text)]
            if len(found) == 1 or len(exact) == 1:
                return exact[0] if exact else next(iter(found.values()))
            may_be = [words for words, subject in spoken.items() if subject in found.values()]
            raise BadInput(
                _("{text!r} may be {subjects}", text=text[:40], subjects=_(" or ").join(may_be[:4])),
                _("write more of it"),
            )
    raise BadInput(_("there is no feed of {text!r}", text=text[:40]), _(FORMS))


def _that_fit(text: str, known: Mapping[str, Subject]) -> dict[str, Subject]:
    wanted = slug(text).split("-")
    return {words: subject for words, subject in known.items() if _fits(wanted, slug(words).split("-"))}


def _fits(wanted: Iterable[str], words: Iterable[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
