"""`cadence export …`: feeds, CSV, JSON, the team file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from cadence.cli.base import branch, command
from cadence.cli.output import say, say_json, write_out
from cadence.cli.paths import cache_folder
from cadence.cli.session import Session

FILE = click.Path(path_type=Path)
TO_FILE = click.option("-o", "--output", type=FILE, metavar="FILE", help="Default: the standard output.")


@branch()
def export() -> None:
    """Write iCal feeds, CSV, JSON or the team file."""


@command("ics")
@click.option("-o", "--output", type=FILE, required=True, metavar="DIR", help="The folder of the feeds.")
def ics(session: Session, output: Path) -> None:
    """Write iCal files: the whole team, every member, every channel, and the gaps.

    Only files that differ are replaced, so that whoever subscribes to them sees no false news.
    """
    from cadence.ical.feeds import EventCache
    from cadence.ical.feeds import export as export_feeds

    known = hashlib.sha256(session.workspace.url.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    cache = EventCache(cache_folder() / f"feeds-{known}")
    report = export_feeds(session.calendar, output, session.now, cache)
    if session.json:
        say_json(
            {
                "directory": str(report.directory),
                "written": list(report.written),
                "unchanged": list(report.unchanged),
                "removed": list(report.removed),
                "warnings": list(report.warnings),
            }
        )
        return
    counts = (
        f"{len(report.written)} written, {len(report.unchanged)} unchanged, {len(report.removed)} removed"
    )
    say(f"{report.directory}: {counts}")
    for name in (*report.written, *(f"{name} (removed)" for name in report.removed)):
        say(f"  {name}")
    for warning in report.warnings:
        say(f"note: {warning}")


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
