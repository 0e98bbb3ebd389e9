"""`cadence digest …`: what each member is told, when, and where."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from cadence.cli.arguments import check_one
from cadence.cli.base import Branch, branch, command
from cadence.cli.forms import Form
from cadence.cli.names import MEMBER
from cadence.cli.output import iso, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import listed, moment_words, name_of_member
from cadence.insight.words import list_text
from cadence.language import _, p_
from cadence.model.digest import DIGEST_KINDS, EVERY, NO_QUIET, DigestKind, Every, Quiet, WeekdayName
from cadence.model.errors import BadInput
from cadence.model.team import Member, parse_time
from cadence.model.times import WEEKDAYS
from cadence.operations import digests as operations
from cadence.operations.edit import UNSET
from cadence.user.folders import digest_addresses

if TYPE_CHECKING:
    from cadence.chores.digest import Outcome, Standing
    from cadence.chores.digest_addresses import DigestAddresses
    from cadence.insight.digest import Message

STDIN = "-"
KIND = click.Choice(DIGEST_KINDS)


class Digests(Branch):
    """`cadence digest Anna` and `cadence digest --send` are those of `cadence digest show`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        told = any(word in self.commands or word == "--help" for word in args)
        return super().parse_args(ctx, args if told or ctx.resilient_parsing else ["show", *args])


@branch(kind=Digests)
def digest() -> None:
    """Tell everybody what is theirs to do, by mail or chat. `cadence digest [MEMBER]` shows a digest."""


@command("show")
@click.argument("member", type=MEMBER, required=False)
@click.option("--send", is_flag=True, help="Send what is due and was not sent yet (for cron); show nothing.")
def show(session: Session, member: str | None, send: bool) -> None:
    """Show what MEMBER (default: me) would be told now; nothing is sent without --send.

    With --send everybody's digest that is due goes out, or only MEMBER's. `cadence serve` does the same by
    itself.
    """
    if send:
        _send(session, member)
        return
    from cadence.chores.digest import Writer, notes_of

    who = session.calendar.member(member) if member else session.me
    note = notes_of(session.workspace, _addresses(session)).read().get(who.id)
    message = Writer(session.workspace, session.now).message(who, note)
    if session.json:
        say_json(_message_form(who, message))
    elif message:
        say(f"{message.subject}\n\n{message.text}".rstrip())
    else:
        say(_("There is nothing to tell {who}.", who=who.name))


def _send(session: Session, member: str | None) -> None:
    from cadence.chores.digest import send_due

    only = [session.calendar.member(member).id] if member else []
    outcomes: list[Outcome] = []
    for outcome in send_due(session.workspace, _addresses(session), session.now, only=only):
        outcomes.append(outcome)
        if outcome.state == "sent" and not session.json:
            told = name_of_member(session.calendar, outcome.member)
            say(_("Told {who}: {places}", who=told, places=listed(outcome.to)))
    if session.json:
        say_json({"sent": [_outcome_form(session, outcome) for outcome in outcomes]})
    troubles = [outcome.trouble for outcome in outcomes if outcome.trouble]
    if len(troubles) == 1:
        raise troubles[0]
    if troubles:
        raise BadInput(
            _(
                "{number} digests did not arrive ({causes})",
                number=len(troubles),
                causes="; ".join(error.message for error in troubles),
            ),
            _("they are tried again by themselves"),
        )


@command("set", changes=True)
@click.option("--every", type=click.Choice(EVERY), help="How often; off is the default.")
@click.option("--on", "weekday", type=click.Choice(WEEKDAYS), help="The day of a weekly one (mon).")
@click.option("--at", "clock", metavar="HH:MM", help="When, in the member's time zone (08:00).")
@click.option("--quiet", metavar="HH:MM-HH:MM", help="Never send anything then, or `none` (20:00-07:00).")
@click.option("--mute", type=KIND, multiple=True, help="Never tell about this; repeat it for more.")
@click.option("--unmute", type=KIND, multiple=True, help="Tell about this again.")
@click.option("--for", "member", metavar="MEMBER", type=MEMBER, help="Somebody else's, as a lead.")
def set_(
    session: Session,
    every: Every | None,
    weekday: WeekdayName | None,
    clock: str | None,
    quiet: str | None,
    mute: tuple[DigestKind, ...],
    unmute: tuple[DigestKind, ...],
    member: str | None,
) -> None:
    """Choose when my digest comes and what it is about; what is not given stays."""
    check_one(
        _("give --every, --on, --at, --quiet, --mute or --unmute"),
        (every, weekday, clock, quiet, mute, unmute),
    )
    session.do(
        operations.set_digest,
        session.calendar.member(member).id if member else session.me.id,
        who=session.me,
        every=every or UNSET,
        weekday=weekday or UNSET,
        at=parse_time(clock) if clock else UNSET,
        quiet=_quiet(quiet) if quiet else UNSET,
        mute=mute,
        unmute=unmute,
    )


@command("to")
@click.argument("member", type=MEMBER)
@click.argument("urls", metavar="URL…", nargs=-1)
@click.option("--none", "nowhere", is_flag=True, help="Nowhere any more.")
@click.option("--try", "test", is_flag=True, help="Send a line there first, and keep nothing if it fails.")
def to(session: Session, member: str, urls: tuple[str, ...], nowhere: bool, test: bool) -> None:
    """Say where this computer sends the digest of MEMBER: addresses as apprise writes them, or - to read
    them from the standard input, one on each line.

    They are secrets: they stay on this computer, in a file that only you can read, and are never shown.
    """
    who, addresses = session.calendar.member(member), _addresses(session)
    if nowhere == bool(urls):
        raise BadInput(_("say where, or --none"), _("such as mailtos://user:password@example.com"))
    if nowhere:
        addresses.forget(who.id)
        _told_where(session, who, ())
        return
    from cadence.chores.digest_addresses import checked_places

    given = sys.stdin.read(100_000).split() if urls == (STDIN,) else list(urls)
    if not given:
        raise BadInput(_("the standard input holds no address"), _("write one on each line"))
    places = checked_places(given)
    if test:
        _try(who, places.labelled())
    addresses.put(who.id, places)
    _told_where(session, who, tuple(places.labelled()))


def _try(who: Member, urls: dict[str, str]) -> None:
    from cadence.chores.sending import send

    text = _("Here Cadence tells {who} what is theirs to do.", who=who.name) + "\n"
    if missing := [label for label, url in urls.items() if not send(url, _("Cadence: hello"), text)]:
        raise BadInput(
            _("nothing arrives: {places}", places=list_text(missing, len(missing))),
            _("check the address; nothing was kept"),
        )


def _told_where(session: Session, who: Member, labels: tuple[str, ...]) -> None:
    if session.json:
        say_json({"member": who.name, "to": list(labels)})
    elif not labels:
        say(_("This computer tells {who} nothing any more.", who=who.name))
    else:
        say(_("This computer tells {who}: {places}", who=who.name, places=listed(labels)))
        if who.digest.every == "off":
            say(_("Their digest is off: `cadence digest set --every daily` switches it on."))


@command("status")
def status(session: Session) -> None:
    """Show whose digest comes when and where, when the last one went out, and what did not arrive."""
    from cadence.chores.digest import standing_of

    found = [
        standing_of(session.workspace, _addresses(session), member, session.now)
        for member in session.calendar.members.values()
        if member.is_active(session.today)
    ]
    if session.json:
        say_json({"digests": [_standing_form(session, one) for one in found]})
        return
    table(
        (_("who"), _("digest"), p_("a digest", "next"), _("here to"), _("how it stands")),
        (
            (
                one.member.name,
                operations.digest_text(one.member.digest),
                _moment(session, one.next),
                listed(one.to),
                "; ".join(_how_it_stands(session, one)) or _("none was sent yet"),
            )
            for one in found
            if one.member.digest.every != "off" or one.to
        ),
        none=_("Nobody wants a digest yet: `cadence digest set --every weekly` switches mine on."),
    )


def _how_it_stands(session: Session, one: Standing) -> Iterator[str]:
    if note := one.note:
        begun = _moment(session, note.begun)
        if note.state == "failed":
            again = _moment(session, note.again_at)
            yield _("failed {when} ({why}), again from {again}", when=begun, why=note.trouble, again=again)
        elif note.state == "sending":
            yield _("begun {when}; that it arrived was not noted", when=begun)
        elif note.state == "sent":
            yield _("sent {when}", when=begun)
        else:
            yield _("nothing to tell {when}", when=begun)
    if one.due and not (one.note and one.note.state == "failed"):
        due = _("due since {when}", when=_moment(session, one.due))
        why = "" if one.to else _("this computer has no address")
        wait = _("held for quiet hours or a day off") if one.has_to_wait else ""
        yield ", ".join(filter(None, (due, why, wait)))


def _moment(session: Session, moment: datetime | None) -> str:
    return moment_words(session.local(moment), session.today) if moment else "-"


def _quiet(text: str) -> Quiet:
    if text.strip().casefold() == "none":
        return NO_QUIET
    start, dash, end = text.partition("-")
    if not dash:
        raise BadInput(
            _("{text!r} are no quiet hours", text=text[:40]), _("write them as 20:00-07:00, or none")
        )
    first, last = (parse_time(clock.strip()) for clock in (start, end))
    return Quiet(first.hour * 60 + first.minute, last.hour * 60 + last.minute)


def _addresses(session: Session) -> DigestAddresses:
    from cadence.chores.digest_addresses import DigestAddresses

    return DigestAddresses(digest_addresses(), session.workspace)


# JSON


def _message_form(who: Member, message: Message | None) -> Form:
    return {
        "member": who.name,
        "subject": message.subject if message else None,
        "text": message.text if message else None,
        "sections": [
            {"kind": section.kind, "lines": list(section.lines)}
            for section in (message.sections if message else ())
        ],
    }


def _outcome_form(session: Session, outcome: Outcome) -> Form:
    return {
        "member": name_of_member(session.calendar, outcome.member),
        "state": outcome.state,
        "to": list(outcome.to),
        "trouble": outcome.trouble.message if outcome.trouble else None,
    }


def _standing_form(session: Session, one: Standing) -> Form:
    """The fixed JSON form of a member's digest; nothing of an address but its label."""
    digest, note = one.member.digest, one.note

    def moment(at: datetime | None) -> str | None:
        return iso(at, session.zone()) if at else None

    return {
        "member": one.member.name,
        "every": digest.every,
        "on": digest.weekday,
        "at": f"{digest.at:%H:%M}",
        "quiet": str(digest.quiet),
        "muted": list(digest.muted),
        "to": list(one.to),
        "next": moment(one.next),
        "due_since": moment(one.due),
        "has_to_wait": one.has_to_wait,
        "state": note.state if note else None,
        "begun_at": moment(note.begun if note else None),
        "told_until": moment(note.told if note else None),
        "arrived": list(note.arrived) if note else [],
        "failures": note.failures if note else 0,
        "trouble": (note.trouble or None) if note else None,
        "again_at": moment(note.again_at if note else None),
    }


for _command in (show, set_, to, status):
    digest.add_command(_command)
