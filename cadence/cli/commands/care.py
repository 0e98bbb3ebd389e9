"""`cadence verify`, `backup`, `restore`, `rescue`: looking after the calendar's files.

`verify`, `rescue` and a restore into an empty place speak to the store itself: they must work when the
calendar cannot be opened as a workspace.
"""

from __future__ import annotations

from pathlib import Path

import click

from cadence.cli.base import command
from cadence.cli.output import say, say_json
from cadence.cli.session import Session
from cadence.language import _

FILE = click.Path(path_type=Path)


@command()
def verify(session: Session) -> None:
    """Check the calendar's files for damage; exit 1 when there is some."""
    from cadence.store import verify_calendar

    session.check_exists()
    report = verify_calendar(session.url)
    if session.json:
        say_json(
            {
                "calendar": report.url,
                "ok": report.ok,
                "changes": report.changes,
                "documents": report.documents,
                "problems": [
                    {"path": one.path, "line": one.line, "offset": one.offset, "text": one.text}
                    for one in report.problems
                ],
                "notes": list(report.notes),
            }
        )
    else:
        for problem in report.problems:
            say(_("problem: {text}", text=problem))
        for note in report.notes:
            say(_("note: {text}", text=note))
        verdict = _("all well") if report.ok else _("{number} problems", number=len(report.problems))
        say(
            _(
                "{place}: {changes} changes, {documents} documents, {verdict}",
                place=report.url, changes=report.changes, documents=report.documents, verdict=verdict,
            )
        )  # fmt: skip
    if not report.ok:
        raise click.exceptions.Exit(1)


@command()
@click.argument("destination", type=FILE, required=False)
def backup(session: Session, destination: Path | None) -> None:
    """Copy the calendar, history included, while others may go on writing."""
    made = session.workspace.backup(destination)
    if session.json:
        say_json({"backup": str(made)})
    else:
        say(_("Backed up to {path}", path=made))


@command(changes=True)
@click.argument("file", type=FILE)
def restore(session: Session, file: Path) -> None:
    """Bring the calendar back to the backup FILE, as one change that can be undone.

    Where there is no calendar, FILE becomes it, with all its history.
    """
    if session.exists:
        done = session.workspace.restore(file, who=session.who, now=session.now, why=session.why)
        session.tell(done)
        return
    from cadence.store import restore_into

    restore_into(file, session.url).close()
    if session.json:
        said = _("Restored {path} as a new calendar", path=file)
        say_json({"said": said, "change": None, "touched": []})
    else:
        say(_("Restored {path} as {place}", path=file, place=session.url))


@command()
@click.argument("destination", type=FILE)
def rescue(session: Session, destination: Path) -> None:
    """Make a new calendar at DESTINATION from all that is intact of a damaged one.

    The damaged files stay as they are. `cadence verify` says what is wrong with them.
    """
    from cadence.store import rescue_into

    session.check_exists()
    saved = rescue_into(Path(session.url), destination)
    saved.close()
    if session.json:
        say_json({"rescued": str(destination), "changes": saved.seq})
    else:
        say(
            _(
                "Rescued {number} changes of {place} into {path}",
                number=saved.seq, place=session.url, path=destination,
            )
        )  # fmt: skip
