"""`cadence rhythm …`: the promises of regularity."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from cadence.cli.arguments import DURATION, Number, check_one
from cadence.cli.base import branch, command
from cadence.cli.forms import rhythm_form
from cadence.cli.names import CHANNEL
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import listed, rule_words, say_minutes, span_words
from cadence.language import _, later, month, p_, weekday
from cadence.model.rhythm import Rhythm
from cadence.model.team import parse_time
from cadence.operations import rhythms as operations

if TYPE_CHECKING:
    from cadence.insight.slots import Slot

RHYTHM = Number("rhythm", later("{value!r} is not the number of a rhythm"))


@branch()
def rhythm() -> None:
    """Add, list, edit, pause or remove rhythms. RHYTHM is a number, as `cadence rhythm list` shows it."""


@command("add", changes=True)
@click.argument("channel", type=CHANNEL)
@click.option("--rrule", required=True, metavar="RRULE", help="RFC 5545, such as FREQ=WEEKLY;BYDAY=TU,TH.")
@click.option("--at", "hour", required=True, metavar="HH:MM", help="Local time of the channel.")
@click.option("--tolerance", type=DURATION, metavar="DURATION", help="On time within; default: the same day.")
@click.option("--max-silence", type=DURATION, metavar="DURATION", help="Longest allowed silence: 7d.")
@click.option("--from", "start", metavar="DATE", help="First day (default: of the next time).")
@click.option("--skip-holidays", is_flag=True, help="No slots on public holidays.")
def add(
    session: Session,
    channel: str,
    rrule: str,
    hour: str,
    tolerance: int | None,
    max_silence: int | None,
    start: str | None,
    skip_holidays: bool,
) -> None:
    """Promise posts on a channel."""
    session.do(
        operations.add_rhythm,
        session.calendar.channel(channel).id,
        rrule,
        parse_time(hour),
        start=session.day_or_none(start),
        tolerance=tolerance,
        max_silence=max_silence,
        skip_holidays=skip_holidays,
    )


@command("list")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only this channel.")
def list_(session: Session, channel: str | None) -> None:
    """List the rhythms."""
    calendar = session.calendar
    on = session.channel_id(channel)
    rhythms = [r for r in calendar.rhythms.values() if on in (None, r.channel)]
    if session.json:
        say_json({"rhythms": [rhythm_form(calendar, r) for r in rhythms]})
        return
    table(
        (
            _("rhythm"), _("channel"), _("rule"), p_("an hour", "at"), p_("dates", "from"), _("silence"),
            _("pauses"),
        ),
        (
            (
                str(r.id),
                calendar.channels[r.channel].name,
                r.rrule,
                f"{r.at:%H:%M}",
                r.start.isoformat(),
                say_minutes(r.max_silence) if r.max_silence else "-",
                _pauses(session, r),
            )
            for r in rhythms
        ),
        right=(_("rhythm"), _("silence")),
        none=_("No rhythms yet: `cadence rhythm add CHANNEL --rrule … --at 09:00`."),
    )  # fmt: skip


@command("show")
@click.argument("rhythm", type=RHYTHM)
def show(session: Session, rhythm: int) -> None:
    """Show a rhythm and its next slots."""
    from cadence.insight.slots import expand

    calendar = session.calendar
    found = calendar.rhythm(rhythm)
    if session.json:
        say_json({"rhythm": rhythm_form(calendar, found)})
        return
    today = session.today
    coming = expand(calendar, found, today, today + timedelta(days=366))[:4]
    table(
        (_("rhythm"), str(found.id)),
        [
            (_("channel"), calendar.channels[found.channel].name),
            (_("rule"), rule_words(found)),
            (_("tolerance"), _("the same day") if found.tolerance is None else say_minutes(found.tolerance)),
            (
                _("longest silence"),
                say_minutes(found.max_silence) if found.max_silence else _("no promise"),
            ),
            (_("holidays"), p_("holidays", "skipped") if found.skip_holidays else _("count as any day")),
            (_("pauses"), _pauses(session, found)),
            (_("next slots"), listed(map(_slot_words, coming))),
        ],
    )


@command("edit", changes=True)
@click.argument("rhythm", type=RHYTHM)
@click.option("--rrule", metavar="RRULE")
@click.option("--at", "hour", metavar="HH:MM")
@click.option("--tolerance", metavar="DURATION", help="`none`: the same day.")
@click.option("--max-silence", metavar="DURATION", help="`none`: no promise.")
@click.option("--start", metavar="DATE", help="Another first day.")
@click.option("--skip-holidays/--keep-holidays", "skip_holidays", default=None)
@click.option(
    "--from", "from_date", metavar="DATE", help="Change from this day on; the past keeps its promise."
)
def edit(session: Session, rhythm: int, from_date: str | None, **given: Any) -> None:
    """Change a promise. With --from the past is judged by the old one, without it by the new one."""
    check_one(_("see --help"), list(given.values()))
    fields: dict[str, Any] = {}
    if given["rrule"] is not None:
        fields["rrule"] = given["rrule"]
    if given["hour"] is not None:
        fields["at"] = parse_time(given["hour"])
    if given["start"] is not None:
        fields["start"] = session.day(given["start"])
    if given["skip_holidays"] is not None:
        fields["skip_holidays"] = given["skip_holidays"]
    for name in ("tolerance", "max_silence"):
        if (text := given[name]) is not None:
            fields[name] = None if text.casefold() == "none" else DURATION.convert(text, None, None)
    session.do(operations.edit_rhythm, rhythm, from_date=session.day_or_none(from_date), **fields)


@command("pause", changes=True)
@click.argument("rhythm", type=RHYTHM)
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--reason", default="", metavar="TEXT")
def pause(session: Session, rhythm: int, first: str, last: str | None, reason: str) -> None:
    """Agree on a pause from FROM to TO, both days included; its slots count for nothing."""
    start = session.day(first)
    end = start if last is None else session.day(last)
    session.do(operations.pause_rhythm, rhythm, start, end, reason=reason)


@command("resume", changes=True)
@click.argument("rhythm", type=RHYTHM)
@click.argument("day", metavar="[DATE]", required=False)
def resume(session: Session, rhythm: int, day: str | None) -> None:
    """End the pause that covers DATE (default: today): the promise holds again from then on."""
    session.do(operations.resume_rhythm, rhythm, on=session.day_or_none(day))


@command("remove", changes=True)
@click.argument("rhythm", type=RHYTHM)
@click.option("--from", "from_date", metavar="DATE", help="End it the day before; what was promised counts.")
def remove(session: Session, rhythm: int, from_date: str | None) -> None:
    """Take a promise back; its posts stay, as extras."""
    session.do(operations.remove_rhythm, rhythm, from_date=session.day_or_none(from_date))


def _pauses(session: Session, rhythm: Rhythm) -> str:
    coming = [pause for pause in rhythm.pauses if pause.last >= session.today]
    return listed(span_words(p.first, p.last) + (f" ({p.reason})" if p.reason else "") for p in coming)


def _slot_words(slot: Slot) -> str:
    """`Tue 24 Nov 10:00 (paused)`."""
    at = slot.local
    when = f"{weekday(at)} {at:%d} {month(at)} {at:%H:%M}"
    return _("{when} (paused)", when=when) if slot.paused else when


for _command in (add, list_, show, edit, pause, resume, remove):
    rhythm.add_command(_command)
