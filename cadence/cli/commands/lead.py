"""`cadence lead …`: who leads which week."""

from __future__ import annotations

from datetime import timedelta

import click

from cadence.cli.base import branch, command
from cadence.cli.names import MEMBER
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, name_of_member
from cadence.language import _, p_
from cadence.operations import rota as operations


@branch()
def lead() -> None:
    """Say who leads which week: in turn, or always the same."""


@command("show")
@click.option("--weeks", type=click.IntRange(1, 104), default=8, metavar="N", help="So many weeks (8).")
def show(session: Session, weeks: int) -> None:
    """Show who leads this week and the next ones."""
    from cadence.insight.rota import turns

    calendar, first = session.calendar, session.this_week()
    days = [first + timedelta(weeks=n) for n in range(weeks)]
    found = turns(calendar.rota, days)
    if session.json:
        say_json(
            {
                "weeks": [
                    {
                        "week": day.isoformat(),
                        "member": name_of_member(calendar, found[day]),
                        "out_of_turn": day in calendar.rota.instead,
                    }
                    for day in days
                ]
            }
        )
        return
    table(
        (_("week of"), p_("who leads", "lead"), ""),
        (
            (
                day_words(day, session.today),
                name_of_member(calendar, found[day]) or _("nobody"),
                _("out of turn") if day in calendar.rota.instead else "",
            )
            for day in (days if calendar.rota.order or calendar.rota.instead else ())
        ),
        none=_("Nobody leads the weeks yet: `cadence lead set ANNA LUCA …` lets them take turns."),
    )


@command("set", changes=True)
@click.argument("members", type=MEMBER, nargs=-1)
@click.option("--from", "start", metavar="DATE", help="The first turn is the week of this day (this week).")
def set_(session: Session, members: tuple[str, ...], start: str | None) -> None:
    """They lead a week each, in turn. One name always leads; no name ends it."""
    order = [session.calendar.member(name).id for name in members]
    session.do(operations.set_rota, order, start=session.day_or_none(start))


@command("week", changes=True)
@click.argument("day", metavar="DATE")
@click.argument("member", type=MEMBER)
def week(session: Session, day: str, member: str) -> None:
    """Somebody leads the week of DATE out of turn."""
    session.do(operations.lead_week, session.day(day), session.calendar.member(member).id)


@command("swap", changes=True)
@click.argument("one", metavar="DATE")
@click.argument("other", metavar="DATE")
def swap(session: Session, one: str, other: str) -> None:
    """Two members swap the weeks that they lead."""
    session.do(operations.swap_weeks, session.day(one), session.day(other))


@command("pause", changes=True)
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--reason", default="", metavar="TEXT", help="Everybody can read it.")
def pause(session: Session, first: str, last: str | None, reason: str) -> None:
    """Nobody leads the weeks from FROM to TO; everybody keeps their turn."""
    start = session.day(first)
    end = start if last is None else session.day(last)
    session.do(operations.pause_rota, start, end, reason=reason)


@command("resume", changes=True)
@click.argument("day", metavar="DATE")
def resume(session: Session, day: str) -> None:
    """End the pause that holds DATE."""
    session.do(operations.resume_rota, session.day(day))


for _command in (show, set_, week, swap, pause, resume):
    lead.add_command(_command)
