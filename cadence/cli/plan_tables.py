"""What `plan` and `replan` tell people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cadence.cli.output import cut, pad, say, table
from cadence.cli.words import day_words
from cadence.insight.words import minutes_text, money_text
from cadence.language import _, decimal, n_, p_
from cadence.model.words import kind_word

if TYPE_CHECKING:
    from cadence.cli.session import Session
    from cadence.planner.bridge.proposal import Proposal, Row
    from cadence.planner.plan import Plan
    from cadence.planner.problem import LevelName, Problem

# A plan of a file


def tell_plan(problem: Problem, plan: Plan) -> None:
    rows = [(task.id, plan.assignments.get(task.id, _("nobody"))) for task in problem.tasks]
    table((_("task"), _("member")), rows, none=_("There is nothing to plan."))
    say()
    for line in _level_lines(plan):
        say(line)
    for left in plan.uncovered:
        say(_("{task}: nobody: {why}", task=left.task, why=left.why))
    for absurd in plan.absurd:
        say(_("kept though it breaks a rule: {what}", what=absurd))


def _level_lines(plan: Plan) -> list[str]:
    lines = [
        n_(
            "{how} after {seconds} s and {number} step",
            "{how} after {seconds} s and {number} steps",
            plan.steps, how=_how_it_ended(plan), seconds=decimal(plan.seconds),
        )
    ]  # fmt: skip
    for level in plan.levels:
        proof = _("proven best") if level.proven else _("at best {number}", number=level.bound)
        lines.append(f"  {pad(_level_word(level.name), 14)}{level.value:>9}  {proof}")
    return lines


# A proposal for the calendar


def tell_proposal(session: Session, problem: Problem, plan: Plan, proposal: Proposal) -> None:
    table(
        (
            _("goes out"), _("post"), _("task"), p_("a person", "from"), p_("a person", "to"), _("load"),
            _("why"),
        ),
        (
            (
                day_words(row.what.day, session.today),
                cut(row.what.title, 28),
                kind_word(row.what.kind),
                row.giver or _("nobody"),
                row.taker or _("nobody"),
                _load(row),
                row.reason,
            )
            for row in proposal.rows
        ),
        none=_("Nothing would change."),
    )  # fmt: skip
    say()
    for gap in proposal.gaps:
        say(
            _(
                "nobody: {task} ({title}, {day}): {why}",
                task=gap.what.id, title=cut(gap.what.title, 40),
                day=day_words(gap.what.day, session.today), why=gap.why,
            )
        )  # fmt: skip
    for absurd in proposal.absurd:
        say(_("kept though it breaks a rule: {what}", what=absurd))
    if proposal.absurd and not _reassigns(problem):
        say(
            _(
                "`cadence plan --reassign` may give what people have to others; "
                "only what is pinned then stays."
            )
        )
    say(_totals_text(proposal))
    say(_how_good(plan))


def _reassigns(problem: Problem) -> bool:
    """Whether the plan may take told tasks from people."""
    return any(task.member and not task.fixed for task in problem.tasks)


def _load(row: Row) -> str:
    change = row.gains or row.loses
    return f"{change.before} → {change.after} %" if change else ""


def _totals_text(proposal: Proposal) -> str:
    before, after = proposal.before, proposal.after
    return " · ".join(
        (
            _("without anybody {now} (was {before})", now=after.uncovered, before=before.uncovered),
            _(
                "partners {work}, {cost} (was {before})",
                work=minutes_text(after.partner_minutes),
                cost=money_text(after.cost),
                before=money_text(before.cost),
            ),
            _(
                "highest share {now} % (was {before} %)",
                now=after.highest_share,
                before=before.highest_share,
            ),
            n_(
                "{number} told task in other hands, {new} new",
                "{number} told tasks in other hands, {new} new",
                proposal.told,
                new=proposal.planned,
            ),
        )
    )


def _how_good(plan: Plan) -> str:
    open_levels = [level for level in plan.levels if not level.proven]
    if not open_levels:
        return _("Nothing better is possible: proven in {seconds} s.", seconds=decimal(plan.seconds))
    first = open_levels[0]
    return _(
        "{level} {value}, at best {bound}; {seconds} s, {how}.",
        level=_level_word(first.name), value=first.value, bound=first.bound,
        seconds=decimal(plan.seconds), how=_how_it_ended(plan),
    )  # fmt: skip


# Both


def _how_it_ended(plan: Plan) -> str:
    match plan.status:
        case "optimal":
            return p_("a plan", "optimal")
        case "feasible":
            return p_("a plan", "feasible")
        case "stopped":
            return p_("a plan", "stopped")


def _level_word(level: LevelName) -> str:
    match level:
        case "uncovered":
            return p_("a plan", "uncovered")
        case "cost":
            return p_("a plan", "cost")
        case "highest-share":
            return p_("a plan", "highest-share")
        case "unfairness":
            return p_("a plan", "unfairness")
        case "changes":
            return p_("a plan", "changes")
        case "preferences":
            return p_("a plan", "preferences")
