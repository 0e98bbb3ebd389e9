"""`cadence plan` and `cadence replan`: who takes what, as a proposal that can be taken over."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cadence.cli.base import command
from cadence.cli.names import MEMBER
from cadence.cli.output import say, say_json, write_out
from cadence.cli.plan_tables import tell_plan, tell_proposal
from cadence.cli.progress import progress
from cadence.cli.session import Session
from cadence.cli.waiting import answered
from cadence.language import _, decimal, n_, p_
from cadence.model.errors import BadInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cadence.cli.forms import Form
    from cadence.planner.bridge.proposal import Proposal, Row
    from cadence.planner.bridge.replan import Away
    from cadence.planner.plan import Plan
    from cadence.planner.problem import Problem

FOUR_WEEKS = timedelta(days=28)


def _effort(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say how long to plan."""
    options = (
        click.option(
            "--time-limit", "seconds", metavar="S", type=click.FloatRange(0.1, 3600), default=10.0,
            help="Plan for at most S seconds (default: 10).",
        ),
        click.option(
            "--steps", metavar="N", type=click.IntRange(0, 10_000_000),
            help="Stop the search after N steps: the same N gives the same plan anywhere.",
        ),
        click.option(
            "--threads", metavar="N", type=click.IntRange(1, 2), default=2,
            help="1 or 2: with 2 a second one proves how good the plan is (default).",
        ),
        click.option(
            "--seed", metavar="N", type=click.IntRange(0, 2**31 - 1), default=0,
            help="Another seed may find another plan that is as good.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@command(changes=True)
@click.option("--from", "start", metavar="DATE", help="From this day on (default: today).")
@click.option("--to", "end", metavar="DATE", help="Up to the day before this one (default: four weeks on).")
@click.option("--reassign", is_flag=True, help="What people have may change hands too, unless it is pinned.")
@click.option("--no-slots", is_flag=True, help="Only posts that are there; open slots are left out.")
@click.option("--apply", is_flag=True, help="Take the plan over, as one change that can be undone.")
@click.option("--only", metavar="TASK", multiple=True, help="Of the plan only this task, such as '53 draft'.")
@click.option(
    "--problem", "source", metavar="FILE", type=click.Path(path_type=Path), help="Plan what is in FILE."
)
@click.option(
    "--save-problem", "target", metavar="FILE", type=click.Path(path_type=Path),
    help="Only write down what would be planned.",
)  # fmt: skip
@_effort
def plan(
    session: Session,
    start: str | None,
    end: str | None,
    reassign: bool,
    no_slots: bool,
    apply: bool,
    only: tuple[str, ...],
    source: Path | None,
    target: Path | None,
    **effort: Any,
) -> None:
    """Propose who takes every task that nobody has, within the time that people can give."""
    if source is not None:
        if apply or target or only:
            raise click.UsageError(_("--problem FILE stands alone: it is not about this calendar"))
        from cadence.planner.problemfile import read_problem

        problem = read_problem(source)
        found = _solve(problem, **effort)
        if session.json:
            say_json(plan_form(found))
        else:
            tell_plan(problem, found)
        return
    from cadence.planner.bridge.building import build

    first, last = _days(session, start, end)
    problem = build(session.calendar, first, last, session.now, reassign=reassign, slots=not no_slots)
    if target is not None:
        from cadence.planner.problemfile import problem_text

        write_out(problem_text(problem), target)
        count = len(problem.tasks)
        say(n_("Wrote {number} task to {path}", "Wrote {number} tasks to {path}", count, path=target))
        return
    _propose(session, problem, only, apply, effort)


@command(changes=True)
@click.option("--absent", metavar="MEMBER", type=MEMBER, help="Who is away in these days.")
@click.option("--leaves", metavar="MEMBER", type=MEMBER, help="Who is not here any more from then on.")
@click.option("--from", "start", metavar="DATE", help="From this day on (default: today).")
@click.option("--to", "end", metavar="DATE", help="Up to the day before this one (default: four weeks on).")
@click.option("--reason", metavar="TEXT", default="", help="Why they are away.")
@click.option("--apply", is_flag=True, help="Take it over, absence included, as one change.")
@click.option("--only", metavar="TASK", multiple=True, help="Of the plan only this task, such as '53 draft'.")
@_effort
def replan(
    session: Session,
    absent: str | None,
    leaves: str | None,
    start: str | None,
    end: str | None,
    reason: str,
    apply: bool,
    only: tuple[str, ...],
    **effort: Any,
) -> None:
    """Propose what changes when somebody is away: as little as possible of what people were told."""
    from cadence.planner.bridge.replan import Away, rebuild, without

    if absent and leaves:
        raise click.UsageError(_("say either --absent or --leaves"))
    calendar = session.calendar
    first, last = _days(session, start, end)
    member = session.member_id(absent or leaves)
    away = None if member is None else Away(member, first, last if absent else None, reason)
    after = calendar if away is None else without(calendar, away)
    _propose(session, rebuild(after, first, last, session.now), only, apply, effort, away=away)


def _days(session: Session, start: str | None, end: str | None) -> tuple[date, date]:
    """The first and last day of [--from, --to)."""
    first = session.day_or_none(start) or session.today
    last = (session.day_or_none(end) or first + FOUR_WEEKS) - timedelta(days=1)
    if last < first:
        raise BadInput(_("the period ends before it begins"), _("give --from a day before --to"))
    return first, last


def _solve(problem: Problem, **effort: Any) -> Plan:
    """Plan, and say on a terminal how it goes; Ctrl-C ends it at once."""
    from cadence.planner.solving.solve import Budget, solve

    def watch(plan: Plan) -> None:
        uncovered = n_(
            "{number} task of {all} without anybody",
            "{number} tasks of {all} without anybody",
            len(plan.uncovered),
            all=len(problem.tasks),
        )
        say_so(f"{decimal(plan.seconds):>5} s  {uncovered}")

    with progress() as say_so:
        seen = watch if sys.stderr.isatty() else None  # what nobody sees need not be worked out
        return answered(lambda stop: solve(problem, Budget(**effort), watch=seen, stop=stop))


def plan_form(plan: Plan) -> Form:
    """The fixed JSON form of a plan."""
    return {
        "status": plan.status,
        "seconds": plan.seconds,
        "steps": plan.steps,
        "levels": [{"name": level.name, "value": level.value, "bound": level.bound} for level in plan.levels],
        "assignments": [{"task": task, "member": member} for task, member in plan.assignments.items()],
        "uncovered": [{"task": left.task, "why": left.why} for left in plan.uncovered],
        "shares": dict(plan.shares),
        "absurd": list(plan.absurd),
    }


def _propose(
    session: Session,
    problem: Problem,
    only: Sequence[str],
    apply: bool,
    effort: dict[str, Any],
    away: Away | None = None,
) -> None:
    """Plan, show the difference to the calendar, and take it over if that is wanted."""
    from cadence.planner.bridge.proposal import Proposal
    from cadence.planner.explaining.grounds import Grounds
    from cadence.planner.solving.core import compile_problem

    calendar = session.calendar
    found = _solve(problem, **effort)
    proposal = _chosen(Proposal.of(calendar, problem, found), only)
    proposal = proposal.explained(Grounds(compile_problem(problem), found).reasons(proposal))
    if apply:
        from cadence.operations.planning import take_plan

        session.do(take_plan, [row.move for row in proposal.rows], away=away)
        return
    if session.json:
        say_json({**plan_form(found), "changes": [row_form(row) for row in proposal.rows]})
        return
    tell_proposal(session, problem, found, proposal)


def _chosen(proposal: Proposal, only: Sequence[str]) -> Proposal:
    from dataclasses import replace

    if not only:
        return proposal
    rows = {row.what.id: row for row in proposal.rows}
    for id in only:
        if id not in rows:
            known = ", ".join(list(rows)[:8]) or p_("a plan", "nothing")
            raise NotFound(
                _("the plan does not change {task!r}", task=id[:60]), _("it changes {tasks}", tasks=known)
            )
    return replace(proposal, rows=tuple(row for id, row in rows.items() if id in only))


def row_form(row: Row) -> Form:
    """The fixed JSON form of one change of a proposal."""
    return {
        "task": row.what.id,
        "title": row.what.title,
        "channel": row.what.channel,
        "day": row.what.day.isoformat(),
        "from": row.giver,
        "to": row.taker,
        "minutes": row.minutes,
        "cost": row.cost / 100,
        "reason": row.reason or None,
    }
