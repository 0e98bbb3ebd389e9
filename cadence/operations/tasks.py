"""Tasks: who does what. Assign, pin, claim, hand over, done."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Offer, Post, Task, TaskRef
from cadence.model.team import Member
from cadence.operations.ability import check_able, check_not_author, load_text
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed, fold
from cadence.operations.posts import publish_post
from cadence.operations.progress import with_tasks
from cadence.operations.wording import list_text, member_text, post_text, starting, task_text


class Taken(Refused):
    """Somebody else has the task `ref`. Who has had it since when is in the history."""

    def __init__(self, message: str, remedy: str, ref: TaskRef) -> None:
        super().__init__(message, remedy)
        self.ref = ref


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
    post, task = _open_task(calendar, ref)
    taker = calendar.member(member)
    if not force:
        check_able(calendar, ref, taker)
    after = replace(task, member=member, pinned=pin or (task.pinned and task.member == member), offer=None)
    if after == task:
        return Edit(f"{taker.name} has {task_text(calendar, ref)} already")
    edit = _with(post, ref, after, f"{taker.name} has {task_text(calendar, ref)} now")
    instead = task.member is not None and task.member != member
    said = edit.said + (f" instead of {member_text(calendar, task.member)}" if instead else "")
    said += load_text(calendar, ref, member)
    return Edit(said + (", pinned" if pin else ""), edit.puts)


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
    post, task = _open_task(calendar, ref)
    if task.member is None:
        return Edit(f"Nobody has {task_text(calendar, ref)} anyway")
    had = member_text(calendar, task.member)
    return _with(post, ref, _free(task), f"Nobody has {task_text(calendar, ref)} now, {had} had it")


def unassign_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Take many tasks away from whoever has them."""
    return fold(calendar, refs, lambda newest, ref: unassign(newest, who, ref, now=now))


def pin(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """No plan may give this task to somebody else."""
    post, task = _open_task(calendar, ref)
    if task.member is None:
        raise Refused(f"nobody has {task_text(calendar, ref)}", "assign it first")
    if task.pinned:
        return Edit(f"{starting(task_text(calendar, ref))} is pinned already")
    name = member_text(calendar, task.member)
    return _with(post, ref, replace(task, pinned=True), f"Pinned {task_text(calendar, ref)} to {name}")


def unpin(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """A plan may give this task to somebody else again."""
    post, task = _open_task(calendar, ref)
    if not task.pinned:
        return Edit(f"{starting(task_text(calendar, ref))} is not pinned")
    return _with(post, ref, replace(task, pinned=False), f"Unpinned {task_text(calendar, ref)}")


def claim(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Take a task oneself: one that nobody has, or that is on offer to me or to anyone.

    Taken, naming who has it, when somebody was faster.
    """
    me = _known(who)
    post, task = _open_task(calendar, ref)
    if task.member == me.id:
        return Edit(f"{me.name} has {task_text(calendar, ref)} already")
    if task.member is not None and not _is_offered_to(task, me):
        raise Taken(
            f"{member_text(calendar, task.member)} has {task_text(calendar, ref)}",
            "ask for it to be offered to you, or assign it",
            ref,
        )
    check_able(calendar, ref, me)
    edit = _with(
        post,
        ref,
        replace(task, member=me.id, pinned=False, offer=None),
        f"{me.name} took {task_text(calendar, ref)}",
    )
    said = edit.said + (f" over from {member_text(calendar, task.member)}" if task.member else "")
    return Edit(said + load_text(calendar, ref, me.id), edit.puts)


def claim_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Take many tasks oneself, all or none."""
    return fold(calendar, refs, lambda newest, ref: claim(newest, who, ref, now=now))


def release(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Give one's own task back: nobody has it then."""
    me = _known(who)
    post, task = _open_task(calendar, ref)
    if task.member != me.id:
        raise Refused(
            f"{member_text(calendar, task.member)} has {task_text(calendar, ref)}, not {me.name}",
            "release what is yours; unassign takes a task away from somebody",
        )
    return _with(post, ref, _free(task), f"{me.name} gave {task_text(calendar, ref)} back, nobody has it now")


def release_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Give many of one's own tasks back."""
    return fold(calendar, refs, lambda newest, ref: release(newest, who, ref, now=now))


def hand_over(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    *,
    now: datetime,
    to: Sequence[int] = (),
    note: str = "",
) -> Edit:
    """Offer a task to one member, to some, or to anyone (`to` empty). Its owner stays responsible until
    somebody claims it. The owner may do this, and a lead for somebody who is away."""
    me = _known(who)
    post, task = _open_task(calendar, ref)
    if task.member is None:
        raise Refused(f"nobody has {task_text(calendar, ref)}", "anyone can claim it as it is")
    _check_responsible(calendar, me, task, ref)
    takers = [calendar.member(id) for id in dict.fromkeys(to)]
    for taker in takers:
        if taker.id == task.member:
            raise Refused(f"{taker.name} has {task_text(calendar, ref)} already", "offer it to others")
        check_able(calendar, ref, taker)
    offer = Offer(at=now.astimezone(UTC), by=me.id, to=tuple(taker.id for taker in takers), note=note)
    names = list_text(taker.name for taker in takers) or "anyone"
    owner = member_text(calendar, task.member)
    said = f"Offered {task_text(calendar, ref)} to {names}; {owner} stays responsible until it is taken"
    return _with(post, ref, replace(task, offer=offer), said)


def hand_over_many(
    calendar: Calendar,
    who: Who,
    refs: Sequence[TaskRef],
    *,
    now: datetime,
    to: Sequence[int] = (),
    note: str = "",
) -> Edit:
    """Offer many tasks at once."""
    return fold(calendar, refs, lambda newest, ref: hand_over(newest, who, ref, now=now, to=to, note=note))


def withdraw_offer(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Keep a task that was on offer and that nobody took."""
    me = _known(who)
    post, task = _open_task(calendar, ref)
    if task.offer is None:
        raise Refused(f"{task_text(calendar, ref)} is not on offer", "there is nothing to withdraw")
    _check_responsible(calendar, me, task, ref)
    owner = member_text(calendar, task.member)
    return _with(
        post,
        ref,
        replace(task, offer=None),
        f"{owner} keeps {task_text(calendar, ref)}, it is not on offer now",
    )


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
    post, task = _open_task(calendar, ref)
    if ref.kind == "engage" and post.state != "published":
        raise Refused(f"{post_text(post)} is not published yet", "engage is the work after publication")
    doer = calendar.member(by).id if by is not None else task.member or (who.id if who else None)
    if doer is not None:
        check_not_author(calendar, ref, calendar.members[doer])
    owner = doer if task.member is None else task.member
    at = (at or now).astimezone(UTC)
    after = with_tasks(post, **{ref.kind: replace(task, member=owner, offer=None, done_at=at, done_by=doer)})
    state = f"; the post is {after.state} now" if after.state != post.state else ""
    return Edit(f"{member_text(calendar, doer)} did {task_text(calendar, ref)}{state}", (after,))


def tasks_done(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Say that many tasks are done."""
    return fold(calendar, refs, lambda newest, ref: task_done(newest, who, ref, now=now))


def task_undone(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Say that a task is not done after all."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    if not task.is_done:
        return Edit(f"{starting(task_text(calendar, ref))} is not done anyway")
    if ref.kind == "publish" and post.state == "published":
        raise Refused(f"{post_text(post)} is published", "undo the publication itself")
    after = with_tasks(post, **{ref.kind: replace(task, done_at=None, done_by=None)})
    state = f"; the post is {after.state} now" if after.state != post.state else ""
    return Edit(f"{starting(task_text(calendar, ref))} is to do again{state}", (after,))


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
    post, task = _open_task(calendar, ref)
    after = changed(task, effort=effort, opens=opens, closes=closes)
    if after.closes < after.opens:
        raise BadInput("a task's window must close on or after the day it opens")
    if after == task:
        return Edit(f"Nothing to change on {task_text(calendar, ref)}")
    return _with(post, ref, after, f"Edited {task_text(calendar, ref)}: {after.effort} minutes")


def _open_task(calendar: Calendar, ref: TaskRef) -> tuple[Post, Task]:
    """The post and the task; Refused when there is nothing left to decide about it."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    if post.state == "skipped":
        raise Refused(f"{post_text(post)} is skipped", "restore it first")
    if task.is_done:
        doer = member_text(calendar, task.done_by)
        raise Refused(f"{task_text(calendar, ref)} is done, by {doer}", "mark it as not done first")
    return post, task


def _known(who: Who) -> Member:
    if who is None:
        raise Refused("nobody knows who you are here", "say it with --as NAME")
    return who


def _is_offered_to(task: Task, me: Member) -> bool:
    return task.offer is not None and (not task.offer.to or me.id in task.offer.to)


def _check_responsible(calendar: Calendar, me: Member, task: Task, ref: TaskRef) -> None:
    if me.id != task.member and me.role != "lead":
        owner = member_text(calendar, task.member)
        raise Refused(f"{owner} has {task_text(calendar, ref)}", f"{owner} or a lead can hand it over")


def _free(task: Task) -> Task:
    return replace(task, member=None, pinned=False, offer=None)


def _with(post: Post, ref: TaskRef, task: Task, said: str) -> Edit:
    return Edit(said, (with_tasks(post, **{ref.kind: task}),))
