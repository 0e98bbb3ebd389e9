"""The kinds of argument that many commands take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from cadence.language import _, later
from cadence.model.errors import NotFound
from cadence.model.team import TASK_KINDS
from cadence.model.times import parse_minutes

if TYPE_CHECKING:
    from cadence.cli.session import Session
    from cadence.model.rhythm import SlotKey
    from cadence.model.team import Channel

USUAL_HOUR = time(9)


class Number(click.ParamType[int]):
    """The number of a post, rhythm, absence or change: `53`, or `#53`."""

    def __init__(self, thing: str, complaint: str) -> None:
        self.name = thing
        self._complaint = complaint

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).removeprefix("#")
        if not (text.isascii() and text.isdecimal() and 0 < int(text[:18]) < 2**53):
            self.fail(_(self._complaint, value=str(value)[:40]), param, ctx)
        return int(text)


class Duration(click.ParamType[int]):
    """Minutes: `45m`, `12h`, `7d`, `1h30m`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        return value if isinstance(value, int) else parse_minutes(value)


class Money(click.ParamType[int]):
    """Cents, from an amount such as `45` or `45.50`."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        whole, _point, part = str(value).replace(",", ".").partition(".")
        digits = whole + part
        if not (whole and digits.isascii() and digits.isdecimal() and len(part) <= 2 and len(whole) <= 9):
            self.fail(_("{value!r} is not an amount such as 45 or 45.50", value=str(value)[:40]), param, ctx)
        return int(whole) * 100 + int(part.ljust(2, "0"))


POST = Number("post", later("{value!r} is not the number of a post"))
IDEA = Number("idea", later("{value!r} is not the number of an idea"))
TASK = click.Choice(TASK_KINDS)
DURATION = Duration()
PLAIN = click.option(
    "--plain", is_flag=True, expose_value=False, help="Plain text, which this command always prints."
)


def slot_key(session: Session, channel: Channel, text: str) -> SlotKey:
    """The slot of a channel at the local time, or on the day, that `text` means."""
    from cadence.model.rhythm import SlotKey, occurrences
    from cadence.model.when import read_when

    zone = session.zone(channel.id)
    said = read_when(text, session.local_now(zone), zone, session.week_begins)
    rhythms = session.calendar.rhythms_of(channel.id)
    keys = [SlotKey(r.id, local) for r in rhythms for local in occurrences(r, said.day, said.day)]
    keys = [key for key in keys if said.time in (None, key.local.time())]
    if not keys:
        raise NotFound(
            _("{channel} has no slot at {when!r}", channel=channel.name, when=text[:40]),
            _("see `{command}`", command=f"cadence slots --channel {channel.name!r}"),
        )
    return min(keys, key=lambda key: key.local)


def hour_for(session: Session, channel: Channel, text: str) -> time:
    """The hour of a post when only its day is said: that of the first free slot of the day, or nine."""
    from cadence.insight.slots import slots
    from cadence.model.times import day_bounds
    from cadence.model.when import read_when

    zone = session.zone(channel.id)
    said = read_when(text, session.local_now(zone), zone, session.week_begins)
    start, end = day_bounds(said.day, zone)
    free = [
        f.slot.local for f in slots(session.calendar, start, end, session.now, channel.id) if f.post is None
    ]
    return free[0].time() if free else USUAL_HOUR


def weeks_ahead(session: Session, weeks: int) -> tuple[datetime, datetime]:
    """From the start of this week over so many further weeks."""
    first = session.this_week()
    return session.midnight(first), session.midnight(first + timedelta(weeks=weeks + 1))


def check_one(what: str, given: Sequence[object]) -> None:
    """At least one of several options must be given."""
    if all(value is None or value == () for value in given):
        raise click.UsageError(_("nothing to change: {remedy}", remedy=what))
