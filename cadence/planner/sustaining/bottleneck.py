"""Where time is short whoever does what: some tasks of a week that only some people can do, and who together
have less time than the tasks need.

Counting finds most of what no plan can do, and says why. It is a bound: where it finds nothing, a plan may
still be impossible, for the days' sake or because nobody reviews their own draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cadence.model.team import TaskKind
from cadence.planner.solving.core import Core

MOST_GROUPS = 256
"""Groups of people that are looked at in a week; a large team has more than it is worth looking at."""

Group = frozenset[int]


@dataclass(frozen=True)
class Bottleneck:
    """The tasks of a week that only `members` could do need at least `needed` minutes; they give `room`.

    Without members, the tasks are such as nobody could do, each by itself.
    """

    week: int
    tasks: tuple[int, ...]
    members: tuple[int, ...]
    needed: int
    room: int

    @property
    def short(self) -> int:
        return self.needed - self.room


def bottlenecks(core: Core, week: int, concerns: Callable[[int], bool]) -> list[Bottleneck]:
    """The groups that are short of time in a week with the tasks that it `concerns`; first what nobody at all
    could do, then who is short of most, and among equals the smallest group."""
    tasks = [task for task in core.by_week[week] if concerns(task)]
    able = {task: able_alone(core, task) for task in tasks}
    found = [
        bottleneck
        for group in _groups(able.values())
        if (bottleneck := _counted(core, week, able, group)).short > 0
    ]
    return sorted(found, key=lambda b: (bool(b.members), -b.short, len(b.members), b.members))


def open_at_least(core: Core, concerns: Callable[[int], bool]) -> int:
    """How many of the tasks no plan can cover: those that nobody could do, or one of each week's that is
    short of time."""
    least = 0
    for week in core.weeks:
        found = bottlenecks(core, week, concerns)
        if found:
            least += len(found[0].tasks) if not found[0].members else 1
    return least


def able_alone(core: Core, task: int) -> Group:
    """Who could do a task if they had nothing else to do."""
    opens, closes, week = core.opens[task], core.closes[task], core.week[task]
    return frozenset(
        member
        for member, (minutes, _, _) in core.options[task].items()
        if core.fixed[task]
        or (minutes <= core.room[member][week] and minutes <= core.free_within(member, opens, closes))
    )


def _groups(able: Iterable[Group]) -> Iterable[Group]:
    """Who can do some task, and what such groups are together: only these can be short."""
    found = set[Group]()
    for group in sorted(set(able), key=lambda group: (len(group), sorted(group))):
        if len(found) >= MOST_GROUPS:
            break
        found |= {group | other for other in found if other} | {group}
    return found


def _counted(core: Core, week: int, able: dict[int, Group], group: Group) -> Bottleneck:
    within = [task for task, members in able.items() if members <= group and (members or not group)]
    return Bottleneck(
        week=week,
        tasks=tuple(within),
        members=tuple(sorted(group)),
        needed=sum(_least_minutes(core, task, able[task]) for task in within),
        room=sum(core.room[member][week] for member in group),
    )


def _least_minutes(core: Core, task: int, able: Group) -> int:
    """What it takes at least; what nobody can do counts something, so that it is short."""
    options = core.options[task]
    if able:
        return min(options[member][0] for member in able)
    return max(core.problem.tasks[task].effort, 1)


def short_of(core: Core, bottleneck: Bottleneck) -> dict[tuple[str, TaskKind], int]:
    """The minutes that a bottleneck needs, by channel and kind of task."""
    found = defaultdict[tuple[str, TaskKind], int](int)
    for task in bottleneck.tasks:
        what = core.problem.tasks[task]
        found[what.channel, what.kind] += what.effort
    return dict(found)
