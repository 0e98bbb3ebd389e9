"""Who has a task: small steps that tasks, posts and hand-overs share."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import Post, Task, TaskRef
from cadence.operations.edit import Edit
from cadence.operations.progress import with_tasks
from cadence.operations.wording import member_text, post_text, task_text


class Taken(Refused):
    """Somebody else has the task `ref`. Who has had it since when is in the history."""

    def __init__(self, message: str, remedy: str, ref: TaskRef) -> None:
        super().__init__(message, remedy)
        self.ref = ref


def open_task(calendar: Calendar, ref: TaskRef) -> tuple[Post, Task]:
    """The post and the task; Refused when there is nothing left to decide about it."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    if post.state == "skipped":
        raise Refused(_("{post} is skipped", post=post_text(post)), _("restore it first"))
    if task.is_done:
        doer = member_text(calendar, task.done_by)
        raise Refused(
            _("{task} is done, by {doer}", task=task_text(calendar, ref), doer=doer),
            _("mark it as not done first"),
        )
    return post, task


def held_by(task: Task, member: int | None) -> Task:
    """The task once a member has it (None: nobody). Pins and offers were its former owner's."""
    return replace(task, member=member, pinned=False, offer=None)


def with_task(post: Post, ref: TaskRef, task: Task, said: str) -> Edit:
    """The edit that puts a task into its post."""
    return Edit(said, (with_tasks(post, **{ref.kind: task}),))


def moved_to(post: Post, at: datetime) -> Post:
    """The post at another local time, its offers with it."""
    return offers_moved(replace(post, at=at), at.date() - post.at.date())


def offers_moved(post: Post, step: timedelta) -> Post:
    """The post with the last days of its offers moved by so many days, as its windows are."""
    if not step:
        return post
    return replace(post, tasks={kind: _offer_moved(task, step) for kind, task in post.tasks.items()})


def _offer_moved(task: Task, step: timedelta) -> Task:
    offer = task.offer
    if offer is None or offer.until is None:
        return task
    return replace(task, offer=replace(offer, until=offer.until + step))
