"""The content: posts and their tasks, ideas, boosts, and acknowledged warnings."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct, field

from cadence.model import limits
from cadence.model.rhythm import SlotKey
from cadence.model.team import NEVER, TaskKind

PostState = Literal["planned", "drafted", "approved", "published", "skipped"]
POST_STATES: tuple[PostState, ...] = ("planned", "drafted", "approved", "published", "skipped")


class TaskRef(NamedTuple):
    """Which task: there is one of each kind on a post, so people say `53 review`."""

    post: int
    kind: TaskKind


class Offer(Struct, frozen=True, omit_defaults=True):
    """A task is on offer: to some members, or to anyone (`to` empty). The owner stays responsible until it
    is taken.

    `declined` are those who said no; `until` is the last day on which it can be taken (None: as long as the
    task's window is open). `wants` makes it a swap: who takes it gives that task for it.
    """

    at: limits.Instant
    by: limits.Id
    to: tuple[limits.Id, ...] = ()
    note: limits.Line = ""
    declined: tuple[limits.Id, ...] = ()
    until: date | None = None
    wants: TaskRef | None = None


class Task(Struct, frozen=True, omit_defaults=True):
    """One piece of work on a post. Effort in minutes; the window in working days around the publication.

    `member` None: nobody yet. `pinned`: no plan may reassign it. `done_at` None: still to do.
    """

    effort: limits.Effort
    opens: limits.DayOffset
    closes: limits.DayOffset
    member: limits.Id | None = None
    pinned: bool = False
    offer: Offer | None = None
    done_at: limits.Instant | None = None
    done_by: limits.Id | None = None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


class Post(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A piece of content planned on a channel at the wall-clock time `at` in the channel's zone.

    `slot` is the slot that it fills (None: an extra). `published_at` is the instant of publication. `author`
    is the name that an imported history gives. `topic` is what it is about: some like to write about it, some
    do not. `uid` is the random identity that leaves the program.
    """

    id: limits.Id
    channel: limits.Id
    title: limits.Title
    at: limits.LocalTime
    state: PostState = "planned"
    slot: SlotKey | None = None
    tasks: Mapping[TaskKind, Task] = field(default_factory=dict[TaskKind, Task])
    published_at: limits.Instant | None = None
    link: limits.Url | None = None
    note: limits.Note = ""
    author: limits.Line = ""
    topic: limits.TopicOrNone = ""
    idea: limits.Id | None = None
    skip_reason: limits.Line = ""
    uid: Annotated[str, Meta(max_length=40, pattern=r"^[A-Za-z0-9-]*$")] = ""
    rev: int = 0
    modified: limits.Instant = NEVER

    @property
    def is_open(self) -> bool:
        """Still to be published."""
        return self.state not in ("published", "skipped")


class Comment(Struct, frozen=True, omit_defaults=True):
    """What a member said about an idea."""

    by: limits.Id
    at: limits.Instant
    text: limits.Comment


IdeaState = Literal["open", "accepted", "declined", "parked"]
IDEA_STATES: tuple[IdeaState, ...] = ("open", "accepted", "declined", "parked")


class Idea(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A suggestion from anyone, with the members who voted for it and what was said about it.

    Accepted, declined or parked by `decided_by`, with a `note` that all can read; `post` is what became of
    it. `good_until` is the last day on which it makes sense.
    """

    id: limits.Id
    text: limits.Title
    author: limits.Id
    at: limits.Instant
    channel: limits.Id | None = None
    link: limits.Url | None = None
    good_until: date | None = None
    votes: tuple[limits.Id, ...] = ()
    comments: Annotated[tuple[Comment, ...], Meta(max_length=limits.MAX_COMMENTS)] = ()
    state: IdeaState = "open"
    note: limits.Note = ""
    decided_by: limits.Id | None = None
    decided_at: limits.Instant | None = None
    post: limits.Id | None = None
    rev: int = 0
    modified: limits.Instant = NEVER


BOOST_MINUTES = 5
"""What it takes to open a link, say a sentence of one's own, and share it."""


class Boost(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A colleague amplifies a published post from their own account; it costs them some minutes.

    `day` is the local day on which they are asked to, or did it unasked; `at` is when they did (None: not
    yet); `declined`: they said no.
    """

    id: limits.Id
    post: limits.Id
    member: limits.Id
    day: date
    at: limits.Instant | None = None
    declined: bool = False
    minutes: limits.Effort = BOOST_MINUTES
    rev: int = 0
    modified: limits.Instant = NEVER


class Acknowledgement(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Somebody has seen a warning and answers for it until a date (included). `key` names the warning."""

    id: limits.Id
    key: limits.Line
    by: limits.Id
    until: date
    note: limits.Line = ""
    rev: int = 0
    modified: limits.Instant = NEVER
