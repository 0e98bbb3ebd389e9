"""`cadence team …`: the company's settings and its holidays."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import click

from cadence.cli.arguments import check_one
from cadence.cli.base import branch, command
from cadence.cli.forms import team_form
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.hours import read_hours, say_hours
from cadence.operations import team as operations
from cadence.operations.edit import UNSET, Edit, Who


@branch()
def team() -> None:
    """Show or edit the team's settings and holidays."""


@command("show")
def show(session: Session) -> None:
    """Show the team's settings."""
    found = session.calendar.team
    if session.json:
        say_json({"team": team_form(found)})
        return
    rows = [
        (_("name"), found.name),
        (_("time zone"), found.zone),
        (_("week begins on"), _("monday") if found.first_weekday == "monday" else _("sunday")),
        (_("working hours"), say_hours(found.hours)),
        (_("warnings look ahead"), n_("{number} day", "{number} days", found.horizon_days)),
        (_("holidays"), f"{len(found.holidays)} {found.country} {found.region}".strip()),
        (_("feeds' host"), found.feed_host),
        (_("feeds at"), found.feed_url or ""),
        (_("boosts"), _("asked for") if found.boosts else _("not asked for")),
        (_("members"), str(len(session.calendar.members))),
        (_("channels"), str(len(session.calendar.channels))),
        (_("posts"), str(len(session.calendar.posts))),
        (_("calendar"), session.url),
    ]
    table((_("setting"), _("value")), rows)


@command("edit", changes=True)
@click.option("--name", metavar="TEXT")
@click.option("--zone", metavar="ZONE", help="IANA time zone, such as Europe/Rome.")
@click.option("--first-weekday", type=click.Choice(("monday", "sunday")), help="The first day of a week.")
@click.option(
    "--hours", metavar="HOURS", multiple=True,
    help="Working hours, a line per group of days: 'mon-fri 9:00-13:00,14:00-18:00'.",
)  # fmt: skip
@click.option("--horizon", metavar="DAYS", type=int, help="How far warnings look ahead.")
@click.option("--feed-host", metavar="HOST", help="What the identities in feeds end with.")
@click.option("--feed-url", metavar="URL", help="Where `cadence serve` is reached; empty: this computer.")
@click.option("--boosts/--no-boosts", default=None, help="Ask colleagues to pass on what is published.")
def edit(
    session: Session,
    name: str | None,
    zone: str | None,
    first_weekday: Literal["monday", "sunday"] | None,
    hours: tuple[str, ...],
    horizon: int | None,
    feed_host: str | None,
    feed_url: str | None,
    boosts: bool | None,
) -> None:
    """Change the team's settings; what is not given stays."""
    check_one(_("see --help"), (name, zone, first_weekday, hours, horizon, feed_host, feed_url, boosts))
    session.do(
        operations.edit_team,
        name=UNSET if name is None else name,
        zone=UNSET if zone is None else zone,
        first_weekday=first_weekday or UNSET,
        hours=read_hours(hours) if hours else UNSET,
        horizon_days=UNSET if horizon is None else horizon,
        feed_host=UNSET if feed_host is None else feed_host,
        feed_url=UNSET if feed_url is None else feed_url.rstrip("/") or None,
        boosts=UNSET if boosts is None else boosts,
    )


@branch("holiday")
def holiday() -> None:
    """List, add, remove or load public holidays."""


@command("list")
def holiday_list(session: Session) -> None:
    """List the team's holidays."""
    holidays = sorted(session.calendar.team.holidays.items())
    if session.json:
        say_json({"holidays": [{"day": day.isoformat(), "name": name} for day, name in holidays]})
        return
    table(
        (_("day"), _("holiday")),
        ((day_words(day, session.today), name) for day, name in holidays),
        none=_("No holidays: `cadence team holiday load IT` brings a country's."),
    )


@command("add", changes=True)
@click.argument("day")
@click.argument("name")
def holiday_add(session: Session, day: str, name: str) -> None:
    """Add a holiday."""
    on = session.day(day)

    def add(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
        holidays = {**calendar.team.holidays, on: name}
        return operations.set_holidays(calendar, who, holidays, now=now)

    session.do(add)


@command("remove", changes=True)
@click.argument("day")
def holiday_remove(session: Session, day: str) -> None:
    """Take a holiday away."""
    on = session.day(day)

    def remove(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
        if on not in calendar.team.holidays:
            raise NotFound(
                _("{day} is no holiday", day=on), _("see `{command}`", command="cadence team holiday list")
            )
        holidays = {other: name for other, name in calendar.team.holidays.items() if other != on}
        return operations.set_holidays(calendar, who, holidays, now=now)

    session.do(remove)


@command("load", changes=True)
@click.argument("country", metavar="COUNTRY")
@click.option("--region", default="", metavar="REGION", help="A part of the country that has its own.")
def holiday_load(session: Session, country: str, region: str) -> None:
    """Replace the holidays by those of a country (two letters, such as IT), from last year to three ahead."""
    from cadence.exchange.holidays import public_holidays

    found = public_holidays(country.upper(), region.upper(), session.today)
    session.do(operations.set_holidays, found, country=country.upper(), region=region)


for _command in (holiday_list, holiday_add, holiday_remove, holiday_load):
    holiday.add_command(_command)
for _command in (show, edit, holiday):
    team.add_command(_command)
