"""`cadence month`: the app's screen as plain text, in 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import click

from cadence.cli.base import command
from cadence.cli.forms import Form, post_form
from cadence.cli.output import cells, cut, iso, pad, say, say_json
from cadence.cli.session import Session
from cadence.cli.words import day_words
from cadence.insight.days import OnDay, on_days
from cadence.insight.months import first_of, initials, weeks_of
from cadence.language import _, month_long, p_, weekday
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.times import DAY, WEEK, to_instant
from cadence.model.words import slot_word, state_word

CELL, LABEL = 10, 4
"""Columns of a day, and of the week's number before them."""
MARKS_SHOWN = 4


@command()
@click.argument("words", metavar="[DATE]", nargs=-1)
@click.option("--ascii", "ascii_only", is_flag=True, help="Marks in ASCII.")
def month(session: Session, words: tuple[str, ...], ascii_only: bool) -> None:
    """Show the month of a day: the marks of every day, then what goes out when."""
    calendar = session.calendar
    shown = first_of(session.day(" ".join(words) or "today"))
    first, weeks = weeks_of(shown, session.week_begins)
    found = on_days(calendar, first, first + weeks * WEEK - DAY, session.now)
    own = {on: stands for on, stands in found.items() if first_of(on) == shown}
    if session.json:
        days = [_day_form(calendar, on, stands) for on, stands in own.items()]
        say_json({"month": shown.isoformat()[:7], "days": days})
        return
    names = {channel.id: channel.name for channel in calendar.channels.values() if not channel.retired}
    say(f"{calendar.team.name}: {month_long(shown)} {shown.year}")
    if not names:
        say(_("No channels yet: `cadence channel add NAME`."))
        return
    short, plain = initials(names), ascii_only or session.ascii_only
    say(", ".join(f"{short[id]} {name} {_posts_on(own, id)}" for id, name in names.items()) + "\n")
    say((" " * LABEL + "".join(pad(weekday(first + n * DAY), CELL) for n in range(7))).rstrip())
    for week in (first + n * WEEK for n in range(weeks)):
        _print_week(week, found, shown, session.today, short, plain)
    _print_days(session, own, plain)


def _posts_on(days: Mapping[date, Sequence[OnDay]], channel: int) -> int:
    found = (on for stands in days.values() for on in stands if on.channel == channel)
    return sum(1 for on in found if on.post is not None and on.state != "skipped")


def _print_week(
    week: date,
    found: Mapping[date, Sequence[OnDay]],
    shown: date,
    today: date,
    short: Mapping[int, str],
    plain: bool,
) -> None:
    """The numbers of the days, and below each what stands on it: `L○ I··`."""
    days = [week + n * DAY for n in range(7)]
    numbers = [_number(day, today) if first_of(day) == shown else "" for day in days]
    label = str((week + 3 * DAY).isocalendar().week)
    say((pad(label, LABEL) + "".join(pad(number, CELL) for number in numbers)).rstrip())
    stacks = [
        over_lines(_marks(found[day], short, plain), CELL - 1) if first_of(day) == shown else []
        for day in days
    ]
    for line in range(max(map(len, stacks))):
        said = [pad(stack[line] if line < len(stack) else "", CELL) for stack in stacks]
        say((" " * LABEL + "".join(said)).rstrip())


def _number(day: date, today: date) -> str:
    return f"{day.day} {p_('day', 'today')}" if day == today else str(day.day)


def _marks(stands: Sequence[OnDay], short: Mapping[int, str], plain: bool) -> list[str]:
    """What stands on a day by channel: `I○··`."""

    def channel(on: OnDay) -> int:
        return on.channel

    words: list[str] = []
    for id, group in groupby(sorted(stands, key=channel), key=channel):
        marks = [mark(on.state, ascii_only=plain) for on in group]
        rest = len(marks) - MARKS_SHOWN
        words.append(short[id] + "".join(marks[:MARKS_SHOWN]) + (f"+{rest}" if rest > 0 else ""))
    return words


def over_lines(words: Sequence[str], width: int, gap: str = " ") -> list[str]:
    """Words side by side, as many as fit into each line."""
    lines: list[str] = []
    for word in words:
        if lines and cells(lines[-1] + gap + word) <= width:
            lines[-1] += gap + word
        else:
            lines.append(cut(word, width))
    return lines


def _print_days(session: Session, days: Mapping[date, Sequence[OnDay]], plain: bool) -> None:
    calendar = session.calendar
    for day, stands in days.items():
        holiday = calendar.team.holidays.get(day)
        if not stands and not holiday and day != session.today:
            continue
        notes = [p_("day", "today") if day == session.today else "", holiday or ""]
        said = ", ".join(note for note in notes if note)
        say(f"\n{day_words(day, session.today)}{f' ({said})' if said else ''}")
        for on in stands:
            name = calendar.channels[on.channel].name
            say(f"  {on.at:%H:%M} {mark(on.state, ascii_only=plain)} {name}: {_what(calendar, on)}")


def _what(calendar: Calendar, on: OnDay) -> str:
    if on.post is None:
        return {"empty": _("open slot"), "missed": _("missed slot")}.get(on.state) or slot_word(on.state)
    post = calendar.posts[on.post]
    state = (
        slot_word(on.state) if on.state in ("on_time", "early", "late", "missed") else state_word(post.state)
    )
    return _("{title} (post {post}, {state})", title=post.title, post=post.id, state=state)


def _day_form(calendar: Calendar, day: date, stands: Sequence[OnDay]) -> Form:
    """The fixed JSON form of a day of a month."""
    return {
        "day": day.isoformat(),
        "holiday": calendar.team.holidays.get(day),
        "posts": [post_form(calendar, calendar.posts[on.post]) for on in stands if on.post is not None],
        "slots": [_slot_form(calendar, on) for on in stands if on.post is None],
    }


def _slot_form(calendar: Calendar, on: OnDay) -> Form:
    zone = calendar.zone(on.channel)
    return {
        "rhythm": on.slot.rhythm if on.slot else None,
        "channel": calendar.channels[on.channel].name,
        "at": iso(to_instant(on.at, zone), zone),
        "state": on.state,
        "post": None,
    }
