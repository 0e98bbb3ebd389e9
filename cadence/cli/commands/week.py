"""`cadence week` and `cadence agenda`: the app's screens as plain text."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

import click

from cadence.cli.arguments import PLAIN
from cadence.cli.base import command
from cadence.cli.commands.consistency import consistency_form
from cadence.cli.commands.load import load_form
from cadence.cli.forms import post_form, slot_form
from cadence.cli.names import CHANNEL, MEMBER
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, days, open_work, percent
from cadence.insight.capacity import loads
from cadence.insight.consistency import consistencies, default_period
from cadence.insight.slots import FilledSlot, slots
from cadence.language import _, p_
from cadence.model.errors import BadInput
from cadence.model.marks import bar, mark
from cadence.model.post import Post
from cadence.model.words import slot_word, state_word


class Line(NamedTuple):
    """One line of a day: a post, or a slot without one."""

    local: datetime
    channel: int
    state: str
    post: Post | None


@command()
@PLAIN
@click.option("--ascii", "ascii_only", is_flag=True, help="Marks in ASCII.")
@click.option("--from", "day", metavar="DATE", help="The same as DATE alone.")
@click.argument("words", metavar="[DATE]", nargs=-1)
def week(session: Session, ascii_only: bool, day: str | None, words: tuple[str, ...]) -> None:
    """Show the week of a day: posts and open slots by day, every channel's figures, everyone's load."""
    from cadence.model.times import week_start

    if day and words:
        raise BadInput(_("two dates: {dates}", dates=f"{day}, {' '.join(words)}"), _("give one"))
    calendar = session.calendar
    first = week_start(session.day(day or " ".join(words) or "today"), session.week_begins)
    start, end = session.midnight(first), session.midnight(first + timedelta(weeks=1))
    lines, filled = lines_between(session, start, end)
    figures = consistencies(calendar, *default_period(session.now), session.now)
    ((_first, load),) = loads(calendar, [first])
    if session.json:
        say_json(
            {
                "week": first.isoformat(),
                "posts": [post_form(calendar, line.post) for line in lines if line.post],
                "open_slots": [slot_form(calendar, slot) for slot in filled if slot.post is None],
                "channels": [consistency_form(calendar, one) for one in figures],
                "members": [load_form(calendar, one) for one in load],
            }
        )
        return
    ascii_only = ascii_only or session.ascii_only
    day = day_words(first, session.today).strip()
    say(_("{team}: the week of {day}", team=calendar.team.name, day=day))
    say()
    headers = (_("channel"), p_("table", "score"), _("silence"), _("runway"))
    table(
        headers,
        (
            (
                calendar.channels[one.channel].name,
                _("no data") if one.score is None else f"{one.score:.0f}",
                days(one.longest_silence_days),
                days(one.runway_days),
            )
            for one in figures
        ),
        right=headers[1:],
        none=_("No channels yet: `cadence channel add NAME`."),
    )
    for number in range(7):
        on = first + timedelta(days=number)
        _print_day(session, on, [line for line in lines if line.local.date() == on], ascii_only, empty=True)
    say()
    for one in load:
        over = f" {mark('warning', ascii_only=ascii_only)}" if one.minutes > one.capacity else ""
        said = _(
            "load  {who} {bar} {share}, {minutes} of {capacity} min",
            who=calendar.members[one.member].name, bar=bar(one.share, ascii_only=ascii_only),
            share=percent(one.share), minutes=one.minutes, capacity=one.capacity,
        )  # fmt: skip
        say(f"{said}{over}")


@command()
@click.option("--from", "start", metavar="WHEN", help="From this moment on (default: today).")
@click.option("--to", "end", metavar="WHEN", help="Before this moment (default: four weeks later).")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only this channel.")
@click.option("--member", metavar="MEMBER", type=MEMBER, help="Only posts with a task of this member.")
@click.option("--text", metavar="TEXT", help="Only posts whose title holds this.")
@PLAIN
@click.option("--ascii", "ascii_only", is_flag=True, help="Marks in ASCII.")
def agenda(
    session: Session,
    start: str | None,
    end: str | None,
    channel: str | None,
    member: str | None,
    text: str | None,
    ascii_only: bool,
) -> None:
    """List posts and open slots in order of time."""
    calendar = session.calendar
    first = session.instant(start) if start is not None else session.midnight(session.today)
    first, last = session.period(start, end, (first, first + timedelta(weeks=4)))
    on = session.channel_id(channel)
    of = session.member_id(member)
    lines, _slots = lines_between(session, first, last, on)
    if of is not None:
        lines = [n for n in lines if n.post and any(t.member == of for t in n.post.tasks.values())]
    if text:
        lines = [n for n in lines if n.post and text.casefold() in n.post.title.casefold()]
    if session.json:
        say_json({"posts": [post_form(calendar, line.post) for line in lines if line.post]})
        return
    by_day: defaultdict[date, list[Line]] = defaultdict(list)
    for line in lines:
        by_day[line.local.date()].append(line)
    if not by_day:
        say(_("Nothing is planned there."))
    for day, there in sorted(by_day.items()):
        _print_day(session, day, there, ascii_only or session.ascii_only)


def lines_between(
    session: Session, start: datetime, end: datetime, channel: int | None = None
) -> tuple[list[Line], list[FilledSlot]]:
    """Posts and empty slots of [start, end) in order of time, and the slots that they were told from."""
    from bisect import bisect_left

    calendar = session.calendar
    filled = slots(calendar, start, end, session.now, channel)
    states = {slot.post: slot.state for slot in filled if slot.post is not None}
    timeline = calendar.index.timeline
    ids = [
        id for _moment, id in timeline[bisect_left(timeline, (start, 0)) : bisect_left(timeline, (end, 0))]
    ]
    posts = [calendar.posts[id] for id in ids if channel in (None, calendar.posts[id].channel)]
    lines = [Line(calendar.local(p), p.channel, _state(p, states.get(p.id)), p) for p in posts]
    lines += [Line(s.slot.local, s.slot.channel, s.state, None) for s in filled if s.post is None]
    return sorted(lines, key=lambda line: (line.local, line.channel)), filled


def _state(post: Post, on_slot: str | None) -> str:
    """A skipped or open post speaks for itself; a published one says how it met its slot."""
    if post.state == "published":
        return on_slot if on_slot in ("on_time", "early", "late") else "published"
    return post.state


def _print_day(
    session: Session, day: date, lines: list[Line], ascii_only: bool, *, empty: bool = False
) -> None:
    if not lines and not empty:
        return
    words = day_words(day, session.today)
    say()
    say(_("{day} (today)", day=words) if day == session.today else words)
    calendar = session.calendar
    for line in lines:
        sign = mark(line.state, ascii_only=ascii_only)
        name = calendar.channels[line.channel].name
        said = _slot_words(line.state) if line.post is None else _post_words(session, line.post, line.state)
        say(f"  {line.local:%H:%M} {sign} {name}: {said}")


def _slot_words(state: str) -> str:
    """Of a slot without a post."""
    if state == "empty":
        return _("open slot")
    return _("missed slot") if state == "missed" else slot_word(state)


def _post_words(session: Session, post: Post, state: str) -> str:
    """`Storia Bianchi (post 53, planned); review nobody`."""
    word = state_word(post.state) if state == post.state else slot_word(state)
    said = _("{title} (post {post}, {state})", title=post.title, post=post.id, state=word)
    work = open_work(session.calendar, post)
    return f"{said}; {work}" if work else said
