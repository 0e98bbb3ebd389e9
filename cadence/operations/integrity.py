"""What must hold in every calendar, whatever led to it: nothing refers to what is not there, names tell
things apart, and a slot has one post. Undo is why this exists: taking back a change may break a later one."""

from collections.abc import Iterator, Mapping

from cadence.language import _
from cadence.model.busy import BusyCalendar
from cadence.model.calendar import SINGLE, Calendar, slug, table_of
from cadence.model.documents import TABLES, Value, kind_of, name_of
from cadence.model.errors import Refused
from cadence.model.feeds import Feed
from cadence.model.fields import WHOLE, Field
from cadence.model.post import Acknowledgement, Boost, Idea, Post
from cadence.model.rhythm import Rhythm, SlotKey
from cadence.model.rota import Rota
from cadence.model.team import Absence, Channel, Member, Workflow
from cadence.model.words import kind_word, state_word
from cadence.operations.edit import Edit
from cadence.operations.progress import state_from
from cadence.operations.wording import time_text

Key = tuple[str, int]

REFERRERS: Mapping[str, tuple[str, ...]] = {
    "channels": ("posts", "rhythms", "members", "ideas", "feeds"),
    "members": ("posts", "absences", "busy", "ideas", "boosts", "acknowledgements", "feeds", "rota"),
    "workflows": ("channels",),
    "posts": ("boosts", "ideas"),
    "ideas": ("posts",),
}
"""Which tables may refer to a table. A post's slot may be gone: then the post is an extra."""


class Broken(Refused):
    """An edit would leave a calendar that contradicts itself, because of a field of the document `culprit`
    (table, id)."""

    def __init__(self, message: str, remedy: str, culprit: Key, field: Field) -> None:
        super().__init__(message, remedy)
        self.culprit = culprit
        self.field = field


def check_whole(calendar: Calendar, edit: Edit) -> None:
    """Broken unless the calendar is whole after the edit."""
    after = _After(calendar, edit)
    _check_references(after)
    _check_not_needed(after)
    _check_names(after)
    _check_slots(after)
    _check_progress(after)
    _check_boosts(after)


def check_taken_back(calendar: Calendar, edit: Edit) -> None:
    """Broken unless an undo, as the edit that it amounts to, leaves the calendar whole and does not make
    anybody the reviewer of their own draft (which a person may decide, but not an undo), nor hands a task
    over with another's offer. Refused if it would make an address good again that was given up."""
    check_whole(calendar, edit)
    for value in edit.puts:
        if isinstance(value, Feed) and not _is_open(calendar, value):
            raise Refused(
                _("the address of feed {number} was given up for good, whoever had it", number=value.id),
                _("make a new feed: `cadence feed new`"),
            )
    for post in edit.puts:
        if isinstance(post, Post) and (known := calendar.posts.get(post.id)):
            _check_offers_stay(known, post)
        if (
            isinstance(post, Post)
            and _reviews_own_draft(post)
            and not _reviews_own_draft(calendar.posts.get(post.id))
        ):
            raise Broken(
                _("on post {number} somebody would review their own draft", number=post.id),
                _("assign the draft or the review by hand"),
                ("posts", post.id),
                ("tasks",),
            )


def _check_offers_stay(before: Post, after: Post) -> None:
    """An offer is its owner's: who gets a task back does not get what another offered."""
    for kind, task in after.tasks.items():
        known = before.tasks.get(kind)
        if task.offer and known and known.offer == task.offer and known.member != task.member:
            raise Broken(
                _("{task} of post {number} is on offer", task=kind_word(kind), number=after.id),
                _("withdraw the offer first"),
                ("posts", after.id),
                ("tasks", kind, "offer"),
            )


def _is_open(calendar: Calendar, feed: Feed) -> bool:
    known = calendar.feeds.get(feed.id)
    return known is not None and known.digest == feed.digest


class _After:
    """The values as they are after an edit, without deriving the indexes, which need a whole calendar."""

    def __init__(self, calendar: Calendar, edit: Edit) -> None:
        self.calendar = calendar
        self.puts: dict[Key, Value] = {(table_of(value), value.id): value for value in edit.puts}
        self.gone: dict[Key, Value] = {(table_of(value), value.id): value for value in edit.removes}

    def has(self, key: Key) -> bool:
        return key not in self.gone and (key in self.puts or key[1] in self._before(key[0]))

    def values(self, table: str) -> Iterator[Value]:
        yield from (value for (name, _), value in self.puts.items() if name == table)
        for id, value in self._before(table).items():
            if (table, id) not in self.puts and (table, id) not in self.gone:
                yield value

    def _before(self, table: str) -> Mapping[int, Value]:
        if table in SINGLE:
            return {1: getattr(self.calendar, table)}
        found: Mapping[int, Value] = getattr(self.calendar, table)
        return found


def _check_references(after: _After) -> None:
    for value in after.puts.values():
        for key in references(value):
            if not after.has(key):
                missing = f"{kind_of(TABLES[key[0]])} {key[1]}"
                raise Broken(
                    _("{what} refers to {missing}, which is not there", what=name_of(value), missing=missing),
                    _("bring that back first"),
                    key,
                    WHOLE,
                )


def _check_not_needed(after: _After) -> None:
    tables = {referrer for table, _id in after.gone for referrer in REFERRERS.get(table, ())}
    for table in sorted(tables):
        for value in after.values(table):
            for key, field in references(value).items():
                if key in after.gone:
                    raise Broken(
                        _("{what} still needs {other}", what=name_of(value), other=name_of(after.gone[key])),
                        _("change or remove {what} first", what=name_of(value)),
                        (table, value.id),
                        field,
                    )


def _check_names(after: _After) -> None:
    for table in ("members", "channels", "workflows"):
        if all(name != table for name, _id in after.puts):
            continue
        names: dict[str, Value] = {}
        for value in after.values(table):
            assert isinstance(value, Member | Channel | Workflow)
            other = names.setdefault(slug(value.name), value)
            if other is not value:
                raise Broken(
                    _("there would be two: {what} and {other}", what=name_of(other), other=name_of(value)),
                    _("give one of them another name"),
                    (table, value.id),
                    ("name",),
                )


def _check_slots(after: _After) -> None:
    held: dict[SlotKey, int] = {}
    for post in after.puts.values():
        if not isinstance(post, Post) or post.slot is None or post.state == "skipped":
            continue
        for other in (held.setdefault(post.slot, post.id), *_holders(after, post.slot)):
            if other != post.id:
                raise Broken(
                    _(
                        "posts {number} and {other} would both fill the slot of {time}",
                        number=post.id,
                        other=other,
                        time=time_text(post.slot.local),
                    ),
                    _("skip post {other} or make it an extra first", other=other),
                    ("posts", other),
                    ("slot",),
                )


def _holders(after: _After, slot: SlotKey) -> Iterator[int]:
    """The posts that have a slot and that the edit leaves alone."""
    for id in after.calendar.index.by_slot.get(slot, ()):
        key = ("posts", id)
        if key not in after.puts and key not in after.gone and after.calendar.posts[id].state != "skipped":
            yield id


def _check_progress(after: _After) -> None:
    for post in after.puts.values():
        if not isinstance(post, Post):
            continue
        if post.is_open and post.state != state_from(post.tasks):
            raise Broken(
                _(
                    "post {number} is {state}, which does not follow from its tasks",
                    number=post.id,
                    state=state_word(post.state),
                ),
                _("mark its tasks as done or not done by hand"),
                ("posts", post.id),
                ("state",),
            )
        for kind, task in post.tasks.items():
            if task.done_by is not None and task.member is None:
                raise Broken(
                    _(
                        "{task} of post {number} is done, and nobody would have had it",
                        task=kind_word(kind),
                        number=post.id,
                    ),
                    _("mark it as not done first"),
                    ("posts", post.id),
                    ("tasks", kind, "done_by"),
                )
            if task.member is None and task.offer:
                raise Broken(
                    _(
                        "{task} of post {number} is on offer, and nobody would have it",
                        task=kind_word(kind),
                        number=post.id,
                    ),
                    _("withdraw the offer first"),
                    ("posts", post.id),
                    ("tasks", kind, "offer"),
                )
            if task.member is None and task.pinned:
                raise Broken(
                    _(
                        "{task} of post {number} is pinned, and nobody would have it",
                        task=kind_word(kind),
                        number=post.id,
                    ),
                    _("unpin it first"),
                    ("posts", post.id),
                    ("tasks", kind, "pinned"),
                )


def _check_boosts(after: _After) -> None:
    """Nobody passes on what is not out."""
    before = after.calendar.posts
    hidden = {
        post.id
        for post in after.puts.values()
        if isinstance(post, Post) and post.state != "published" and _is_out(before.get(post.id))
    }
    boosts = after.values("boosts") if hidden else after.puts.values()
    for boost in boosts:
        if not isinstance(boost, Boost):
            continue
        put = after.puts.get(("posts", boost.post))
        if not _is_out(put if isinstance(put, Post) else before.get(boost.post)):
            raise Broken(
                _(
                    "{what} is of post {post}, which would not be published",
                    what=name_of(boost),
                    post=boost.post,
                ),
                _("boosts are of what is out"),
                ("boosts", boost.id),
                WHOLE,
            )


def _is_out(post: Post | None) -> bool:
    return post is not None and post.state == "published"


def _reviews_own_draft(post: Post | None) -> bool:
    if post is None or not {"draft", "review"} <= post.tasks.keys():
        return False
    draft, review = post.tasks["draft"], post.tasks["review"]
    return bool({draft.member, draft.done_by} & {review.member, review.done_by} - {None})


def references(value: Value) -> dict[Key, Field]:
    """The documents without which a value makes no sense, and the fields that name them."""
    return {(table, id): field for table, id, field in _references(value) if id is not None}


def _references(value: Value) -> Iterator[tuple[str, int | None, Field]]:
    match value:
        case Post():
            yield "channels", value.channel, ("channel",)
            yield "ideas", value.idea, ("idea",)
            for kind, task in value.tasks.items():
                yield "members", task.member, ("tasks", kind, "member")
                yield "members", task.done_by, ("tasks", kind, "done_by")
                if task.offer:
                    for id in (task.offer.by, *task.offer.to, *task.offer.declined):
                        yield "members", id, ("tasks", kind, "offer")
        case Rhythm():
            yield "channels", value.channel, ("channel",)
        case Channel():
            yield "workflows", value.workflow, ("workflow",)
        case Member():
            yield from (("channels", skill.channel, ("skills",)) for skill in value.skills)
        case Absence() | BusyCalendar():
            yield "members", value.member, ("member",)
        case Feed():
            yield "members", value.member, ("member",)
            yield "channels" if value.kind == "channel" else "members", value.of, ("of",)
        case Idea():
            yield "channels", value.channel, ("channel",)
            yield "posts", value.post, ("post",)
            yield "members", value.author, ("author",)
            yield "members", value.decided_by, ("decided_by",)
            yield from (("members", id, ("votes",)) for id in value.votes)
            yield from (("members", comment.by, ("comments",)) for comment in value.comments)
        case Boost():
            yield "posts", value.post, ("post",)
            yield "members", value.member, ("member",)
        case Acknowledgement():
            yield "members", value.by, ("by",)
        case Rota():
            yield from (("members", id, ("order",)) for id in value.order)
            yield from (("members", id, ("instead",)) for id in value.instead.values())
        case _:
            return
