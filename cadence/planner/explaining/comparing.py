"""Why this person and not that one."""

from __future__ import annotations

from cadence.insight.words import money_text
from cadence.language import _, p_
from cadence.model.team import Level
from cadence.model.words import level_word
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
            return _("{rival} could take it, and {but}", rival=rival, but=reason.sentence(name))
        costs = core.options[task][member][1], core.options[task][other][1]
        if costs[0] != costs[1]:
            return _(
                "{who} would cost {price}, {rival} {other_price}",
                who=name,
                price=_cost(costs[0]),
                rival=rival,
                other_price=_cost(costs[1]),
            )
        shares = _share(core, roster, task, member, by_week), _share(core, roster, task, other, by_week)
        if shares[0] < shares[1]:
            return _(
                "{who} rather than {rival}: {less} % against {more} %",
                who=name,
                rival=rival,
                less=shares[0],
                more=shares[1],
            )
        if shares[0] > shares[1]:
            return _(
                "{rival} would have less to do: {less} % against {more} %",
                rival=rival,
                less=shares[1],
                more=shares[0],
            )
        return _by_taste(core, roster, task, member, other)


def _cost(cents: int) -> str:
    return money_text(cents) if cents else p_("cost", "nothing")


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
        return _("{who} wrote the draft", who=members[author].name)
    tastes = core.options[task][member][2], core.options[task][other][2]
    if tastes[0] == tastes[1]:
        return _("{who} would do as well", who=members[other].name)
    abler = member if tastes[0] < tastes[1] else other
    level = members[member].level_for(what.kind, what.channel)
    other_level = members[other].level_for(what.kind, what.channel)
    if what.terms is None and level != other_level:
        return _(
            "{who} is {level}, {rival} {other_level}",
            who=members[member].name,
            level=_level_text(level),
            rival=members[other].name,
            other_level=_level_text(other_level),
        )
    return _("{who} likes the topic", who=members[abler].name)


def _level_text(level: Level | None) -> str:
    return _("no skill") if level is None else level_word(level)
