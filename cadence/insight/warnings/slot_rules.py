"""Slots that nobody has filled: `empty-slot` ahead, `missed-slot` behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from cadence.insight.expansion import Slot
from cadence.insight.history import ChannelHistory
from cadence.insight.warnings import ways
from cadence.insight.warnings.advice import Job
from cadence.insight.warnings.finding import Severity, Warning, WayOut
from cadence.insight.warnings.scene import LOOK_BACK, Scene
from cadence.insight.words import (
    day_text,
    minutes_text,
    money_text,
    share_text,
    span_text,
    time_text,
)
from cadence.language import _, n_
from cadence.model.post import Post
from cadence.model.team import Channel, Workflow
from cadence.model.times import DAY

LONGEST_TOLERANCE = timedelta(days=61)
"""A slot may still be open, or be missed, so long after its time; the limit of a tolerance is 60 days."""
NEAR = timedelta(days=10)
"""A post planned for so near a day may well fill the slot instead."""


def empty_slots(scene: Scene) -> Iterator[Warning]:
    """A slot within the horizon has no post; also one of today whose tolerance has not passed."""
    for channel in scene.channels:
        history = scene.history(channel.id)
        near = history.line.between(scene.now - LONGEST_TOLERANCE, scene.end)
        ahead = [slot for slot in near if slot.closes > scene.now]
        empty = [slot for slot in ahead if history.post_on(slot, scene.now) is None]
        # Nothing at all is planned: the worst case, however far the slots are.
        is_bare = len(empty) == len(ahead)
        suggestions = _Suggestions(scene, channel)
        for slot in empty:
            severity = "high" if is_bare else scene.urgency(slot.at)
            yield _empty_slot(scene, channel, slot, severity, suggestions)


def _empty_slot(
    scene: Scene, channel: Channel, slot: Slot, severity: Severity, suggestions: _Suggestions
) -> Warning:
    noticed = scene.noticed(slot.at)
    began = scene.begins(scene.calendar.rhythms[slot.key.rhythm].start)
    return Warning(
        key=f"empty-slot:{slot.key.rhythm}:{slot.local:%Y-%m-%dT%H:%M}",
        rule="empty-slot",
        severity=severity,
        channel=channel.id,
        post=None,
        task=None,
        member=None,
        at=slot.at,
        since=min(scene.now, max(noticed, began)),
        cause=_(
            "Nothing is planned for the slot of {time} on {channel}",
            time=time_text(slot.local),
            channel=channel.name,
        ),
        ways_out=tuple(suggestions.for_slot(slot)),
        slot=slot.key,
    )


def missed_slots(scene: Scene) -> Iterator[Warning]:
    """The tolerance of a slot has passed in the last four weeks, and nothing was published."""
    for channel in scene.channels:
        history = scene.history(channel.id)
        suggestions = _Suggestions(scene, channel)
        for slot in history.line.between(scene.now - LOOK_BACK - LONGEST_TOLERANCE, scene.now):
            recent = scene.now - LOOK_BACK < slot.closes <= scene.now
            if recent and slot.key not in history.filled:
                yield _missed_slot(scene, channel, history, slot, suggestions)


def _missed_slot(
    scene: Scene, channel: Channel, history: ChannelHistory, slot: Slot, suggestions: _Suggestions
) -> Warning:
    before = history.line.place(slot).before
    holder = history.open.get(slot.key)
    post = scene.calendar.posts[holder] if holder else None
    cause = _what_is_missing(channel, slot, post)
    can_be_late = scene.now < before
    if can_be_late:
        until = time_text(scene.local(before, channel.id))
        cause = _("{cause}; until {time} it would still count half", cause=cause, time=until)
    return Warning(
        key=f"missed-slot:{slot.key.rhythm}:{slot.local:%Y-%m-%dT%H:%M}",
        rule="missed-slot",
        severity="high" if can_be_late else "low",
        channel=channel.id,
        post=holder,
        task=None,
        member=None,
        at=slot.at,
        since=slot.closes,
        cause=cause,
        ways_out=tuple(suggestions.after(slot, post, can_be_late=can_be_late)),
        slot=slot.key,
    )


def _what_is_missing(channel: Channel, slot: Slot, post: Post | None) -> str:
    time = time_text(slot.local)
    if post is None:
        return _("Nothing went out on {channel} for the slot of {time}", channel=channel.name, time=time)
    return _(
        "{post} has not gone out on {channel} for the slot of {time}",
        post=ways.title_text(post),
        channel=channel.name,
        time=time,
    )


class _Suggestions:
    """Ways out for the slots of one channel, from what the channel has at hand."""

    def __init__(self, scene: Scene, channel: Channel) -> None:
        self._scene = scene
        self._channel = channel

    @cached_property
    def _extras(self) -> list[tuple[datetime, Post]]:
        """Planned posts that hold no slot."""
        known = self._scene.history(self._channel.id).line.by_key
        planned = self._scene.planned_posts(self._channel.id)
        return [(at, post) for at, post in planned if post.slot is None or post.slot not in known]

    def for_slot(self, slot: Slot) -> Iterator[WayOut]:
        """What could fill a slot that lies ahead, or else an agreed pause."""
        scene = self._scene
        yield from (ways.restore(post) for post in self._skipped_on(slot))
        near = [(abs(at - slot.at), post.id, post) for at, post in self._extras if abs(at - slot.at) <= NEAR]
        yield from (ways.place(post, slot) for _, _, post in sorted(near)[:2])
        yield from (
            ways.use_idea(scene, slot, idea)
            for idea in ways.ideas_for(scene, self._channel.id, slot.local.date())
        )
        yield ways.plan(scene, slot, text=self._new_post(slot))
        yield self._pause(slot)

    def after(self, slot: Slot, post: Post | None, *, can_be_late: bool) -> Iterator[WayOut]:
        """What can still be done about a slot that was missed."""
        scene = self._scene
        if post:
            yield ways.publish(post, counts_half=can_be_late)
            if not can_be_late:
                yield from (ways.place(post, later) for later in self._next_empty(1))
            yield ways.skip(post, _("missed the slot of {day}", day=day_text(slot.local.date())))
        elif can_be_late:
            yield from (ways.restore(post) for post in self._skipped_on(slot))
            text = _("plan a post for {time}, late: it counts half", time=time_text(slot.local))
            yield ways.plan(scene, slot, text=text)
        yield self._pause(slot)

    def _next_empty(self, most: int) -> list[Slot]:
        scene = self._scene
        history = scene.history(self._channel.id)
        ahead = history.line.between(scene.now, scene.end)
        return [slot for slot in ahead if history.post_on(slot, scene.now) is None][:most]

    def _skipped_on(self, slot: Slot) -> list[Post]:
        calendar = self._scene.calendar
        posts = (calendar.posts[id] for id in calendar.index.by_slot.get(slot.key, ()))
        return [post for post in posts if post.state == "skipped" and post.channel == slot.channel]

    def _new_post(self, slot: Slot) -> str:
        """With who has most room to write it: `plan a post for Thu 26 Nov 9:00; Anna could write it (+60′,
        would be at 71 %)`. Empty where nobody knows."""
        scene, workflow, day = self._scene, self._workflow, slot.local.date()
        step = workflow.steps.get("draft") if workflow else None
        if step is None or scene.advisor is None:
            return ""
        window = scene.window(day, step.opens, step.closes)
        best = scene.advisor.best(Job("draft", self._channel.id, step.effort, day, *window))
        time = time_text(slot.local)
        if best is None:
            return _("plan a post for {time}; nobody who could write it has time", time=time)
        member = scene.calendar.members[best.member]
        minutes = member.minutes_for("draft", self._channel.id, step.effort)
        if member.kind == "partner":
            return _(
                "plan a post for {time}; {who} could write it (+{minutes}, would be at {share}, {price})",
                time=time,
                who=member.name,
                minutes=minutes_text(minutes),
                share=share_text(best.share),
                price=money_text(member.cost_of(minutes)),
            )
        return _(
            "plan a post for {time}; {who} could write it (+{minutes}, would be at {share})",
            time=time,
            who=member.name,
            minutes=minutes_text(minutes),
            share=share_text(best.share),
        )

    @property
    def _workflow(self) -> Workflow | None:
        return self._scene.calendar.workflows.get(self._channel.workflow or 0)

    def _pause(self, slot: Slot) -> WayOut:
        """A pause from and to the slot's day; it frees all slots of the rhythm on that day."""
        day = slot.local.date()
        others, span = len([s for s in self._slots_on(slot) if s.key != slot.key]), span_text(day, day)
        text = _("agree on a pause {span}", span=span)
        if others:
            text = n_(
                "agree on a pause {span} (and {number} other slot that day)",
                "agree on a pause {span} (and {number} other slots that day)",
                others,
                span=span,
            )
        return ways.pause(slot.key.rhythm, day, day, text)

    def _slots_on(self, slot: Slot) -> list[Slot]:
        line = self._scene.history(self._channel.id).line
        near = line.between(slot.at - DAY, slot.at + DAY)
        return [s for s in near if s.key.rhythm == slot.key.rhythm and s.local.date() == slot.local.date()]
