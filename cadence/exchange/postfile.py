"""Writes posts as CSV or JSON, in the columns that `import posts` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from cadence.exchange.guard import guarded
from cadence.exchange.jsontable import EXTRA
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task
from cadence.model.team import TASK_KINDS, TaskKind

CSV_COLUMNS = (
    "id", "channel", "date", "state", "title", "slot", "published_at", "link", "author", "topic", "note",
    "skip_reason", "uid",
    *(column for kind in TASK_KINDS for column in (kind, f"{kind}_done", f"{kind}_pinned")),
)  # fmt: skip
"""`date` and `slot` are local times of the channel, `published_at` and `…_done` have an offset."""


def posts_csv(calendar: Calendar, posts: Iterable[Post] | None = None) -> bytes:
    """All posts, or these, in order of time; UTF-8, commas, CRLF (RFC 4180).

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which reading takes away.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for post in _chosen(calendar, posts):
        cells = _cells(calendar, post)
        writer.writerow([guarded(cells.get(column, "")) for column in CSV_COLUMNS])
    return text.getvalue().encode()


def posts_json(calendar: Calendar, posts: Iterable[Post] | None = None) -> bytes:
    """All posts, or these, in order of time, as `{"posts": [{…}]}`; times in ISO 8601 with offset, efforts in
    minutes, null for what is not there."""
    document = {"posts": [_object(calendar, post) for post in _chosen(calendar, posts)]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _chosen(calendar: Calendar, posts: Iterable[Post] | None) -> Iterable[Post]:
    if posts is None:
        return (calendar.posts[id] for _, id in calendar.index.timeline)
    return sorted(posts, key=lambda post: (calendar.instant(post), post.id))


def _cells(calendar: Calendar, post: Post) -> dict[str, str]:
    cells = {
        "id": str(post.id),
        "channel": calendar.channels[post.channel].name,
        "date": _say_local(post.at),
        "state": post.state,
        "title": post.title,
        "slot": _say_local(post.slot.local) if post.slot else EXTRA,
        "published_at": post.published_at.isoformat() if post.published_at else "",
        "link": post.link or "",
        "author": post.author,
        "topic": post.topic,
        "note": post.note,
        "skip_reason": post.skip_reason,
        "uid": post.uid,
    }
    for kind, task in post.tasks.items():
        cells[kind] = calendar.members[task.member].name if task.member else ""
        cells[f"{kind}_done"] = task.done_at.isoformat() if task.done_at else ""
        cells[f"{kind}_pinned"] = "yes" if task.pinned else ""
    return cells


def _say_local(moment: Any) -> str:
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")


def _object(calendar: Calendar, post: Post) -> Mapping[str, Any]:
    zone = calendar.zone(post.channel)
    return {
        "id": post.id,
        "channel": calendar.channels[post.channel].name,
        "at": post.at.replace(tzinfo=zone).isoformat(),
        "state": post.state,
        "title": post.title,
        "slot": post.slot.local.replace(tzinfo=zone).isoformat() if post.slot else None,
        "published_at": post.published_at.isoformat() if post.published_at else None,
        "link": post.link,
        "author": post.author,
        "topic": post.topic,
        "note": post.note,
        "skip_reason": post.skip_reason,
        "uid": post.uid,
        "tasks": {kind: _task(calendar, task) for kind, task in _in_order(post.tasks)},
    }


def _in_order(tasks: Mapping[TaskKind, Task]) -> list[tuple[TaskKind, Task]]:
    return [(kind, tasks[kind]) for kind in TASK_KINDS if kind in tasks]


def _task(calendar: Calendar, task: Task) -> Mapping[str, Any]:
    return {
        "member": calendar.members[task.member].name if task.member else None,
        "effort": task.effort,
        "pinned": task.pinned,
        "done_at": task.done_at.isoformat() if task.done_at else None,
    }
