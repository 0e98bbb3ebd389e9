"""What `/` understands: which posts a view keeps. Pure, so that every view filters alike.

#blog @anna is:planned bianchi      the blog's planned posts with a task of Anna's that speak of "bianchi"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound
from cadence.model.post import POST_STATES, Post
from cadence.model.team import Member

STATES = (*POST_STATES, "open", "ready")
_ALIASES = {"#": "channel", "@": "member"}
NOBODY = 0
"""No member has this id: `@nobody` keeps posts with a task that nobody has."""


@dataclass(frozen=True)
class PostFilter:
    """Empty sets keep everything; all parts must hold. `text` is a tuple of casefolded words."""

    channels: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    states: frozenset[str] = frozenset()
    text: tuple[str, ...] = ()
    says: str = ""

    def __bool__(self) -> bool:
        return bool(self.channels or self.members or self.states or self.text)

    def keeps(self, post: Post) -> bool:
        if self.channels and post.channel not in self.channels:
            return False
        if self.states and not (self.states & _states_of(post)):
            return False
        if self.members and self.members.isdisjoint(
            task.member or NOBODY for task in post.tasks.values() if task.member or not task.is_done
        ):
            return False
        if self.text:
            words = f"{post.title}\n{post.note}\n{post.author}\n{post.id}".casefold()
            return all(word in words for word in self.text)
        return True

    def keeps_slot(self, channel: int) -> bool:
        """Whether an open slot of a channel belongs to what is shown: it has no person, state or text yet."""
        return (not self.channels or channel in self.channels) and not (
            self.members or self.text or (self.states - {"open"})
        )


EVERYTHING = PostFilter()


def parse_filter(text: str, calendar: Calendar, viewer: Member | None = None) -> PostFilter:
    """The filter that people write; BadInput or NotFound says which word is wrong."""
    channels: set[int] = set()
    members: set[int] = set()
    states: set[str] = set()
    words: list[str] = []
    read: dict[str, Callable[[str], None]] = {
        "channel": lambda value: channels.add(calendar.channel(value).id),
        "member": lambda value: members.add(_member(value, calendar, viewer)),
        "is": lambda value: states.add(_state(value)),
    }
    for word in text.split():
        name, colon, value = word.partition(":")
        if word[0] in _ALIASES and len(word) > 1:
            read[_ALIASES[word[0]]](word[1:])
        elif colon and value and name in read:
            read[name](value)
        else:
            words.append(word.casefold())
    return PostFilter(
        frozenset(channels), frozenset(members), frozenset(states), tuple(words), " ".join(text.split())
    )


def _member(text: str, calendar: Calendar, viewer: Member | None) -> int:
    if text in ("nobody", p_("typed", "nobody")):
        return NOBODY
    if text in ("me", p_("typed", "me")):
        if viewer is None:
            raise NotFound(_("Cadence does not know who you are"), _("write your name, as in @anna"))
        return viewer.id
    return calendar.member(text).id


def _state(text: str) -> str:
    if text not in STATES:
        raise BadInput(
            _("no post is ever {state!r}", state=text[:40]), _("is: takes {states}", states=", ".join(STATES))
        )
    return text


def _states_of(post: Post) -> set[str]:
    states: set[str] = {post.state}
    if post.is_open:
        states.add("open")
    if post.state == "approved":
        states.add("ready")
    return states
