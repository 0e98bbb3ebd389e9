"""The fixed JSON forms of `capacity`, `sustain` and `train`. Fields are a promise: add, never rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cadence.cli.forms import Form
    from cadence.planner.problem import Task
    from cadence.planner.sustaining.capacity import Break, Capacity, WeekNeed
    from cadence.planner.sustaining.cheapest import Cure, Remedy
    from cadence.planner.sustaining.outsourcing import Handover
    from cadence.planner.sustaining.steady import Stage
    from cadence.planner.sustaining.sustain import ChannelLimits, Densest, Price, Together
    from cadence.planner.sustaining.training import Training

POSTS_IN = 4
"""Densities are posts in so many weeks inside, and posts a week outside."""


def capacity_form(found: Capacity, ways: Remedy, outside: Iterable[Handover]) -> Form:
    return {
        "proven": found.proven,
        "proven_without_partners": found.proven_alone,
        "weeks": [_week_form(week) for week in found.weeks],
        "first_break": _break_form(found.first_break) if found.first_break else None,
        "cures": [_cure_form(cure) for cure in ways.cures],
        "open_after_cures": ways.left,
        "in_time": ways.in_time,
        "outsourcing": [_handover_form(one) for one in outside],
    }


def _week_form(week: WeekNeed) -> Form:
    return {
        "week": week.week.isoformat(),
        "minutes": week.minutes,
        "staff": week.staff,
        "partners": week.partners,
        "holds": week.holds,
        "open": _ids(week.open),
        "open_without_partners": _ids(week.open_without_partners),
        "unanswered": _ids(week.unanswered),
        "needs": [
            {
                "channel": need.channel,
                "task": need.task,
                "minutes": need.minutes,
                "staff": need.staff,
                "partners": need.partners,
            }
            for need in week.needs
        ],
    }


def _ids(tasks: Iterable[Task]) -> list[str]:
    return [task.id for task in tasks]


def _break_form(broken: Break) -> Form:
    return {
        "week": broken.week.isoformat(),
        "short": [
            {"channel": channel, "task": kind, "minutes": minutes}
            for (channel, kind), minutes in broken.short.items()
        ],
        "why": list(broken.why),
    }


def _cure_form(cure: Cure) -> Form:
    return {
        "channel": cure.channel,
        "task": cure.task,
        "open": cure.open,
        "ways": [
            {
                "kind": way.kind,
                "text": way.text,
                "command": way.command,
                "minutes_a_week": way.minutes,
                "cost_a_month": way.cents / 100,
                "posts_fewer_a_week": way.posts / POSTS_IN,
            }
            for way in cure.ways
        ],
    }


def _handover_form(one: Handover) -> Form:
    return {
        "channel": one.channel,
        "task": one.task,
        "partner": one.partner,
        "able": one.is_able,
        "minutes_a_week": one.minutes,
        "cost_a_month": one.cents / 100,
        "frees": [{"member": name, "minutes_a_week": minutes} for name, minutes in one.frees.items()],
        "left": one.left,
        "part": {
            "minutes_a_week": one.part_minutes,
            "cost_a_month": one.part_cents / 100,
            "covers": one.covers,
            "answers": one.answers,
            "holds": one.holds,
        },
    }


def sustain_form(
    stage: Stage, limits: list[ChannelLimits], together: list[Together], prices: list[tuple[Price, Price]]
) -> Form:
    """Densities in posts a week."""
    return {
        "from": stage.first.isoformat(),
        "weeks": stage.weeks,
        "channels": [_limits_form(stage, one) for one in limits],
        "together": [
            {
                "partners": partners,
                "factor": one.factor,
                "proof": one.proof,
                "channels": _densities(stage, one.densities),
            }
            for partners, one in zip((True, False), together, strict=True)
        ],
        "one_more": [
            {
                "channel": stage.calendar.channels[price.channel].name,
                "posts": price.posts / POSTS_IN,
                "partners": partners,
                "others": None if price.others is None else _densities(stage, price.others),
            }
            for pair in prices
            for partners, price in zip((True, False), pair, strict=True)
        ],
    }


def _limits_form(stage: Stage, one: ChannelLimits) -> Form:
    return {
        "channel": stage.calendar.channels[one.channel].name,
        "promised": one.promised / POSTS_IN,
        "beside": _densest_form(one.beside),
        "beside_without_partners": _densest_form(one.beside_staff),
        "alone": _densest_form(one.alone),
        "alone_without_partners": _densest_form(one.alone_staff),
    }


def _densest_form(found: Densest) -> Form:
    return {
        "posts": found.posts / POSTS_IN,
        "more": found.more / POSTS_IN if found.more is not None else None,
        "proof": found.proof,
        "unanswered": found.unanswered,
        "answers": found.answers,
    }


def _densities(stage: Stage, densities: Mapping[int, int]) -> list[Form]:
    names = stage.calendar.channels
    return [
        {"channel": names[channel].name, "posts": posts / POSTS_IN} for channel, posts in densities.items()
    ]


def train_form(stage: Stage, found: list[Training]) -> Form:
    return {
        "from": stage.first.isoformat(),
        "weeks": stage.weeks,
        "trainings": [
            {
                "member": one.member,
                "channel": one.channel,
                "task": one.task,
                "covers": one.covers,
                "answers": one.answers,
                "saves_a_month": one.saves / 100,
                "posts_before": one.before / POSTS_IN,
                "posts_after": one.after / POSTS_IN,
                "able_now": one.able,
            }
            for one in found
        ],
    }
