"""The first plan, in an instant: the most important and least possible tasks first, then room is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cadence.planner.solving.core import Core
from cadence.planner.solving.roster import Roster


def first_roster(core: Core, *, keep_held: bool = False) -> Roster:
    """Every task to who takes it cheapest and would have the lowest share; `keep_held`: those who have one
    keep it if they can, before anything else is given."""
    roster = Roster.of(core, core.held) if keep_held else Roster(core)
    give_out(roster, roster.uncovered)
    return roster


def give_out(roster: Roster, tasks: Iterable[int]) -> None:
    """Give each task to the best member whom it fits, the most urgent to place first."""
    core = roster.core

    def urgency(task: int) -> tuple[int, int, int]:
        return -core.weight[task], len(core.options[task]), core.closes[task]

    for task in sorted(tasks, key=urgency):
        for member in by_liking(roster, task):
            if roster.fits(task, member):
                roster.give(task, member)
                break


def by_liking(roster: Roster, task: int) -> Sequence[int]:
    """Who could take a task, the cheapest first, then who would have the lowest share, then the ablest."""
    core = roster.core
    ranked: list[tuple[int, int, int, int]] = []
    for member, (minutes, cost, taste) in core.options[task].items():
        share = core.share(member, roster.minutes[member] + minutes) if core.is_staff[member] else 0
        ranked.append((cost, share, taste, member))
    ranked.sort()
    return [member for *_, member in ranked]
