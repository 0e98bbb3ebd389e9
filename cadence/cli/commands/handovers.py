"""Hand-overs: offer, withdraw, decline, give back, and what is on offer. To take an offer is to claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cadence.cli.arguments import POST, TASK
from cadence.cli.base import command
from cadence.cli.forms import Form, task_form
from cadence.cli.names import MEMBER
from cadence.cli.output import iso, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, listed, name_of_member, offer_words, percent, say_minutes
from cadence.insight.capacity import minutes_of
from cadence.insight.offers import is_asked, last_day, offers_of, state_of
from cadence.insight.offers import offers as every_offer
from cadence.language import _, p_
from cadence.model.errors import BadInput
from cadence.model.post import TaskRef
from cadence.model.team import TaskKind
from cadence.model.words import kind_word
from cadence.operations import handovers as operations

if TYPE_CHECKING:
    from cadence.planner.explaining.candidates import Candidate


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
@click.option(
    "--to", "takers", metavar="MEMBER", type=MEMBER, multiple=True, help="Only to these (default: anyone)."
)
@click.option("--for", "wants", type=(POST, TASK), metavar="POST TASK", help="In return for this task.")
@click.option("--until", metavar="DATE", help="The last day to take it (default: when it is due).")
@click.option("--note", default="", metavar="TEXT", help="A word to them.")
def offer(
    session: Session,
    post: int,
    task: TaskKind,
    takers: tuple[str, ...],
    wants: tuple[int, TaskKind] | None,
    until: str | None,
    note: str,
) -> None:
    """Offer a task to somebody or to anyone; its owner stays responsible until it is taken."""
    ref, last = TaskRef(post, task), session.day_or_none(until)
    if wants is None:
        to = [session.calendar.member(name).id for name in takers]
        session.do(operations.hand_over, ref, who=session.me, to=to, note=note, until=last)
        return
    if takers:
        raise BadInput(_("a swap is offered to whoever has the other task"), _("leave --to out"))
    session.do(operations.offer_swap, ref, TaskRef(*wants), who=session.me, note=note, until=last)


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def withdraw(session: Session, post: int, task: TaskKind) -> None:
    """Take back an offer."""
    session.do(operations.withdraw_offer, TaskRef(post, task), who=session.me)


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
@click.option("--note", default="", metavar="TEXT", help="Why; everybody can read it.")
@click.option("--for", "member", metavar="MEMBER", type=MEMBER, help="Answer for somebody away, as a lead.")
def decline(session: Session, post: int, task: TaskKind, note: str, member: str | None) -> None:
    """Say no to a task that is on offer to me."""
    asked = session.member_id(member)
    session.do(operations.decline_offer, TaskRef(post, task), who=session.me, note=note, member=asked)


@command("give-back", changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def give_back(session: Session, post: int, task: TaskKind) -> None:
    """Give a task that I took back to whoever had it before."""
    ref = TaskRef(post, task)
    giver = operations.giver_of(session.calendar, session.workspace.history(post=post), ref)
    session.do(operations.give_back, ref, giver, who=session.me)


@command()
@click.option("--all", "everything", is_flag=True, help="Also offers that ended or were declined.")
def offers(session: Session, everything: bool) -> None:
    """List what is on offer, to whom, and who could take it, with load before and after."""
    from cadence.planner.explaining.askable import asked

    calendar, today = session.calendar, session.today
    refs = [
        ref for ref in every_offer(calendar, today) if everything or state_of(calendar, ref, today) == "open"
    ]
    could = {
        ref: asked(calendar, ref, session.now) if state_of(calendar, ref, today) == "open" else []
        for ref in refs
    }
    if session.json:
        forms = [
            {**offer_form(session, ref), "could": [_load_form(session, one) for one in could[ref]]}
            for ref in refs
        ]
        say_json({"offers": forms})
        return
    table(
        (_("until"), _("post"), _("task"), _("who has it"), _("how it stands"), _("could take it")),
        (
            (
                day_words(last_day(calendar, ref), today),
                str(ref.post),
                kind_word(ref.kind),
                name_of_member(calendar, calendar.task(ref).member) or "",
                offer_words(calendar, calendar.posts[ref.post], ref.kind, today),
                listed(load_words(session, one) for one in could[ref]),
            )
            for ref in refs
        ),
        right=(_("post"),),
        none=_("Nothing is on offer."),
    )


# What `mine` and `absence` show of offers


def to_me(session: Session) -> list[TaskRef]:
    """The offers that I am to answer: to me by name, and those to anyone that fit me."""
    from cadence.planner.explaining.askable import to_answer

    return to_answer(session.calendar, session.me.id, session.now)


def is_mine_to_take(session: Session, ref: TaskRef) -> bool:
    """Whether a task is on offer to me or to anyone, and the offer is open."""
    is_open = state_of(session.calendar, ref, session.today) == "open"
    return is_open and is_asked(session.calendar.task(ref), session.me.id)


def print_offers(session: Session, to_answer: list[TaskRef]) -> None:
    """The offers to me, and how mine stand."""
    from cadence.cli.output import say

    calendar, today = session.calendar, session.today
    if to_answer:
        say()
        say(_("Offered to you (`cadence claim POST TASK`, or `cadence decline POST TASK`):"))
        table(
            (_("until"), _("post"), _("task"), _("work"), p_("a person", "from"), _("title"), ""),
            (_answer_row(session, ref) for ref in to_answer),
            right=(_("post"), _("work")),
        )
    if offered := offers_of(calendar, session.me.id, today):
        say()
        say(_("Offered by you, and yours until taken:"))
        table(
            (_("post"), _("task"), _("how it stands")),
            (
                (
                    str(ref.post),
                    kind_word(ref.kind),
                    offer_words(calendar, calendar.posts[ref.post], ref.kind, today),
                )
                for ref in offered
            ),
            right=(_("post"),),
        )


def offer_form(session: Session, ref: TaskRef) -> Form:
    """A task with its offer."""
    calendar, today = session.calendar, session.today
    post, task = calendar.posts[ref.post], calendar.task(ref)
    offer = task.offer
    assert offer is not None
    return {
        "post": ref.post,
        "channel": calendar.channels[post.channel].name,
        "title": post.title,
        **task_form(calendar, post, ref.kind, task),
        "offer": {
            "state": state_of(calendar, ref, today),
            "by": name_of_member(calendar, offer.by),
            "at": iso(offer.at, session.zone()),
            "to": [name_of_member(calendar, id) for id in offer.to],
            "declined": [name_of_member(calendar, id) for id in offer.declined],
            "until": last_day(calendar, ref).isoformat(),
            "for": {"post": offer.wants.post, "task": offer.wants.kind} if offer.wants else None,
            "note": offer.note or None,
        },
    }


def load_words(session: Session, one: Candidate) -> str:
    """`Luca (20 % → 60 %)`."""
    name = session.calendar.members[one.member].name
    return f"{name} ({percent(one.before.share)} → {percent(one.after.share)})"


def _load_form(session: Session, one: Candidate) -> Form:
    return {
        "member": session.calendar.members[one.member].name,
        "share_before": one.before.share,
        "share_after": one.after.share,
    }


def _answer_row(session: Session, ref: TaskRef) -> tuple[str, ...]:
    calendar = session.calendar
    post, task = calendar.posts[ref.post], calendar.task(ref)
    offer = task.offer
    assert offer is not None
    wants = offer.wants
    wanted = _("for your {task} of post {post}", task=kind_word(wants.kind), post=wants.post) if wants else ""
    return (
        day_words(last_day(calendar, ref), session.today),
        str(ref.post),
        kind_word(ref.kind),
        say_minutes(minutes_of(session.me, post, ref.kind)),
        name_of_member(calendar, task.member) or "",
        post.title,
        ", ".join(filter(None, (wanted, offer.note))),
    )
