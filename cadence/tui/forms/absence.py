"""The form of an absence."""

from __future__ import annotations

from datetime import datetime

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.operations.absences import absence_of, add_absence, edit_absence
from cadence.tui.dates import DATES
from cadence.tui.forms import reading as read
from cadence.tui.forms.form import Choice, Form, Step, Text, Values


def absence_form(
    calendar: Calendar, now: datetime, id: int | None = None, *, member: int | None = None
) -> Form:
    """Somebody will be away (`member`: who it is at first), or the absence of this number as it is."""
    known = None if id is None else absence_of(calendar, id)
    day = read.day_reader(calendar, now)
    away = known.member if known else member
    who = "" if away is None else calendar.member(away).name
    return Form(
        head=_("{name} is away", name=who) if known else _("Away"),
        keys=[("absences", id)] if id is not None else [],
        fields=[
            *(
                [
                    Text(
                        name="who",
                        label=_("Who"),
                        value=who,
                        read=read.needed(lambda text: calendar.member(text).id, _("a member's name")),
                        known=[one.name for one in calendar.members.values()],
                    )
                ]
                if known is None
                else []
            ),
            Text(
                name="first",
                label=_("From"),
                value=read.say_day(known.first) if known else "",
                read=read.needed(day, _("a day: {dates}", dates=_(DATES))),
                hint=_(DATES),
            ),
            Text(
                name="last",
                label=_("To"),
                value=read.say_day(known.last) if known else "",
                read=read.or_none(day),
                hint=_("the same day · {dates}", dates=_(DATES)),
            ),
            Text(
                name="reason",
                label=_("Because"),
                value=known.reason if known else "",
                hint=_("everybody can read it (may be left empty)"),
            ),
            Choice(
                name="offer",
                label=_("What it hits"),
                value="no" if known else "yes",
                options={"yes": _("is offered to anyone"), "no": _("stays theirs")},
                read=read.yes,
            ),
        ],
        step=lambda values: _step(id, values),
    )


def _step(id: int | None, values: Values) -> Step:
    dates = values["first"], values["last"] or values["first"]
    if id is None:
        options = {"reason": values["reason"], "offer": values["offer"]}
        return Step(add_absence, (values["who"], *dates), options)
    given = {
        "first": dates[0] if "first" in values.touched else None,
        "last": dates[1] if values.touched & {"first", "last"} else None,
        **values.changed("reason"),
    }
    fields = {name: value for name, value in given.items() if value is not None}
    return Step(edit_absence, (id,), {**fields, "offer": values["offer"]})
