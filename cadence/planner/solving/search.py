"""Large neighbourhood search: again and again a few tasks are given anew, exactly, while all others stay.

Level by level, the most important first; what an earlier level has reached is never given back. Each step is
a small model around one task that costs something on the level (Shaw 1998; Pisinger and Ropke 2010).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from cadence.planner.engine import Effort, Engine
from cadence.planner.problem import LevelName
from cadence.planner.solving.balance import balance
from cadence.planner.solving.best import Best
from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.levels import value_of, worth
from cadence.planner.solving.roster import Roster
from cadence.planner.solving.settle import Settler

SIZE, GROWTH, TRIES = 40, 1.5, 5
"""Tasks of a first neighbourhood, and how much it grows each time that it did not help, so many times."""
NODES = 60
"""Nodes of the search tree after which a neighbourhood is left."""


class Search:
    """`roster` is the best so far. `seconds_left` is asked between steps and within them. The same seed and
    number of steps give the same roster."""

    def __init__(
        self,
        core: Core,
        roster: Roster,
        engine: Engine,
        best: Best,
        *,
        seed: int,
        seconds_left: Callable[[], float],
        most_steps: int | None,
    ) -> None:
        self.core = core
        self.roster = roster
        self.steps = 0
        self._engine = engine
        self._best = best
        self._random = Random(seed)
        self._seconds_left = seconds_left
        self._most_steps = most_steps

    @property
    def is_over(self) -> bool:
        """Whether somebody said so, everything is proven, or time or steps are used up."""
        if self._best.stopped or self._seconds_left() <= 0:
            return True
        return self._most_steps is not None and self.steps >= self._most_steps

    def improve(self, level: LevelName, patience: float) -> bool:
        """Improve one level until it is proven best, until nothing helps, or until only a part of the seconds
        that are left now remains: `patience` of them are used. Whether anything was gained."""
        end = (1 - patience) * self._seconds_left() if self._most_steps is None else 0.0
        gained = self._balanced(level)
        tries = Counter[int]()
        while not self.is_over and self._seconds_left() > end and not self._best.proven(level):
            gained = self._catch_up() or gained
            seeds = {t: w for t, w in self._seeds(level).items() if tries[t] < TRIES}
            if not seeds:
                break
            task = self._chosen(seeds, tries)
            if self._step(level, task, tries[task]):
                gained = True
                week = self.core.week[task]
                for other in [other for other in tries if abs(self.core.week[other] - week) <= 1]:
                    tries[other] = min(tries[other], 1)
            else:
                tries[task] += 1
        return gained

    def _catch_up(self) -> bool:
        """Go on from what somebody else has found, if it is better."""
        if self._best.worth >= worth(self.core, self.roster.owner):
            return False
        self.roster.become(self._best.owner)
        return True

    def _balanced(self, level: LevelName) -> bool:
        """Even out the loads by small moves, if that is what the level is about."""
        if level not in ("highest-share", "unfairness"):
            return False
        order = self.core.problem.order
        held = frozenset(order[: order.index(level)]) - {"highest-share", "unfairness"}
        self._catch_up()
        return balance(self.roster, held, lambda: self.is_over) and self._best.offer(self.roster.owner)

    def _chosen(self, seeds: dict[int, int], tries: Counter[int]) -> int:
        """One of those tried least, the more it costs the more likely."""
        least = min(tries[task] for task in seeds)
        fresh = [task for task in seeds if tries[task] == least]
        return self._random.choices(fresh, [seeds[task] for task in fresh])[0]

    def _step(self, level: LevelName, task: int, tried: int) -> bool:
        """Give a neighbourhood anew; whether the roster is better."""
        self.steps += 1
        self._best.steps = self.steps
        before = self.roster.owner
        settler = Settler(self.core, self.roster, self._around(level, task, tried), self._engine)
        order = self.core.problem.order
        for held in order[: order.index(level)]:
            settler.hold(held, value_of(self.core, before, held))
        goal = level
        if level == "highest-share":
            # Several may share the highest share: to lower one of them helps only by and by.
            settler.hold(level, value_of(self.core, before, level))
            goal = "unfairness"
        effort = Effort(self._seconds_left(), NODES)
        settled = settler.settle([goal], before, lambda: effort, lambda: self.is_over)
        if settled.values >= (value_of(self.core, before, goal),):
            return False
        self.roster.become(settled.owner)
        self._best.offer(self.roster.owner)
        return True

    # Where to look

    def _seeds(self, level: LevelName) -> dict[int, int]:
        """The tasks that cost something on a level, with how much."""
        core, owner = self.core, self.roster.owner
        match level:
            case "uncovered":
                found = {task: core.weight[task] for task in self.roster.uncovered}
            case "cost":
                found = {t: core.options[t][m][1] for t, m in enumerate(owner) if m != NOBODY}
            case "highest-share" | "unfairness":
                found = self._of_the_heaviest()
            case "changes":
                found = {t: core.change[t] for t in core.tasks if owner[t] != core.held[t]}
            case "preferences":
                found = {t: core.options[t][m][2] for t, m in enumerate(owner) if m != NOBODY}
        return {task: cost for task, cost in found.items() if cost and self._is_movable(task)}

    def _is_movable(self, task: int) -> bool:
        return not self.core.fixed[task] and bool(self.core.options[task])

    def _of_the_heaviest(self) -> dict[int, int]:
        """The tasks of the staff whose share is highest."""
        core = self.core
        staff = [member for member in core.members if core.is_staff[member]]
        share = {member: core.share(member, self.roster.minutes[member]) for member in staff}
        highest = max(share.values(), default=0)
        heaviest = (member for member in staff if share[member] >= highest - 1)
        return {task: 1 for member in heaviest for task in self.roster.tasks_of[member]}

    def _around(self, level: LevelName, task: int, tried: int) -> list[int]:
        """A task, what nobody has at that time, and what those have who could take it, then what those have
        who could take that, and so on: the more often it was tried, the more, and the longer the time."""
        core, size, week = self.core, SIZE * GROWTH**tried, self.core.week[task]
        weeks = range(week - tried // 2, week + tried // 2 + 1)
        found = {task, *core.by_post[core.problem.tasks[task].post]}
        found.update(t for t in self.roster.uncovered if core.week[t] in weeks)
        members = self._helpers(level, task)
        known = set(members)
        for _ in range(tried + 1):
            for member in members:
                found.update(t for t in self.roster.tasks_of[member] if core.week[t] in weeks)
                if len(found) >= size:
                    break
            further = {member for t in found for member in core.options[t]} - known
            known |= further
            members = sorted(further)
            self._random.shuffle(members)
        return sorted(t for t in found if self._is_movable(t))

    def _helpers(self, level: LevelName, task: int) -> Sequence[int]:
        """Who could take a task, in the order in which their work is given anew with it."""
        core = self.core
        members = list(core.options[task])
        self._random.shuffle(members)
        if level in ("highest-share", "unfairness"):
            members.sort(key=lambda member: core.share(member, self.roster.minutes[member]))
        holder = self.roster.owner[task]
        return members if holder == NOBODY else [holder, *(m for m in members if m != holder)]
