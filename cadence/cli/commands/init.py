"""`cadence init`: a new calendar."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from cadence.cli.base import command
from cadence.cli.output import say, say_json
from cadence.cli.session import Session
from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.team import STANDARD_STEPS
from cadence.model.times import zone_of
from cadence.operations.edit import Edit, Operation, Who, fold
from cadence.operations.setup import set_up
from cadence.operations.team import set_up_team
from cadence.operations.workflows import add_workflow

NEXT = later("Next: `cadence member add NAME`, `cadence channel add NAME`, `cadence rhythm add CHANNEL …`")


@command(changes=True)
@click.option("--name", metavar="TEXT", help="What the team is called.")
@click.option("--zone", metavar="ZONE", help="IANA time zone; default: this computer's.")
@click.option(
    "--from", "team_file", type=click.Path(path_type=Path), metavar="FILE", help="A whole team in TOML."
)
def init(session: Session, name: str | None, zone: str | None, team_file: Path | None) -> None:
    """Create a calendar, empty or from a team file; never over another one.

    It lies where --calendar, CADENCE_CALENDAR or the config file says, or else in your data folder.
    """
    if team_file and (name or zone):
        raise BadInput(_("--from brings its own name and zone"), _("leave out --name and --zone"))
    if session.exists and session.calendar.seq:
        raise BadInput(
            _("{place} is a calendar already", place=session.url),
            _("name another place with --calendar FILE"),
        )
    operation = (
        from_file(team_file, session.now.date())
        if team_file
        else partial(from_scratch, name=name or _("Our team"), zone=zone or system_zone())
    )
    rehearse(operation, session.now)
    workspace = session.workspace if session.exists else session.create()
    done = workspace.run(operation, who=None, now=session.now, why=session.why)
    if session.json:
        say_json({"said": done.said, "calendar": session.url})
        return
    say(f"{done.said}: {session.url}")
    if not done.calendar.channels:
        say(_(NEXT))


def from_file(path: Path, today: date) -> Operation:
    from cadence.exchange.teamfile import read_team

    plan = read_team(path, today=today)

    def operation(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
        return set_up(calendar, who, plan, now=now)

    return operation


def from_scratch(calendar: Calendar, who: Who, *, now: datetime, name: str, zone: str) -> Edit:
    """A team with the workflow that most channels need."""
    steps = (
        lambda newest: set_up_team(newest, who, name, now=now, zone=zone),
        lambda newest: add_workflow(newest, who, "Standard", STANDARD_STEPS, now=now),
    )
    return fold(calendar, steps, lambda newest, step: step(newest))


def rehearse(operation: Operation, now: datetime) -> None:
    """Do it in memory first, so that nothing is created when it is refused."""
    from cadence.workspace import Workspace

    trial = Workspace.open("memory:")
    trial.run(operation, who=None, now=now)
    trial.close()


def system_zone() -> str:
    """This computer's time zone: TZ, /etc/timezone, or where /etc/localtime points; else UTC."""
    for name in (os.environ.get("TZ", "").removeprefix(":"), _etc_timezone(), _etc_localtime()):
        try:
            if name:
                return zone_of(name).key
        except BadInput:
            continue
    return "UTC"


def _etc_timezone() -> str:
    try:
        return Path("/etc/timezone").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _etc_localtime() -> str:
    try:
        return os.readlink("/etc/localtime").partition("zoneinfo/")[2]
    except OSError:
        return ""
