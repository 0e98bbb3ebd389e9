"""Planning beside the app: in a thread of its own, better and better, until it is told to stop.

The thread writes down the problem and explains the plans; a process of its own solves it. The thread must
not keep the app from leaving: Textual waits for its own workers, and a large calendar is looked through for
half a second before anybody could ask.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

# The planner is loaded in the thread: it costs a tenth of a second.
if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.planner.bridge.proposal import Proposal
    from cadence.planner.explaining.grounds import Grounds
    from cadence.planner.plan import Plan
    from cadence.planner.solving.apart import SolverProcess

LET_GO_EVERY = 0.0005
"""Seconds after which the thread lets others in: ten times as often as usual, for the keys."""


@dataclass(frozen=True, eq=False)
class Wish:
    """What to plan: the tasks from `first` to `last`. `planned`: who was to have what in the plan before."""

    calendar: Calendar
    now: datetime
    first: date
    last: date
    reassign: bool = False
    slots: bool = True
    planned: Mapping[str, str] = field(default_factory=dict[str, str])
    seconds: float = 30.0


@dataclass(frozen=True, eq=False)
class Found:
    """A plan for a wish, checked. `tasks`: how many could be given to somebody. `is_last`: it is the best
    that there will be."""

    wish: Wish
    plan: Plan
    proposal: Proposal
    grounds: Grounds
    tasks: int
    is_last: bool


Tell = Callable[[Found], object]
Fail = Callable[[Exception], object]


class Planning(Thread):
    """Call `tell` with every better plan, and once more at the end; `fail` if there is none."""

    def __init__(self, wish: Wish, tell: Tell, fail: Fail, *, after: Planning | None = None) -> None:
        """`after`: one that was told to stop, and that has the processor until it does."""
        super().__init__(name="planning", daemon=True)
        self.wish = wish
        self._tell, self._fail, self._after = tell, fail, after
        self._stopped = Event()
        self._solver: SolverProcess | None = None
        self._began = monotonic()

    @property
    def seconds(self) -> float:
        """How long it has been wished for."""
        return monotonic() - self._began

    def stop(self) -> None:
        """Not another word from here on."""
        self._stopped.set()
        if self._solver is not None:
            self._solver.kill()

    def run(self) -> None:
        if self._after is not None:
            self._after.join()
            self._after = None
        if self._stopped.is_set():
            return
        try:
            with _letting_others_in():
                self._plan()
        except Exception as error:
            # Whatever it is, it is said where people look; the calendar has not been touched.
            if not self._stopped.is_set():
                self._fail(error)

    def _plan(self) -> None:
        from cadence.planner.bridge.building import build
        from cadence.planner.bridge.proposal import Proposal
        from cadence.planner.explaining.grounds import Grounds
        from cadence.planner.solving.apart import SolverProcess
        from cadence.planner.solving.core import compile_problem

        wish = self.wish
        problem = build(
            wish.calendar,
            wish.first,
            wish.last,
            wish.now,
            reassign=wish.reassign,
            slots=wish.slots,
            planned=wish.planned,
        )
        core = compile_problem(problem)
        tasks = sum(not task.fixed for task in problem.tasks)

        def tell(plan: Plan, is_last: bool) -> None:
            if self._stopped.is_set():
                return
            proposal, grounds = Proposal.of(wish.calendar, problem, plan), Grounds(core, plan)
            explained = proposal.explained(grounds.reasons(proposal))
            if not self._stopped.is_set():
                self._tell(Found(wish, plan, explained, grounds, tasks, is_last))

        if self._stopped.is_set():
            return
        with SolverProcess(problem, wish.seconds) as self._solver:
            if self._stopped.is_set():
                return  # told so while the process was started
            for plan, is_last in self._solver.plans():
                tell(plan, is_last)


@contextmanager
def _letting_others_in() -> Generator[None]:
    """Keys are answered in between, not after what is left of a time slice."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(LET_GO_EVERY)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
