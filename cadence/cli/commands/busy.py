"""`cadence busy …`: the calendars of people's day jobs, of which only busy or not is known."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from cadence.cli.arguments import Number
from cadence.cli.base import branch, command
from cadence.cli.forms import Form
from cadence.cli.names import MEMBER
from cadence.cli.output import iso, say, say_json, table
from cadence.cli.progress import Say, progress
from cadence.cli.session import MIDNIGHT, Session
from cadence.cli.words import moment_words, name_of_member, say_minutes
from cadence.language import _, later, n_, p_
from cadence.model import when
from cadence.model.busy import AllDay, BusyCalendar
from cadence.model.errors import BadInput
from cadence.model.times import DAY, zone_of
from cadence.user.folders import busy_addresses

if TYPE_CHECKING:
    from cadence.chores.busy import Outcome, Signed
    from cadence.ical.busy.addresses import Addresses
    from cadence.ical.busy.read import LeftOut

BUSY = Number("busy calendar", later("{value!r} is not the number of a busy calendar"))
ALL_DAY = click.Choice(("busy", "free"))
STDIN = "-"
SHOWN = 10
"""So many entries that were left out are told one by one."""
DAYS_TOLD = 14
OLD = timedelta(days=2)


@branch()
def busy() -> None:
    """Add, list, refresh or remove the busy calendars of members.

    Only when somebody is busy enters, never with what, where or whom. BUSY is a number, as `cadence busy
    list` shows it.
    """


def _reading_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--allow-private", is_flag=True, help="Read from this computer or a private network, too."
        ),
        click.option(
            "--all-day", type=ALL_DAY, default="busy", show_default=True, help="What all-day entries mean."
        ),
    ):
        function = option(function)
    return function


@command("add", changes=True)
@click.argument("member", type=MEMBER)
@click.argument("place")
@_reading_options
@click.option("--label", metavar="TEXT", default="", help="What to call it (default: its host, or file).")
def add(session: Session, member: str, place: str, all_day: AllDay, allow_private: bool, label: str) -> None:
    """Let a calendar of a member's day job count: a file, or an address that is read again and again.

    PLACE is a file, an https or webcal address, or - for the standard input. An address is often a secret: it
    stays on this computer, in a file that only you can read.
    """
    from cadence.chores import busy as chores
    from cadence.chores.places import label_of
    from cadence.ical.busy.addresses import Address

    whose = session.calendar.member(member).id
    signed = _signed(session)
    if place == STDIN:
        name = label or _("standard input")
        outcome = chores.add_once(session.workspace, whose, _standard_input(), name, signed, all_day=all_day)
    else:
        address = Address(place, whose, allow_private)
        known = (session.workspace, _addresses(session), address, signed)
        with progress() as say_so:
            _say_reading(say_so, label or label_of(place))
            outcome = chores.add(*known, all_day=all_day, label=label)
    _tell(session, outcome)
    if place == STDIN and not session.json:
        say(_("It cannot be read again: add a file or an address for that."))


@command("list")
def list_(session: Session) -> None:
    """List the busy calendars: whose, from where, how much they take, and how fresh that is."""
    from cadence.chores.busy import is_known_here

    calendar, addresses = session.calendar, _addresses(session)
    found = sorted(calendar.busy.values(), key=lambda one: (one.member, one.id))
    here = {one.id: is_known_here(addresses, one) for one in found}
    if session.json:
        say_json({"busy": [_busy_form(session, one, here=here[one.id]) for one in found]})
        return
    takes = _("takes in {number} days", number=DAYS_TOLD)
    table(
        (
            p_("a calendar", "busy"), _("who"), p_("a place", "from"), _("all-day"), takes,
            p_("when", "read"), p_("known", "here"), _("state"),
        ),
        (
            (
                str(one.id),
                name_of_member(calendar, one.member) or "",
                one.label,
                p_("all-day", "busy") if one.all_day == "busy" else p_("all-day", "free"),
                say_minutes(_taken(session, one)),
                moment_words(session.local(one.read_at), session.today),
                _("yes") if here[one.id] else _("no"),
                _state(session, one),
            )
            for one in found
        ),
        right=(p_("a calendar", "busy"), takes),
        none=_("No busy calendar is known: `cadence busy add MEMBER FILE-or-URL`."),
    )  # fmt: skip


@command("refresh", changes=True)
@click.argument("busy", type=BUSY, nargs=-1)
def refresh(session: Session, busy: tuple[int, ...]) -> None:
    """Read busy calendars again: BUSY, or all whose place this computer knows.

    What was read of a calendar before stays if it cannot be read now.
    """
    from cadence.chores.busy import refresh as refreshed

    outcomes: list[Outcome] = []
    known = (session.workspace, _addresses(session), _signed(session))
    with progress() as say_so:
        for outcome in refreshed(*known, only=busy, begin=lambda one: _say_reading(say_so, one.label)):
            outcomes.append(outcome)
            say_so("")
            if outcome.done and not session.json:
                said = outcome.done.said
                say(said if outcome.done.change else _("{said} (nothing was changed)", said=said))
                _say_left_out(outcome.left_out)
    if session.json:
        say_json({"refreshed": [_outcome_form(outcome) for outcome in outcomes]})
    elif not outcomes:
        say(_("This computer knows no place to read a busy calendar from."))
    _complain([outcome for outcome in outcomes if outcome.trouble])


@command("edit", changes=True)
@click.argument("busy", type=BUSY)
@click.option("--all-day", type=ALL_DAY, required=True, help="What all-day entries mean.")
def edit(session: Session, busy: int, all_day: AllDay) -> None:
    """Let the all-day entries of a calendar count otherwise; it is read again for that."""
    from cadence.chores.busy import change_all_day

    _tell(session, change_all_day(session.workspace, _addresses(session), busy, all_day, _signed(session)))


@command("remove", changes=True)
@click.argument("busy", type=BUSY)
def remove(session: Session, busy: int) -> None:
    """A calendar counts no more, and this computer forgets where it is read."""
    from cadence.chores.busy import remove as removed

    session.tell(removed(session.workspace, _addresses(session), busy, _signed(session)))


@command("preview")
@click.argument("place")
@click.option("--from", "start", metavar="WHEN", required=True, help="From this moment.")
@click.option("--to", "end", metavar="WHEN", required=True, help="Up to this one.")
@click.option("--timezone", "zone_name", metavar="ZONE", required=True, help="The zone of times without one.")
@_reading_options
def preview(
    session: Session, place: str, start: str, end: str, zone_name: str, all_day: AllDay, allow_private: bool
) -> None:
    """Show when somebody with this calendar is busy. Nothing is stored, and no calendar of a team is needed.

    PLACE is a file, an https or webcal address, or - for the standard input.
    """
    from cadence.chores.look import read_content
    from cadence.chores.places import content_of, label_of, whole_place
    from cadence.ical.busy.addresses import Address

    zone = zone_of(zone_name)
    first, last = (when.read_instant(text, session.now, zone, MIDNIGHT) for text in (start, end))
    if last <= first:
        raise BadInput(_("the period ends before it begins"), _("give --from a moment before --to"))
    if place == STDIN:
        content, label = _standard_input(), _("standard input")
    else:
        address = Address(whole_place(place), 0, allow_private)
        content, label = content_of(address, whole=True).content or b"", label_of(address.place)
    read = read_content(content, first, last, zone, all_day, label)
    if session.json:
        intervals = [[_utc(moment) for moment in interval] for interval in read.intervals]
        say_json({"busy": intervals, "left_out": _left_out_form(read.left_out)})
        return
    today = session.now.astimezone(zone).date()
    table(
        (_("busy from"), p_("dates", "to")),
        (
            [moment_words(moment.astimezone(zone), today) for moment in interval]
            for interval in read.intervals
        ),
        none=_("Never busy in that time."),
    )
    _say_left_out(read.left_out)


def _addresses(session: Session) -> Addresses:
    from cadence.ical.busy.addresses import Addresses

    return Addresses(busy_addresses(), session.workspace.calendar_id)


def _signed(session: Session) -> Signed:
    from cadence.chores.busy import Signed

    return Signed(session.who, session.now, session.why)


def _standard_input() -> bytes:
    from cadence.ical.busy.text import MAX_SIZE

    return sys.stdin.buffer.read(MAX_SIZE + 1)  # the reader refuses what is larger


# Telling


def _say_reading(say_so: Say, label: str) -> None:
    say_so(_("reading {label} …", label=label))


def _tell(session: Session, outcome: Outcome) -> None:
    assert outcome.done is not None
    session.tell(outcome.done, left_out=_left_out_form(outcome.left_out))
    if not session.json:
        _say_left_out(outcome.left_out)


def _say_left_out(left_out: Sequence[LeftOut]) -> None:
    for one in left_out[:SHOWN]:
        say("  " + _("left out, line {line}: {why}", line=one.line, why=one.why))
    if len(left_out) > SHOWN:
        say("  " + n_("and {number} more", "and {number} more", len(left_out) - SHOWN))


def _complain(failed: Sequence[Outcome]) -> None:
    """One line for everything that could not be read."""
    if not failed:
        return
    if len(failed) == 1 and (trouble := failed[0].trouble):
        raise trouble
    causes = "; ".join(f"{one.busy}: {one.trouble.message}" for one in failed if one.trouble)
    raise BadInput(
        _("{number} busy calendars could not be read ({causes})", number=len(failed), causes=causes),
        _("what was read before counts on"),
    )


def _taken(session: Session, one: BusyCalendar) -> int:
    """Minutes of the working hours that this calendar alone takes, from today on."""
    from cadence.insight.capacity import Diary

    diary = Diary(session.calendar.members[one.member], session.calendar.team, [], [one])
    return sum(diary.busy(session.today + n * DAY) for n in range(DAYS_TOLD))


def _state(session: Session, one: BusyCalendar) -> str:
    age = session.now - one.read_at
    hours = max(0, int(age / timedelta(hours=1)))
    old = (
        n_("{number} day old", "{number} days old", age.days)
        if age >= OLD
        else _("{number} h old", number=hours)
    )
    if one.failed_at is not None:
        since = moment_words(session.local(one.failed_at), session.today)
        return _("{age}, cannot be read since {when}: {why}", age=old, when=since, why=one.trouble)
    left = n_("{number} left out", "{number} left out", one.left_out) if one.left_out else ""
    return ", ".join(filter(None, (old if age >= OLD else "", left))) or p_("a calendar", "fine")


def _busy_form(session: Session, one: BusyCalendar, *, here: bool) -> Form:
    """The fixed JSON form of a busy calendar."""
    zone = session.zone()
    return {
        "busy": one.id,
        "member": name_of_member(session.calendar, one.member),
        "label": one.label,
        "all_day": one.all_day,
        "minutes": _taken(session, one),
        "from": one.first.isoformat() if one.first else None,
        "to": one.last.isoformat() if one.last else None,
        "left_out": one.left_out,
        "read_at": iso(one.read_at, zone),
        "failed_at": iso(one.failed_at, zone) if one.failed_at else None,
        "trouble": one.trouble or None,
        "known_here": here,
    }


def _outcome_form(outcome: Outcome) -> Form:
    change = outcome.done.change if outcome.done else None
    return {
        "busy": outcome.busy,
        "said": outcome.done.said if outcome.done else None,
        "change": change.seq if change else None,
        "left_out": _left_out_form(outcome.left_out),
        "trouble": outcome.trouble.message if outcome.trouble else None,
    }


def _left_out_form(left_out: Sequence[LeftOut]) -> list[Form]:
    return [{"line": one.line, "why": one.why} for one in left_out]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


for _command in (add, list_, refresh, edit, remove, preview):
    busy.add_command(_command)
