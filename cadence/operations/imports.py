"""Many posts at once, from a history or a plan. Importing twice adds nothing: what is here is left out."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from msgspec.structs import replace

from cadence.language import _, n_
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError, Refused
from cadence.model.post import Post, Task
from cadence.model.rhythm import SlotKey
from cadence.model.team import Channel, TaskKind
from cadence.model.times import to_instant, to_local
from cadence.operations.edit import Edit, Who
from cadence.operations.posts import CLOCK_SLACK
from cadence.operations.progress import BEFORE_PUBLICATION, state_from, tasks_for
from cadence.operations.setup import UNTITLED, PostRow, PublicationRow, TaskRow
from cadence.operations.slotting import check_slot, holder, slot_at
from cadence.operations.wording import time_text


def import_publications(
    calendar: Calendar, who: Who, rows: Sequence[PublicationRow], *, now: datetime
) -> Edit:
    """What went out in the past, as published posts without tasks. A row with the channel, instant and title
    of a post that is here is left out. A refusal names the row, counted from 1.

    Rows without a title cannot be told apart: of those at one instant as many are here afterwards as there
    are rows, so that two publications on one day count as two, and importing them again adds nothing.
    """
    known = Counter((post.channel, post.published_at, post.title) for post in calendar.posts.values())
    named = _Named(calendar)
    posts: list[Post] = []
    for number, row in enumerate(rows, 1):
        channel = named.channel(row.channel, number)
        if row.at > now + CLOCK_SLACK:
            raise BadInput(
                _("row {number}, {title!r}, is still to come", number=number, title=row.title[:40]),
                _("import it as a planned post"),
            )
        same = (channel.id, row.at, row.title)
        if known[same]:
            known[same] -= row.title == UNTITLED
            continue
        known[same] += row.title != UNTITLED
        posts.append(
            Post(
                id=calendar.next_id(Post, len(posts)),
                channel=channel.id,
                title=row.title,
                at=to_local(row.at, calendar.zone(channel.id)),
                state="published",
                published_at=row.at,
                author=row.author,
                link=row.link,
            )
        )
    said = n_("Imported {number} publication", "Imported {number} publications", len(posts))
    return _edit(calendar, said, posts, len(rows))


def import_posts(calendar: Calendar, who: Who, rows: Sequence[PostRow], *, now: datetime) -> Edit:
    """Posts of any state, planned ones with the tasks of their channel's workflow.

    A row whose `uid` is known, or that has the channel, local time and title of a post that is here, is left
    out. A refusal names the row, counted from 1.
    """
    known = {(post.channel, post.at, post.title) for post in calendar.posts.values()}
    uids = {post.uid for post in calendar.posts.values() if post.uid}
    taken: set[SlotKey] = set()
    named = _Named(calendar)
    posts: list[Post] = []
    for number, row in enumerate(rows, 1):
        channel = named.channel(row.channel, number)
        if (channel.id, row.at, row.title) in known or row.uid in uids:
            continue
        known.add((channel.id, row.at, row.title))
        uids.update({row.uid} - {""})
        try:
            post = _post(calendar, named, row, channel, taken, now)
        except CadenceError as error:
            said = _(
                "row {number}, {title!r}: {message}",
                number=number,
                title=row.title[:40],
                message=error.message,
            )
            raise type(error)(said, error.remedy) from None
        if post.slot and post.state != "skipped":
            taken.add(post.slot)
        posts.append(replace(post, id=calendar.next_id(Post, len(posts))))
    said = n_("Imported {number} post", "Imported {number} posts", len(posts))
    return _edit(calendar, said, posts, len(rows))


class _Named:
    """Who and what the rows name, each looked up once."""

    def __init__(self, calendar: Calendar) -> None:
        self._channels = cache(calendar.channel)
        self._members = cache(calendar.member)

    def channel(self, name: str, row: int) -> Channel:
        try:
            return self._channels(name)
        except CadenceError as error:
            said = _("row {number}: {message}", number=row, message=error.message)
            raise type(error)(said, error.remedy) from None

    def member(self, name: str | None) -> int | None:
        return self._members(name).id if name else None


def _edit(calendar: Calendar, said: str, posts: Sequence[Post], rows: int) -> Edit:
    if len(calendar.posts) + len(posts) > limits.MAX_POSTS:
        raise Refused(_("a calendar holds at most {most:,} posts", most=limits.MAX_POSTS))
    if left_out := rows - len(posts):
        said += ", " + n_("{number} were here already", "{number} were here already", left_out)
    return Edit(said, tuple(posts))


def _post(
    calendar: Calendar, named: _Named, row: PostRow, channel: Channel, taken: set[SlotKey], now: datetime
) -> Post:
    published_at = row.published_at
    if row.state == "published":
        published_at = published_at or to_instant(row.at, calendar.zone(channel.id))
        if published_at > now + CLOCK_SLACK:
            raise BadInput(_("it is published but still to come"), _("give the time at which it went out"))
    elif published_at:
        raise BadInput(
            _("it has a time of publication but is {state}", state=row.state), _("make its state published")
        )
    tasks = _tasks(calendar, named, row, channel, published_at or now)
    return Post(
        id=1,
        channel=channel.id,
        title=row.title,
        at=row.at,
        state=row.state if row.state in ("published", "skipped") else state_from(tasks),
        slot=_slot(calendar, row, channel, taken),
        tasks=tasks,
        published_at=published_at,
        link=row.link,
        note=row.note,
        author=row.author,
        topic=row.topic,
        skip_reason=row.skip_reason,
        uid=row.uid,
    )


def _slot(calendar: Calendar, row: PostRow, channel: Channel, taken: set[SlotKey]) -> SlotKey | None:
    if row.extra:
        return None
    key = slot_at(calendar, channel.id, row.slot or row.at)
    free = key is not None and key not in taken and holder(calendar, key) is None
    if row.slot is None:
        return key if free else None
    if key is None:
        raise Refused(
            _("{channel} has no slot at {time}", channel=channel.name, time=time_text(row.slot)),
            _("leave the slot out, or correct it"),
        )
    if row.state != "skipped":
        check_slot(calendar, channel.id, key)
        if not free:
            raise Refused(
                _("the slot of {time} is given twice", time=time_text(row.slot)), _("one post per slot")
            )
    return key


def _tasks(
    calendar: Calendar, named: _Named, row: PostRow, channel: Channel, finished: datetime
) -> dict[TaskKind, Task]:
    """The workflow's tasks as the row has them. What its state says is done, is. A published or skipped post
    of which nothing is told needs no tasks any more."""
    if not row.tasks and row.state in ("published", "skipped"):
        return {}
    tasks = tasks_for(calendar.workflows.get(channel.workflow or 0))
    if unknown := [kind for kind in row.tasks if kind not in tasks]:
        raise BadInput(
            _("the workflow of {channel} has no {task} task", channel=channel.name, task=unknown[0]),
            _("leave it out"),
        )
    done = _done_in(row)
    told: dict[TaskKind, Task] = {
        kind: _task(named, task, row.tasks.get(kind, TaskRow())) for kind, task in tasks.items()
    }
    _check_authors(calendar, told)
    return {
        kind: replace(task, done_at=finished, done_by=task.member)
        if kind in done and not task.is_done
        else task
        for kind, task in told.items()
    }


def _task(named: _Named, task: Task, row: TaskRow) -> Task:
    member = named.member(row.member)
    if row.pinned and member is None:
        raise BadInput(_("a task without anybody is pinned"), _("name who has it"))
    return replace(
        task,
        member=member,
        pinned=row.pinned,
        done_at=row.done_at,
        done_by=member if row.done_at else None,
    )


def _done_in(row: PostRow) -> tuple[TaskKind, ...]:
    """The tasks that must be done when a post is in the row's state."""
    match row.state:
        case "drafted":
            return ("draft",)
        case "approved":
            return BEFORE_PUBLICATION
        case "published":
            return ("publish",)
        case _:
            return ()


def _check_authors(calendar: Calendar, tasks: dict[TaskKind, Task]) -> None:
    draft, review = tasks.get("draft"), tasks.get("review")
    if draft and review and draft.member is not None and draft.member == review.member:
        name = calendar.members[draft.member].name
        raise Refused(_("{name} has draft and review", name=name), _("nobody reviews their own draft"))
