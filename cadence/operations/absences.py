"""People are away."""

from collections.abc import Sequence
from datetime import date, datetime

from cadence.insight.offers import state_of, tasks_hit, today_of
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.model.post import TaskRef
from cadence.model.team import Absence
from cadence.operations.edit import Edit, Who
from cadence.operations.handovers import acting_for, hand_over_many, others_able
from cadence.operations.wording import list_text, member_text, span_text, starting


def add_absence(
    calendar: Calendar,
    who: Who,
    member: int,
    first: date,
    last: date,
    *,
    now: datetime,
    reason: str = "",
    offer: bool = False,
) -> Edit:
    """A member is away from `first` to `last`, both included. Tasks that it leaves no time for are named:
    they stay theirs until somebody takes them. `offer`: those that others could do are offered to anyone."""
    away = calendar.member(member)
    absence = Absence(id=calendar.next_id(Absence), member=member, first=first, last=last, reason=reason)
    for known in calendar.absences_of(member):
        if known.first <= first and last <= known.last:
            raise Refused(
                f"{away.name} is away {span_text(known.first, known.last)} already",
                f"absence {known.id} says so",
            )
    said = f"{away.name} is away {span_text(first, last)}"
    trial = calendar.put(absence)
    hit = tasks_hit(trial, absence, today_of(calendar, now))
    if not hit:
        return Edit(said, (absence,))
    if offer:
        handed = _offer(trial, who, hit, now)
        return Edit(f"{said}; {handed.said}", (absence, *handed.puts))
    return Edit(f"{said}; still theirs: {_tasks_text(hit)}", (absence,))


def offer_hit(calendar: Calendar, who: Who, absence: int, *, now: datetime) -> Edit:
    """Offer to anyone the tasks that an absence leaves no time for, those aside that are on offer already and
    those that nobody else could do."""
    away = _find(calendar, absence)
    hit = tasks_hit(calendar, away, today_of(calendar, now))
    if not hit:
        name = member_text(calendar, away.member)
        return Edit(f"No task of {name} falls wholly into {span_text(away.first, away.last)}")
    handed = _offer(calendar, who, hit, now)
    return Edit(starting(handed.said), handed.puts)


def remove_absence(calendar: Calendar, who: Who, absence: int, *, now: datetime) -> Edit:
    """A member is here after all."""
    gone = _find(calendar, absence)
    name = member_text(calendar, gone.member)
    return Edit(f"{name} is here after all {span_text(gone.first, gone.last)}", removes=(gone,))


def _find(calendar: Calendar, absence: int) -> Absence:
    if absence not in calendar.absences:
        raise NotFound(f"there is no absence {absence}", "`cadence absence list` lists them")
    return calendar.absences[absence]


def _offer(calendar: Calendar, who: Who, hit: Sequence[TaskRef], now: datetime) -> Edit:
    """`offered to anyone: review of post 5; nobody else could take: design of post 7`."""
    today = today_of(calendar, now)
    fresh = [ref for ref in hit if state_of(calendar, ref, today) != "open"]
    able = [ref for ref in fresh if others_able(calendar, ref)]
    alone = [ref for ref in fresh if ref not in able]
    parts = [f"offered to anyone: {_tasks_text(able)}"] if able else []
    parts += [f"nobody else could take: {_tasks_text(alone)}"] if alone else []
    said = "; ".join(parts) or f"on offer already: {_tasks_text(hit)}"
    puts = hand_over_many(calendar, who, able, now=now).puts
    owner = calendar.member(calendar.task(hit[0]).member or 0)
    return Edit(said + (acting_for(who, owner) if puts and who else ""), puts)


def _tasks_text(refs: Sequence[TaskRef]) -> str:
    return list_text(f"{ref.kind} of post {ref.post}" for ref in refs)
