"""The form of a member: who they are, what they can do, how much time they have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from cadence.language import _, later, p_
from cadence.model.calendar import Calendar
from cadence.model.hours import say_hours
from cadence.model.team import TASK_KINDS, Level, Member, Skill, TaskKind
from cadence.operations.members import add_member, edit_member
from cadence.tui.dates import DATES
from cadence.tui.forms import reading as read
from cadence.tui.forms.form import Answers, Choice, Form, Step, Text, Ticks, Values
from cadence.tui.words import column_heads

KINDS = {
    "draft": later("draft"),
    "design": later("design"),
    "review": later("review"),
    "publish": later("publish"),
    "engage": later("engage"),
}


EVERY = "all"
"""The row of the grid that is every channel."""
PLAIN = (
    "name", "allowance", "skills", "department", "hours", "zone", "active_from", "active_to", "login",
    "posts_a_week", "spacing", "topics",
)  # fmt: skip


def member_form(calendar: Calendar, now: datetime, id: int | None = None) -> Form:
    """Somebody new, or the member of this number as they are."""
    known = None if id is None else calendar.member(id)
    has = known or Member(id=1, name="x", skills=tuple(Skill(kind) for kind in TASK_KINDS))
    day = read.day_reader(calendar, now)
    departments = sorted({member.department for member in calendar.members.values() if member.department})
    return Form(
        head=known.name if known else _("A new member"),
        keys=[("members", id)] if id is not None else [],
        step=lambda values: _step(id, values),
        fields=[
            Text(
                name="name",
                label=_("Name"),
                value=known.name if known else "",
                read=read.needed(str, _("a name: Giulia Rossi")),
                hint="Giulia Rossi",
            ),
            Choice(
                name="role",
                label=_("Role"),
                value="partner" if has.kind == "partner" else has.role,
                options={
                    "member": p_("role", "member"),
                    "lead": p_("role", "lead"),
                    "partner": p_("role", "partner from outside"),
                },
            ),
            Text(
                name="allowance",
                label=_("Time a week"),
                value=read.say_duration(has.allowance),
                read=read.needed(read.duration, _("time on top of daily work: 1h30m, 90m")),
                hint="1h30m",
            ),
            Text(
                name="cost_per_hour",
                label=_("Cost per hour"),
                value=read.say_amount(has.cost_per_hour),
                read=read.amount,
                when=_is_partner,
                hint="45.50",
            ),
            Ticks(
                name="skills",
                label=_("Can do"),
                value=say_skills(has.skills, calendar),
                read=read_skills,
                rows=_rows(calendar, has),
                columns=column_heads(),
                levels={
                    "able": p_("skill", "able"),
                    "learning": p_("skill", "learns"),
                    "expert": p_("skill", "expert"),
                },
            ),
            Text(
                name="department",
                label=_("Department"),
                value=has.department,
                known=departments,
                hint=_("none"),
            ),
            Text(
                name="hours",
                label=_("Working hours"),
                value=say_hours(has.hours) if has.hours else "",
                read=read.hours,
                hint=_("the team's · {hours}", hours="mon-fri 9:00-13:00,14:00-18:00"),
            ),
            Text(
                name="zone",
                label=_("Time zone"),
                value=has.zone,
                read=read.zone,
                hint=_("the team's: {zone}", zone=calendar.team.zone),
            ),
            Text(
                name="active_from",
                label=_("Here from"),
                value=read.say_day(has.active_from),
                read=read.or_none(day),
                hint=_("always · {dates}", dates=_(DATES)),
            ),
            Text(
                name="active_to",
                label=_("Here until"),
                value=read.say_day(has.active_to),
                read=read.or_none(day),
                hint=_("for good · {dates}", dates=_(DATES)),
            ),
            Text(
                name="posts_a_week",
                label=_("Posts a week"),
                value="" if has.posts_a_week is None else str(has.posts_a_week),
                read=read.or_none(read.number(0, 1000)),
                hint=_("no limit, as an author"),
            ),
            Text(
                name="spacing",
                label=_("Days between"),
                value="" if has.spacing is None else str(has.spacing),
                read=read.or_none(read.number(0, 366)),
                hint=_("no limit, as an author"),
            ),
            Text(
                name="topics",
                label=_("Writes about"),
                value=", ".join(has.topics),
                read=read.words,
                hint=_("anything; or, separated by commas: machines, people"),
            ),
            Text(
                name="login",
                label=_("Login"),
                value=has.login,
                hint=_("on shared computers: their name there"),
            ),
        ],
    )


def _is_partner(answers: Answers) -> bool:
    return answers["role"] == "partner"


def _rows(calendar: Calendar, has: Member) -> dict[str, str]:
    """Every channel, then each that is in use or that a skill names."""
    named = {skill.channel for skill in has.skills}
    channels = (c for c in calendar.channels.values() if not c.retired or c.id in named)
    return {EVERY: _("every channel"), **{str(channel.id): channel.name for channel in channels}}


def say_skills(skills: Iterable[Skill], calendar: Calendar) -> str:
    """As an answer, in the order of the grid; of two levels at one place the last one."""
    levels = {(str(s.channel) if s.channel else EVERY, s.task): s.level for s in skills}
    rows = [EVERY, *map(str, calendar.channels)]
    return " ".join(
        f"{row}:{kind}:{levels[row, kind]}" for row in rows for kind in TASK_KINDS if (row, kind) in levels
    )


def read_skills(answer: str) -> tuple[Skill, ...]:
    found: list[Skill] = []
    for token in answer.split():
        row, kind, level = token.split(":")
        found.append(Skill(cast(TaskKind, kind), None if row == EVERY else int(row), cast(Level, level)))
    return tuple(found)


def _step(id: int | None, values: Values) -> Step:
    role = values["role"]
    roles: dict[str, Any] = {
        "kind": "partner" if role == "partner" else "staff",
        "role": "lead" if role == "lead" else "member",
    }
    cost = {"cost_per_hour": values["cost_per_hour"]} if "cost_per_hour" in values else {}
    if id is None:
        rest = {name: values[name] for name in PLAIN if name != "name"}
        return Step(add_member, (values["name"],), {**rest, **roles, **cost})
    changed = values.changed(*PLAIN, "cost_per_hour")
    return Step(edit_member, (id,), {**changed, **(roles if "role" in values.touched else {})})
