"""`burst`: more posts on a channel in a day than it allows, or closer together than its minimum spacing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Severity, Warning, WayOut
from cadence.insight.warnings.scene import LOOK_BACK, Scene
from cadence.insight.words import day_text, length_text, posts_text, time_text
from cadence.language import _, n_
from cadence.model.post import Post
from cadence.model.team import Channel
from cadence.model.times import DAY

Point = tuple[datetime, Post]


def bursts(scene: Scene) -> Iterator[Warning]:
    """Of what is planned within the horizon and what went out in the last four weeks."""
    for channel in scene.channels:
        if channel.max_per_day is None and channel.min_spacing is None:
            continue
        points = _points(scene, channel)
        if channel.max_per_day is not None:
            yield from _crowded_days(scene, channel, points, channel.max_per_day)
        if channel.min_spacing is not None:
            yield from _too_close(scene, channel, points, timedelta(minutes=channel.min_spacing))


def _points(scene: Scene, channel: Channel) -> list[Point]:
    """Publications and planned posts in order of time, with a day more at either end."""
    published = [
        (at, scene.calendar.posts[id])
        for at, id in reversed(scene.history(channel.id).published)
        if at >= scene.now - LOOK_BACK - DAY
    ]
    planned = [point for point in scene.planned_posts(channel.id) if point[0] < scene.end + DAY]
    return [*reversed(published), *planned]


def _crowded_days(scene: Scene, channel: Channel, points: list[Point], most: int) -> Iterator[Warning]:
    def day_of(point: Point) -> date:
        at, post = point
        return post.at.date() if post.is_open else scene.local(at, channel.id).date()

    for day, group in groupby(points, key=day_of):
        crowd = list(group)
        if len(crowd) > most and _matters(scene, crowd[-1][0]):
            cause = n_(
                "{posts} on {channel} on {day}, {number} a day is allowed",
                "{posts} on {channel} on {day}, {number} a day are allowed",
                most,
                posts=posts_text(len(crowd)),
                channel=channel.name,
                day=day_text(day),
            )
            key = f"burst:{channel.id}:{day}"
            yield _burst(scene, channel, key, crowd[-1], cause, crowd[most:])


def _too_close(scene: Scene, channel: Channel, points: list[Point], spacing: timedelta) -> Iterator[Warning]:
    for earlier, later in pairwise(points):
        apart = later[0] - earlier[0]
        if apart < spacing and _matters(scene, later[0]):
            cause = _(
                "{one} and {other} on {channel} are {apart} apart ({time}), {wanted} are wanted",
                one=ways.title_text(earlier[1]),
                other=ways.title_text(later[1]),
                channel=channel.name,
                apart=length_text(round(apart / timedelta(minutes=1))),
                time=time_text(scene.local(later[0], channel.id)),
                wanted=length_text(channel.min_spacing or 0),
            )
            key = f"burst:{channel.id}:{earlier[1].id}-{later[1].id}"
            yield _burst(scene, channel, key, later, cause, [later])


def _matters(scene: Scene, at: datetime) -> bool:
    return scene.now - LOOK_BACK <= at < scene.end


def _burst(
    scene: Scene, channel: Channel, key: str, last: Point, cause: str, too_many: list[Point]
) -> Warning:
    at, post = last
    is_past = at <= scene.now
    severity: Severity = "low" if is_past else "medium"
    return Warning(
        key=key,
        rule="burst",
        severity=severity,
        channel=channel.id,
        post=post.id,
        task=None,
        member=None,
        at=at,
        since=at if is_past else scene.noticed(at),
        cause=cause,
        ways_out=tuple(_ways_out(scene, channel, too_many)),
    )


def _ways_out(scene: Scene, channel: Channel, too_many: list[Point]) -> Iterator[WayOut]:
    """An empty slot for what is too much, or the next day, or leaving it out."""
    history = scene.history(channel.id)
    for at, post in reversed(too_many):
        if not post.is_open:
            continue
        if post.slot is None:
            ahead = history.line.between(max(scene.now, at + DAY), scene.end)
            empty = [slot for slot in ahead if history.post_on(slot, scene.now) is None]
            yield from (ways.place(post, slot) for slot in empty[:1])
        yield ways.move(post, post.at + DAY)
        yield ways.skip(post, _("too many posts at once"))
