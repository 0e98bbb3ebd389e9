"""The calendar as one immutable snapshot, with the indexes that views and rules read.

Applying a change gives a new snapshot that shares what did not change, so that a view may keep the one it
painted and compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from cadence.language import _, later
from cadence.model.busy import BusyCalendar
from cadence.model.change import Change, Document
from cadence.model.documents import TABLES, Value, decode
from cadence.model.errors import NotFound
from cadence.model.feeds import Feed
from cadence.model.post import Acknowledgement, Boost, Idea, Post, Task, TaskRef
from cadence.model.postindex import PostIndex
from cadence.model.rhythm import Rhythm
from cadence.model.rota import NO_ROTA, Rota
from cadence.model.team import Absence, Channel, Member, Team, Workflow, window_days, zone_for
from cadence.model.times import to_instant, to_local
from cadence.model.words import kind_word

V = TypeVar("V", bound=Value)


class Named(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)

NO_TEAM = Team(name="New team")
SINGLE: Mapping[str, Value] = {"team": NO_TEAM, "rota": NO_ROTA}
"""Tables of one document, number 1, and what holds while it is not there."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """Everything at one moment. `seq` is the sequence number of the last change that it contains;
    `next_ids` the id that the next new document of a table gets."""

    seq: int
    next_ids: Mapping[str, int]
    team: Team
    members: Mapping[int, Member]
    channels: Mapping[int, Channel]
    workflows: Mapping[int, Workflow]
    rhythms: Mapping[int, Rhythm]
    absences: Mapping[int, Absence]
    busy: Mapping[int, BusyCalendar]
    posts: Mapping[int, Post]
    ideas: Mapping[int, Idea]
    boosts: Mapping[int, Boost]
    acknowledgements: Mapping[int, Acknowledgement]
    feeds: Mapping[int, Feed]
    rota: Rota
    index: PostIndex

    @staticmethod
    def empty() -> Calendar:
        return Calendar.load(lambda _table: {}, seq=0, next_ids={})

    @staticmethod
    def load(
        documents: Callable[[str], Mapping[int, Document]], *, seq: int, next_ids: Mapping[str, int]
    ) -> Calendar:
        """The snapshot of stored documents (`documents(table)` gives them by id), each checked once."""
        values: dict[str, Mapping[int, Any]] = {
            table: {id: decode(kind, document) for id, document in documents(table).items()}
            for table, kind in TABLES.items()
        }
        single: dict[str, Any] = {table: values.pop(table).get(1, none) for table, none in SINGLE.items()}
        team = cast(Team, single["team"])
        index = PostIndex.build(values["posts"].values(), team, values["channels"])
        return Calendar(seq=seq, next_ids=MappingProxyType(dict(next_ids)), index=index, **values, **single)

    def apply(
        self, changes: Iterable[Change], documents: Callable[[str], Mapping[int, Document]]
    ) -> Calendar:
        """The snapshot after `changes`; `documents` gives the documents as they are after the last one."""
        changes = list(changes)
        if not changes:
            return self
        touched: dict[str, set[int]] = {}
        next_ids = dict(self.next_ids)
        for op in (op for change in changes for op in change.ops):
            touched.setdefault(op.table, set()).add(op.id)
            next_ids[op.table] = max(next_ids.get(op.table, 1), op.id + 1)
        fresh = {
            table: {id: decode(TABLES[table], documents(table)[id]) for id in ids if id in documents(table)}
            for table, ids in touched.items()
            if table in TABLES
        }
        return self._with(changes[-1].seq, next_ids, touched, fresh)

    def put(self, *values: Value) -> Calendar:
        """A trial snapshot with these values added or replaced: what would be if they were stored."""
        fresh: dict[str, dict[int, Any]] = {}
        for value in values:
            fresh.setdefault(table_of(value), {})[value.id] = value
        touched = {table: set(by_id) for table, by_id in fresh.items()}
        next_ids = dict(self.next_ids)
        for table, ids in touched.items():
            next_ids[table] = max(next_ids.get(table, 1), max(ids) + 1)
        return self._with(self.seq, next_ids, touched, fresh)

    def without(self, *values: Value) -> Calendar:
        """A trial snapshot with these values gone."""
        touched: dict[str, set[int]] = {}
        for value in values:
            touched.setdefault(table_of(value), set()).add(value.id)
        return self._with(self.seq, dict(self.next_ids), touched, {})

    def _with(
        self,
        seq: int,
        next_ids: dict[str, int],
        touched: Mapping[str, set[int]],
        fresh: Mapping[str, Mapping[int, Any]],
    ) -> Calendar:
        parts: dict[str, Any] = {"seq": seq, "next_ids": MappingProxyType(next_ids)}
        for table in touched.keys() & TABLES.keys() - SINGLE.keys():
            old = cast(Mapping[int, Any], getattr(self, table))
            new = {**old, **fresh.get(table, {})}
            for id in touched[table] - fresh.get(table, {}).keys():
                new.pop(id, None)
            parts[table] = new
        for table in touched.keys() & SINGLE.keys():
            parts[table] = fresh.get(table, {}).get(1, SINGLE[table])
        after = replace(self, **parts)
        if touched.keys() & {"team", "channels"}:
            index = PostIndex.build(after.posts.values(), after.team, after.channels)
        else:
            posts = touched.get("posts", set())
            index = self.index.updated(
                [self.posts[id] for id in posts if id in self.posts],
                [after.posts[id] for id in posts if id in after.posts],
                after.team,
                after.channels,
            )
        return replace(after, index=index)

    # Looking things up

    def next_id(self, kind: type[Value], ahead: int = 0) -> int:
        """The id of the next new value of a kind; `ahead` counts those already given in the same change."""
        return self.next_ids.get(next(table for table, k in TABLES.items() if k is kind), 1) + ahead

    def member(self, ref: str | int) -> Member:
        return _find("member", self.members, ref)

    def channel(self, ref: str | int) -> Channel:
        return _find("channel", self.channels, ref)

    def workflow(self, ref: str | int) -> Workflow:
        return _find("workflow", self.workflows, ref)

    def rhythm(self, id: int) -> Rhythm:
        return _by_id("rhythm", self.rhythms, id)

    def post(self, id: int) -> Post:
        return _by_id("post", self.posts, id)

    def task(self, ref: TaskRef) -> Task:
        task = self.post(ref.post).tasks.get(ref.kind)
        if task is None:
            has = ", ".join(map(kind_word, self.post(ref.post).tasks)) or _("no tasks")
            raise NotFound(
                _("post {post} has no {kind} task", post=ref.post, kind=kind_word(ref.kind)),
                _("it has {tasks}", tasks=has),
            )
        return task

    # Times

    def zone(self, channel: int) -> ZoneInfo:
        return zone_for(self.channels[channel], self.team)

    def planned_instant(self, post: Post) -> datetime:
        """When the post is planned to go out, in UTC."""
        return to_instant(post.at, self.zone(post.channel))

    def instant(self, post: Post) -> datetime:
        """When the post went out or, until then, is planned to, in UTC."""
        return post.published_at or self.planned_instant(post)

    def local(self, post: Post) -> datetime:
        """The wall-clock time of `instant` in the channel's zone."""
        return to_local(post.published_at, self.zone(post.channel)) if post.published_at else post.at

    def window(self, post: Post, task: Task) -> tuple[date, date]:
        """The first and last day on which a task can be done."""
        return window_days(self.team, self.local(post).date(), task.opens, task.closes)

    # Posts and tasks in order

    def posts_on(self, channel: int, day: date) -> list[Post]:
        """The posts of a channel on a local day, in order of time."""
        return [self.posts[id] for id in self.index.by_day.get((channel, day), ())]

    def posts_of(self, channel: int) -> Iterator[Post]:
        """The posts of a channel in order of time, skipped ones too."""
        return (self.posts[id] for _, id in self.index.by_channel.get(channel, ()))

    def tasks_of(self, member: int, week: date) -> list[TaskRef]:
        """The tasks assigned to a member whose window closes in the week that starts on `week`,
        those of skipped posts not included."""
        return list(self.index.by_member_week.get((member, week), ()))

    def assigned_to(self, member: int) -> list[TaskRef]:
        """All tasks assigned to a member, by week."""
        weeks = sorted(key for key in self.index.by_member_week if key[0] == member)
        return [ref for key in weeks for ref in self.index.by_member_week[key]]

    def absences_of(self, member: int) -> list[Absence]:
        return [absence for absence in self.absences.values() if absence.member == member]

    def busy_of(self, member: int) -> list[BusyCalendar]:
        return [calendar for calendar in self.busy.values() if calendar.member == member]

    def rhythms_of(self, channel: int) -> list[Rhythm]:
        return [rhythm for rhythm in self.rhythms.values() if rhythm.channel == channel]


def table_of(value: Value) -> str:
    return next(table for table, kind in TABLES.items() if type(value) is kind)


def slug(name: str) -> str:
    """A name as people type it: lower case, dashes for everything but letters and digits."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


_NONE: Mapping[str, str] = {
    "member": later("there is no member {name}"),
    "channel": later("there is no channel {name}"),
    "workflow": later("there is no workflow {name}"),
    "rhythm": later("there is no rhythm {name}"),
    "post": later("there is no post {name}"),
}


def _by_id(kind: str, values: Mapping[int, V], id: int) -> V:
    try:
        return values[id]
    except KeyError:
        raise NotFound(_(_NONE[kind], name=id)) from None


def _find(kind: str, values: Mapping[int, N], ref: str | int) -> N:
    """The value with this id or name, whatever its case; an unambiguous beginning of the name will do."""
    if isinstance(ref, int) or ref.isdecimal():
        if found := values.get(int(ref)):
            return found
    else:
        wanted = slug(ref)
        names = {slug(value.name): value for value in values.values()}
        if wanted in names:
            return names[wanted]
        starts = [value for name, value in names.items() if wanted and name.startswith(wanted)]
        if len(starts) == 1:
            return starts[0]
    known = ", ".join(value.name for value in list(values.values())[:12]) or _("none yet")
    raise NotFound(_(_NONE[kind], name=repr(str(ref)[:60])), _("there is: {names}", names=known))
