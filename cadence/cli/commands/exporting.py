"""`cadence export …`: feeds, CSV, JSON, the team file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from cadence.cli.base import branch, command
from cadence.cli.forms import Form
from cadence.cli.output import say, say_json, write_out
from cadence.cli.session import Session
from cadence.insight.words import time_text
from cadence.language import _
from cadence.model.feeds import DAYS_AHEAD, DAYS_BACK
from cadence.model.post import POST_STATES, PostState
from cadence.user.folders import cache_folder

if TYPE_CHECKING:
    from cadence.ical.feeds import Report

DAYS = click.IntRange(0, 3660)
FILE = click.Path(path_type=Path)
TO_FILE = click.option("-o", "--output", type=FILE, metavar="FILE", help="Default: the standard output.")


@branch()
def export() -> None:
    """Write iCal feeds, CSV, JSON or the team file."""


@command("ics")
@click.option("-o", "--output", type=FILE, required=True, metavar="DIR", help="The folder of the feeds.")
@click.option(
    "--state", "states", metavar="STATE", type=click.Choice(POST_STATES), multiple=True,
    help="Only posts in this state (default: all but skipped).",
)  # fmt: skip
@click.option("--back", metavar="DAYS", type=DAYS, default=DAYS_BACK, show_default=True, help="So far back.")
@click.option(
    "--ahead", metavar="DAYS", type=DAYS, default=DAYS_AHEAD, show_default=True, help="So far ahead."
)
@click.option("--watch", is_flag=True, help="Go on: write what changes, until Ctrl-C.")
def ics(
    session: Session, output: Path, states: tuple[PostState, ...], back: int, ahead: int, watch: bool
) -> None:
    """Write iCal files: the whole team, every member, every channel, and the gaps. Of a partner they tell
    their tasks and nothing else.

    Only files that differ are replaced, so that whoever subscribes to them sees no false news. With --watch
    the folder is kept up to date as the calendar changes and time goes by, with a line for each update.
    """
    from cadence.ical.feeds import EventCache, Selection
    from cadence.ical.feeds import export as export_feeds

    known = hashlib.sha256(session.workspace.url.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    cache = EventCache(cache_folder() / f"feeds-{known}")
    like = Selection("team", states=states, days_back=back, days_ahead=ahead)

    def write() -> Report:
        return export_feeds(session.calendar, output, session.clock(), cache, like=like)

    report = write()
    _tell(session, report)
    if watch:
        from cadence.cli.watching import keep_up

        keep_up(session.workspace, write, lambda update: _tell_update(session, update), session.clock)


def _tell(session: Session, report: Report) -> None:
    if session.json:
        say_json(_form(report))
        return
    say(f"{report.directory}: {_counts(report)}")
    for name in _touched(report):
        say(f"  {name}")
    for warning in report.warnings:
        say(_("note: {text}", text=warning))


def _tell_update(session: Session, report: Report) -> None:
    """One line, when there is something to tell."""
    if not report.written and not report.removed:
        return
    if session.json:
        say(msgspec.json.encode(_form(report)).decode())
        return
    now = time_text(session.local(session.clock()))
    say(f"{now}: {_counts(report)}: {', '.join(_touched(report))}")


def _touched(report: Report) -> tuple[str, ...]:
    return (*report.written, *(_("{file} (removed)", file=name) for name in report.removed))


def _counts(report: Report) -> str:
    return _(
        "{written} written, {unchanged} unchanged, {removed} removed",
        written=len(report.written), unchanged=len(report.unchanged), removed=len(report.removed),
    )  # fmt: skip


def _form(report: Report) -> Form:
    return {
        "directory": str(report.directory),
        "written": list(report.written),
        "unchanged": list(report.unchanged),
        "removed": list(report.removed),
        "warnings": list(report.warnings),
    }


@command("csv")
@TO_FILE
def csv(session: Session, output: Path | None) -> None:
    """Write all posts as CSV, which `cadence import posts` reads back."""
    from cadence.exchange.postfile import posts_csv

    write_out(posts_csv(session.calendar), output)


@command("json")
@TO_FILE
def json(session: Session, output: Path | None) -> None:
    """Write all posts as JSON, which `cadence import posts` reads back."""
    from cadence.exchange.postfile import posts_json

    write_out(posts_json(session.calendar), output)


@command("team")
@TO_FILE
def team(session: Session, output: Path | None) -> None:
    """Write the whole team as a readable file, from which `cadence init --from` makes a new calendar."""
    from cadence.exchange.teamtext import team_text
    from cadence.operations.setup import team_plan

    write_out(team_text(team_plan(session.calendar)).encode(), output)


for _command in (ics, csv, json, team):
    export.add_command(_command)
