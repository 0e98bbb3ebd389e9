"""Planning: a plan at once, better ones as long as there is time, and how far each may be from the best.

Small problems are solved whole, level by level, to proven optimality. For larger ones a search improves the
plan in small exact steps, while a second thread proves bounds on the whole and hands over what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Thread
from time import monotonic

from cadence.planner.engine import Effort, Highs
from cadence.planner.plan import Plan
from cadence.planner.problem import LevelName, Problem
from cadence.planner.solving.best import Best
from cadence.planner.solving.core import Core, compile_problem
from cadence.planner.solving.greedy import first_roster
from cadence.planner.solving.prover import prove
from cadence.planner.solving.roster import Roster
from cadence.planner.solving.search import Search
from cadence.planner.solving.settle import Settler

SMALL = 2_000
"""Allowed (task, member) pairs up to which a problem is solved whole."""
PATIENCE = 0.6
"""The part of the time that is left which one level may take before the next one gets its turn."""

LAST_WORDS = 0.1
"""Seconds that the prover is waited for in the end."""


@dataclass(frozen=True)
class Budget:
    """`seconds` of wall-clock time; `steps` of the search (None: as many as there is time for). With `steps`,
    or with one thread, nothing depends on how fast the machine is, as long as `seconds` do not run out."""

    seconds: float = 10.0
    steps: int | None = None
    threads: int = 2
    seed: int = 0


def solve(
    problem: Problem,
    budget: Budget = Budget(),
    *,
    watch: Callable[[Plan], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan found for a problem. Every plan, those shown to `watch` on the way too, has passed the
    independent check. `stop` is asked all the time; once it says yes the best so far is returned, within 0.2
    seconds. `watch` and `stop` may be called from other threads than this one."""
    began = monotonic()
    core = compile_problem(problem)
    first = first_roster(core, keep_held=_is_about_changes(core))
    best = Best(core, first.owner, began=began, stop=stop or (lambda: False), watch=watch)
    first_plan = best.plan(0)
    if watch:
        watch(first_plan)
    run = _Run(core, best, budget, began)
    if core.pairs <= SMALL:
        run.solve_whole()
    else:
        run.solve_in_parts(first)
    return best.plan(run.steps)


def _is_about_changes(core: Core) -> bool:
    """Whether keeping what people were told matters more than fairness."""
    order = core.problem.order
    return order.index("changes") < order.index("highest-share")


def _together(order: Sequence[LevelName]) -> list[Sequence[LevelName]]:
    """The levels one by one, but unfairness and all after it at once: that takes a third of the time."""
    tail = order[order.index("unfairness") :]
    if not set(tail) <= {"unfairness", "changes", "preferences"}:
        return [(level,) for level in order]
    return [*((level,) for level in order[: -len(tail)]), tail]


class _Run:
    """One planning: its clock, and what is done until the time is up."""

    def __init__(self, core: Core, best: Best, budget: Budget, began: float) -> None:
        self.core = core
        self.best = best
        self.budget = budget
        self.steps = 0
        self._began = began
        self._engine = Highs(budget.seed)

    def seconds_left(self) -> float:
        """Until the prover must be told to end, and the last plan be written down and checked."""
        end = self._began + self.budget.seconds - self.best.showing_takes
        return end - monotonic() - (0 if self.core.pairs <= SMALL else LAST_WORDS)

    def is_over(self) -> bool:
        return self.best.stopped or self.seconds_left() <= 0

    def solve_whole(self) -> None:
        settler = Settler(self.core, Roster(self.core), self.core.tasks, self._engine)
        for levels in _together(self.core.problem.order):
            settled = settler.settle(
                levels, self.best.owner, lambda: Effort(self.seconds_left()), lambda: self.best.stopped
            )
            self.steps += 1
            self.best.steps = self.steps
            self.best.offer(settled.owner)
            self.best.prove(levels[0], settled.bound)
            if not settled.proven:
                break
            for level, value in zip(levels, settled.values, strict=True):
                self.best.prove(level, value)
                settler.hold(level, value)

    def solve_in_parts(self, roster: Roster) -> None:
        search = Search(
            self.core,
            roster,
            self._engine,
            self.best,
            seed=self.budget.seed,
            seconds_left=self.seconds_left,
            most_steps=self.budget.steps,
        )
        is_alone = self.budget.threads < 2 or self.budget.steps is not None
        with nullcontext() if is_alone else self._prover_beside():
            gained = True
            while gained and not search.is_over:
                gained = False
                for level in self.core.problem.order:
                    gained = search.improve(level, PATIENCE) or gained
        self.steps = search.steps

    @contextmanager
    def _prover_beside(self) -> Generator[None]:
        """A second thread that proves bounds until the time is up; what fails in it fails here.

        It is told to end, and waited for a moment. While the solver simplifies a large model it hears nothing
        for up to half a second: then it ends by itself, and Python does not leave before it has.
        """
        failed: list[BaseException] = []

        def run() -> None:
            try:
                prove(self.core, self.best, self._engine, self.seconds_left)
            except BaseException as error:
                failed.append(error)
                self.best.close()

        prover = Thread(target=run, name="prover", daemon=False)
        prover.start()
        try:
            yield
            while prover.is_alive() and not self.is_over():
                prover.join(0.05)
        finally:
            self.best.close()
            prover.join(LAST_WORDS)
        if failed:
            raise failed[0]
