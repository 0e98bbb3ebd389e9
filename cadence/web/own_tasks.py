"""What somebody says of their own tasks on their page: done, out, or not done after all.

A page belongs to one person, and a partner's tells of nobody else. So it takes a word on the tasks of that
person only, and no refusal names anybody, or says whether there is such a task.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from cadence.insight.offers import today_of
from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import Member
from cadence.model.times import DAY, to_local, zone_of
from cadence.model.words import kind_word
from cadence.operations.ability import check_not_author
from cadence.operations.edit import Edit, Who, known
from cadence.operations.posts import edit_post, publish_post
from cadence.operations.tasks import task_done, task_undone

Say = Literal["", "done", "published", "not-done"]
"""A form of the page; none: there is nothing to say."""
TAKEN_BACK_WITHIN = DAY
"""So long a word can be taken back on the page; then others rely on it."""


def to_say(calendar: Calendar, member: Member, ref: TaskRef, now: datetime) -> Say:
    """What a member can say of a task of theirs at `now`."""
    post, task = calendar.posts[ref.post], calendar.task(ref)
    if task.is_done:
        return "not-done" if _can_take_back(member, post, ref, task, now) else ""
    if ref.kind != "engage" and not post.is_open:
        return ""
    try:
        _check_can_be_done(calendar, member, ref, now)
    except Refused:
        return ""
    return "published" if ref.kind == "publish" else "done"


def say_done(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime, link: str | None = None) -> Edit:
    """A task of one's own is done. To publish means that the post is out, where `link` says; who forgot the
    link may say it afterwards."""
    me = known(who)
    post, task = _own(calendar, me, ref)
    if ref.kind == "publish" and post.state == "published":
        return _with_link(calendar, who, post, link, now)
    if task.is_done:
        return Edit(
            _("The {task} of post {number} is done already", task=kind_word(ref.kind), number=post.id)
        )
    _check_can_be_done(calendar, me, ref, now)
    if ref.kind == "publish":
        return publish_post(calendar, who, post.id, now=now, link=link)
    return task_done(calendar, who, ref, now=now)


def say_not_done(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """A task that one called done not long ago is not."""
    me = known(who)
    post, task = _own(calendar, me, ref)
    if not task.is_done:
        said = _("The {task} of post {number} is not done anyway", task=kind_word(ref.kind), number=post.id)
        return Edit(said)
    if not _can_take_back(me, post, ref, task, now):
        raise Refused(_("“{title}” has gone on since", title=post.title), _("ask your team to change it"))
    return task_undone(calendar, who, ref, now=now)


def _own(calendar: Calendar, me: Member, ref: TaskRef) -> tuple[Post, Task]:
    post = calendar.posts.get(ref.post)
    task = post.tasks.get(ref.kind) if post and post.state != "skipped" else None
    if post is None or task is None or task.member != me.id:
        raise Refused(
            _("that is no task of yours any more"), _("look at your page again, it may have changed")
        )
    return post, task


def _with_link(calendar: Calendar, who: Who, post: Post, link: str | None, now: datetime) -> Edit:
    if link is None or link == post.link:
        return Edit(_("Post {number} is out already", number=post.id))
    if post.link is not None:
        raise Refused(
            _("“{title}” is out already, with another link", title=post.title),
            _("ask your team to change it"),
        )
    return edit_post(calendar, who, post.id, now=now, link=link)


def _check_can_be_done(calendar: Calendar, me: Member, ref: TaskRef, now: datetime) -> None:
    """Work may be done before its days begin, but what depends on the publication may not."""
    post = calendar.posts[ref.post]
    day = to_local(calendar.instant(post), zone_of(calendar.team.zone)).date()
    if ref.kind == "publish" and day > today_of(calendar, now):
        raise Refused(
            _("“{title}” goes out on {day}", title=post.title, day=day_text(day)), _("say so once it is out")
        )
    if ref.kind == "engage" and post.state != "published":
        raise Refused(_("“{title}” is not out yet", title=post.title), _("answering comes after that"))
    check_not_author(calendar, ref, me)


def _can_take_back(me: Member, post: Post, ref: TaskRef, task: Task, now: datetime) -> bool:
    is_recent = task.done_at is not None and task.done_at > now - TAKEN_BACK_WITHIN
    return task.done_by == me.id and is_recent and (post.is_open or ref.kind == "engage")
