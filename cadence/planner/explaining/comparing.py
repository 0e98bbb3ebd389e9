"""Why this person and not that one."""

from __future__ import annotations

from cadence.insight.words import money_text
from cadence.planner.explaining.reasons import nobody_has, week_of, why_not_able
from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.roster import Roster


def why_not(core: Core, roster: Roster, task: int, member: int, other: int, *, by_week: bool = False) -> str:
    """Why a member has a task, or should, and another has not, in one sentence; or what speaks against it.

    `by_week`: shares are those of the week in which the task is due, as candidates rank; else those of the
    horizon, as plans are judged.
    """
    name, rival = (core.problem.members[who].name for who in (member, other))
    with nobody_has(roster, task):
        if reason := why_not_able(core, roster, task, other):
            return reason.sentence(rival)
        if reason := why_not_able(core, roster, task, member):
            return f"{rival} could take it, and {reason.sentence(name)}"
        costs = core.options[task][member][1], core.options[task][other][1]
        if costs[0] != costs[1]:
            return f"{name} would cost {_cost(costs[0])}, {rival} {_cost(costs[1])}"
        shares = _share(core, roster, task, member, by_week), _share(core, roster, task, other, by_week)
        if shares[0] < shares[1]:
            return f"{name} rather than {rival}: {shares[0]} % against {shares[1]} %"
        if shares[0] > shares[1]:
            return f"{rival} would have less to do: {shares[1]} % against {shares[0]} %"
        return _by_taste(core, roster, task, member, other)


def _cost(cents: int) -> str:
    return money_text(cents) if cents else "nothing"


def _share(core: Core, roster: Roster, task: int, member: int, by_week: bool) -> int:
    """The share of somebody with the task, in percent, rounded up."""
    minutes = core.options[task][member][0]
    if not by_week:
        return core.share(member, roster.minutes[member] + minutes)
    gives, has = week_of(core, roster, member, core.week[task])
    return -(-100 * (has + minutes) // gives) if gives else 1000


def _by_taste(core: Core, roster: Roster, task: int, member: int, other: int) -> str:
    """What decides between people who would have as much to do as each other."""
    what, members = core.problem.tasks[task], core.problem.members
    author = next((roster.owner[d] for d, answer in core.answers if answer == task), NOBODY)
    if author in (member, other):
        return f"{members[author].name} wrote the draft"
    tastes = core.options[task][member][2], core.options[task][other][2]
    if tastes[0] == tastes[1]:
        return f"{members[other].name} would do as well"
    abler = member if tastes[0] < tastes[1] else other
    levels = [members[who].level_for(what.kind, what.channel) for who in (member, other)]
    if what.terms is None and levels[0] != levels[1]:
        one, two = ("no skill" if level is None else level for level in levels)
        return f"{members[member].name} is {one}, {members[other].name} {two}"
    return f"{members[abler].name} likes the topic"
