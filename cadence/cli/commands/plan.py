"""`cadence plan` and `cadence replan`: who takes what, as a proposal that can be taken over."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cadence.cli.base import command
from cadence.cli.names import MEMBER
from cadence.cli.output import cut, say, say_json, table, write_out
from cadence.cli.session import Session
from cadence.cli.waiting import answered
from cadence.cli.words import day_words
from cadence.insight.words import count_text, minutes_text, money_text
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
            raise click.UsageError("--problem FILE stands alone: it is not about this calendar")
        from cadence.planner.problemfile import read_problem

        problem = read_problem(source)
        _tell_plan(session, problem, _solve(problem, **effort))
        return
    from cadence.planner.bridge.building import build

    first, last = _days(session, start, end)
    problem = build(session.calendar, first, last, session.now, reassign=reassign, slots=not no_slots)
    if target is not None:
        from cadence.planner.problemfile import problem_text

        write_out(problem_text(problem), target)
        say(f"Wrote {count_text(len(problem.tasks), 'task')} to {target}")
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
        raise click.UsageError("say either --absent or --leaves")
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
        raise BadInput("the period ends before it begins", "give --from a day before --to")
    return first, last


def _solve(problem: Problem, **effort: Any) -> Plan:
    """Plan, and say on a terminal how it goes; Ctrl-C ends it at once."""
    from cadence.planner.solving.solve import Budget, solve

    progress = _Progress(problem) if sys.stderr.isatty() else None
    try:
        return answered(lambda stop: solve(problem, Budget(**effort), watch=progress, stop=stop))
    finally:
        if progress:
            progress.clear()


class _Progress:
    """One line on stderr that is written over."""

    def __init__(self, problem: Problem) -> None:
        self._tasks = len(problem.tasks)

    def __call__(self, plan: Plan) -> None:
        uncovered = count_text(len(plan.uncovered), "task")
        line = f"{plan.seconds:5.1f} s  {uncovered} of {self._tasks} without anybody"
        sys.stderr.write(f"\r{line:<60}")
        sys.stderr.flush()

    def clear(self) -> None:
        sys.stderr.write(f"\r{'':<60}\r")
        sys.stderr.flush()


# A plan of a file


def _tell_plan(session: Session, problem: Problem, plan: Plan) -> None:
    if session.json:
        say_json(plan_form(plan))
        return
    rows = [(task.id, plan.assignments.get(task.id, "nobody")) for task in problem.tasks]
    table(("task", "member"), rows, none="There is nothing to plan.")
    say()
    for line in _level_lines(plan):
        say(line)
    for left in plan.uncovered:
        say(f"{left.task}: nobody: {left.why}")
    for absurd in plan.absurd:
        say(f"kept though it breaks a rule: {absurd}")


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


def _level_lines(plan: Plan) -> list[str]:
    lines = [f"{plan.status} after {plan.seconds:.1f} s and {count_text(plan.steps, 'step')}"]
    lines += [
        f"  {level.name:<14}{level.value:>9}  {'proven best' if level.proven else f'at best {level.bound}'}"
        for level in plan.levels
    ]
    return lines


# A proposal for the calendar


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
    _tell_proposal(session, problem, found, proposal)


def _chosen(proposal: Proposal, only: Sequence[str]) -> Proposal:
    from dataclasses import replace

    if not only:
        return proposal
    rows = {row.what.id: row for row in proposal.rows}
    for id in only:
        if id not in rows:
            known = ", ".join(list(rows)[:8]) or "nothing"
            raise NotFound(f"the plan does not change {id[:60]!r}", f"it changes {known}")
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


def _tell_proposal(session: Session, problem: Problem, plan: Plan, proposal: Proposal) -> None:
    table(
        ("goes out", "post", "task", "from", "to", "load", "why"),
        (
            (
                day_words(row.what.day, session.today),
                cut(row.what.title, 28),
                row.what.kind,
                row.giver or "nobody",
                row.taker or "nobody",
                _load(row),
                row.reason,
            )
            for row in proposal.rows
        ),
        none="Nothing would change.",
    )
    say()
    for gap in proposal.gaps:
        day = day_words(gap.what.day, session.today)
        say(f"nobody: {gap.what.id} ({cut(gap.what.title, 40)}, {day}): {gap.why}")
    for absurd in proposal.absurd:
        say(f"kept though it breaks a rule: {absurd}")
    if proposal.absurd and not _reassigns(problem):
        say("`cadence plan --reassign` may give what people have to others; only what is pinned then stays.")
    say(_totals_text(proposal))
    say(_how_good(plan))


def _reassigns(problem: Problem) -> bool:
    """Whether the plan may take told tasks from people."""
    return any(task.member and not task.fixed for task in problem.tasks)


def _totals_text(proposal: Proposal) -> str:
    before, after = proposal.before, proposal.after
    return " · ".join(
        (
            f"without anybody {after.uncovered} (was {before.uncovered})",
            f"partners {minutes_text(after.partner_minutes)}, {money_text(after.cost)} "
            f"(was {money_text(before.cost)})",
            f"highest share {after.highest_share} % (was {before.highest_share} %)",
            f"{count_text(proposal.told, 'told task')} in other hands, {proposal.planned} new",
        )
    )


def _load(row: Row) -> str:
    change = row.gains or row.loses
    return f"{change.before} → {change.after} %" if change else ""


def _how_good(plan: Plan) -> str:
    open_levels = [level for level in plan.levels if not level.proven]
    if not open_levels:
        return f"Nothing better is possible: proven in {plan.seconds:.1f} s."
    first = open_levels[0]
    return f"{first.name} {first.value}, at best {first.bound}; {plan.seconds:.1f} s, {plan.status}."
