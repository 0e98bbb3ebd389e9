"""`cadence participation`: who takes part, as shares and as a trend."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from cadence.cli.base import command
from cadence.cli.forms import Form
from cadence.cli.output import cells, iso, pad, rounded, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, listed, percent
from cadence.insight.participation import Group, Participation, Record, Sources, default_period
from cadence.language import _, n_
from cadence.model.calendar import Calendar


@command()
@click.option("--from", "start", metavar="WHEN", help="From this moment on (default: 12 weeks ago).")
@click.option("--to", "end", metavar="WHEN", help="Before this moment (default: now).")
def participation(session: Session, start: str | None, end: str | None) -> None:
    """Show who gave ideas, boosted and worked: shares of the colleagues, and the trend per four weeks.

    Who is active gave an idea or a boost. It is only told whether somebody did, never how often: this is no
    race.
    """
    calendar = session.calendar
    last = session.instant(end) if end is not None else session.now
    first, last = session.period(start, end, default_period(calendar, last))
    record = Record(calendar)
    found, trend = record.over(first, last), record.trend(first, last)
    if session.json:
        steps = [_step_form(session, step) for step in trend]
        say_json({**_form(session, found), "trend": steps})
        return
    _print_shares(session, found, trend)
    _print_people(calendar, found)
    _print_sources(found.sources)
    say()
    say(_("From {first} to {last}.", first=_day(session, first), last=_day(session, last)))


def _print_shares(session: Session, found: Participation, trend: list[Participation]) -> None:
    days = [_day(session, step.end - timedelta(microseconds=1)) for step in trend]
    headers = (
        "", _("people"), _("ideas"), _("boosts"), _("tasks"), _("active"),
        *(_("4 w to {day}", day=day) for day in days),
    )  # fmt: skip
    groups = [found.team, *found.departments] if _has_departments(found) else [found.team]
    rows: list[tuple[str, ...]] = []
    for group in groups:
        parts = (group.ideas, group.boosts, group.tasks, group.active)
        rows.append(
            (
                _name(session.calendar, group),
                str(len(group.enrolled)),
                *(percent(group.share(part)) for part in parts),
                *(percent(step.share_of(group.name)) for step in trend),
            )
        )
    table(headers, rows, right=headers[1:])


def _has_departments(found: Participation) -> bool:
    return any(group.name for group in found.departments)


def _print_people(calendar: Calendar, found: Participation) -> None:
    """By name: who did what, and who did neither."""
    team = found.team
    say()
    rows = (
        (_("gave an idea"), team.ideas),
        (_("boosted"), team.boosts),
        (_("did a task"), team.tasks),
        (_("none of these"), team.enrolled - team.active - team.tasks),
    )
    width = max(cells(what) for what, _members in rows)
    for what, who in rows:
        say(f"{pad(what, width)}  {listed(_names(calendar, who))}")


def _print_sources(sources: Sources) -> None:
    if sources.published:
        say()
        say(
            n_(
                "{number} of {all} published posts ({share}) came from an idea of somebody who does not "
                "lead.",
                "{number} of {all} published posts ({share}) came from an idea of somebody who does not "
                "lead.",
                sources.from_outside_leads, all=sources.published, share=percent(sources.bottom_up),
            )
        )  # fmt: skip


def _form(session: Session, found: Participation) -> Form:
    """The fixed JSON form: shares are 0 to 1 with four decimals."""
    calendar = session.calendar
    return {
        **_step_form(session, found),
        "people": {
            "ideas": _names(calendar, found.team.ideas),
            "boosts": _names(calendar, found.team.boosts),
            "tasks": _names(calendar, found.team.tasks),
        },
        "posts": {
            "published": found.sources.published,
            "from_ideas": found.sources.from_ideas,
            "from_outside_leads": found.sources.from_outside_leads,
            "bottom_up": rounded(found.sources.bottom_up, 4),
        },
    }


def _step_form(session: Session, found: Participation) -> Form:
    zone = session.zone()
    return {
        "from": iso(found.start, zone),
        "to": iso(found.end, zone),
        "team": _group_form(found.team),
        "departments": [
            {"department": group.name or None, **_group_form(group)} for group in found.departments
        ],
    }


def _group_form(group: Group) -> Form:
    return {
        "enrolled": len(group.enrolled),
        "ideas": rounded(group.share(group.ideas), 4),
        "boosts": rounded(group.share(group.boosts), 4),
        "tasks": rounded(group.share(group.tasks), 4),
        "active": rounded(group.participation, 4),
    }


def _name(calendar: Calendar, group: Group) -> str:
    return calendar.team.name if group.name is None else group.name or _("(no department)")


def _names(calendar: Calendar, members: frozenset[int]) -> list[str]:
    return sorted((calendar.members[id].name for id in members), key=str.casefold)


def _day(session: Session, moment: datetime) -> str:
    return " ".join(day_words(session.local(moment).date(), session.today).split())
