"""People are away."""

from datetime import date, datetime

from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.model.team import Absence
from cadence.operations.edit import Edit, Who
from cadence.operations.wording import list_text, member_text, span_text


def add_absence(
    calendar: Calendar, who: Who, member: int, first: date, last: date, *, now: datetime, reason: str = ""
) -> Edit:
    """A member is away from `first` to `last`, both included. Tasks that lie wholly within are named: they
    stay theirs until somebody takes them."""
    away = calendar.member(member)
    absence = Absence(id=calendar.next_id(Absence), member=member, first=first, last=last, reason=reason)
    for known in calendar.absences_of(member):
        if known.first <= first and last <= known.last:
            raise Refused(
                f"{away.name} is away {span_text(known.first, known.last)} already",
                f"absence {known.id} says so",
            )
    said = f"{away.name} is away {span_text(first, last)}"
    if inside := _tasks_within(calendar, absence):
        said += f"; still theirs: {list_text(inside)}"
    return Edit(said, (absence,))


def remove_absence(calendar: Calendar, who: Who, absence: int, *, now: datetime) -> Edit:
    """A member is here after all."""
    gone = calendar.absences.get(absence)
    if gone is None:
        raise NotFound(f"there is no absence {absence}", "`cadence absence list` lists them")
    name = member_text(calendar, gone.member)
    return Edit(f"{name} is here after all {span_text(gone.first, gone.last)}", removes=(gone,))


def _tasks_within(calendar: Calendar, absence: Absence) -> list[str]:
    found: list[str] = []
    for ref in calendar.assigned_to(absence.member):
        post, task = calendar.post(ref.post), calendar.task(ref)
        opens, closes = calendar.window(post, task)
        if not task.is_done and absence.covers(opens) and absence.covers(closes):
            found.append(f"{ref.kind} of post {ref.post}")
    return found
