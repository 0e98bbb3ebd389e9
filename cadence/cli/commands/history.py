"""`cadence log`, `undo`, `redo`: who changed what, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping

import click

from cadence.cli.arguments import POST, Number
from cadence.cli.base import command
from cadence.cli.forms import Form
from cadence.cli.names import MEMBER
from cadence.cli.output import iso, say, say_json
from cadence.cli.session import Session
from cadence.cli.words import moment_words
from cadence.language import _, later
from cadence.model.change import Change, Op


@command()
@click.argument("post", type=POST, required=False)
@click.option("--by", metavar="NAME", type=MEMBER, help="Only what this person did.")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, metavar="N")
@click.option("--all", "everything", is_flag=True, help="Back to the beginning.")
@click.option("--details", is_flag=True, help="Every field, before and after.")
def log(
    session: Session, post: int | None, by: str | None, limit: int, everything: bool, details: bool
) -> None:
    """Show who changed what and why, the newest first: of the calendar, or of one POST."""
    by = session.calendar.member(by).name if by and session.calendar.members else by
    changes = session.workspace.history(post=post, by=by, limit=None if everything else limit)
    if session.json:
        say_json({"changes": [change_form(session, change) for change in changes]})
        return
    if not changes:
        say(_("No changes.") if post is None else _("No changes of post {post}.", post=post))
    for change in changes:
        when = moment_words(session.local(change.at), session.today)
        say(f"{change.seq:6}  {when}  {change.by}: {change.why}")
        if details:
            for op in change.ops:
                if post is None or (op.table, op.id) == ("posts", post):
                    _print_op(op)


def _print_op(op: Op) -> None:
    what = f"{op.table} {op.id}"
    said = {
        "i": _("added {what}", what=what),
        "u": _("changed {what}", what=what),
        "d": _("removed {what}", what=what),
    }
    say(f"          {said[op.kind]}")
    for name in dict.fromkeys((*op.new, *op.old)):
        before, after = op.old.get(name), op.new.get(name)
        say(f"            {name}: {_shown(before)} -> {_shown(after)}")


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(part)}" for name, part in value.items())
    return "-" if value is None else str(value)


def change_form(session: Session, change: Change) -> Form:
    """A change; `before` and `after` are as the calendar stores them: only what differs, of an addition or
    removal the whole."""
    return {
        "change": change.seq,
        "at": iso(change.at, session.zone()),
        "by": change.by,
        "why": change.why,
        "undoes": change.undoes,
        "touched": [
            {"table": op.table, "id": op.id, "before": op.old or None, "after": op.new or None}
            for op in change.ops
        ],
    }


CHANGE = Number("change", later("{value!r} is not the number of a change"))


@command()
@click.argument("change", type=CHANGE, required=False)
def undo(session: Session, change: int | None) -> None:
    """Take back my last change, or CHANGE (a number of `cadence log`), unless somebody has built upon it."""
    session.tell(session.workspace.undo(session.who, session.now, change))


@command()
def redo(session: Session) -> None:
    """Do again what my last undo took back."""
    session.tell(session.workspace.redo(session.who, session.now))
