"""`cadence feed …`: who may read which part of the calendar at a secret address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cadence.cli.arguments import Number
from cadence.cli.base import branch, command
from cadence.cli.forms import Form
from cadence.cli.names import CHANNEL, MEMBER
from cadence.cli.output import iso, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, moment_words, name_of_member
from cadence.insight.words import list_text
from cadence.language import _, later, p_
from cadence.model.errors import BadInput
from cadence.model.feeds import DAYS_AHEAD, DAYS_BACK, Feed, digest_of, is_only_here, links, new_token
from cadence.model.post import POST_STATES, PostState
from cadence.operations import feeds as operations
from cadence.operations.feed_choice import Reader, Subject, read_reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cadence.model.feeds import Links
    from cadence.workspace import Done

DAYS = click.IntRange(0, 3660)
FEED = Number("feed", later("{value!r} is not the number of a feed"))
QR = click.option("--qr/--no-qr", default=None, help="With a QR code of the page (default: on a terminal).")


@branch()
def feed() -> None:
    """Let people subscribe to the calendar at secret addresses. FEED is a number, as `feed list` shows it."""


@command("new", changes=True)
@click.argument("reader", metavar="[READER]", required=False)
@click.option("--team", "team", is_flag=True, help="Every post.")
@click.option("--member", metavar="MEMBER", type=MEMBER, help="The posts that MEMBER has a task on.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="The posts on CHANNEL.")
@click.option("--gaps", is_flag=True, help="The slots that have no post.")
@click.option("--warnings", is_flag=True, help="All warnings.")
@click.option("--tasks", metavar="MEMBER", type=MEMBER, help="The tasks of MEMBER, as to-dos.")
@click.option(
    "--state", "states", metavar="STATE", type=click.Choice(POST_STATES), multiple=True,
    help="Only posts in this state (default: all but skipped).",
)  # fmt: skip
@click.option("--back", metavar="DAYS", type=DAYS, default=DAYS_BACK, show_default=True, help="So far back.")
@click.option(
    "--ahead", metavar="DAYS", type=DAYS, default=DAYS_AHEAD, show_default=True, help="So far ahead."
)
@click.option("--outside", is_flag=True, help="READER is nobody of the team, whatever the name is like.")
@QR
def new(
    session: Session,
    reader: str | None,
    states: tuple[PostState, ...],
    back: int,
    ahead: int,
    outside: bool,
    qr: bool | None,
    **about: Any,
) -> None:
    """Let READER (default: me) read a feed, by default their own posts; prints its secret links, once."""
    who = Reader(session.me.name, session.me.id) if reader is None else _reader(session, reader, outside)
    subject = _subject(session, who, about)
    if states and subject.kind in ("gaps", "warnings"):
        message = _("gaps have no state") if subject.kind == "gaps" else _("warnings have no state")
        raise BadInput(message, _("leave --state out"))
    token = new_token()
    done = session.workspace.run(
        operations.new_feed,
        who.name,
        subject.kind,
        digest_of(token),
        member=who.member,
        of=subject.of,
        states=states,
        days_back=back,
        days_ahead=ahead,
        who=session.who,
        now=session.now,
        why=session.why,
    )
    assert done.change is not None, "a feed with a new token is always a change"
    _show(session, done, done.change.ops[0].id, token, qr)


@command("list")
def list_(session: Session) -> None:
    """List who may read what, since when, and when it was last read; never the links."""
    calendar, used = session.calendar, last_used(session)
    if session.json:
        say_json({"feeds": [feed_form(session, one, used) for one in calendar.feeds.values()]})
        return
    table(
        (_("feed"), _("reader"), p_("a feed", "shows"), _("since"), _("last read")),
        (
            (
                str(one.id),
                one.reader,
                operations.shows(calendar, one),
                day_words(session.local(one.modified).date(), session.today),
                moment_words(session.local(used[one.id]), session.today) if one.id in used else _("never"),
            )
            for one in calendar.feeds.values()
        ),
        right=(_("feed"),),
        none=_("Nobody reads a feed yet: `cadence feed new` makes one."),
    )


@command("rotate", changes=True)
@click.argument("feed", type=FEED)
@QR
def rotate(session: Session, feed: int, qr: bool | None) -> None:
    """Give a feed new links, once printed; those before stop working at once and for good."""
    token = new_token()
    done = session.workspace.run(
        operations.rotate_feed, feed, digest_of(token), who=session.who, now=session.now, why=session.why
    )
    _show(session, done, feed, token, qr)


@command("revoke", changes=True)
@click.argument("feed", type=FEED)
def revoke(session: Session, feed: int) -> None:
    """End a feed: its links stop working at once and for good."""
    session.do(operations.revoke_feed, feed)


for _command in (new, list_, rotate, revoke):
    feed.add_command(_command)


def last_used(session: Session) -> Mapping[int, datetime]:
    """When each feed was last fetched from a server that keeps its notes beside the calendar."""
    from cadence.ical.feeds.usage import read_usage

    return read_usage(session.workspace.notes)


def feed_form(session: Session, feed: Feed, used: Mapping[int, datetime]) -> Form:
    """The fixed JSON form of a feed."""
    calendar, zone = session.calendar, session.zone()
    of = feed.of or 0
    subject = calendar.channels[of].name if feed.kind == "channel" else name_of_member(calendar, feed.of)
    return {
        "feed": feed.id,
        "reader": feed.reader,
        "member": name_of_member(calendar, feed.member),
        "kind": feed.kind,
        "of": subject,
        "states": list(feed.states),
        "back": feed.days_back,
        "ahead": feed.days_ahead,
        "since": iso(feed.modified, zone),
        "last_used": iso(used[feed.id], zone) if feed.id in used else None,
    }


def _reader(session: Session, text: str, outside: bool) -> Reader:
    try:
        return read_reader(session.calendar, text, outside=outside)
    except BadInput as unclear:
        raise BadInput(unclear.message, _("{remedy}, with --outside", remedy=unclear.remedy)) from None


def _subject(session: Session, reader: Reader, about: Mapping[str, Any]) -> Subject:
    """What one of the options names, or else the reader's own posts."""
    said = [name for name, value in about.items() if value]
    if len(said) > 1:
        options = list_text([f"--{name}" for name in said], len(said))
        raise BadInput(_("a feed shows one thing"), _("choose one of {options}", options=options))
    match said:
        case ["member" | "tasks" as kind]:
            return Subject(kind, session.calendar.member(about[kind]).id)
        case ["channel"]:
            return Subject("channel", session.calendar.channel(about["channel"]).id)
        case ["team" | "gaps" | "warnings" as kind]:
            return Subject(kind)
    if reader.member is None:
        raise BadInput(
            _("{reader} is nobody of the team: say what they may read", reader=reader.name),
            _("--team, --channel CHANNEL, --member MEMBER, --tasks MEMBER, --gaps or --warnings"),
        )
    return Subject("member", reader.member)


def _size_note(session: Session, feed: Feed) -> str | None:
    """What to say of a feed that some calendar apps would cut off."""
    from cadence.ical.feeds import EventCache, Selection
    from cadence.ical.feeds import feed as content_of
    from cadence.ical.feeds.folder import size_note

    content = content_of(session.calendar, Selection.of(feed), session.now, EventCache())
    return size_note(_("this feed"), content)


def _show(session: Session, done: Done, feed: int, token: str, qr: bool | None) -> None:
    """The links of a feed, this once."""
    base = session.calendar.team.feed_url
    found, here = links(base, token), is_only_here(base)
    if session.json:
        note = _size_note(session, session.calendar.feeds[feed])
        say_json(
            {
                **feed_form(session, session.calendar.feeds[feed], {}),
                "links": {"page": found.page, "feed": found.feed, "webcal": found.webcal},
                "only_this_computer": here,
                "warnings": [note] if note else [],
                **session.form_of(done),
            }
        )
        return
    say(f"{done.said}\n")
    for name, link in ((p_("a link", "page"), found.page), (_("feed"), found.feed), ("webcal", found.webcal)):
        say(f"  {name:<6}  {link}")
    say()
    if session.on_terminal if qr is None else qr:
        _show_code(session, found)
    say(_("Whoever has one of these links can read it. They are not shown again."))
    say(
        _(
            "`{rotate}` makes new ones, `{revoke}` ends it.",
            rotate=f"cadence feed rotate {feed}", revoke=f"cadence feed revoke {feed}",
        )
    )  # fmt: skip
    if note := _size_note(session, session.calendar.feeds[feed]):
        say(_("note: {text}", text=note))
    if here:
        say(
            _("They open on this computer only, while `cadence serve` runs. Where others reach it, say once:")
        )
        say("`cadence team edit --feed-url https://…`")


def _show_code(session: Session, found: Links) -> None:
    """Dark on light where the terminal has colours, and light ink where its background is likely dark."""
    from cadence.tui.qr import qr_ascii_rows, qr_rows
    from cadence.tui.terminal import without_colour

    if session.ascii_only:
        rows = qr_ascii_rows(found.page)
    elif session.on_terminal and not without_colour():
        rows = [f"\x1b[30;107m{row}\x1b[0m" for row in qr_rows(found.page)]
    else:
        rows = qr_rows(found.page, light=True)
    for row in rows:
        say(f"  {row}")
    say()
