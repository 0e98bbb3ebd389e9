"""`cadence absence …`: who is away when."""

from __future__ import annotations

import click

from cadence.cli.arguments import Number
from cadence.cli.base import branch, command
from cadence.cli.forms import absence_form
from cadence.cli.names import MEMBER
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, name_of_member
from cadence.operations import absences as operations


@branch()
def absence() -> None:
    """Add, list or remove absences. ABSENCE is a number, as `cadence absence list` shows it."""


@command("add", changes=True)
@click.argument("member", type=MEMBER)
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--reason", default="", metavar="TEXT", help="Everybody can read it.")
def add(session: Session, member: str, first: str, last: str | None, reason: str) -> None:
    """A member is away from FROM to TO, both days included."""
    start = session.day(first)
    end = start if last is None else session.day(last)
    session.do(operations.add_absence, session.calendar.member(member).id, start, end, reason=reason)


@command("list")
@click.option("--member", metavar="MEMBER", type=MEMBER, help="Only this member's.")
@click.option("--all", "everything", is_flag=True, help="Past ones too.")
def list_(session: Session, member: str | None, everything: bool) -> None:
    """List absences, those that are over only with --all."""
    calendar = session.calendar
    of = session.member_id(member)
    absences = sorted(
        (
            a
            for a in calendar.absences.values()
            if of in (None, a.member) and (everything or a.last >= session.today)
        ),
        key=lambda a: (a.first, a.id),
    )
    if session.json:
        say_json({"absences": [absence_form(calendar, a) for a in absences]})
        return
    table(
        ("absence", "who", "from", "to", "reason"),
        (
            (
                str(a.id),
                name_of_member(calendar, a.member) or "",
                day_words(a.first, session.today),
                day_words(a.last, session.today),
                a.reason,
            )
            for a in absences
        ),
        right=("absence",),
        none="Nobody is away.",
    )


@command("remove", changes=True)
@click.argument("absence", type=Number("absence"))
def remove(session: Session, absence: int) -> None:
    """A member is here after all."""
    session.do(operations.remove_absence, absence)


for _command in (add, list_, remove):
    absence.add_command(_command)
