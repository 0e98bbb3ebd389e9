"""`cadence capacity`, `sustain` and `train`: can we keep this promise, and what is the cheapest way?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from cadence.cli.arguments import weeks_ahead
from cadence.cli.base import command
from cadence.cli.capacity_tables import (
    SHOWN,
    tell_break,
    tell_handovers,
    tell_limits,
    tell_needs,
    tell_prices,
    tell_remedy,
    tell_together,
    tell_trainings,
    tell_weeks,
)
from cadence.cli.commands.load import last_day, weeks_between
from cadence.cli.names import CHANNEL
from cadence.cli.output import say, say_json
from cadence.cli.session import Session
from cadence.cli.waiting import answered_within
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.model.times import DAY, WEEK

if TYPE_CHECKING:
    from cadence.planner.sustaining.capacity import Capacity
    from cadence.planner.sustaining.densities import ChannelLimits, Price, Together
    from cadence.planner.sustaining.outsourcing import Handover
    from cadence.planner.sustaining.trial import Clock
    from cadence.planner.sustaining.ways import Remedy

CAPACITY_WEEKS, SUSTAIN_WEEKS, MOST_WEEKS = 7, 4, 52
"""By default: this week and the next seven; four whole weeks."""


def _time_limit(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--time-limit", "seconds", metavar="S", type=click.FloatRange(0.1, 3600), default=60.0,
        help="Look for at most S seconds (default: 60).",
    )(function)  # fmt: skip


@command()
@click.option("--from", "start", metavar="DATE", help="From the week of this day (default: this week).")
@click.option("--to", "end", metavar="DATE", help="Up to the day before this one (default: 8 weeks).")
@click.option("--details", is_flag=True, help="By task and channel too.")
@_time_limit
def capacity(session: Session, start: str | None, end: str | None, details: bool, seconds: float) -> None:
    """Hold what the rhythms need against what the team has, week by week.

    Says which week breaks first and why, the cheapest way to keep the promise after all, and what partners
    could take over.
    """
    from cadence.planner.sustaining.capacity import capacity as judged
    from cadence.planner.sustaining.capacity import promise_problem
    from cadence.planner.sustaining.cheapest import Period, remedy
    from cadence.planner.sustaining.outsourcing import handovers

    weeks = _weeks(session, start, end, CAPACITY_WEEKS)
    calendar, now = session.calendar, session.now
    period = Period(weeks[0], weeks[-1] + WEEK - DAY, now)

    def ask(clock: Clock) -> tuple[Capacity, Remedy, list[Handover]]:
        problem = promise_problem(calendar, period.first, period.last, now)
        return judged(calendar, weeks, now, clock), remedy(calendar, period, clock), handovers(problem, clock)

    found, ways, outside = answered_within(seconds, ask)
    if session.json:
        from cadence.cli.capacity_forms import capacity_form

        say_json(capacity_form(found, ways, outside))
        return
    tell_weeks(session, found)
    if details:
        say()
        tell_needs(session, found)
    say()
    tell_break(found)
    tell_remedy(ways)
    if outside:
        say()
        tell_handovers(outside)


@command()
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only this channel.")
@click.option("--weeks", type=click.IntRange(1, MOST_WEEKS), default=SUSTAIN_WEEKS, metavar="N",
              help="Over so many whole weeks (default: 4).")  # fmt: skip
@click.option("--typical", is_flag=True, help="Weeks without absences, holidays and pauses.")
@_time_limit
def sustain(session: Session, channel: str | None, weeks: int, typical: bool, seconds: float) -> None:
    """Find the densest rhythms that the team can hold, and what one more post a week costs elsewhere."""
    from cadence.planner.sustaining.steady import Stage, first_whole_week
    from cadence.planner.sustaining.sustain import Sustain

    only = session.channel_id(channel)
    stage = Stage(
        session.calendar, first_whole_week(session.today, session.week_begins), weeks, typical=typical
    )
    if only is not None and only not in stage.promised:
        name = session.calendar.channels[only].name
        raise BadInput(
            _("{channel} promises nothing with work in it", channel=name),
            _("give it a workflow and a rhythm"),
        )
    asked = [one.id for one in stage.channels if only in (None, one.id)]

    def ask(clock: Clock) -> tuple[list[ChannelLimits], list[Together], list[tuple[Price, Price]]]:
        sustained = Sustain(stage, clock)
        limits = [sustained.limits(one.id) for one in stage.channels]
        dense = {one.channel: one.beside.posts for one in limits}
        staff = {one.channel: one.beside_staff.posts for one in limits}
        together = [sustained.together(partners=partners) for partners in (True, False)]
        prices = [
            (sustained.price(one, dense, partners=True), sustained.price(one, staff, partners=False))
            for one in asked
        ]
        return [one for one in limits if one.channel in asked], together, prices

    limits, together, prices = answered_within(seconds, ask)
    if session.json:
        from cadence.cli.capacity_forms import sustain_form

        say_json(sustain_form(stage, limits, together, prices))
        return
    tell_limits(stage, limits, seconds)
    if limits:
        tell_together(stage, together)
        say()
        tell_prices(stage, prices)


@command()
@click.option(
    "--from", "start", metavar="DATE", help="From the week of this day (default: the next whole one)."
)
@click.option("--to", "end", metavar="DATE", help="Up to the day before this one (default: 4 weeks).")
@click.option("--all", "everything", is_flag=True, help="Also what adds little.")
@_time_limit
def train(session: Session, start: str | None, end: str | None, everything: bool, seconds: float) -> None:
    """Rank whom to teach what: what becomes covered, cheaper, denser, and rests on one person no longer."""
    from cadence.planner.sustaining.steady import Stage, first_whole_week
    from cadence.planner.sustaining.training import trainings

    if start is None and end is None:
        first, count = first_whole_week(session.today, session.week_begins), SUSTAIN_WEEKS
    else:
        weeks = _weeks(session, start, end, SUSTAIN_WEEKS - 1)
        first, count = weeks[0], len(weeks)
    stage = Stage(session.calendar, first, count)
    found = answered_within(seconds, lambda clock: trainings(stage, clock))
    if session.json:
        from cadence.cli.capacity_forms import train_form

        say_json(train_form(stage, found))
        return
    tell_trainings(found, None if everything else SHOWN)


def _weeks(session: Session, start: str | None, end: str | None, ahead: int) -> list[date]:
    """The first days of the weeks of [--from, --to); only what lies ahead, and at most a year."""
    first, last = session.period(start, end, weeks_ahead(session, ahead))
    weeks = weeks_between(session, first.astimezone(session.zone()).date(), last_day(session, last))
    ahead_of_us = [week for week in weeks if week + timedelta(days=6) >= session.today]
    if not ahead_of_us:
        raise BadInput(_("these weeks are over"), _("name a period that lies ahead"))
    if len(ahead_of_us) > MOST_WEEKS:
        raise BadInput(
            _("these are {number} weeks", number=len(ahead_of_us)),
            _("look at {number} weeks at most", number=MOST_WEEKS),
        )
    return ahead_of_us
