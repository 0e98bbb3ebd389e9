"""`cadence import …`: posts and histories from CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from cadence.cli.base import branch, command
from cadence.cli.commands.channels import standard_workflow
from cadence.cli.names import CHANNEL
from cadence.cli.output import say, say_json, table
from cadence.cli.progress import Say, progress
from cadence.cli.session import Session
from cadence.cli.words import moment_words
from cadence.cli.writing import kept_whole
from cadence.exchange.table import CsvOptions
from cadence.language import _, n_
from cadence.model.calendar import Calendar, slug
from cadence.model.errors import BadInput
from cadence.model.post import Post
from cadence.operations.channels import add_channel
from cadence.operations.edit import Edit, Who, fold
from cadence.operations.setup import PostRow, PublicationRow

SHOWN = 10
"""So many rows a dry run shows."""

Step = Callable[[Calendar], Edit]
Rows = Sequence[PostRow] | Sequence[PublicationRow]


@branch("import")
def import_() -> None:
    """Bring in posts or a history of publications from CSV. Importing twice adds nothing."""


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--dry-run", is_flag=True, help="Only say what would happen."),
        click.option("--create-channels", is_flag=True, help="Add channels that the calendar does not know."),
        click.option("--separator", metavar="CHAR", help="Default: found out."),
        click.option("--encoding", metavar="NAME", help="Default: found out."),
        click.option("--date-format", metavar="FORMAT", help="DD/MM/YYYY, MM/DD/YYYY, … Default: found out."),
        click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Put every row on this channel."),
        click.option(
            "--map", "columns", metavar="OURS=THEIRS", multiple=True, help="Name a column: date=Data."
        ),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        function = option(function)
    return function


@command("history", changes=True)
@_options
def history(session: Session, file: Path, **given: Any) -> None:
    """Import what was published so far: date, channel, and optional time, title, author, link."""
    from cadence.exchange.publications import read_publications
    from cadence.operations.imports import import_publications

    _import(session, import_publications, partial(read_publications, file), given)


@command("posts", changes=True)
@_options
def posts(session: Session, file: Path, **given: Any) -> None:
    """Import planned posts, with who does what, from CSV or from what `cadence export json` wrote."""
    from cadence.exchange.posts import read_posts
    from cadence.operations.imports import import_posts

    _import(session, import_posts, partial(read_posts, file, now=session.now), given)


def _import(
    session: Session, operation: Callable[..., Edit], read: Callable[..., Rows], given: dict[str, Any]
) -> None:
    """All rows as one change, or none."""
    try:
        if given["dry_run"]:
            with progress() as say_so:
                change = _change(session, operation, read, given, say_so)
                trial = session.workspace.preview(change, who=session.who, now=session.now)
            _show(session, *trial)
        else:
            _write(session, partial(_change, session, operation, read, given))
    except KeyboardInterrupt as interrupted:
        raise KeyboardInterrupt(*interrupted.args or (_("interrupted, nothing was imported"),)) from None


def _write(session: Session, change: Callable[[Say], Callable[..., Edit]]) -> None:
    with kept_whole() as begin:
        with progress() as say_so:

            def before_writing() -> None:
                say_so(_("writing …"))
                begin()

            done = session.workspace.run(
                change(say_so),
                who=session.who,
                now=session.now,
                why=session.why,
                before_writing=before_writing,
            )
        session.tell(done)


def _change(
    session: Session,
    operation: Callable[..., Edit],
    read: Callable[..., Rows],
    given: dict[str, Any],
    say_so: Say,
) -> Callable[..., Edit]:
    """The rows as an operation, with the channels that they need."""

    def watch(number: int, all_rows: int) -> None:
        say_so(_("{number:,} of {all:,} rows read", number=number, all=all_rows))

    rows = read(session.calendar, _csv_options(given), watch=watch)
    say_so(n_("checking {number:,} row …", "checking {number:,} rows …", len(rows)))

    def with_channels(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
        missing = _missing_channels(calendar, rows) if given["create_channels"] else []
        workflow = standard_workflow(calendar)
        steps: list[Step] = [
            partial(add_channel, who=who, name=name, now=now, workflow=workflow) for name in missing
        ]
        steps.append(partial(operation, who=who, rows=rows, now=now))
        return fold(calendar, steps, lambda newest, step: step(newest))

    return with_channels


def _show(session: Session, edit: Edit, after: Calendar) -> None:
    added = [value for value in edit.puts if isinstance(value, Post)]
    if session.json:
        from cadence.cli.forms import post_form

        say_json({"said": edit.said, "posts": [post_form(after, post) for post in added]})
        return
    say(_("Would be done: {what}", what=edit.said))
    if added:
        table(
            (_("when"), _("channel"), _("title")),
            (
                (
                    moment_words(after.local(post), session.today),
                    after.channels[post.channel].name,
                    post.title,
                )
                for post in added[:SHOWN]
            ),
        )
    if len(added) > SHOWN:
        say(n_("and {number} more", "and {number} more", len(added) - SHOWN))


def _missing_channels(calendar: Calendar, rows: Rows) -> list[str]:
    known = {slug(channel.name) for channel in calendar.channels.values()}
    names = {slug(row.channel): row.channel for row in rows}
    return [name for key, name in names.items() if key not in known]


def _csv_options(given: dict[str, Any]) -> CsvOptions:
    columns: dict[str, str] = {}
    for pair in given["columns"]:
        ours, equals, theirs = pair.partition("=")
        if not (equals and ours.strip() and theirs.strip()):
            raise BadInput(
                _("--map {pair!r} is not OURS=THEIRS", pair=pair[:60]), _("write it as --map date=Data")
            )
        columns[ours.strip()] = theirs.strip()
    return CsvOptions(
        columns=columns,
        date_format=given["date_format"],
        channel=given["channel"],
        create_channels=given["create_channels"],
        encoding=given["encoding"],
        separator=given["separator"],
    )


for _command in (posts, history):
    import_.add_command(_command)
