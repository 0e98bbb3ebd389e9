"""What forbids that somebody takes a task of a calendar, however much time they have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cadence.insight.capacity import diary
from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.team import TaskKind
from cadence.model.words import kind_word

BARRED: Mapping[str, str] = {"review": later("wrote the draft"), "draft": later("reviews this post")}
"""Why nobody reviews their own draft, seen from either task."""


def obstacle(calendar: Calendar, ref: TaskRef, member: int, days: tuple[date, date] | None = None) -> str:
    """What forbids that a member does a task, on the `days` from … to … (None: those of its window); empty
    when nothing does."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    if calendar.members[member].level_for(ref.kind, post.channel) is None:
        return no_skill_text(ref.kind, calendar.channels[post.channel].name)
    if member in excluded(post, ref.kind):
        return _(BARRED[ref.kind])
    return diary(calendar, member).why_away(*(days or calendar.window(post, task)))


def no_skill_text(kind: TaskKind, channel: str) -> str:
    """`no review skill on Blog`."""
    return _("no {kind} skill on {channel}", kind=kind_word(kind), channel=channel)


def excluded(post: Post, kind: TaskKind) -> set[int]:
    """Who may not have a task because nobody reviews their own draft."""
    if kind == "review":
        return doers(post, "draft")
    return doers(post, "review") if kind == "draft" else set()


def author_of(post: Post) -> int | None:
    """Who wrote the draft, or else has it."""
    draft = post.tasks.get("draft")
    return (draft.done_by or draft.member) if draft else None


def doers(post: Post, kind: TaskKind) -> set[int]:
    """Who has or has done a task, if the post has it."""
    task = post.tasks.get(kind)
    return {id for id in (task.member, task.done_by) if id is not None} if task else set()
