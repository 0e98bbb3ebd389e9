"""The form of a channel; a new one is given its rhythms in the same go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from cadence.language import _
from cadence.model.calendar import Calendar, slug
from cadence.model.rhythm import Rhythm
from cadence.model.times import to_local, zone_of
from cadence.operations.channels import edit_channel
from cadence.operations.promising import add_promising_channel
from cadence.operations.setup import RhythmPlan
from cadence.tui.first_team import read_rhythm
from cadence.tui.forms import reading as read
from cadence.tui.forms.form import Choice, Field, Form, Step, Text, Values
from cadence.tui.forms.rhythm_meaning import IN_A_LINE, Counted, coming_lines, meaning_line
from cadence.tui.widgets.cells import Line

STANDARD = "standard"
USUAL = (
    "LinkedIn",
    "Instagram",
    "Blog",
    "Newsletter",
    "Facebook",
    "YouTube",
    "TikTok",
    "Mastodon",
    "Podcast",
)
PLAIN = ("zone", "workflow", "max_per_day", "min_spacing", "url")
NO_TASKS = "none"
_BETWEEN = re.compile(r";\s+")


def channel_form(calendar: Calendar, now: datetime, id: int | None = None) -> Form:
    """A new channel, or the one of this number as it is."""
    known = None if id is None else calendar.channel(id)
    here = to_local(now, zone_of((known.zone if known else "") or calendar.team.zone))
    today = here.date()
    flows = {str(flow.id): flow.name for flow in calendar.workflows.values()}
    usual = next((key for key, name in flows.items() if slug(name) == STANDARD), next(iter(flows), NO_TASKS))
    fields: list[Field] = [
        Text(
            name="name",
            label=_("Name"),
            value=known.name if known else "",
            read=read.needed(str, _("a name: LinkedIn")),
            hint="LinkedIn",
            known=USUAL,
        )
    ]
    if known is None:
        fields.append(
            Text(
                name="rhythms",
                label=_("Rhythms"),
                read=_rhythms_reader(here),
                hint=_("tue thu 9:00; fri 17:00 · none for now"),
            )
        )
    has_flow = str(known.workflow) if known and known.workflow else NO_TASKS
    fields += [
        Choice(
            name="workflow",
            label=_("Workflow"),
            value=has_flow if known else usual,
            options={**flows, NO_TASKS: _("no tasks")},
            read=lambda text: None if text == NO_TASKS else int(text),
        ),
        Text(
            name="url",
            label=_("Page"),
            value=(known.url if known else "") or "",
            read=read.or_none(str),
            hint="https://…",
        ),
        Text(
            name="max_per_day",
            label=_("Posts a day at most"),
            value="" if known is None or known.max_per_day is None else str(known.max_per_day),
            read=read.or_none(read.number(1, 100)),
            hint=_("no limit"),
        ),
        Text(
            name="min_spacing",
            label=_("Least time between"),
            value=read.say_duration(known.min_spacing if known else None),
            read=read.or_none(read.duration),
            hint=_("no limit · 4h, 2d"),
        ),
        Text(
            name="zone",
            label=_("Time zone"),
            value=known.zone if known else "",
            read=read.zone,
            hint=_("the team's: {zone}", zone=calendar.team.zone),
        ),
    ]
    if known is not None:
        fields.append(
            Choice(
                name="retired",
                label=_("In use"),
                value="no" if known.retired else "yes",
                options={"yes": _("yes"), "no": _("retired: no more slots and warnings")},
                read=lambda text: text == "no",
            )
        )
    return Form(
        head=known.name if known else _("A new channel"),
        keys=[("channels", id)] if id is not None else [],
        fields=fields,
        step=lambda values: _step(id, values),
        shows=lambda values: list(_promised(calendar, values, today)) if id is None else (),
    )


def _rhythms_reader(now: datetime) -> Callable[[str], Sequence[RhythmPlan]]:
    def answer(text: str) -> Sequence[RhythmPlan]:
        # A rule has semicolons of its own, without a space behind them.
        parts = _BETWEEN.split(text) if "freq=" in text.casefold() else text.split(";")
        plans = (read_rhythm(part, now) for part in parts)
        return [plan for plan in plans if plan is not None]

    return answer


def _promised(calendar: Calendar, values: Values, today: date) -> Iterator[Line]:
    """When the first posts would be, rhythm by rhythm, and what they take the team."""
    counted: list[Counted] = []
    for plan in values["rhythms"]:
        rhythm = Rhythm(id=1, channel=1, rrule=plan.rrule, at=plan.at, start=plan.start)
        counted.append(Counted.of(calendar, rhythm, today))
        yield from coming_lines(counted[-1].coming[:IN_A_LINE], today)
    if counted:
        yield meaning_line(calendar, counted, [], values["workflow"])


def _step(id: int | None, values: Values) -> Step:
    if id is None:
        rest = {name: values[name] for name in PLAIN}
        return Step(add_promising_channel, (values["name"], values["rhythms"]), rest)
    return Step(edit_channel, (id,), values.changed("name", *PLAIN, "retired"))
