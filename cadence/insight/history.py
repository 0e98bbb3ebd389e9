"""How a channel has kept its promise so far: which post holds which slot, and with what outcome."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from cadence.insight.expansion import Slot
from cadence.insight.line import Line, line_of
from cadence.insight.matching import VALUES, Outcome, best_matching
from cadence.insight.memo import Memo
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.postindex import Entry
from cadence.model.rhythm import SlotKey

SlotState = Literal["empty", "planned", "ready", "on_time", "early", "late", "missed", "paused"]


@dataclass(frozen=True)
class Filled:
    """A publication on a slot. `linked`: somebody put it there; otherwise it was matched."""

    post: int
    outcome: Outcome
    linked: bool


@dataclass(frozen=True)
class ChannelHistory:
    """`line`: the unpaused slots; `published`: the publications up to now, in order of time; `filled`: the
    slots that have one; `open`: the slots that an unpublished post has taken; `extras`: publications on no
    slot."""

    line: Line
    published: list[Entry]
    filled: Mapping[SlotKey, Filled]
    open: Mapping[SlotKey, int]
    extras: list[Entry]

    @cached_property
    def slot_of(self) -> Mapping[int, SlotKey]:
        """The slot of each post that holds one."""
        filled = {filled.post: key for key, filled in self.filled.items()}
        return filled | {post: key for key, post in self.open.items()}

    def post_on(self, slot: Slot, now: datetime) -> int | None:
        """The post that holds a slot, published or open."""
        filled = self._known(slot, now)
        return filled.post if filled else self.open.get(slot.key)

    def standing(self, slot: Slot, calendar: Calendar, now: datetime) -> tuple[SlotState, int | None]:
        """What has become of an unpaused slot, or what is ready for it, and the post that holds it, published
        or open.

        A slot whose tolerance has passed is missed until something is published before the next one.
        """
        if filled := self._known(slot, now):
            return filled.outcome, filled.post
        post = self.open.get(slot.key)
        if now >= slot.closes:
            return "missed", post
        if post is None:
            return "empty", None
        return "ready" if is_ready(calendar.posts[post]) else "planned", post

    def outcome(self, slot: Slot, now: datetime) -> Outcome | None:
        """The outcome of an unpaused slot; None while it is not known."""
        if filled := self._known(slot, now):
            return filled.outcome
        return "missed" if now >= slot.closes else None

    def _known(self, slot: Slot, now: datetime) -> Filled | None:
        """What fills the slot. A publication that was only matched and came before the tolerance does so once
        the tolerance has passed: until then the slot is still open, and something on time may come."""
        filled = self.filled.get(slot.key)
        if filled and not filled.linked and filled.outcome == "early" and now < slot.closes:
            return None
        return filled

    def last_before(self, moment: datetime) -> datetime | None:
        """The last publication before a moment."""
        place = bisect_left(self.published, (moment, 0))
        return self.published[place - 1][0] if place else None


def is_ready(post: Post) -> bool:
    """Everything that comes before the publication is done."""
    if post.state in ("approved", "published"):
        return True
    before = [task for kind, task in post.tasks.items() if kind not in ("publish", "engage")]
    return bool(before) and all(task.is_done for task in before)


_histories: Memo[ChannelHistory] = Memo()
_NO_ENTRIES: list[Entry] = []


def match(calendar: Calendar, channel: int, now: datetime) -> ChannelHistory:
    """The history of a channel up to `now`, over the whole life of its rhythms.

    Publications later than `now` (a clock set back) are as good as planned. Remembered while the channel's
    posts and rhythms stay the same, so that a change costs one channel's matching.
    """
    entries = calendar.index.by_channel.get(channel, _NO_ENTRIES)
    rhythms = calendar.rhythms_of(channel)
    holidays = calendar.team.holidays if any(rhythm.skip_holidays for rhythm in rhythms) else None
    return _histories.get(
        channel,
        same=(entries, calendar.zone(channel), holidays, *rhythms),
        equal=(bisect_right(entries, now, key=_instant), now.year),
        make=lambda: _match(calendar, channel, entries, now),
    )


def _match(calendar: Calendar, channel: int, entries: list[Entry], now: datetime) -> ChannelHistory:
    posts = [calendar.posts[id] for _, id in entries]
    out = {id: at for (at, id), post in zip(entries, posts, strict=True) if is_out(post, at, now)}
    linked = [post for post in posts if post.slot and post.state != "skipped"]
    line = line_of(
        calendar, channel, max([now.year, *(post.slot.local.year for post in linked if post.slot)])
    )
    holders = _holders(line, linked, out)
    filled = {
        key: Filled(id, line.place(line.by_key[key]).outcome(out[id]), linked=True)
        for key, id in holders.items()
        if id in out
    }
    settled = {*holders.values(), *_resting(calendar, channel, linked)}
    others = [(at, id) for id, at in out.items() if id not in settled]
    left = [slot for slot in line.slots if slot.key not in holders]
    places = [line.place(slot) for slot in left]
    extras: list[Entry] = []
    for entry, place in zip(others, best_matching([at for at, _ in others], places), strict=True):
        if place is None:
            extras.append(entry)
        else:
            filled[left[place].key] = Filled(entry[1], places[place].outcome(entry[0]), linked=False)
    return ChannelHistory(
        line=line,
        published=[(at, id) for id, at in out.items()],
        filled=filled,
        open={key: id for key, id in holders.items() if id not in out},
        extras=extras,
    )


def is_out(post: Post, at: datetime, now: datetime) -> bool:
    """Whether the post, whose instant is `at`, has been published by `now`."""
    return post.state == "published" and at <= now


def _holders(line: Line, linked: list[Post], out: Mapping[int, datetime]) -> dict[SlotKey, int]:
    """The post that holds each taken slot. Should two claim one, the published one with the best outcome and
    then the nearest does; the other is like any post without a slot."""
    holders: dict[SlotKey, int] = {}
    ranks: dict[SlotKey, tuple[float, timedelta, int]] = {}
    for post in linked:
        if post.slot is None or (slot := line.by_key.get(post.slot)) is None:
            continue
        at = out.get(post.id)
        value = VALUES[line.place(slot).outcome(at)] if at else -1.0
        rank = (-value, abs(at - slot.at) if at else timedelta(0), post.id)
        if slot.key not in holders or rank < ranks[slot.key]:
            holders[slot.key], ranks[slot.key] = post.id, rank
    return holders


def _resting(calendar: Calendar, channel: int, linked: list[Post]) -> list[int]:
    """The posts on paused slots: they stay there, and count for nothing."""
    rhythms = {rhythm.id: rhythm for rhythm in calendar.rhythms_of(channel) if rhythm.pauses}
    return [
        post.id
        for post in linked
        if post.slot
        and post.slot.rhythm in rhythms
        and rhythms[post.slot.rhythm].is_paused(post.slot.local.date())
    ]


def _instant(entry: Entry) -> datetime:
    return entry[0]
