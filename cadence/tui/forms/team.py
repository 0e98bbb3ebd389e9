"""The form of the team's own settings: for those who lead."""

from __future__ import annotations

from cadence.language import _, weekday_long
from cadence.model.calendar import Calendar
from cadence.model.hours import say_hours
from cadence.model.when import date
from cadence.operations.team import edit_team
from cadence.tui.forms import reading as read
from cadence.tui.forms.form import Choice, Form, Step, Text

FIELDS = ("name", "zone", "first_weekday", "hours", "horizon_days", "boosts", "feed_url", "feed_host")
MONDAY, SUNDAY = date(2024, 1, 1), date(2024, 1, 7)


def team_form(calendar: Calendar) -> Form:
    team = calendar.team
    return Form(
        head=_("The team"),
        keys=[("team", 1)],
        fields=[
            Text(
                name="name",
                label=_("Name"),
                value=team.name,
                read=read.needed(str, _("a name: Officine Rossi")),
            ),
            Text(
                name="zone",
                label=_("Time zone"),
                value=team.zone,
                read=read.needed(read.zone, _("an IANA name: Europe/Rome")),
                hint="Europe/Rome",
            ),
            Choice(
                name="first_weekday",
                label=_("Week begins"),
                value=team.first_weekday,
                options={"monday": weekday_long(MONDAY), "sunday": weekday_long(SUNDAY)},
            ),
            Text(
                name="hours",
                label=_("Working hours"),
                value=say_hours(team.hours),
                read=read.needed(read.hours, "mon-fri 9:00-13:00,14:00-18:00"),
                hint="mon-fri 9:00-13:00,14:00-18:00",
            ),
            Text(
                name="horizon_days",
                label=_("Warnings look ahead"),
                value=str(team.horizon_days),
                read=read.needed(read.number(1, 366), _("days: 28")),
                hint=_("days: 28"),
            ),
            Choice(
                name="boosts",
                label=_("Boosts"),
                value="yes" if team.boosts else "no",
                options={"yes": _("colleagues are asked"), "no": _("nobody is asked")},
                read=read.yes,
            ),
            Text(
                name="feed_url",
                label=_("Feeds are at"),
                value=team.feed_url or "",
                read=lambda text: text.rstrip("/") or None,
                hint=_("this computer · https://calendar.example.com"),
            ),
            Text(
                name="feed_host",
                label=_("Feeds' host"),
                value=team.feed_host,
                read=read.needed(str, _("a name: example.com")),
                hint="example.com",
            ),
        ],
        step=lambda values: Step(edit_team, (), values.changed(*FIELDS)),
    )
