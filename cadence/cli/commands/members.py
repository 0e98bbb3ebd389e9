"""`cadence member …`: who is in the team, what they can do, how much time they have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

import click

from cadence.cli.arguments import DURATION, Money, check_one
from cadence.cli.base import branch, command
from cadence.cli.forms import member_form
from cadence.cli.names import MEMBER
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import listed, money, say_minutes, span_words
from cadence.language import _, later, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.hours import read_hours, say_hours
from cadence.model.team import LEVELS, TASK_KINDS, Level, Member, Skill, TaskKind
from cadence.model.words import kind_word
from cadence.operations import members as operations


@branch()
def member() -> None:
    """Add, list, show, edit or remove members."""


@command("add", changes=True)
@click.argument("name")
@click.option("--partner", is_flag=True, help="From outside, paid by the hour.")
@click.option("--cost", type=Money(), metavar="AMOUNT", default="0", help="A partner's cost per hour.")
@click.option("--lead", is_flag=True, help="Leads the team (may hand over others' tasks).")
@click.option(
    "--allowance", type=DURATION, metavar="DURATION", default="60m", show_default=True,
    help="Time a week on top of daily work: 3h, 90m.",
)  # fmt: skip
@click.option(
    "--skill", "skills", metavar="SKILL", multiple=True,
    help="TASK[:CHANNEL[:LEVEL]], such as draft, review:Blog or design:Blog:learning; repeat it. "
    "Without it: every task on every channel; `none`: nothing.",
)  # fmt: skip
@click.option("--department", default="", metavar="TEXT")
@click.option("--login", default="", metavar="NAME", help="The login by which Cadence knows this person.")
@click.option(
    "--hours", metavar="HOURS", multiple=True,
    help="Working hours, a line per group of days: 'mon-fri 9:00-13:00,14:00-18:00'. Default: the team's.",
)  # fmt: skip
@click.option("--zone", default="", metavar="ZONE", help="IANA time zone; default: the team's.")
@click.option("--from", "start", metavar="DATE", help="First day in the team.")
@click.option("--to", "end", metavar="DATE", help="Last day in the team.")
@click.option(
    "--posts-a-week", type=click.IntRange(0, 1000), metavar="N", help="As an author: so many posts at most."
)
@click.option(
    "--spacing",
    type=click.IntRange(0, 366),
    metavar="DAYS",
    help="As an author: days from one post to the next.",
)
@click.option(
    "--topic", "topics", metavar="TEXT", multiple=True,
    help="What they like to write and speak about; repeat it.",
)  # fmt: skip
def add(
    session: Session,
    name: str,
    partner: bool,
    cost: int,
    lead: bool,
    allowance: int,
    skills: tuple[str, ...],
    department: str,
    login: str,
    hours: tuple[str, ...],
    zone: str,
    start: str | None,
    end: str | None,
    posts_a_week: int | None,
    spacing: int | None,
    topics: tuple[str, ...],
) -> None:
    """Add a member. Somebody without --skill can do every task on every channel."""
    session.do(
        operations.add_member,
        name,
        kind="partner" if partner else "staff",
        role="lead" if lead else "member",
        department=department,
        skills=read_skills(session.calendar, skills or TASK_KINDS),
        allowance=allowance,
        hours=read_hours(hours) if hours else None,
        zone=zone,
        active_from=session.day_or_none(start),
        active_to=session.day_or_none(end),
        cost_per_hour=cost,
        login=login,
        posts_a_week=posts_a_week,
        spacing=spacing,
        topics=topics,
    )


@command("list")
def list_(session: Session) -> None:
    """List the members."""
    calendar = session.calendar
    members = list(calendar.members.values())
    if session.json:
        say_json({"members": [member_form(calendar, m) for m in members]})
        return
    table(
        (_("name"), _("kind"), _("a week"), _("can do")),
        (
            (
                m.name,
                ", ".join(filter(None, (_kind(m), _not_here(session, m)))),
                say_minutes(m.allowance),
                say_skills(calendar, m.skills),
            )
            for m in members
        ),
        right=(_("a week"),),
        none=_("Nobody yet: `cadence member add NAME`."),
    )


@command("show")
@click.argument("member", type=MEMBER)
def show(session: Session, member: str) -> None:
    """Show a member: skills, time, absences and load."""
    from cadence.insight.capacity import load

    calendar = session.calendar
    found = calendar.member(member)
    if session.json:
        say_json({"member": member_form(calendar, found)})
        return
    week = session.this_week()
    loads = [load(calendar, found.id, week + timedelta(weeks=n)) for n in range(4)]
    away = [span_words(a.first, a.last) for a in calendar.absences_of(found.id) if a.last >= session.today]
    load_words = (
        _("{minutes} of {capacity} min", minutes=one.minutes, capacity=one.capacity) for one in loads
    )
    table(
        (_("member"), found.name),
        [
            (_("kind"), _kind(found)),
            (_("can do"), say_skills(calendar, found.skills)),
            (_("allowance"), _("{work} a week", work=say_minutes(found.allowance))),
            (_("working hours"), say_hours(found.hours) if found.hours else _("the team's")),
            (_("in the team"), _say_time_in_team(found)),
            (p_("a member", "away"), listed(away)),
            (_("load, 4 weeks"), listed(load_words)),
            (_("as an author"), _say_limits(found)),
            (_("likes to write about"), listed(found.topics)),
            (_("department"), found.department or "-"),
            (_("login"), found.login or "-"),
        ],
    )


@command("edit", changes=True)
@click.argument("member", type=MEMBER)
@click.option("--name", metavar="TEXT")
@click.option("--kind", type=click.Choice(("staff", "partner")))
@click.option("--role", type=click.Choice(("member", "lead")))
@click.option("--cost", type=Money(), metavar="AMOUNT", help="Cost per hour.")
@click.option("--allowance", type=DURATION, metavar="DURATION", help="Time a week: 3h, 90m.")
@click.option(
    "--skill", "skills", metavar="SKILL", multiple=True,
    help="Replaces all skills. TASK[:CHANNEL[:LEVEL]], such as draft, review:Blog or design:Blog:learning; "
    "repeat it.",
)  # fmt: skip
@click.option("--add-skill", "more", metavar="SKILL", multiple=True, help="One more skill.")
@click.option("--department", metavar="TEXT")
@click.option("--login", metavar="NAME")
@click.option(
    "--hours", metavar="HOURS", multiple=True,
    help="Working hours, a line per group of days: 'mon-fri 9:00-13:00,14:00-18:00'. `team`: the team's.",
)  # fmt: skip
@click.option("--zone", metavar="ZONE")
@click.option("--from", "start", metavar="DATE", help="First day in the team; `none` takes it away.")
@click.option("--to", "end", metavar="DATE", help="Last day in the team; `none` takes it away.")
@click.option("--posts-a-week", metavar="N", help="As an author: so many posts at most; `none`: no limit.")
@click.option(
    "--spacing", metavar="DAYS", help="As an author: days from one post to the next; `none`: no limit."
)
@click.option(
    "--topic", "topics", metavar="TEXT", multiple=True,
    help="Replaces all. What they like to write and speak about; repeat it. `none`: nothing.",
)  # fmt: skip
def edit(session: Session, member: str, **given: Any) -> None:
    """Change a member; what is not given stays."""
    check_one(_("see --help"), list(given.values()))
    calendar = session.calendar
    found = calendar.member(member)
    fields: dict[str, Any] = {
        field: given[option]
        for option, field in (
            ("name", "name"), ("kind", "kind"), ("role", "role"), ("cost", "cost_per_hour"),
            ("allowance", "allowance"), ("department", "department"), ("login", "login"), ("zone", "zone"),
        )
        if given[option] is not None
    }  # fmt: skip
    if given["skills"] or given["more"]:
        kept = () if given["skills"] else found.skills
        fields["skills"] = (*kept, *read_skills(calendar, (*given["skills"], *given["more"])))
    if given["hours"]:
        fields["hours"] = None if given["hours"] == ("team",) else read_hours(given["hours"])
    for option, field in (("start", "active_from"), ("end", "active_to")):
        if given[option]:
            fields[field] = None if given[option].casefold() == "none" else session.day(given[option])
    for option in ("posts_a_week", "spacing"):
        if (text := given[option]) is not None:
            fields[option] = None if text.casefold() == "none" else click.INT.convert(text, None, None)
    if given["topics"]:
        fields["topics"] = [text for text in given["topics"] if text.casefold() != "none"]
    session.do(operations.edit_member, found.id, **fields)


@command("remove", changes=True)
@click.argument("member", type=MEMBER)
@click.option("--reassign-to", "heir", metavar="MEMBER", type=MEMBER, help="Who takes the open tasks.")
@click.option("--unassign", is_flag=True, help="Nobody has the open tasks from now on.")
def remove(session: Session, member: str, heir: str | None, unassign: bool) -> None:
    """Somebody leaves; past work stays theirs."""
    session.do(
        operations.remove_member,
        session.calendar.member(member).id,
        reassign_to=session.member_id(heir),
        unassign=unassign,
    )


def read_skills(calendar: Calendar, texts: Iterable[str]) -> tuple[Skill, ...]:
    """Skills from `TASK[:CHANNEL[:LEVEL]]`; an empty channel means all, `none` no skill."""
    return tuple(_skill(calendar, text) for text in texts if text.strip().casefold() != "none")


def _skill(calendar: Calendar, text: str) -> Skill:
    task, _colon, rest = text.strip().partition(":")
    channel, _colon, level = rest.rpartition(":") if rest.rpartition(":")[2] in LEVELS else (rest, "", "able")
    if task not in TASK_KINDS:
        raise BadInput(
            _("{text!r} is not a skill", text=text[:60]),
            _("write TASK[:CHANNEL[:LEVEL]], with one of {tasks}", tasks=", ".join(TASK_KINDS)),
        )
    on = calendar.channel(channel).id if channel else None
    return Skill(cast(TaskKind, task), on, cast(Level, level))


def say_skills(calendar: Calendar, skills: Iterable[Skill]) -> str:
    """`every task`, or `draft (Blog), review (learning)`."""
    skills = list(skills)
    if {s.task for s in skills if s.channel is None and s.level == "able"} == set(TASK_KINDS) and len(
        skills
    ) == 5:
        return _("every task")
    return listed((_say_skill(calendar, skill) for skill in skills), none=p_("skills", "nothing"))


LEVEL_WORDS = {"learning": later("learning"), "expert": later("expert")}


def _say_skill(calendar: Calendar, skill: Skill) -> str:
    channel = calendar.channels.get(skill.channel) if skill.channel else None
    details = [channel.name] if channel else []
    details += [_(LEVEL_WORDS[skill.level])] if skill.level != "able" else []
    task = kind_word(skill.task)
    return f"{task} ({', '.join(details)})" if details else task


def _kind(member: Member) -> str:
    if member.kind == "partner":
        return _("partner, {cost} an hour", cost=money(member.cost_per_hour))
    return p_("a member", "lead") if member.role == "lead" else p_("a member", "staff")


def _not_here(session: Session, member: Member) -> str:
    if member.is_active(session.today):
        return ""
    return _("away for good") if _is_gone(session, member) else _("to come")


def _say_time_in_team(member: Member) -> str:
    if member.active_from is None and member.active_to is None:
        return _("always")
    return span_words(member.active_from or "…", member.active_to or "…")


def _say_limits(member: Member) -> str:
    """`2 posts a week at most, 3 days from one to the next`."""
    limits: list[str] = []
    if (most := member.posts_a_week) is not None:
        limits.append(n_("{number} post a week at most", "{number} posts a week at most", most))
    if (days := member.spacing) is not None:
        limits.append(n_("{number} day from one to the next", "{number} days from one to the next", days))
    return ", ".join(limits) or _("as many posts as they like")


def _is_gone(session: Session, member: Member) -> bool:
    return member.active_to is not None and member.active_to < session.today


for _command in (add, list_, show, edit, remove):
    member.add_command(_command)
