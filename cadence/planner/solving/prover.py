"""Beside the search: bounds on what any plan can reach, and on the way plans from the model as a whole."""

from __future__ import annotations

from collections.abc import Callable

from cadence.planner.engine import Effort, Engine
from cadence.planner.problem import LevelName
from cadence.planner.solving.best import Best
from cadence.planner.solving.core import Core
from cadence.planner.solving.goals import Goals
from cadence.planner.solving.model import Model
from cadence.planner.solving.roster import Roster
from cadence.planner.solving.settle import Settler

WHOLE = 10_000
"""Allowed pairs up to which the model is solved as a whole; beyond, week by week."""
NODES = 100
"""Nodes of the search tree for each week."""


def prove(core: Core, best: Best, engine: Engine, seconds_left: Callable[[], float]) -> None:
    """Prove bounds until everything is proven or time is up."""
    if core.pairs <= WHOLE:
        _solve_whole(core, best, engine, seconds_left)
    elif core.problem.order[0] == "uncovered":
        _bound_by_weeks(core, best, engine, seconds_left)


def _solve_whole(core: Core, best: Best, engine: Engine, seconds_left: Callable[[], float]) -> None:
    settler: Settler | None = None
    proven: list[LevelName] = []
    for level in core.problem.order:
        if not best.proven(level):
            settler = settler or Settler(core, Roster(core), core.tasks, engine)
            for earlier in proven:
                settler.hold(earlier, best.value(earlier))
            proven.clear()
            _settle(settler, level, best, seconds_left)
        if not best.proven(level):
            return
        proven.append(level)


def _settle(settler: Settler, level: LevelName, best: Best, seconds_left: Callable[[], float]) -> None:
    """Improve and prove one level; ends as soon as the search has found what is proven best."""

    def is_over() -> bool:
        return best.stopped or best.proven(level)

    def effort() -> Effort:
        return Effort(seconds_left())

    settled = settler.settle(
        [level],
        best.owner,
        effort,
        is_over,
        on_bound=lambda bound: best.prove(level, bound),
        on_found=best.offer,
    )
    best.prove(level, settled.bound)
    best.offer(settled.owner)


def _bound_by_weeks(core: Core, best: Best, engine: Engine, seconds_left: Callable[[], float]) -> None:
    """What must stay uncovered at least: each week with an otherwise empty calendar around it, added up.

    First as the linear relaxation says, which is quick, then as far as a short search proves.
    """
    empty = Roster(core)
    at_least = [sum(core.weight[t] for t in tasks if not core.options[t]) for tasks in core.by_week]
    for nodes in (0, NODES):
        for week, tasks in enumerate(core.by_week):
            if best.stopped or best.proven("uncovered") or seconds_left() <= 0:
                return
            model = Model(core, empty, tasks)
            terms, _ = Goals(model).expression("uncovered")
            model.mip.minimise(terms)
            effort = Effort(seconds_left(), nodes or None)
            if nodes:
                bound = engine.minimise(model.mip, effort, None, lambda: best.stopped).bound
            else:
                bound = engine.relax(model.mip, effort, lambda: best.stopped)
            at_least[week] = max(at_least[week], bound or 0)
            best.prove("uncovered", sum(at_least))
