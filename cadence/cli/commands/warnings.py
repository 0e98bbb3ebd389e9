"""`cadence warnings`, `ack` and `unack`: gaps and conflicts before they happen."""

from __future__ import annotations

import click

from cadence.cli.base import command
from cadence.cli.forms import Form
from cadence.cli.names import CHANNEL
from cadence.cli.output import iso, pad, say, say_json
from cadence.cli.session import Session
from cadence.cli.words import day_words, moment_words, name_of_member
from cadence.insight.warnings import SEVERITIES, Warning
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.words import severity_word
from cadence.operations import warnings as operations
from cadence.planner.explaining.advice import advised_warnings


@command()
@click.option(
    "--fail-on", type=click.Choice((*SEVERITIES, "any")),
    help="Exit 1 when there is an open warning of this severity or a higher one.",
)  # fmt: skip
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only about this channel.")
@click.option("--rule", metavar="RULE", help="Only of this rule, such as empty-slot.")
@click.option("--horizon", type=click.IntRange(1, 366), metavar="DAYS", help="How far to look ahead.")
@click.option("--all", "everything", is_flag=True, help="Acknowledged ones too.")
@click.option("--ways/--no-ways", default=None, help="With ways out (default: on a terminal).")
@click.option("--ascii", "ascii_only", is_flag=True, help="Marks in ASCII.")
def warnings(
    session: Session,
    fail_on: str | None,
    channel: str | None,
    rule: str | None,
    horizon: int | None,
    everything: bool,
    ways: bool | None,
    ascii_only: bool,
) -> None:
    """List what threatens the rhythm, the worst first, with causes and ways out.

    On a terminal each warning shows its key (for `cadence ack`) and its ways out; into a file or a pipe it
    is one plain line, and nothing at all when all is well.
    """
    calendar = session.calendar
    on = session.channel_id(channel)
    found = [
        warning
        for warning in advised_warnings(calendar, session.now, horizon_days=horizon)
        if (everything or warning.state == "open")
        and on in (None, warning.channel)
        and rule in (None, warning.rule)
    ]
    if session.json:
        say_json({"warnings": [warning_form(calendar, warning) for warning in found]})
    else:
        _print(
            session, found, session.on_terminal if ways is None else ways, ascii_only or session.ascii_only
        )
    worst = SEVERITIES[: 3 if fail_on == "any" else SEVERITIES.index(fail_on) + 1] if fail_on else ()
    if any(warning.state == "open" and warning.severity in worst for warning in found):
        raise click.exceptions.Exit(1)


def _print(session: Session, found: list[Warning], ways: bool, ascii_only: bool) -> None:
    if not found and session.on_terminal:
        say(_("No warnings."))
    for warning in found:
        sign = mark("warning", ascii_only=ascii_only)
        about = _subject(session, warning)
        known = f" ({_acknowledged(session.calendar, warning)})" if warning.state != "open" else ""
        severity = pad(severity_word(warning.severity), 6)
        say(f"{sign} {severity} {warning.rule}{about}: {warning.cause}{known}")
        if ways:
            for number, way in enumerate(warning.ways_out, 1):
                say(f"    {number}. {way.text}")
                say(f"       {way.command}")
            since = moment_words(session.local(warning.since), session.today)
            say("    " + _("since {when}, key {key}", when=since, key=warning.key))


def _subject(session: Session, warning: Warning) -> str:
    calendar = session.calendar
    parts = [] if warning.channel is None else [calendar.channels[warning.channel].name]
    if warning.at is not None:
        local = session.local(warning.at, warning.channel)
        words = moment_words(local, session.today) if local.time() else day_words(local.date(), session.today)
        parts.append(" ".join(words.split()))
    return f" {', '.join(parts)}" if parts else ""


def _acknowledged(calendar: Calendar, warning: Warning) -> str:
    by = name_of_member(calendar, warning.acknowledged_by) or _("somebody")
    return _("acknowledged by {who} until {day}", who=by, day=warning.acknowledged_until)


def warning_form(calendar: Calendar, warning: Warning) -> Form:
    """The fixed JSON form of a warning."""
    from cadence.model.times import zone_of

    zone = calendar.zone(warning.channel) if warning.channel is not None else zone_of(calendar.team.zone)
    return {
        "rule": warning.rule,
        "severity": warning.severity,
        "channel": None if warning.channel is None else calendar.channels[warning.channel].name,
        "post": warning.post,
        "task": warning.task,
        "member": name_of_member(calendar, warning.member),
        "at": iso(warning.at, zone) if warning.at else None,
        "since": iso(warning.since, zone),
        "cause": warning.cause,
        "ways_out": [
            {"kind": way.kind, "text": way.text, "command": way.command} for way in warning.ways_out
        ],
    }


@command(changes=True)
@click.argument("key")
@click.option("--until", metavar="DATE", required=True, help="The last day on which it stays quiet.")
@click.option("--note", default="", metavar="TEXT", help="What is being done about it.")
def ack(session: Session, key: str, until: str, note: str) -> None:
    """Acknowledge a warning until a date; KEY is what `cadence warnings --ways` shows."""
    session.do(operations.acknowledge, key, session.day(until), note=note)


@command(changes=True)
@click.argument("key")
def unack(session: Session, key: str) -> None:
    """Let an acknowledged warning speak again."""
    session.do(operations.unacknowledge, key)
