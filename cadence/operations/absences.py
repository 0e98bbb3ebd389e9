"""People are away."""

from collections.abc import Sequence
from datetime import date, datetime

from cadence.insight.offers import state_of, tasks_hit, today_of
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.model.post import TaskRef
from cadence.model.team import Absence
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.handovers import acting_for, hand_over_many, others_able
from cadence.operations.wording import list_text, member_text, sentence, short_task_text, span_text


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
    calendar.member(member)
    absence = Absence(id=calendar.next_id(Absence), member=member, first=first, last=last, reason=reason)
    return _away(calendar, who, absence, now, offer)


def edit_absence(
    calendar: Calendar,
    who: Who,
    absence: int,
    *,
    now: datetime,
    first: date | UnsetType = UNSET,
    last: date | UnsetType = UNSET,
    reason: str | UnsetType = UNSET,
    offer: bool = False,
) -> Edit:
    """Change what is given of an absence; the rest stays. What it hits as it is then is as for a new one."""
    before = absence_of(calendar, absence)
    after = changed(before, first=first, last=last, reason=reason)
    if after == before:
        name = member_text(calendar, before.member)
        return Edit(_("Nothing to change on the absence of {name}", name=name))
    return _away(calendar, who, after, now, offer)


def offer_hit(calendar: Calendar, who: Who, absence: int, *, now: datetime) -> Edit:
    """Offer to anyone the tasks that an absence leaves no time for, those aside that are on offer already and
    those that nobody else could do."""
    away = absence_of(calendar, absence)
    hit = tasks_hit(calendar, away, today_of(calendar, now))
    if not hit:
        name = member_text(calendar, away.member)
        return Edit(
            _("No task of {name} falls wholly into {span}", name=name, span=span_text(away.first, away.last))
        )
    handed = _offer(calendar, who, hit, now)
    return Edit(sentence(handed.said), handed.puts)


def remove_absence(calendar: Calendar, who: Who, absence: int, *, now: datetime) -> Edit:
    """A member is here after all."""
    gone = absence_of(calendar, absence)
    name = member_text(calendar, gone.member)
    return Edit(
        _("{name} is here after all {span}", name=name, span=span_text(gone.first, gone.last)),
        removes=(gone,),
    )


def absence_of(calendar: Calendar, absence: int) -> Absence:
    """NotFound where there is none of this number."""
    if absence not in calendar.absences:
        raise NotFound(
            _("there is no absence {number}", number=absence), _("`cadence absence list` lists them")
        )
    return calendar.absences[absence]


def _away(calendar: Calendar, who: Who, absence: Absence, now: datetime, offer: bool) -> Edit:
    """Puts an absence, and says or offers what it hits; Refused where another one covers it already."""
    first, last, name = absence.first, absence.last, member_text(calendar, absence.member)
    for known in calendar.absences_of(absence.member):
        if known.id != absence.id and known.first <= first and last <= known.last:
            raise Refused(
                _("{name} is away {span} already", name=name, span=span_text(known.first, known.last)),
                _("absence {number} says so", number=known.id),
            )
    said = _("{name} is away {span}", name=name, span=span_text(first, last))
    trial = calendar.put(absence)
    hit = tasks_hit(trial, absence, today_of(calendar, now))
    if not hit:
        return Edit(said, (absence,))
    if offer:
        handed = _offer(trial, who, hit, now)
        return Edit(f"{said}; {handed.said}", (absence, *handed.puts))
    return Edit(_("{said}; still theirs: {tasks}", said=said, tasks=_tasks_text(hit)), (absence,))


def _offer(calendar: Calendar, who: Who, hit: Sequence[TaskRef], now: datetime) -> Edit:
    """`offered to anyone: review of post 5; nobody else could take: design of post 7`."""
    today = today_of(calendar, now)
    fresh = [ref for ref in hit if state_of(calendar, ref, today) != "open"]
    able = [ref for ref in fresh if others_able(calendar, ref)]
    alone = [ref for ref in fresh if ref not in able]
    parts = [_("offered to anyone: {tasks}", tasks=_tasks_text(able))] if able else []
    parts += [_("nobody else could take: {tasks}", tasks=_tasks_text(alone))] if alone else []
    said = "; ".join(parts) or _("on offer already: {tasks}", tasks=_tasks_text(hit))
    puts = hand_over_many(calendar, who, able, now=now).puts
    owner = calendar.member(calendar.task(hit[0]).member or 0)
    return Edit(said + (acting_for(who, owner) if puts and who else ""), puts)


def _tasks_text(refs: Sequence[TaskRef]) -> str:
    return list_text(map(short_task_text, refs))
