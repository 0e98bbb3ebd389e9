"""On what grounds a plan gives a task to somebody, and not to anybody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cadence.insight.words import list_text, money_text
from cadence.language import _
from cadence.planner.bridge.proposal import Proposal, Row
from cadence.planner.explaining.comparing import why_not
from cadence.planner.explaining.reasons import TIME_RULES, Reason, nobody_has, why_not_able
from cadence.planner.plan import Plan
from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.roster import Roster


class _Rank(NamedTuple):
    """What a member would mean for the plan as a whole, the least first."""

    cost: int
    is_partner: bool
    share: int


class Grounds:
    """One plan, looked at task by task. It costs about ten microseconds per task and member."""

    def __init__(self, core: Core, plan: Plan) -> None:
        self._core = core
        tasks, members = core.problem.tasks, core.problem.members
        self._tasks = {task.id: number for number, task in enumerate(tasks)}
        self._members = {member.name: number for number, member in enumerate(members)}
        given = (plan.assignments.get(task.id) for task in tasks)
        self._roster = Roster.of(core, [NOBODY if name is None else self._members[name] for name in given])
        self._why_nobody = {left.task: left.why for left in plan.uncovered}

    def reasons(self, proposal: Proposal) -> Mapping[str, str]:
        """For each row of the proposal, by its task, why it is so: one sentence without a full stop."""
        return {row.what.id: self.reason(row) for row in proposal.rows}

    def reason(self, row: Row) -> str:
        if row.taker is None:
            return self._why_nobody.get(row.what.id, "")
        task, taker = self._tasks[row.what.id], self._members[row.taker]
        text = self._why_instead(task, taker, row.giver) if row.giver else self._why_taken(task, taker)
        return f"{money_text(row.cost)} · {text}" if row.cost else text

    def others(self, id: str) -> list[str]:
        """Why not anybody else, who could have done it first, who is short of the least time next; of whom
        the same is true are told together."""
        task = self._tasks[id]
        holder = self._roster.owner[task]
        found = self._obstacles(task, {holder})
        able = sorted((m for m, reason in found.items() if reason is None), key=lambda m: self._rank(task, m))
        said = [self._of_able(task, holder, other) for other in able]
        reasons = [(member, reason) for member, reason in found.items() if reason]
        reasons.sort(key=lambda known: (known[1].rule not in TIME_RULES, known[1].short))
        return [*said, *self._together(reasons)]

    # One sentence

    def _why_instead(self, task: int, taker: int, giver: str) -> str:
        """Why a task leaves who has it."""
        other = self._members[giver]
        can_keep = self._obstacles(task, {taker}).get(other) is None
        if can_keep and self._rank(task, taker) > self._rank(task, other):
            return _("{who} could keep it; the plan as a whole is better so", who=giver)
        return why_not(self._core, self._roster, task, taker, other)

    def _why_taken(self, task: int, taker: int) -> str:
        """Why it is this person who gets what nobody has."""
        found = self._obstacles(task, {taker})
        inside = {member: reason for member, reason in found.items() if self._core.is_staff[member]}
        if all(inside.values()):
            is_inside, has_partners = self._core.is_staff[taker], len(inside) < len(found)
            if not is_inside:
                return self._alone(_("nobody inside"), inside)
            return self._alone(_("nobody else inside") if has_partners else _("nobody else"), inside)
        able = [member for member, reason in inside.items() if reason is None]
        rival = min(able, key=lambda member: self._rank(task, member))
        if self._rank(task, taker) > self._rank(task, rival):
            return _("{who} could too; the plan as a whole is better so", who=self._name(rival))
        return why_not(self._core, self._roster, task, taker, rival)

    def _alone(self, nobody: str, found: Mapping[int, Reason | None]) -> str:
        """`nobody else has time: Elena is 20′ short in the week of Mon 23 Nov (gives 60′, has 50′)`."""
        reasons = [(r.short, self._name(m), r) for m, r in found.items() if r]
        if near := [known for known in reasons if known[2].rule in TIME_RULES]:
            _short, name, reason = min(near, key=lambda known: known[:2])
            return _("{nobody} has time: {why}", nobody=nobody, why=reason.sentence(name))
        barred = [reason.sentence(name) for _short, name, reason in reasons if reason.rule != "skill"]
        if barred:
            return _("{nobody} can: {why}", nobody=nobody, why=barred[0])
        return _("{nobody} has the skill", nobody=nobody)

    def _of_able(self, task: int, holder: int, other: int) -> str:
        if holder == NOBODY:
            return _("{who} could take it", who=self._name(other))
        return why_not(self._core, self._roster, task, holder, other)

    def _together(self, found: Iterable[tuple[int, Reason]]) -> Iterator[str]:
        alike: dict[Reason, list[str]] = {}
        for member, reason in found:
            alike.setdefault(reason, []).append(self._name(member))
        for reason, names in alike.items():
            who = list_text(names, len(names))
            yield (reason if len(names) == 1 else reason.of_several).sentence(who)

    # Everybody

    def _obstacles(self, task: int, but: set[int]) -> dict[int, Reason | None]:
        """What keeps each of the others from a task, with all that they have in the plan; None: nothing."""
        with nobody_has(self._roster, task):
            return {
                member: why_not_able(self._core, self._roster, task, member)
                for member in self._core.members
                if member not in but
            }

    def _rank(self, task: int, member: int) -> _Rank:
        minutes, cost, _ = self._core.options[task][member]
        has = self._roster.minutes[member] - (minutes if self._roster.owner[task] == member else 0)
        return _Rank(cost, not self._core.is_staff[member], self._core.share(member, has + minutes))

    def _name(self, member: int) -> str:
        return self._core.problem.members[member].name
