"""The best plan so far, which the search and the prover share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock, RLock
from time import monotonic

from cadence.planner.check import absurdities, check
from cadence.planner.explaining.reasons import why_nobody
from cadence.planner.plan import LevelValue, Plan, Uncovered
from cadence.planner.problem import LevelName
from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.levels import shares, value_of, worth
from cadence.planner.solving.roster import Roster

SHOW_EVERY = 0.25
"""Seconds between two plans that are shown; and not more than a tenth of the time goes into showing."""


class Best:
    """`owner`: who has each task. `showing_takes`: seconds in which the last plan was written and checked.
    May be used from several threads."""

    def __init__(
        self,
        core: Core,
        owner: Sequence[int],
        *,
        began: float,
        stop: Callable[[], bool],
        watch: Callable[[Plan], None] | None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.core = core
        self.owner = list(owner)
        self.worth = worth(core, owner)
        self.steps = 0
        self._bounds = _bounds_at_once(core)
        self._began = began
        self._stop = stop
        self._watch = watch
        self._clock = clock
        self._show_after = 0.0
        self._closed = False
        self.showing_takes = 0.0
        self._lock = RLock()
        self._showing = Lock()
        self._is_unshown = False

    @property
    def stopped(self) -> bool:
        """Whether somebody said so, or there is nothing more to do. Asked all the time, so that what came too
        soon to be shown is shown now."""
        if self._is_unshown:
            self.show()
        return self._closed or self._stop() or self.is_proven

    @property
    def is_proven(self) -> bool:
        return all(self.proven(level) for level in self.core.problem.order)

    def close(self) -> None:
        """No more time."""
        self._closed = True

    def value(self, level: LevelName) -> int:
        return self.worth[self.core.problem.order.index(level)]

    def bound(self, level: LevelName) -> int:
        return min(self._bounds[level], self.value(level))

    def proven(self, level: LevelName) -> bool:
        """Whether no plan is better on this level that is as good on those before."""
        return self._bounds[level] >= self.value(level)

    def offer(self, owner: Sequence[int]) -> bool:
        """Take an assignment if it is better; whether it was."""
        found = worth(self.core, owner)
        with self._lock:
            if found >= self.worth:
                return False
            self.owner, self.worth = list(owner), found
        self.show()
        return True

    def prove(self, level: LevelName, bound: int) -> None:
        """No plan that is as good on the levels before is below this."""
        with self._lock:
            self._bounds[level] = max(self._bounds[level], bound)

    def show(self) -> None:
        """Show it to who watches, but not too often: then it waits until it is time."""
        self._is_unshown = self._watch is not None
        if self._watch is None or self._clock() < self._show_after:
            return
        if self._showing.acquire(blocking=False):
            try:
                self._is_unshown = False
                self._watch(self.plan(self.steps))
                self._show_after = self._clock() + max(SHOW_EVERY, 10 * self.showing_takes)
            finally:
                self._showing.release()

    def plan(self, steps: int) -> Plan:
        """The plan as people see it, checked."""
        began = self._clock()
        with self._lock:
            owner, core = list(self.owner), self.core
            levels = tuple(
                LevelValue(level, self.value(level), self.bound(level)) for level in core.problem.order
            )
        proven = all(level.proven for level in levels)
        status = "optimal" if proven else "stopped" if self._stop() else "feasible"
        roster = Roster.of(core, owner)
        tasks, members = core.problem.tasks, core.problem.members
        found = Plan(
            status=status,
            seconds=round(self._clock() - self._began, 3),
            steps=steps,
            levels=levels,
            assignments={tasks[t].id: members[m].name for t, m in enumerate(owner) if m != NOBODY},
            uncovered=tuple(Uncovered(tasks[t].id, why_nobody(core, roster, t)) for t in roster.uncovered),
            shares={
                members[m].name: share for m, share in enumerate(shares(core, owner)) if core.is_staff[m]
            },
            absurd=tuple(absurdities(core.problem)),
        )
        check(core.problem, found)
        self.showing_takes = self._clock() - began
        return found


def _bounds_at_once(core: Core) -> dict[LevelName, int]:
    """What follows from the fixed tasks and from tasks that nobody could ever take."""
    alone = Roster(core)
    held = ((task, member) for task, member in enumerate(alone.owner) if member != NOBODY)
    lost = (t for t in core.tasks if core.change[t] and core.held[t] not in core.options[t])
    return {
        "uncovered": sum(core.weight[task] for task in core.tasks if not core.options[task]),
        "cost": value_of(core, alone.owner, "cost"),
        "highest-share": value_of(core, alone.owner, "highest-share"),
        "unfairness": value_of(core, alone.owner, "unfairness"),
        "changes": sum(core.change[task] for task in lost),
        "preferences": sum(core.options[task][member][2] for task, member in held),
    }
