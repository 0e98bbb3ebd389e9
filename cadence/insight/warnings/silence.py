"""`silence`: longer between neighbouring posts of a channel than one of its rhythms allows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cadence.insight.expansion import goes_on
from cadence.insight.quiet import breaks_at
from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Severity, Warning, WayOut
from cadence.insight.warnings.scene import LOOK_BACK, Scene
from cadence.insight.words import days_text, span_text, time_text
from cadence.language import _
from cadence.model.post import Post
from cadence.model.rhythm import Rhythm
from cadence.model.team import Channel
from cadence.model.times import DAY, day_bounds


@dataclass(frozen=True)
class _Stretch:
    """Without a post from `start` to `end` (None: nothing is planned). `breaks`: when it becomes longer than
    `rhythm` allows. `after`: the post at its start (None: nothing was ever published)."""

    rhythm: Rhythm
    after: int | None
    start: datetime
    end: datetime | None
    breaks: datetime


def silences(scene: Scene) -> Iterator[Warning]:
    """Stretches that are, or within the horizon will be, too long, and those that ended in the last four
    weeks. One warning per stretch, even when several rhythms mind it."""
    for channel in scene.channels:
        rhythms = [
            rhythm
            for rhythm in scene.calendar.rhythms_of(channel.id)
            if rhythm.max_silence is not None and goes_on(scene.calendar, rhythm, scene.now)
        ]
        worst: dict[int | None, _Stretch] = {}
        points = _points(scene, channel) if rhythms else []
        for rhythm in rhythms:
            for stretch in _too_long(scene, channel, rhythm, points):
                known = worst.get(stretch.after)
                if known is None or stretch.breaks < known.breaks:
                    worst[stretch.after] = stretch
        yield from (_silence(scene, channel, stretch) for stretch in worst.values())


def _too_long(scene: Scene, channel: Channel, rhythm: Rhythm, points: list[_Point]) -> Iterator[_Stretch]:
    limit = timedelta(minutes=rhythm.max_silence or 0)
    if not points or points[0][0] > scene.now:
        began = day_bounds(rhythm.start, scene.zone(channel.id))[0]
        # What is planned before the rhythm begins says nothing about it.
        points = [(began, None), *(point for point in points if point[0] > began)]
    ends = [*(at for at, _ in points[1:]), None]
    for (start, after), end in zip(points, ends, strict=True):
        if end is not None and end - start <= limit:
            continue
        breaks = breaks_at(rhythm, scene.zone(channel.id), start)
        if breaks < min(end or scene.end, scene.end):
            yield _Stretch(rhythm, after, start, end, breaks)


_Point = tuple[datetime, int | None]
"""A moment at which a post went or is to go out, and its number."""


def _points(scene: Scene, channel: Channel) -> list[_Point]:
    """The publications of the last four weeks, the one before them, and what is planned ahead."""
    published = scene.history(channel.id).published
    recent = bisect_left(published, (scene.now - LOOK_BACK, 0))
    planned = [(at, post.id) for at, post in scene.planned_posts(channel.id)]
    return [*published[max(0, recent - 1) :], *planned]


def _silence(scene: Scene, channel: Channel, stretch: _Stretch) -> Warning:
    return Warning(
        key=f"silence:{channel.id}:{'start' if stretch.after is None else stretch.after}",
        rule="silence",
        severity=_severity(scene, stretch),
        channel=channel.id,
        post=None,
        task=None,
        member=None,
        at=stretch.breaks,
        since=stretch.breaks if stretch.breaks <= scene.now else scene.noticed(stretch.breaks),
        cause=_cause(scene, channel, stretch),
        ways_out=tuple(_ways_out(scene, channel, stretch)),
    )


def _severity(scene: Scene, stretch: _Stretch) -> Severity:
    if stretch.end is not None and stretch.end <= scene.now:
        return "low"
    if stretch.after is None and stretch.end is None:
        return "high"
    return scene.urgency(stretch.breaks)


def _cause(scene: Scene, channel: Channel, stretch: _Stretch) -> str:
    allowed = days_text(timedelta(minutes=stretch.rhythm.max_silence or 0))
    start = time_text(scene.local(stretch.start, channel.id))
    if stretch.end is not None and stretch.end <= scene.now:
        return _(
            "{channel} was silent for {length} from {start}, {allowed} allowed",
            channel=channel.name,
            length=days_text(stretch.end - stretch.start),
            start=start,
            allowed=allowed,
        )
    if stretch.after is None and stretch.start <= scene.now:
        so_far = _(
            "Nothing was ever published on {channel}, promised for {length}, {allowed} allowed",
            channel=channel.name,
            length=days_text(scene.now - stretch.start),
            allowed=allowed,
        )
    elif stretch.start <= scene.now:
        so_far = _(
            "{channel} has been silent for {length}, {allowed} allowed",
            channel=channel.name,
            length=days_text(scene.now - stretch.start),
            allowed=allowed,
        )
    else:
        so_far = _(
            "{channel} falls silent after {start}, {allowed} allowed",
            channel=channel.name,
            start=start,
            allowed=allowed,
        )
    if stretch.end is None:
        return _("{so_far}, and nothing is planned", so_far=so_far)
    return _(
        "{so_far}; the next post is planned for {time}, after {length}",
        so_far=so_far,
        time=time_text(scene.local(stretch.end, channel.id)),
        length=days_text(stretch.end - stretch.start),
    )


def _ways_out(scene: Scene, channel: Channel, stretch: _Stretch) -> Iterator[WayOut]:
    if stretch.end is None or stretch.end > scene.now:
        if stretch.breaks <= scene.now:
            yield from (ways.publish(post) for post in _publishable(scene, channel))
        yield from _fillers(scene, channel, stretch)
    yield from _smaller_promise(stretch)
    if stretch.breaks > scene.now:
        yield from _pause(scene, channel, stretch)


def _smaller_promise(stretch: _Stretch) -> Iterator[WayOut]:
    """To allow as long a silence as this, if its end is known and it is not beyond all measure."""
    limit = timedelta(minutes=stretch.rhythm.max_silence or 0)
    if stretch.end is not None and stretch.end - stretch.start <= 3 * limit:
        days = -((stretch.start - stretch.end) // DAY)
        text = _(
            "a smaller promise: allow {days} days without a post instead of {limit}",
            days=days,
            limit=days_text(limit),
        )
        yield ways.allow_silence(stretch.rhythm, days * 24 * 60, text)


def _pause(scene: Scene, channel: Channel, stretch: _Stretch) -> Iterator[WayOut]:
    first = max(scene.today, scene.local(stretch.start, channel.id).date() + DAY)
    last = scene.local(min(stretch.end or scene.end, scene.end), channel.id).date() - DAY
    if first <= last:
        text = _("agree on a pause {span}", span=span_text(first, last))
        yield ways.pause(stretch.rhythm.id, first, last, text)


def _publishable(scene: Scene, channel: Channel) -> list[Post]:
    """The next planned post, if it could go out at once."""
    return [post for _, post in scene.planned_posts(channel.id)[:1] if post.state == "approved"]


def _fillers(scene: Scene, channel: Channel, stretch: _Stretch) -> Iterator[WayOut]:
    """A post on an empty slot inside the stretch, as late as still helps; or the next post, sooner."""
    history = scene.history(channel.id)
    slots = history.line.between(max(stretch.start, scene.now), min(stretch.end or scene.end, scene.end))
    empty = [slot for slot in slots if history.post_on(slot, scene.now) is None]
    in_time = [slot for slot in empty if slot.at <= stretch.breaks]
    for slot in in_time[-1:] or empty[:1]:
        for idea in ways.ideas_for(scene, channel.id, slot.local.date()):
            yield ways.use_idea(scene, slot, idea)
        yield ways.plan(scene, slot)
        next_posts = [post for at, post in scene.planned_posts(channel.id) if at == stretch.end]
        yield from (ways.place(post, slot) for post in next_posts[:1] if post.slot is None)
