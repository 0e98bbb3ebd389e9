"""Who may take a task: the rules that a claim and an assignment share."""

from datetime import date

from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import TaskRef
from cadence.model.team import Member, days_between
from cadence.operations.wording import day_text, post_text, task_text


def check_able(calendar: Calendar, ref: TaskRef, member: Member) -> None:
    """Refused, with the reason, unless the member has the skill, is not judging their own draft, and is here
    on some day of the task's window."""
    post = calendar.post(ref.post)
    channel = calendar.channels[post.channel].name
    if member.level_for(ref.kind, post.channel) is None:
        raise Refused(
            f"{member.name} has no skill for {ref.kind} on {channel}",
            f"`cadence candidates {ref.post} {ref.kind}` lists who could",
        )
    check_not_author(calendar, ref, member)
    first, last = calendar.window(post, calendar.task(ref))
    if not any(_is_here(calendar, member, day) for day in days_between(first, last)):
        span = day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
        raise Refused(
            f"{member.name} is away for all of {task_text(calendar, ref)} ({span})",
            f"`cadence candidates {ref.post} {ref.kind}` lists who could",
        )


def check_not_author(calendar: Calendar, ref: TaskRef, member: Member) -> None:
    """A review is never by the draft's author, whichever of the two tasks is given last."""
    post = calendar.post(ref.post)
    other = post.tasks.get("draft" if ref.kind == "review" else "review")
    if ref.kind not in ("draft", "review") or other is None:
        return
    if member.id in (other.member, other.done_by):
        verb = ("has" if not other.is_done else "did") + (
            " the draft" if ref.kind == "review" else " the review"
        )
        raise Refused(
            f"{member.name} {verb} of {post_text(post)}, and nobody reviews their own draft",
            f"`cadence candidates {ref.post} {ref.kind}` lists who could",
        )


def load_text(before: Calendar, after: Calendar, ref: TaskRef, member: int) -> str:
    """What a task does to the member's week: ` (15′: 31 → 36 %)`."""
    return ""


def _is_here(calendar: Calendar, member: Member, day: date) -> bool:
    away = any(absence.covers(day) for absence in calendar.absences_of(member.id))
    return member.is_active(day) and not away and day not in calendar.team.holidays
