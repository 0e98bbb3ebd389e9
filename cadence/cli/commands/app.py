"""`cadence` and `cadence demo`: the app itself."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from shlex import quote
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from cadence.cli.base import command
from cadence.cli.output import say, say_json, speaks_unicode
from cadence.cli.session import Session
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.tui.terminal import check_terminal
from cadence.user.folders import busy_addresses, config_file
from cadence.user.theme_files import themes_folder

# What a calendar is made of costs a tenth of the first frame, which does without.
if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.model.team import Member
    from cadence.workspace import Workspace

TRY = ("week --plain", "warnings", "consistency", "load", "--help")


def open_app(session: Session, viewer: Member | None = None, *, ascii_only: bool = False) -> None:
    """Open the app. On the first start there is no calendar: an empty one is made, and the app sets it up."""
    from cadence.tui import run

    check_terminal()
    if not session.is_default:
        session.check_exists()

    def opening() -> tuple[Workspace, Member | None]:
        if session.is_default and not session.exists:
            session.create()
        return session.workspace, viewer or session.who

    run(
        opening,
        session.clock,
        keymap_file=config_file().with_name("keys.toml"),
        ascii_only=ascii_only,
        theme=os.environ.get("CADENCE_THEME") or session.config.get("theme", ""),
        themes_folder=themes_folder(),
        addresses=busy_addresses(),
    )


def print_screen(session: Session, place: str, *, ascii_only: bool = False) -> None:
    """Print a screen of the app once, for a pipe or a screen reader."""
    from cadence.tui.plain import plain_text  # Textual

    session.check_exists()
    width = get_terminal_size().columns
    ascii_only = ascii_only or not speaks_unicode()
    text = plain_text(
        lambda: (session.workspace, session.who), session.clock, place, width, ascii_only=ascii_only
    )
    if session.json:
        say_json({"screen": place, "lines": text.splitlines()})
    else:
        say(text)


@command()
@click.option("--plain", is_flag=True, help="Only create the sample calendar and say where it is.")
@click.option("--ascii", "ascii_only", is_flag=True, help="The app shows its marks in ASCII.")
def demo(session: Session, plain: bool, ascii_only: bool) -> None:
    """Open the app on a sample team: nine people, four channels, a year of history, gaps ahead.

    The sample lies in a temporary folder, or where --calendar says (which must be free); it is yours to play
    with.
    """
    if session.named is None:
        session.url = str(Path(tempfile.mkdtemp(prefix="cadence-demo-")) / "sample.json")
    elif session.exists:
        raise BadInput(
            _("{place} exists already", place=session.url), _("name another place with --calendar FILE")
        )
    create_sample(session)
    if session.json:
        say_json({"calendar": session.url})
    elif plain or not is_shown():
        say(_("The sample team is in {place}. Look at it with", place=session.url))
        for words in TRY:
            say(f"  cadence --calendar {quote(session.url)} {words}")
    else:
        open_app(session, session.who or _a_lead(session.calendar), ascii_only=ascii_only)


def is_shown() -> bool:
    """Whether the app can be shown here."""
    try:
        check_terminal()
    except BadInput:
        return False
    return True


def create_sample(session: Session) -> None:
    """The sample team as a new calendar, told relative to the day of the session."""
    from cadence.exchange.sample import sample_steps

    steps = sample_steps(session.now.date())
    workspace = session.create()
    for step in steps:
        workspace.run(step.operation, step.argument, who=None, now=session.now, why=step.why)


def _a_lead(calendar: Calendar) -> Member | None:
    """Through whose eyes the sample is seen when nobody says who they are."""
    return next((member for member in calendar.members.values() if member.role == "lead"), None)
