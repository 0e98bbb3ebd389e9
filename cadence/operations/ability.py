"""Who may take a task, and what it does to their week: what a claim and an assignment share."""

from cadence.insight.capacity import load, minutes_of
from cadence.insight.words import minutes_text, share_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import TaskRef
from cadence.model.team import Member
from cadence.operations.wording import post_text, task_text
from cadence.planner.explaining.obstacles import obstacle


def check_able(calendar: Calendar, ref: TaskRef, member: Member) -> None:
    """Refused, with the reason, unless the member has the skill, is not judging their own draft, and is here
    at some time of the task's window."""
    if reason := obstacle(calendar, ref, member.id):
        raise Refused(
            _(
                "{name} cannot take {task}: {reason}",
                name=member.name,
                task=task_text(calendar, ref),
                reason=reason,
            ),
            _("`cadence who {post} {kind}` lists who could", post=ref.post, kind=ref.kind),
        )


def check_not_author(calendar: Calendar, ref: TaskRef, member: Member) -> None:
    """A review is never by the draft's author, whichever of the two is done last."""
    post = calendar.post(ref.post)
    other = post.tasks.get("draft" if ref.kind == "review" else "review")
    if ref.kind not in ("draft", "review") or other is None or member.id not in (other.member, other.done_by):
        return
    names = {"post": post_text(post), "name": member.name}
    if ref.kind == "review":
        why = _("review of {post} cannot be done by {name}, who wrote the draft", **names)
    else:
        why = _("draft of {post} cannot be done by {name}, who reviews it", **names)
    raise Refused(why, _("say who did it, or give it to somebody else"))


def load_text(calendar: Calendar, ref: TaskRef, member: int) -> str:
    """What taking a task does to the member's week in which it is due: ` (15′: 31 % → 36 %)`."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    minutes = minutes_of(calendar.members[member], post, ref.kind)
    was = load(calendar, member, calendar.window(post, task)[1])
    will = was if task.member == member else was.plus(minutes)
    change = f"{minutes_text(minutes)}: {share_text(was.share)} → {share_text(will.share)}"
    if not will.over:
        return f" ({change})"
    return " " + _("({change}, {minutes} over capacity)", change=change, minutes=minutes_text(will.over))
