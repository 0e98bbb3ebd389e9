"""Tasks: who does what. Assign, pin, claim, release, done."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Post, TaskRef
from cadence.model.words import state_word
from cadence.operations.ability import check_able, check_not_author, load_text
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed, fold, known
from cadence.operations.handovers import take_offer
from cadence.operations.holding import held_by, open_task, with_task
from cadence.operations.posts import publish_post
from cadence.operations.progress import with_tasks
from cadence.operations.wording import member_text, post_text, sentence, task_text


def assign(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    member: int,
    *,
    now: datetime,
    pin: bool = False,
    force: bool = False,
) -> Edit:
    """Give a task to a member, whoever had it. `pin`: no plan may reassign it.

    Refused without the skill, when away for the whole window, and when a review would be by the draft's
    author; a person who knows better says `force`. Too little time is no refusal: what it does to the load
    is said.
    """
    post, task = open_task(calendar, ref)
    taker = calendar.member(member)
    if not force:
        check_able(calendar, ref, taker)
    after = replace(task, member=member, pinned=pin or (task.pinned and task.member == member), offer=None)
    if after == task:
        return Edit(_("{name} has {task} already", name=taker.name, task=task_text(calendar, ref)))
    said = _("{name} has {task} now", name=taker.name, task=task_text(calendar, ref))
    if task.member is not None and task.member != member:
        said = _(
            "{name} has {task} now instead of {other}",
            name=taker.name,
            task=task_text(calendar, ref),
            other=member_text(calendar, task.member),
        )
    said += load_text(calendar, ref, member)
    return with_task(post, ref, after, _("{said}, pinned", said=said) if pin else said)


def assign_many(
    calendar: Calendar,
    who: Who,
    refs: Sequence[TaskRef],
    member: int,
    *,
    now: datetime,
    pin: bool = False,
    force: bool = False,
) -> Edit:
    """Give many tasks to one member."""
    return fold(
        calendar, refs, lambda newest, ref: assign(newest, who, ref, member, now=now, pin=pin, force=force)
    )


def unassign(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Take a task away from whoever has it."""
    post, task = open_task(calendar, ref)
    if task.member is None:
        return Edit(_("Nobody has {task} anyway", task=task_text(calendar, ref)))
    had = member_text(calendar, task.member)
    return with_task(
        post,
        ref,
        held_by(task, None),
        _("Nobody has {task} now, {had} had it", task=task_text(calendar, ref), had=had),
    )


def unassign_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Take many tasks away from whoever has them."""
    return fold(calendar, refs, lambda newest, ref: unassign(newest, who, ref, now=now))


def pin(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """No plan may give this task to somebody else."""
    post, task = open_task(calendar, ref)
    if task.member is None:
        raise Refused(_("nobody has {task}", task=task_text(calendar, ref)), _("assign it first"))
    if task.pinned:
        return Edit(sentence(_("{task} is pinned already", task=task_text(calendar, ref))))
    name = member_text(calendar, task.member)
    return with_task(
        post,
        ref,
        replace(task, pinned=True),
        _("Pinned {task} to {name}", task=task_text(calendar, ref), name=name),
    )


def unpin(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """A plan may give this task to somebody else again."""
    post, task = open_task(calendar, ref)
    if not task.pinned:
        return Edit(sentence(_("{task} is not pinned", task=task_text(calendar, ref))))
    return with_task(
        post, ref, replace(task, pinned=False), _("Unpinned {task}", task=task_text(calendar, ref))
    )


def claim(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Take a task oneself: one that nobody has, or that is on offer to me or to anyone; a swap gives the task
    that it asks for in return.

    Taken, naming who has it, when somebody was faster.
    """
    me = known(who)
    post, task = open_task(calendar, ref)
    if task.member is not None:
        return take_offer(calendar, me, ref, now=now)
    check_able(calendar, ref, me)
    said = _("{name} took {task}", name=me.name, task=task_text(calendar, ref))
    said += load_text(calendar, ref, me.id)
    return with_task(post, ref, held_by(task, me.id), said)


def claim_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Take many tasks oneself, all or none."""
    return fold(calendar, refs, lambda newest, ref: claim(newest, who, ref, now=now))


def release(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Give one's own task back: nobody has it then."""
    me = known(who)
    post, task = open_task(calendar, ref)
    if task.member != me.id:
        raise Refused(
            _(
                "{name} has {task}, not {me}",
                name=member_text(calendar, task.member),
                task=task_text(calendar, ref),
                me=me.name,
            ),
            _("release what is yours; unassign takes a task away from somebody"),
        )
    return with_task(
        post,
        ref,
        held_by(task, None),
        _("{name} gave {task} back, nobody has it now", name=me.name, task=task_text(calendar, ref)),
    )


def release_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Give many of one's own tasks back."""
    return fold(calendar, refs, lambda newest, ref: release(newest, who, ref, now=now))


def task_done(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    *,
    now: datetime,
    at: datetime | None = None,
    by: int | None = None,
) -> Edit:
    """Say that a task is done: by the member `by`, or else by whoever has it, or else by who says so.

    To be done with `publish` is to publish the post.
    """
    if ref.kind == "publish" and calendar.post(ref.post).is_open:
        return publish_post(calendar, who, ref.post, now=now, at=at)
    post, task = open_task(calendar, ref)
    if ref.kind == "engage" and post.state != "published":
        raise Refused(
            _("{post} is not published yet", post=post_text(post)), _("engage is the work after publication")
        )
    doer = calendar.member(by).id if by is not None else task.member or (who.id if who else None)
    if doer is not None:
        check_not_author(calendar, ref, calendar.members[doer])
    owner = doer if task.member is None else task.member
    at = (at or now).astimezone(UTC)
    after = with_tasks(post, **{ref.kind: replace(task, member=owner, offer=None, done_at=at, done_by=doer)})
    said = _("{name} did {task}", name=member_text(calendar, doer), task=task_text(calendar, ref))
    return Edit(said + _state_text(post, after), (after,))


def tasks_done(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Say that many tasks are done."""
    return fold(calendar, refs, lambda newest, ref: task_done(newest, who, ref, now=now))


def task_undone(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Say that a task is not done after all."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    if not task.is_done:
        return Edit(sentence(_("{task} is not done anyway", task=task_text(calendar, ref))))
    if ref.kind == "publish" and post.state == "published":
        raise Refused(_("{post} is published", post=post_text(post)), _("undo the publication itself"))
    after = with_tasks(post, **{ref.kind: replace(task, done_at=None, done_by=None)})
    said = sentence(_("{task} is to do again", task=task_text(calendar, ref)))
    return Edit(said + _state_text(post, after), (after,))


def edit_task(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    *,
    now: datetime,
    effort: int | UnsetType = UNSET,
    opens: int | UnsetType = UNSET,
    closes: int | UnsetType = UNSET,
) -> Edit:
    """Change the effort (minutes) or the window (working days around the publication) of one task."""
    post, task = open_task(calendar, ref)
    after = changed(task, effort=effort, opens=opens, closes=closes)
    if after.closes < after.opens:
        raise BadInput(_("a task's window must close on or after the day it opens"))
    if after == task:
        return Edit(_("Nothing to change on {name}", name=task_text(calendar, ref)))
    return with_task(
        post,
        ref,
        after,
        _("Edited {task}: {effort} minutes", task=task_text(calendar, ref), effort=after.effort),
    )


def _state_text(before: Post, after: Post) -> str:
    if after.state == before.state:
        return ""
    return "; " + _("the post is {state} now", state=state_word(after.state))
