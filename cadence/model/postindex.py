"""Indexes over the posts of a calendar, derived once and carried from snapshot to snapshot.

With 100,000 posts a full derivation costs most of a second, a change of one post must cost next to nothing:
`updated` copies the containers (fast, in C) and repairs only the entries of the posts that changed.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import Channel, Team, window_days, zone_for
from cadence.model.times import DAY, to_instant, to_local, week_start

K = TypeVar("K")
V = TypeVar("V")

Entry = tuple[datetime, int]
"""The instant of a post (published, or else planned; UTC) and its id."""


@dataclass(frozen=True, eq=False)
class PostIndex:
    """`timeline` and each list of `by_channel` are in order of time; `by_day` keys are (channel, local day);
    `by_member_week` keys are (member, first day of the week in which the task's window closes)."""

    timeline: list[Entry]
    by_channel: Mapping[int, list[Entry]]
    by_day: Mapping[tuple[int, date], tuple[int, ...]]
    by_member_week: Mapping[tuple[int, date], tuple[TaskRef, ...]]
    by_slot: Mapping[tuple[int, datetime], tuple[int, ...]]
    """Posts that claim a slot (skipped ones too), by (rhythm, local date-time)."""

    @staticmethod
    def build(posts: Iterable[Post], team: Team, channels: Mapping[int, Channel]) -> PostIndex:
        by_channel: dict[int, list[Entry]] = {}
        by_day: dict[tuple[int, date], list[Entry]] = {}
        by_member_week: dict[tuple[int, date], list[TaskRef]] = {}
        by_slot: dict[tuple[int, datetime], list[int]] = {}
        place = _Place(team, channels)
        for post in posts:
            entry, day = place.of(post)
            by_channel.setdefault(post.channel, []).append(entry)
            by_day.setdefault((post.channel, day), []).append(entry)
            if post.slot:
                by_slot.setdefault(post.slot, []).append(post.id)
            for key, ref in place.work_of(post, day):
                by_member_week.setdefault(key, []).append(ref)
        for entries in by_channel.values():
            entries.sort()
        return PostIndex(
            timeline=sorted(entry for entries in by_channel.values() for entry in entries),
            by_channel=by_channel,
            by_day={key: tuple(id for _, id in sorted(entries)) for key, entries in by_day.items()},
            by_member_week={key: tuple(refs) for key, refs in by_member_week.items()},
            by_slot={key: tuple(ids) for key, ids in by_slot.items()},
        )

    def updated(
        self, old: Iterable[Post], new: Iterable[Post], team: Team, channels: Mapping[int, Channel]
    ) -> PostIndex:
        """The index after the posts `old` were replaced by `new`."""
        old, new = list(old), list(new)
        if not old and not new:
            return self
        place = _Place(team, channels)
        timeline = self.timeline.copy()
        by_channel = dict(self.by_channel)
        for channel in {post.channel for post in (*old, *new)}:
            by_channel[channel] = list(by_channel.get(channel, ()))
        by_day, work, by_slot = dict(self.by_day), dict(self.by_member_week), dict(self.by_slot)
        for post in old:
            entry, day = place.of(post)
            _remove(timeline, entry)
            _remove(by_channel[post.channel], entry)
            _drop(by_day, (post.channel, day), post.id)
            if post.slot:
                _drop(by_slot, post.slot, post.id)
            for key, ref in place.work_of(post, day):
                _drop(work, key, ref)
        for post in new:
            entry, day = place.of(post)
            insort(timeline, entry)
            insort(by_channel[post.channel], entry)
            if post.slot:
                by_slot[post.slot] = (*by_slot.get(post.slot, ()), post.id)
            for key, ref in place.work_of(post, day):
                work[key] = (*work.get(key, ()), ref)
            on_day = {*by_day.get((post.channel, day), ()), post.id}
            near = _around(by_channel[post.channel], entry) if len(on_day) > 1 else (entry,)
            by_day[post.channel, day] = tuple(id for _, id in near if id in on_day)
        return PostIndex(timeline, by_channel, by_day, work, by_slot)


class _Place:
    """Where posts belong in the index, for one state of team and channels."""

    def __init__(self, team: Team, channels: Mapping[int, Channel]) -> None:
        self._team = team
        self._zones = {id: zone_for(channel, team) for id, channel in channels.items()}
        self._due_weeks: dict[tuple[date, int, int], date] = {}

    def of(self, post: Post) -> tuple[Entry, date]:
        zone = self._zones[post.channel]
        if post.published_at:
            return (post.published_at, post.id), to_local(post.published_at, zone).date()
        return (to_instant(post.at, zone), post.id), post.at.date()

    def work_of(self, post: Post, day: date) -> Iterable[tuple[tuple[int, date], TaskRef]]:
        if post.state == "skipped":
            return
        for kind, task in post.tasks.items():
            if task.member is not None:
                yield (task.member, self._due_week(day, task)), TaskRef(post.id, kind)

    def _due_week(self, day: date, task: Task) -> date:
        key = (day, task.opens, task.closes)
        if key not in self._due_weeks:
            due = window_days(self._team, *key)[1]
            self._due_weeks[key] = week_start(due, self._team.week_begins)
        return self._due_weeks[key]


def _around(entries: list[Entry], entry: Entry) -> list[Entry]:
    """Those from two days before to two days after: more than any local day has."""
    at, _id = entry
    return entries[bisect_left(entries, (at - 2 * DAY, 0)) : bisect_left(entries, (at + 2 * DAY, 0))]


def _remove(entries: list[Entry], entry: Entry) -> None:
    place = bisect_left(entries, entry)
    if place < len(entries) and entries[place] == entry:
        del entries[place]


def _drop(groups: dict[K, tuple[V, ...]], key: K, value: V) -> None:
    rest = tuple(other for other in groups.get(key, ()) if other != value)
    if rest:
        groups[key] = rest
    else:
        groups.pop(key, None)
