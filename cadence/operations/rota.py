"""Who leads which week: the order, pauses, and weeks out of turn."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from cadence.insight.offers import today_of
from cadence.insight.rota import lead_of
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.rhythm import Pause
from cadence.model.rota import Rota
from cadence.model.team import Member
from cadence.model.times import week_start
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
            _("somebody is in the order twice"), _("name everybody once: turns come round by themselves")
        )
    for leader in leaders:
        _check_leads(leader)
    week = week_start(start or today_of(calendar, now), calendar.team.week_begins)
    after = Rota(order=tuple(order), start=week, pauses=calendar.rota.pauses)
    names = [leader.name for leader in leaders]
    if not names:
        return Edit(_("Nobody leads the weeks from now on"), (after,))
    if len(names) == 1:
        return Edit(_("{name} leads every week from {day}", name=names[0], day=day_text(week)), (after,))
    return Edit(
        _("A week each leads, from {day}: {names}", day=day_text(week), names=list_text(names, len(names))),
        (after,),
    )


def lead_week(calendar: Calendar, who: Who, week: date, member: int, *, now: datetime) -> Edit:
    """A member leads the week that holds a day, out of turn; the others' turns stay."""
    leader = calendar.member(member)
    _check_leads(leader)
    first = _week(calendar, week)
    before = lead_of(calendar, first)
    if before is not None and before.id == member:
        return Edit(_("{name} leads the week of {day} anyway", name=leader.name, day=day_text(first)))
    after = replace(calendar.rota, instead={**calendar.rota.instead, first: member})
    gaps = {"name": leader.name, "day": day_text(first)}
    if before is None:
        return Edit(_("{name} leads the week of {day}", **gaps), (after,))
    return Edit(_("{name} leads the week of {day} instead of {other}", **gaps, other=before.name), (after,))


def swap_weeks(calendar: Calendar, who: Who, one: date, other: date, *, now: datetime) -> Edit:
    """Two members swap the weeks that they lead."""
    weeks = _week(calendar, one), _week(calendar, other)
    leaders = [lead_of(calendar, week) for week in weeks]
    if leaders[0] is None or leaders[1] is None:
        nobody = weeks[leaders.index(None)]
        raise Refused(
            _("nobody leads the week of {day}", day=day_text(nobody)), _("name two weeks that somebody leads")
        )
    if leaders[0].id == leaders[1].id:
        raise Refused(_("{name} leads both weeks", name=leaders[0].name), _("name a week of somebody else"))
    swapped = {weeks[0]: leaders[1].id, weeks[1]: leaders[0].id}
    after = replace(calendar.rota, instead={**calendar.rota.instead, **swapped})
    said = _(
        "{name} leads the week of {day}, {other} that of {other_day}",
        name=leaders[1].name,
        day=day_text(weeks[0]),
        other=leaders[0].name,
        other_day=day_text(weeks[1]),
    )
    return Edit(said, (after,))


def pause_rota(
    calendar: Calendar, who: Who, first: date, last: date, *, now: datetime, reason: str = ""
) -> Edit:
    """Nobody leads the weeks from `first` to `last`; whose turn it was leads after them."""
    start, end = _week(calendar, first), week_start(last, calendar.team.week_begins)
    pause = Pause(start, date.fromordinal(end.toordinal() + 6), reason)
    after = replace(calendar.rota, pauses=(*calendar.rota.pauses, pause))
    return Edit(_("Nobody leads {span}", span=span_text(pause.first, pause.last)), (after,))


def resume_rota(calendar: Calendar, who: Who, week: date, *, now: datetime) -> Edit:
    """The pause that holds a day is off."""
    pauses = calendar.rota.pauses
    kept = tuple(pause for pause in pauses if not pause.first <= week <= pause.last)
    if kept == pauses:
        raise Refused(_("the rota does not pause on {day}", day=day_text(week)), _("there is nothing to end"))
    return Edit(
        _("The rota goes on in the week of {day}", day=day_text(week)), (replace(calendar.rota, pauses=kept),)
    )


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
        raise Refused(_("{name} is a partner", name=member.name), _("a colleague leads"))


def _week(calendar: Calendar, day: date) -> date:
    if not calendar.rota.order:
        raise Refused(_("nobody leads the weeks yet"), _("say who does: `cadence lead set NAME…`"))
    week = week_start(day, calendar.team.week_begins)
    if week < calendar.rota.start:
        raise Refused(
            _("the rota begins on {day}", day=day_text(calendar.rota.start)), _("name a later week")
        )
    return week
