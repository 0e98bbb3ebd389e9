"""`cadence boost …`: who is asked to pass on what was published, and who did."""

from __future__ import annotations

from collections.abc import Iterable

import click

from cadence.cli.arguments import POST
from cadence.cli.base import branch, command
from cadence.cli.forms import Form
from cadence.cli.names import MEMBER
from cadence.cli.output import iso, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, name_of_member, say_minutes
from cadence.insight.boosting import open_boosts, text_for, to_boost
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Boost
from cadence.model.times import zone_of
from cadence.operations import boosts as operations

BY = click.option("--by", metavar="MEMBER", type=MEMBER, help="Who did it (default: me).")


@branch()
def boost() -> None:
    """Pass on what was published, from your own account. POST is a number, as the lists show it."""


@command("list")
@click.option("--all", "everything", is_flag=True, help="Also those that are done, declined or lapsed.")
def list_(session: Session, everything: bool) -> None:
    """List who is asked to boost what on which day."""
    calendar = session.calendar
    if everything:
        found = sorted(calendar.boosts.values(), key=lambda boost: (boost.day, boost.post, boost.member))
    else:
        found = open_boosts(calendar, session.today)
    if session.json:
        say_json({"boosts": boost_forms(calendar, found)})
        return
    table(
        (_("day"), _("who"), _("post"), _("channel"), _("title"), _("answer")),
        (_row(session, boost) for boost in found),
        right=(_("post"),),
        none=_("Nobody was asked yet.") if everything else _("Nobody is asked to boost anything."),
    )


def _row(session: Session, boost: Boost) -> tuple[str, ...]:
    calendar = session.calendar
    post = calendar.posts[boost.post]
    return (
        day_words(boost.day, session.today),
        name_of_member(calendar, boost.member) or "",
        str(post.id),
        calendar.channels[post.channel].name,
        post.title,
        _answer(session, boost),
    )


def _answer(session: Session, boost: Boost) -> str:
    if boost.at is not None:
        return _("boosted {day}", day=day_words(session.local(boost.at).date(), session.today))
    if boost.declined:
        return _("said no")
    return "" if boost in open_boosts(session.calendar, session.today) else _("lapsed")


@command("done", changes=True)
@click.argument("post", type=POST)
@BY
def done(session: Session, post: int, by: str | None) -> None:
    """Say that somebody passed a post on, asked or not."""
    session.do(operations.boost_done, post, member=session.member_id(by))


@command("undone", changes=True)
@click.argument("post", type=POST)
@BY
def undone(session: Session, post: int, by: str | None) -> None:
    """Say that somebody did not pass a post on after all."""
    session.do(operations.boost_undone, post, member=session.member_id(by))


@command("decline", changes=True)
@click.argument("post", type=POST)
def decline(session: Session, post: int) -> None:
    """Say that I would rather not; nobody asks why."""
    session.do(operations.decline_boost, post, who=session.me)


@command("ask", changes=True)
@click.argument("post", type=POST)
@click.argument("member", type=MEMBER)
def ask(session: Session, post: int, member: str) -> None:
    """Ask one more colleague, on the first day that suits them."""
    session.do(operations.ask_boost, post, session.calendar.member(member).id)


for _command in (list_, done, undone, decline, ask):
    boost.add_command(_command)


def boost_forms(calendar: Calendar, boosts: Iterable[Boost]) -> list[Form]:
    """The fixed JSON form of boosts; `text` is what their member could say."""
    zone = zone_of(calendar.team.zone)
    return [
        {
            "post": boost.post,
            "channel": calendar.channels[calendar.posts[boost.post].channel].name,
            "title": calendar.posts[boost.post].title,
            "link": calendar.posts[boost.post].link,
            "member": name_of_member(calendar, boost.member),
            "day": boost.day.isoformat(),
            "at": iso(boost.at, zone) if boost.at else None,
            "declined": boost.declined,
            "minutes": boost.minutes,
            "text": text_for(calendar, boost),
        }
        for boost in boosts
    ]


def my_boosts(session: Session) -> list[Boost]:
    """What I am asked to boost today."""
    return to_boost(session.calendar, session.me.id, session.today)


def say_to_boost(session: Session, boosts: Iterable[Boost]) -> None:
    """What I could pass on: a line each with what I could say, whole, so that it can be copied."""
    if mine := list(boosts):
        say()
        say(_("To boost from your own account (`cadence boost done POST`, or `decline`); you could say:"))
        for boost in mine:
            post = _("post {post} ({work})", post=boost.post, work=say_minutes(boost.minutes))
            say(f"{post}  {text_for(session.calendar, boost)}")
