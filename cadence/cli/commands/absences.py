"""`cadence absence …`: who is away when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cadence.cli.arguments import Number, check_one
from cadence.cli.base import branch, command
from cadence.cli.commands.handovers import load_words
from cadence.cli.forms import Form, absence_form
from cadence.cli.names import MEMBER
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, name_of_member
from cadence.insight.offers import state_of, tasks_hit
from cadence.language import _, later, p_
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.words import kind_word
from cadence.operations import absences as operations
from cadence.operations.edit import UNSET

if TYPE_CHECKING:
    from cadence.planner.explaining.candidates import Candidate
    from cadence.workspace import Done


ABSENCE = Number("absence", later("{value!r} is not the number of an absence"))


@branch()
def absence() -> None:
    """Add, list, edit or remove absences. ABSENCE is a number, as `cadence absence list` shows it."""


@command("add", changes=True)
@click.argument("member", type=MEMBER)
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--reason", default="", metavar="TEXT", help="Everybody can read it.")
@click.option("--offer", is_flag=True, help="Offer to anyone the tasks that it leaves no time for.")
def add(session: Session, member: str, first: str, last: str | None, reason: str, offer: bool) -> None:
    """A member is away from FROM to TO, both days included; says who could take the tasks that this hits."""
    start = session.day(first)
    end = start if last is None else session.day(last)
    away = session.calendar.member(member).id
    done = session.workspace.run(
        operations.add_absence,
        away,
        start,
        end,
        who=session.who,
        now=session.now,
        why=session.why,
        reason=reason,
        offer=offer,
    )
    assert done.change is not None
    _tell_hit(session, done, next(op.id for op in done.change.ops if op.table == "absences"))


@command("offer", changes=True)
@click.argument("absence", type=ABSENCE)
def offer_(session: Session, absence: int) -> None:
    """Offer to anyone the tasks that an absence leaves no time for."""
    done = session.workspace.run(
        operations.offer_hit, absence, who=session.me, now=session.now, why=session.why
    )
    _tell_hit(session, done, absence)


def _tell_hit(session: Session, done: Done, absence: int) -> None:
    """What was done, each task that the absence hits and who could best take it, and how to ask them all."""
    from cadence.planner.explaining.askable import takers

    calendar = done.calendar
    hit = tasks_hit(calendar, calendar.absences[absence], session.today)
    found = list(takers(calendar, hit, session.now))
    session.tell(done, absence=absence, hit=[_hit_form(calendar, ref, best) for ref, best in found])
    if session.json or not found:
        return
    say()
    table(
        (_("due"), _("post"), _("task"), _("title"), _("could take it")),
        (
            (
                day_words(_due(calendar, ref), session.today),
                str(ref.post),
                kind_word(ref.kind),
                calendar.posts[ref.post].title,
                load_words(session, best)
                if best
                else _("nobody: `{command}`", command=f"cadence why {ref.post} {ref.kind}"),
            )
            for ref, best in found
        ),
        right=(_("post"),),
    )
    waiting = [ref for ref, best in found if best and state_of(calendar, ref, session.today) != "open"]
    if waiting:
        say()
        say(_("Ask them all: `{command}`", command=f"cadence absence offer {absence}"))


def _due(calendar: Calendar, ref: TaskRef) -> date:
    return calendar.window(calendar.posts[ref.post], calendar.task(ref))[1]


def _hit_form(calendar: Calendar, ref: TaskRef, best: Candidate | None) -> Form:
    return {
        "post": ref.post,
        "task": ref.kind,
        "closes": _due(calendar, ref).isoformat(),
        "member": name_of_member(calendar, best.member) if best else None,
        "share_before": best.before.share if best else None,
        "share_after": best.after.share if best else None,
    }


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
        (_("absence"), _("who"), p_("dates", "from"), p_("dates", "to"), _("reason")),
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
        right=(_("absence"),),
        none=_("Nobody is away."),
    )


@command("edit", changes=True)
@click.argument("absence", type=ABSENCE)
@click.option("--from", "first", metavar="DATE", help="Another first day.")
@click.option("--to", "last", metavar="DATE", help="Another last day.")
@click.option("--reason", metavar="TEXT", help="Everybody can read it.")
@click.option("--offer", is_flag=True, help="Offer to anyone the tasks that it leaves no time for.")
def edit(
    session: Session, absence: int, first: str | None, last: str | None, reason: str | None, offer: bool
) -> None:
    """Change an absence; what is not given stays. Says who could take the tasks that this hits."""
    check_one("see --help", (first, last, reason))
    done = session.workspace.run(
        operations.edit_absence,
        absence,
        who=session.who,
        now=session.now,
        why=session.why,
        first=UNSET if first is None else session.day(first),
        last=UNSET if last is None else session.day(last),
        reason=UNSET if reason is None else reason,
        offer=offer,
    )
    _tell_hit(session, done, absence)


@command("remove", changes=True)
@click.argument("absence", type=ABSENCE)
def remove(session: Session, absence: int) -> None:
    """A member is here after all."""
    session.do(operations.remove_absence, absence)


for _command in (add, list_, edit, remove, offer_):
    absence.add_command(_command)
