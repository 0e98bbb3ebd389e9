"""What `capacity`, `sustain` and `train` tell people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cadence.cli.output import say, table
from cadence.cli.words import day_words, money
from cadence.insight.words import TASK_NOUNS, count_text, day_text, minutes_text
from cadence.model.marks import mark

if TYPE_CHECKING:
    from cadence.cli.session import Session
    from cadence.planner.problem import Task
    from cadence.planner.sustaining.capacity import Capacity, WeekNeed
    from cadence.planner.sustaining.densities import ChannelLimits, Densest, Price, Together
    from cadence.planner.sustaining.outsourcing import Handover
    from cadence.planner.sustaining.steady import Stage
    from cadence.planner.sustaining.training import Training
    from cadence.planner.sustaining.ways import Remedy, Way

SHOWN = 8
"""Rows of a list that could be longer."""

# Capacity


def tell_weeks(session: Session, found: Capacity) -> None:
    warn = mark("warning", ascii_only=session.ascii_only)
    rows = [
        (
            day_words(week.week, session.today),
            minutes_text(week.minutes),
            minutes_text(week.staff),
            minutes_text(week.partners),
            f"{warn} " + _open_words(week.open) if week.open else "holds",
            _without(week) + ("" if found.proven_alone else " ?"),
            count_text(len(week.unanswered), "post") if week.unanswered else "-",
        )
        for week in found.weeks
    ]
    headers = ("week", "needs", "team", "partners", "promise", "without partners", "unanswered")
    table(headers, rows, right=("needs", "team", "partners"))


def _without(week: WeekNeed) -> str:
    more = len(week.open_without_partners) - len(week.open)
    if more > 0:
        return f"{more} more open"
    return "the same" if week.open else "as well"


def _open_words(tasks: tuple[Task, ...]) -> str:
    """`Blog draft 150′`."""
    by_kind: dict[tuple[str, str], int] = {}
    for task in tasks:
        by_kind[task.channel, task.kind] = by_kind.get((task.channel, task.kind), 0) + task.effort
    return ", ".join(f"{channel} {kind} {minutes_text(m)}" for (channel, kind), m in by_kind.items())


def tell_needs(session: Session, found: Capacity) -> None:
    table(
        ("week", "channel", "task", "needs", "team could", "partners could"),
        (
            (
                day_words(week.week, session.today), need.channel, need.task,
                minutes_text(need.minutes), minutes_text(need.staff), minutes_text(need.partners),
            )
            for week in found.weeks
            for need in week.needs
        ),
        right=("needs", "team could", "partners could"),
        none="Nothing is to be done.",
    )  # fmt: skip


def tell_break(found: Capacity) -> None:
    if found.first_break is None:
        say(
            "The promise can be kept: every post has somebody for all that it needs, shown by a checked plan."
        )
        return
    broken = found.first_break
    how_sure = "no plan covers more" if found.proven else "nothing better was found in the time"
    say(f"The week of {day_text(broken.week)} is the first that breaks ({how_sure}):")
    for why in broken.why:
        say(f"  {why}.")


def tell_remedy(found: Capacity, ways: Remedy) -> None:
    for cure in ways.cures:
        say()
        what = f"{cure.channel}, {TASK_NOUNS[cure.task]} ({count_text(cure.open, 'task')} open)"
        if not cure.ways:
            say(
                f"{what}: "
                + ("nothing that was tried covers it." if ways.in_time else "the time was too short.")
            )
            continue
        say(f"{what}, the cheapest way first:")
        for way in cure.ways:
            say(f"  {way.text}: {_price(way)}")
            say(f"    {way.command}")
    if ways.cures and all(cure.ways for cure in ways.cures) and not ways.left:
        say()
        say("With the first of each the promise can be kept, shown by a checked plan.")


def _price(way: Way) -> str:
    parts = [f"{minutes_text(way.minutes)} a week"] if way.minutes else []
    parts += [f"{money(way.cents)} a month"] if way.cents else []
    parts += [_fewer(way.posts)] if way.posts else []
    return ", ".join(parts) or "no extra time, no money"


def _fewer(posts: float) -> str:
    """`1 post fewer in four weeks`."""
    return f"{posts:g} {'post' if posts == 1 else 'posts'} fewer in four weeks"


def tell_handovers(outside: list[Handover]) -> None:
    say("What a partner could take over, altogether:")
    table(
        ("channel", "task", "a week", "a month", "frees a week", "needed for the promise"),
        (
            (
                one.channel,
                one.task,
                minutes_text(one.minutes),
                money(one.cents),
                ", ".join(f"{name} {minutes_text(minutes)}" for name, minutes in one.frees.items() if minutes)
                or "-",
                _part(one) + ("" if one.is_able else f"; {one.partner} does not do it yet"),
            )
            for one in outside[:SHOWN]
        ),
        right=("a week", "a month"),
    )


def _part(one: Handover) -> str:
    if not (one.covers or one.answers):
        return "none of it"
    gains = [f"covers {count_text(one.covers, 'task')}"] if one.covers else []
    gains += [f"answers {count_text(one.answers, 'post')}"] if one.answers else []
    return f"{minutes_text(one.part_minutes)} a week, {money(one.part_cents)} a month: {', '.join(gains)}"


# Sustain


def density(posts: int | None) -> str:
    """Posts in four weeks as people say it: `2 a week`, `every 2nd week`."""
    if posts is None:
        return "-"
    if posts in (1, 2):
        return "every 4th week" if posts == 1 else "every 2nd week"
    return f"{posts / 4:g} a week" if posts else "none"


def tell_limits(stage: Stage, limits: list[ChannelLimits], seconds: float) -> None:
    names = stage.calendar.channels
    headers = ("channel", "promised", "beside the others", "without partners", "alone", "alone, no partners")
    table(
        headers,
        (
            (
                names[one.channel].name,
                density(one.promised),
                _densest(one.beside),
                _densest(one.beside_staff),
                _densest(one.alone),
                _densest(one.alone_staff),
            )
            for one in limits
        ),
        none="Nothing is promised yet: `cadence rhythm add CHANNEL`.",
    )
    if not limits:
        return
    say()
    say("Each is held by a checked plan, and no plan holds a denser one"
        f" (+: nothing denser was tried; ?: none was found within {seconds / 4:g} s).")  # fmt: skip
    for one in limits:
        if one.beside.unanswered:
            left = f"{one.beside.unanswered} of {count_text(one.beside.answers, 'post')}"
            say(f"{names[one.channel].name} at {density(one.beside.posts)}: {left} nobody answers.")
        if one.beside.posts < one.promised:
            say(f"{names[one.channel].name} promises more than the team can hold.")


def _densest(found: Densest) -> str:
    return density(found.posts) + {"impossible": "", "not tried": " +", "not found": " ?"}[found.proof]


def tell_together(stage: Stage, together: list[Together]) -> None:
    for found, whose in zip(together, ("with partners", "without them"), strict=True):
        each = ", ".join(
            f"{stage.calendar.channels[channel].name} {density(posts)}"
            for channel, posts in found.densities.items()
        )
        say(f"All together, {whose}: {found.factor:g} times what is promised ({each}).")


def tell_prices(stage: Stage, prices: list[tuple[Price, Price]]) -> None:
    names = stage.calendar.channels
    channels = [names[one.id].name for one in stage.channels]
    say("With one more post a week on a channel, the others can be at most (without partners in brackets):")
    table(
        ("one more on", *channels),
        (
            (
                f"{names[price.channel].name} ({density(price.posts)})",
                *(_most(price, staff, one.id) for one in stage.channels),
            )
            for price, staff in prices
        ),
    )


def _most(price: Price, staff: Price, channel: int) -> str:
    if channel == price.channel:
        return "" if price.others is not None else "not held"
    with_all = density(price.others[channel]) if price.others is not None else "-"
    alone = density(staff.others[channel]) if staff.others is not None else "-"
    return f"{with_all} ({alone})"


# Train


def tell_trainings(found: list[Training], most: int | None) -> None:
    """Those who add the same share a row."""
    rows = [(row, [one.member for one in alike]) for row, alike in groupby(found, _gains)]
    table(
        ("task", "channel", "teach", "covers", "answers", "saves a month", "how dense", "can do it now"),
        ((*row[:2], _any_of(names), *row[2:]) for row, names in rows[:most]),
        right=("saves a month",),
        none="No training would add anything: every task has enough people who can do it.",
    )
    if most is not None and len(rows) > most:
        say(f"… and {len(rows) - most} more: --all")


def _gains(one: Training) -> tuple[str, ...]:
    return (
        one.task,
        one.channel,
        count_text(one.covers, "task") if one.covers else "-",
        count_text(one.answers, "post") if one.answers else "-",
        money(one.saves) if one.saves else "-",
        f"{density(one.before)} → {density(one.after)}" if one.denser else "-",
        f"{one.able} only" if one.able == 1 else str(one.able or "nobody"),
    )


def _any_of(names: list[str]) -> str:
    more = f" or {len(names) - 3} others" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
