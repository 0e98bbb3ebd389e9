"""Who leads which week: the order, pauses, and weeks out of turn."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from cadence.insight.rota import lead_of
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.rhythm import Pause
from cadence.model.rota import Rota
from cadence.model.team import Member
from cadence.model.times import to_local, week_start, zone_of
from cadence.operations.edit import Edit, Who
from cadence.operations.wording import day_text, list_text, span_text


def set_rota(
    calendar: Calendar, who: Who, order: Sequence[int], *, now: datetime, start: date | None = None
) -> Edit:
    """These members lead a week each, in turn, from the week that holds `start` (None: this week). One member
    always leads, none ends the rota. Weeks that somebody took out of turn are forgotten."""
    leaders = [calendar.member(id) for id in order]
    if len(set(order)) < len(order):
        raise BadInput(
            "somebody is in the order twice", "name everybody once: turns come round by themselves"
        )
    for leader in leaders:
        _check_leads(leader)
    week = week_start(start or _today(calendar, now), calendar.team.week_begins)
    after = Rota(order=tuple(order), start=week, pauses=calendar.rota.pauses)
    names = [leader.name for leader in leaders]
    if not names:
        return Edit("Nobody leads the weeks from now on", (after,))
    if len(names) == 1:
        return Edit(f"{names[0]} leads every week from {day_text(week)}", (after,))
    return Edit(f"A week each leads, from {day_text(week)}: {list_text(names, len(names))}", (after,))


def lead_week(calendar: Calendar, who: Who, week: date, member: int, *, now: datetime) -> Edit:
    """A member leads the week that holds a day, out of turn; the others' turns stay."""
    leader = calendar.member(member)
    _check_leads(leader)
    first = _week(calendar, week)
    before = lead_of(calendar, first)
    if before is not None and before.id == member:
        return Edit(f"{leader.name} leads the week of {day_text(first)} anyway")
    after = replace(calendar.rota, instead={**calendar.rota.instead, first: member})
    instead = f" instead of {before.name}" if before else ""
    return Edit(f"{leader.name} leads the week of {day_text(first)}{instead}", (after,))


def swap_weeks(calendar: Calendar, who: Who, one: date, other: date, *, now: datetime) -> Edit:
    """Two members swap the weeks that they lead."""
    weeks = _week(calendar, one), _week(calendar, other)
    leaders = [lead_of(calendar, week) for week in weeks]
    if leaders[0] is None or leaders[1] is None:
        nobody = weeks[leaders.index(None)]
        raise Refused(f"nobody leads the week of {day_text(nobody)}", "name two weeks that somebody leads")
    if leaders[0].id == leaders[1].id:
        raise Refused(f"{leaders[0].name} leads both weeks", "name a week of somebody else")
    swapped = {weeks[0]: leaders[1].id, weeks[1]: leaders[0].id}
    after = replace(calendar.rota, instead={**calendar.rota.instead, **swapped})
    said = (
        f"{leaders[1].name} leads the week of {day_text(weeks[0])}, "
        f"{leaders[0].name} that of {day_text(weeks[1])}"
    )
    return Edit(said, (after,))


def pause_rota(
    calendar: Calendar, who: Who, first: date, last: date, *, now: datetime, reason: str = ""
) -> Edit:
    """Nobody leads the weeks from `first` to `last`; whose turn it was leads after them."""
    start, end = _week(calendar, first), week_start(last, calendar.team.week_begins)
    pause = Pause(start, date.fromordinal(end.toordinal() + 6), reason)
    after = replace(calendar.rota, pauses=(*calendar.rota.pauses, pause))
    return Edit(f"Nobody leads {span_text(pause.first, pause.last)}", (after,))


def resume_rota(calendar: Calendar, who: Who, week: date, *, now: datetime) -> Edit:
    """The pause that holds a day is off."""
    pauses = calendar.rota.pauses
    kept = tuple(pause for pause in pauses if not pause.first <= week <= pause.last)
    if kept == pauses:
        raise Refused(f"the rota does not pause on {day_text(week)}", "there is nothing to end")
    return Edit(f"The rota goes on in the week of {day_text(week)}", (replace(calendar.rota, pauses=kept),))


def rota_without(calendar: Calendar, member: int) -> tuple[Rota, ...]:
    """The rota once a member leads no more, if it names them: the others go on in the same order."""
    rota = calendar.rota
    after = replace(
        rota,
        order=tuple(id for id in rota.order if id != member),
        instead={week: id for week, id in rota.instead.items() if id != member},
    )
    return () if after == rota else (after,)


def _check_leads(member: Member) -> None:
    if member.kind == "partner":
        raise Refused(f"{member.name} is a partner", "a colleague leads")


def _week(calendar: Calendar, day: date) -> date:
    if not calendar.rota.order:
        raise Refused("nobody leads the weeks yet", "say who does: `cadence lead set NAME…`")
    week = week_start(day, calendar.team.week_begins)
    if week < calendar.rota.start:
        raise Refused(f"the rota begins on {day_text(calendar.rota.start)}", "name a later week")
    return week


def _today(calendar: Calendar, now: datetime) -> date:
    return to_local(now, zone_of(calendar.team.zone)).date()
