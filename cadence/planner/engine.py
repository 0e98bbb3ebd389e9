"""The solver behind one small door: a mixed-integer model goes in, the best answer and a bound come out.

The only module that knows HiGHS (https://highs.dev, MIT). It is imported when something is solved, since
numpy and the solver cost a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from operator import mul
from typing import Protocol

import highspy
import numpy as np

from cadence.planner.mip import Mip

ALMOST = 1e-6
"""Within this much a float is the integer that it means."""
PROVEN_GAP = 0.99
"""Objectives are whole numbers: an answer less than one above the bound is the best."""


@dataclass(frozen=True)
class Answer:
    """`values`: one for each column, None if there is no answer. `bound`: no answer has a lower objective.
    `optimal`: `values` are the best. `infeasible`: there is no answer at all."""

    values: Sequence[float] | None
    bound: int | None
    optimal: bool
    infeasible: bool = False


@dataclass(frozen=True)
class Effort:
    """How far to go: seconds of wall-clock time, and nodes of the search tree (None: as many as needed)."""

    seconds: float = 3600.0
    nodes: int | None = None


@dataclass(frozen=True)
class Watcher:
    """Told, while a model is being solved, of values that no answer falls below, and of better answers."""

    on_bound: Callable[[int], None]
    on_answer: Callable[[Sequence[float]], None]


class Engine(Protocol):
    """What can minimise a model. The same model, start and nodes give the same answer."""

    def minimise(
        self,
        mip: Mip,
        effort: Effort,
        start: Sequence[float] | None,
        stop: Callable[[], bool],
        watcher: Watcher | None = None,
    ) -> Answer: ...

    def relax(self, mip: Mip, effort: Effort, stop: Callable[[], bool]) -> int | None:
        """What no answer falls below, from the linear relaxation; None: no time."""
        ...


class Highs:
    """HiGHS with one thread, which makes it repeat itself exactly."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def minimise(
        self,
        mip: Mip,
        effort: Effort,
        start: Sequence[float] | None,
        stop: Callable[[], bool],
        watcher: Watcher | None = None,
    ) -> Answer:
        if not mip.lower:
            return Answer((), round(mip.constant), optimal=True)
        solver = self._loaded(mip, effort, stop, integer=True)
        if watcher is not None:
            _listen(solver, watcher)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            solver.setSolution(solution)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        optimal = status == highspy.HighsModelStatus.kOptimal
        if found and start is not None and _is_stale(mip, solver):
            return self.minimise(mip, effort, None, stop, watcher)
        # Of a large optimum the bound may be off in its last digits; but it is less than one below it.
        bound = (
            ceil(info.objective_function_value - PROVEN_GAP) if optimal else _rounded_up(info.mip_dual_bound)
        )
        return Answer(
            values=list(solver.getSolution().col_value) if found else None,
            bound=bound,
            optimal=optimal and found,
            infeasible=status == highspy.HighsModelStatus.kInfeasible,
        )

    def relax(self, mip: Mip, effort: Effort, stop: Callable[[], bool]) -> int | None:
        if not mip.lower:
            return round(mip.constant)
        solver = self._loaded(mip, effort, stop, integer=False)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return _rounded_up(solver.getInfo().objective_function_value)

    def _loaded(self, mip: Mip, effort: Effort, stop: Callable[[], bool], *, integer: bool) -> highspy.Highs:
        solver = highspy.Highs()
        for name, value in self._options(effort).items():
            solver.setOptionValue(name, value)
        solver.HandleUserInterrupt = True
        for callback in (solver.cbMipInterrupt, solver.cbSimplexInterrupt, solver.cbIpmInterrupt):
            callback.subscribe(lambda event: event.interrupt() if stop() else None)
        if solver.passModel(_lp(mip, integer=integer)) == highspy.HighsStatus.kError:
            raise ValueError("the solver does not accept the model")  # and might never end with it
        return solver

    def _options(self, effort: Effort) -> dict[str, float | int | bool | str]:
        options: dict[str, float | int | bool | str] = {
            "output_flag": False,
            "threads": 1,
            "random_seed": self._seed,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": PROVEN_GAP,
            "time_limit": max(effort.seconds, 0.001),
        }
        if effort.nodes is not None:
            options["mip_max_nodes"] = effort.nodes
        return options


def _listen(solver: highspy.Highs, watcher: Watcher) -> None:
    def tell_bound(event: highspy.HighsCallbackEvent) -> None:
        if (known := _rounded_up(event.data_out.mip_dual_bound)) is not None:
            watcher.on_bound(known)

    def tell_answer(event: highspy.HighsCallbackEvent) -> None:
        watcher.on_answer(list(event.data_out.mip_solution))

    solver.cbMipInterrupt.subscribe(tell_bound)
    solver.cbMipImprovingSolution.subscribe(tell_answer)


def _is_stale(mip: Mip, solver: highspy.Highs) -> bool:
    """Whether the values are worth more than the objective that is reported for them.

    HiGHS 1.16 improves a start while it simplifies the model, and if nothing better is found it reports the
    better objective with the values of the start as they were given.
    """
    values = solver.getSolution().col_value
    worth = mip.constant + sum(map(mul, mip.objective, values))
    return worth > solver.getInfo().objective_function_value + 0.5


def _lp(mip: Mip, *, integer: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(mip.lower), len(mip.row_lower)
    lp.col_cost_ = np.asarray(mip.objective, dtype=np.double)
    lp.col_lower_ = np.asarray(mip.lower, dtype=np.double)
    lp.col_upper_ = np.asarray(mip.upper, dtype=np.double)
    lp.row_lower_ = np.asarray(mip.row_lower, dtype=np.double)
    lp.row_upper_ = np.asarray(mip.row_upper, dtype=np.double)
    lp.offset_ = float(mip.constant)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.asarray(mip.starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.asarray(mip.index, dtype=np.int32)
    lp.a_matrix_.value_ = np.asarray(mip.value, dtype=np.double)
    if integer and mip.has_integers:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[whole] for whole in mip.integer]
    return lp


def _rounded_up(bound: float) -> int | None:
    return ceil(bound - ALMOST * max(1.0, abs(bound))) if abs(bound) < highspy.kHighsInf / 2 else None
