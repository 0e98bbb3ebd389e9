"""What it would free, and cost, if partners took over one kind of task on one channel: all of it, or as much
as the promise needs.

Freed is what colleagues have of it in an even plan without partners. Where no partner can do it, the cheapest
is taken as if they could: it is what to look for outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from cadence.model.team import TASK_KINDS, TaskKind
from cadence.model.times import WEEKS_A_MONTH
from cadence.planner.problem import Member, Problem, Skill, Task
from cadence.planner.solving.balance import balance
from cadence.planner.solving.core import NOBODY
from cadence.planner.sustaining.trial import Clock, Verdict, judge, without_partners


@dataclass(frozen=True)
class Handover:
    """Minutes a week and cents a month; `frees` minutes a week by colleague. `is_able`: the partner can do it
    already. `left`: how many of these tasks the partner has no time for.

    `part_minutes`, `part_cents`: the least that has to be given away so that with this partner's help for
    this alone as much is covered as can be; `covers` tasks then that posts need and `answers` posts to be
    answered, which colleagues alone leave open; `holds`: nothing that a post needs is open any more.
    """

    channel: str
    task: TaskKind
    partner: str
    is_able: bool
    minutes: int
    cents: int
    frees: Mapping[str, int]
    left: int
    part_minutes: int
    part_cents: int
    covers: int
    answers: int
    holds: bool

    @property
    def order(self) -> tuple[int, int, bool, int, str, int]:
        """What covers most comes first, then who can do it already, then what frees most."""
        return -self.covers, -self.answers, not self.is_able, -self.minutes, self.channel, _place(self.task)


def handovers(problem: Problem, clock: Clock) -> list[Handover]:
    """For each kind of task on each channel what giving it to a partner does, the most useful first; without
    a partner in the team, or when time is up, nothing."""
    partners = [member for member in problem.members if member.kind == "partner" and any(member.capacity)]
    if not partners:
        return []
    alone = judge(without_partners(problem), clock)
    even = _even(alone, clock)
    kinds = (key for key in _kinds(problem) if not clock.is_over)
    found = [_handover(problem, alone, even, key, partners, clock) for key in kinds]
    return sorted(found, key=lambda handover: handover.order)


def _kinds(problem: Problem) -> list[tuple[str, TaskKind]]:
    kinds: set[tuple[str, TaskKind]] = {
        (task.channel, task.kind) for task in problem.tasks if task.effort and not task.fixed
    }
    return sorted(kinds, key=lambda key: (key[0], _place(key[1])))


def _place(kind: TaskKind) -> int:
    return TASK_KINDS.index(kind)


def _even(alone: Verdict, clock: Clock) -> Mapping[str, str]:
    """The plan of colleagues alone, with the loads evened out: task → member."""
    roster = alone.roster
    balance(roster, frozenset({"uncovered", "cost"}), lambda: clock.is_over)
    problem = alone.problem
    given = enumerate(roster.owner)
    return {problem.tasks[t].id: problem.members[m].name for t, m in given if m != NOBODY}


def _handover(
    problem: Problem,
    alone: Verdict,
    even: Mapping[str, str],
    key: tuple[str, TaskKind],
    partners: list[Member],
    clock: Clock,
) -> Handover:
    channel, kind = key
    able = [member for member in partners if member.level_for(kind, channel) is not None]
    partner = min(able or partners, key=lambda member: (member.cost_per_hour, member.name))
    tasks = [task for task in problem.tasks if (task.channel, task.kind) == key and not task.fixed]
    whole = judge(_all_to(problem, partner, key), clock)
    part = _part(problem, alone, partner, key, clock)
    given = [task for task in tasks if part.assignments.get(task.id) == partner.name]
    weeks, mine = _weeks(problem), {task.id for task in tasks}
    return Handover(
        channel=channel,
        task=kind,
        partner=partner.name,
        is_able=bool(able),
        minutes=round(sum(task.effort for task in tasks) / weeks),
        cents=round(sum(_cents(partner, tasks)) * WEEKS_A_MONTH / weeks),
        frees={name: round(minutes / weeks) for name, minutes in _minutes(problem, tasks, even).items()},
        left=sum(task.id in mine for task in (*whole.open, *whole.unanswered)),
        part_minutes=round(sum(task.effort for task in given) / weeks),
        part_cents=round(sum(_cents(partner, given)) * WEEKS_A_MONTH / weeks),
        covers=max(0, len(alone.open) - len(part.open)),
        answers=max(0, len(alone.unanswered) - len(part.unanswered)),
        holds=not part.open,
    )


def _weeks(problem: Problem) -> int:
    """How many weeks have something to do."""
    return len({problem.week_of(task.closes) for task in problem.tasks}) or 1


def _part(
    problem: Problem, alone: Verdict, partner: Member, key: tuple[str, TaskKind], clock: Clock
) -> Verdict:
    """Colleagues, and one partner for one kind of task alone, for as little money as possible."""
    if not (alone.open or alone.unanswered):
        return alone
    return judge(_with_one(problem, partner, key), clock, cheapest=True)


def _with_one(problem: Problem, partner: Member, key: tuple[str, TaskKind]) -> Problem:
    """No partner does anything but one of them one kind of task on one channel."""
    skill = Skill(key[1], key[0])
    staff = without_partners(problem).members
    members = (replace(m, skills=(skill,)) if m.name == partner.name else m for m in staff)
    return replace(problem, members=tuple(members))


def _all_to(problem: Problem, partner: Member, key: tuple[str, TaskKind]) -> Problem:
    """Nobody but a partner may do one kind of task on one channel."""
    one = _with_one(problem, partner, key)
    staff = tuple(member.name for member in problem.members if member.kind == "staff")
    tasks = tuple(
        replace(task, barred=staff) if (task.channel, task.kind) == key and not task.fixed else task
        for task in problem.tasks
    )
    return replace(one, tasks=tasks)


def _cents(partner: Member, tasks: Iterable[Task]) -> Iterator[int]:
    return ((partner.cost_per_hour * task.effort + 30) // 60 for task in tasks)


def _minutes(problem: Problem, tasks: Iterable[Task], given: Mapping[str, str]) -> dict[str, int]:
    """What colleagues have of these tasks, the most first; learners take longer."""
    members = {member.name: member for member in problem.members}
    found = defaultdict[str, int](int)
    for task in tasks:
        if name := given.get(task.id):
            learning = members[name].level_for(task.kind, task.channel) == "learning"
            found[name] += -(-3 * task.effort // 2) if learning else task.effort
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
