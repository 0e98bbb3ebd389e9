"""`cadence year`: the app's screen as plain text, in 80 columns."""

from __future__ import annotations

from datetime import date
from typing import cast

import click

from cadence.cli.base import command
from cadence.cli.commands.month import over_lines
from cadence.cli.forms import Form
from cadence.cli.output import cells, cut, pad, say, say_json
from cadence.cli.session import Session
from cadence.insight.heat import (
    MEASURES,
    ChannelYear,
    Gap,
    Heat,
    Measure,
    YearWeeks,
    channel_years,
    heat,
)
from cadence.insight.heat_words import gap_text, legend, measure_text, months_of, sign_of, week_sign
from cadence.language import _, month, weekday
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.times import DAY

LABEL = 13
"""Columns before the weeks, of which each has one."""
WIDTH = 80
FIRST_YEAR, LAST_YEAR = 1990, 2199


@command()
@click.argument("number", metavar="[YEAR]", default="")
@click.option(
    "--by",
    type=click.Choice(MEASURES),
    default="posts",
    help="The posts of a day, what is due of the week's capacity, or what became of the slots.",
)
@click.option("--ascii", "ascii_only", is_flag=True, help="Marks in ASCII.")
def year(session: Session, number: str, by: str, ascii_only: bool) -> None:
    """Show a year at a glance: a sign for every day, and every channel's posts by week."""
    calendar = session.calendar
    weeks = YearWeeks(_read_year(number, session.today), session.week_begins)
    measure = cast(Measure, by)
    found = heat(calendar, weeks, measure, session.now)
    channels = channel_years(calendar, weeks, session.now)
    if session.json:
        say_json(_year_form(calendar, found, channels))
        return
    plain = ascii_only or session.ascii_only
    say(f"{calendar.team.name}: {weeks.year}, {measure_text(measure)}\n")
    say(_months(weeks))
    for row in range(7):
        days = (week + row * DAY for week in weeks.weeks)
        signs = (sign_of(found, day, ascii_only=plain) if weeks.holds(day) else " " for day in days)
        say((pad(f"{weekday(weeks.first + row * DAY)} ", LABEL, right=True) + "".join(signs)).rstrip())
    say("\n" + _legend(found, plain))
    if not channels:
        say(_("No channels yet: `cadence channel add NAME`."))
        return
    say("\n" + _("Posts by week:"))
    names = calendar.channels
    for one in channels:
        signs = (week_sign(count, _is_in(one.gap, week), ascii_only=plain) for week, count in
                 zip(weeks.weeks, one.weeks, strict=True))  # fmt: skip
        say(f"{pad(cut(names[one.channel].name, LABEL - 1), LABEL)}{''.join(signs)}  {one.total}")
    gaps = [one for one in channels if one.gap]
    if gaps:
        say("\n" + _("Longest gaps:"))
    width = max((cells(names[one.channel].name) for one in gaps), default=0)
    for one in gaps:
        if one.gap:
            say(f"  {pad(names[one.channel].name, width)}  {gap_text(one.gap)}")


def _read_year(text: str, today: date) -> int:
    if not text:
        return today.year
    if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR):
        raise BadInput(
            _("{text!r} is not a year", text=text[:40]),
            _(
                "write it as {year}; from {first} to {last}",
                year=today.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            ),
        )
    return int(text)


def _months(weeks: YearWeeks) -> str:
    line = " " * LABEL
    for place, first in months_of(weeks):
        line = pad(line, LABEL + place) + month(first)[:4]
    return line


def _legend(found: Heat, plain: bool) -> str:
    signs = [f"{sign} {text}" for sign, text, _state in legend(found, ascii_only=plain)]
    return "\n".join(" " * LABEL + line for line in over_lines(signs, WIDTH - LABEL, "  "))


def _is_in(gap: Gap | None, week: date) -> bool:
    return gap is not None and gap.first <= week <= gap.last


def _year_form(calendar: Calendar, found: Heat, channels: list[ChannelYear]) -> Form:
    """The fixed JSON form of a year; of load the amounts are minutes."""
    return {
        "year": found.weeks.year,
        "by": found.measure,
        "days": [
            {"day": day.isoformat(), "amount": found.amounts[day], **_measured(found, day)}
            for day in found.weeks.days()
            if day in found.amounts
        ],
        "weeks": [week.isoformat() for week in found.weeks.weeks],
        "channels": [
            {
                "channel": calendar.channels[one.channel].name,
                "posts": one.total,
                "by_week": list(one.weeks),
                "longest_gap": _gap_form(one.gap),
            }
            for one in channels
        ],
    }


def _measured(found: Heat, day: date) -> Form:
    """What else is known of a day."""
    if found.measure == "slots":
        return {"worst": found.worst(day)}
    if found.measure == "load":
        capacity = found.capacity_of(day)
        share = found.share(day) if capacity else None
        return {"level": found.level(day), "capacity": capacity, "share": share}
    return {"level": found.level(day)}


def _gap_form(gap: Gap | None) -> Form | None:
    if gap is None:
        return None
    return {"from": gap.first.isoformat(), "to": gap.last.isoformat(), "weeks": gap.weeks}
