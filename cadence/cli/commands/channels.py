"""`cadence channel …`: where posts go."""

from __future__ import annotations

from typing import Any

import click

from cadence.cli.arguments import DURATION, check_one
from cadence.cli.base import branch, command
from cadence.cli.forms import channel_form
from cadence.cli.names import CHANNEL, WORKFLOW
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import listed, rule_words, say_minutes
from cadence.language import _, p_
from cadence.model.calendar import Calendar, slug
from cadence.operations import channels as operations

STANDARD = "standard"


@branch()
def channel() -> None:
    """Add, list, show, edit or remove channels."""


@command("add", changes=True)
@click.argument("name")
@click.option("--zone", default="", metavar="ZONE", help="IANA time zone; default: the team's.")
@click.option(
    "--workflow", metavar="NAME", type=WORKFLOW,
    help="Which tasks its posts need; default: the workflow called Standard; `none`: no tasks.",
)  # fmt: skip
@click.option("--max-per-day", type=int, metavar="N", help="More posts on a day are a burst.")
@click.option("--min-spacing", type=DURATION, metavar="DURATION", help="Posts closer together are a burst.")
@click.option("--url", metavar="URL", help="Its page.")
def add(
    session: Session,
    name: str,
    zone: str,
    workflow: str | None,
    max_per_day: int | None,
    min_spacing: int | None,
    url: str | None,
) -> None:
    """Add a channel. Its posts get the tasks of the workflow Standard, unless --workflow says otherwise."""
    session.do(
        operations.add_channel,
        name,
        zone=zone,
        workflow=_workflow(session, workflow),
        max_per_day=max_per_day,
        min_spacing=min_spacing,
        url=url,
    )


@command("list")
def list_(session: Session) -> None:
    """List the channels with their rhythms."""
    calendar = session.calendar
    channels = list(calendar.channels.values())
    if session.json:
        say_json({"channels": [channel_form(calendar, c) for c in channels]})
        return
    forms = [channel_form(calendar, c) for c in channels]
    table(
        (_("name"), p_("column", "workflow"), _("zone"), _("rhythms")),
        (
            (
                _("{channel} (retired)", channel=c.name) if c.retired else c.name,
                form["workflow"] or _("no tasks"),
                form["zone"],
                listed(
                    _("{rule} at {time}", rule=r.rrule, time=f"{r.at:%H:%M}")
                    for r in calendar.rhythms_of(c.id)
                ),
            )
            for c, form in zip(channels, forms, strict=True)
        ),
        none=_("No channels yet: `cadence channel add NAME`."),
    )


@command("show")
@click.argument("channel", type=CHANNEL)
def show(session: Session, channel: str) -> None:
    """Show a channel and its rhythms."""
    calendar = session.calendar
    found = calendar.channel(channel)
    form = channel_form(calendar, found)
    if session.json:
        say_json({"channel": form})
        return
    table(
        (_("channel"), found.name),
        [
            (_("time zone"), form["zone"]),
            (p_("column", "workflow"), form["workflow"] or _("no tasks")),
            (_("posts a day at most"), str(found.max_per_day or "-")),
            (_("least spacing"), "-" if found.min_spacing is None else say_minutes(found.min_spacing)),
            (p_("a channel", "page"), found.url or "-"),
            (p_("a channel", "retired"), _("yes") if found.retired else _("no")),
            *(
                (_("rhythm {number}", number=rhythm.id), rule_words(rhythm))
                for rhythm in calendar.rhythms_of(found.id)
            ),
        ],
    )


@command("edit", changes=True)
@click.argument("channel", type=CHANNEL)
@click.option("--name", metavar="TEXT")
@click.option("--zone", metavar="ZONE")
@click.option("--workflow", metavar="NAME", type=WORKFLOW, help="For new posts; `none`: no tasks.")
@click.option("--max-per-day", metavar="N", help="`none` takes the limit away.")
@click.option("--min-spacing", metavar="DURATION", help="`none` takes the limit away.")
@click.option("--url", metavar="URL", help="An empty one takes it away.")
@click.option("--retire/--bring-back", "retired", default=None, help="No more slots and warnings; or again.")
def edit(session: Session, channel: str, **given: Any) -> None:
    """Change a channel; what is not given stays."""
    check_one(_("see --help"), list(given.values()))
    found = session.calendar.channel(channel)
    fields = {name: given[name] for name in ("name", "zone", "retired") if given[name] is not None}
    if given["workflow"] is not None:
        fields["workflow"] = _workflow(session, given["workflow"])
    if given["url"] is not None:
        fields["url"] = given["url"] or None
    for name, kind in (("max_per_day", click.INT), ("min_spacing", DURATION)):
        if (text := given[name]) is not None:
            fields[name] = None if text.casefold() == "none" else kind.convert(text, None, None)
    session.do(operations.edit_channel, found.id, **fields)


@command("remove", changes=True)
@click.argument("channel", type=CHANNEL)
@click.option("--retire", is_flag=True, help="Keep its history: retire it if it has posts.")
def remove(session: Session, channel: str, retire: bool) -> None:
    """Take a channel away with its rhythms; one with posts can only be retired."""
    session.do(operations.remove_channel, session.calendar.channel(channel).id, retire=retire)


def _workflow(session: Session, name: str | None) -> int | None:
    """The workflow that was named, or the standard one when nothing was said."""
    if name is None:
        return standard_workflow(session.calendar)
    return None if name.casefold() == "none" else session.calendar.workflow(name).id


def standard_workflow(calendar: Calendar) -> int | None:
    """The workflow called Standard, which a channel gets when nothing else is said."""
    return next((w.id for w in calendar.workflows.values() if slug(w.name) == STANDARD), None)


for _command in (add, list_, show, edit, remove):
    channel.add_command(_command)
