"""Other ways to plan, on the same problems and budgets: the whole model in one engine, and a plain greedy.

An engine starts from the greedy's answer, and minimises one level after another; what a level has reached
is a row before the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bench.rival_model import Aim, Row, Whole
from bench.rival_rules import Pair, Room, pairs_of
from cadence.planner.problem import LevelName, Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

THREADS = 2
ALMOST_ONE = 0.99
"""Values are whole: an answer less than one above its bound is the best."""
LEAST_SECONDS = 0.02


@dataclass(frozen=True)
class Answer:
    """`first`: seconds until the first plan was there. `ready`: until the engine could begin.
    `bounds`: those of the levels that were reached."""

    assignments: Mapping[str, str]
    first: float
    ready: float
    bounds: Mapping[LevelName, int] = field(default_factory=dict[LevelName, int])


class Engine(Protocol):
    def add(self, row: Row) -> None: ...

    def minimise(self, aim: Aim, start: Sequence[int], seconds: float) -> tuple[list[int] | None, int]:
        """The best answer found in so many seconds, and what no answer falls below."""
        ...


def whole_highs(problem: Problem, seconds: float) -> Answer:
    return _level_by_level(problem, seconds, _Highs)


def whole_cpsat(problem: Problem, seconds: float) -> Answer:
    return _level_by_level(problem, seconds, _CpSat)


def _level_by_level(problem: Problem, seconds: float, make: Callable[[Whole], Engine]) -> Answer:
    """`seconds` include the greedy and writing down the model, which is never broken off."""
    began = perf_counter()
    start = greedy(problem)
    whole = Whole(problem)
    engine, answer = make(whole), whole.answer_of(start.assignments)
    ready = perf_counter() - began
    bounds: dict[LevelName, int] = {}
    for name, aim in whole.aims.items():
        while (left := began + seconds - perf_counter()) > LEAST_SECONDS:
            found, bounds[name] = engine.minimise(aim, answer, left)
            broken = whole.broken(found) if found else []
            for row in broken:
                engine.add(row)
            if not broken:
                answer = found or answer
                break
        engine.add(aim.at_most(aim.value(answer)))
    return Answer(whole.assignments_of(answer), start.first, ready, bounds)


class _Highs:
    """HiGHS, with all that it does by itself."""

    def __init__(self, whole: Whole) -> None:
        import highspy  # here: each rival is measured in a process that loads nothing else
        import numpy as np

        self._np, self._kinds = np, highspy
        self._engine = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", THREADS), ("mip_rel_gap", 0.0)):
            self._engine.setOptionValue(option, value)
        self._engine.setOptionValue("mip_abs_gap", ALMOST_ONE)
        self._columns = len(whole.lower)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._columns, len(whole.rows)
        lp.col_cost_ = np.zeros(self._columns)
        lp.col_lower_, lp.col_upper_ = np.array(whole.lower, float), np.array(whole.upper, float)
        lp.row_lower_ = np.array([self._limit(row.low) for row in whole.rows])
        lp.row_upper_ = np.array([self._limit(row.high) for row in whole.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row.columns) for row in whole.rows)])
        lp.a_matrix_.index_ = np.array([column for row in whole.rows for column in row.columns])
        lp.a_matrix_.value_ = np.array([factor for row in whole.rows for factor in row.factors], float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self._columns
        self._engine.passModel(lp)

    def _limit(self, value: int) -> float:
        return float(value) if abs(value) < 10**9 else self._np.sign(value) * self._kinds.kHighsInf

    def add(self, row: Row) -> None:
        low, high = self._limit(row.low), self._limit(row.high)
        indices = self._np.array(row.columns, dtype=self._np.int32)
        self._engine.addRow(low, high, len(row.columns), indices, self._np.array(row.factors, float))

    def minimise(self, aim: Aim, start: Sequence[int], seconds: float) -> tuple[list[int] | None, int]:
        np, engine = self._np, self._engine
        cost = np.zeros(self._columns)
        cost[aim.columns] = aim.factors
        engine.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), cost)
        solution = self._kinds.HighsSolution()
        solution.col_value = [float(value) for value in start]
        engine.setSolution(solution)
        engine.setOptionValue("time_limit", seconds)
        engine.run()
        info = engine.getInfo()
        bound = info.mip_dual_bound
        least = int(np.ceil(bound - 1e-6)) + aim.constant if np.isfinite(bound) else 0
        if info.primal_solution_status != self._kinds.SolutionStatus.kSolutionStatusFeasible:
            return None, max(0, least)
        return [round(value) for value in engine.getSolution().col_value], max(0, least)


class _CpSat:
    """OR-Tools CP-SAT, with two workers."""

    def __init__(self, whole: Whole) -> None:
        from ortools.sat.python import cp_model

        self._kinds = cp_model
        self._model = cp_model.CpModel()
        bounds = zip(whole.lower, whole.upper, strict=True)
        self._columns = [self._model.new_int_var(low, high, "") for low, high in bounds]
        for row in whole.rows:
            self.add(row)

    def _sum(self, columns: Sequence[int], factors: Sequence[int]) -> cp_model.LinearExprT:
        return self._kinds.LinearExpr.weighted_sum([self._columns[c] for c in columns], list(factors))

    def add(self, row: Row) -> None:
        if row.columns:
            self._model.add_linear_constraint(self._sum(row.columns, row.factors), row.low, row.high)

    def minimise(self, aim: Aim, start: Sequence[int], seconds: float) -> tuple[list[int] | None, int]:
        self._model.clear_hints()
        for column, value in zip(self._columns, start, strict=True):
            self._model.add_hint(column, value)
        self._model.minimize(self._sum(aim.columns, aim.factors) + aim.constant)
        solver = self._kinds.CpSolver()
        solver.parameters.num_workers = THREADS
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self._model)
        bound = solver.best_objective_bound
        least = int(-(-(bound - 1e-6) // 1)) if abs(bound) < 1e15 else 0
        if status not in (self._kinds.OPTIMAL, self._kinds.FEASIBLE):
            return None, max(0, least)
        return [solver.value(column) for column in self._columns], max(0, least)


# Greedy


class _Hand:
    """What one member has so far."""

    def __init__(self, problem: Problem, member: int, fixed: list[Pair]) -> None:
        self._problem, self._member = problem, problem.members[member]
        self._room = Room(problem, self._member, fixed)
        self._weeks: Counter[int] = Counter()
        self._held: list[Pair] = []
        self._posts: dict[str, set[str]] = defaultdict(set)
        self._drafts: list[int] = []
        self._draft_weeks: Counter[int] = Counter()
        self._minutes, self._capacity = sum(self._member.taken), sum(self._member.capacity)

    def share_with(self, pair: Pair) -> float:
        return (self._minutes + pair.minutes) / max(self._capacity, 1)

    def take(self, pair: Pair) -> None:
        task = self._problem.tasks[pair.task]
        self._held.append(pair)
        self._weeks[pair.week] += pair.minutes
        self._minutes += pair.minutes
        self._posts[task.post].add(task.kind)
        if task.kind == "draft":
            self._drafts.append(task.day.toordinal())
            self._draft_weeks[self._problem.week_of(task.day)] += 1

    def can(self, pair: Pair) -> bool:
        task = self._problem.tasks[pair.task]
        other = {"draft": "review", "review": "draft"}.get(task.kind)
        if other in self._posts.get(task.post, ()):
            return False
        if self._weeks[pair.week] + pair.minutes > self._room.week[pair.week]:
            return False
        return (task.kind != "draft" or self._can_write(pair)) and self._room.holds(self._around(pair))

    def _can_write(self, pair: Pair) -> bool:
        day, limit = self._problem.tasks[pair.task].day, self._member.posts_a_week
        if limit is not None and self._draft_weeks[self._problem.week_of(day)] >= limit:
            return False
        return all(abs(day.toordinal() - other) >= (self._member.spacing or 0) for other in self._drafts)

    def _around(self, pair: Pair) -> list[Pair]:
        """This work and all whose days are linked with its days."""
        linked, rest, first, last = [pair], self._held, pair.opens, pair.closes
        while near := [other for other in rest if other.opens <= last and first <= other.closes]:
            linked += near
            rest = [other for other in rest if not (other.opens <= last and first <= other.closes)]
            first, last = min(other.opens for other in linked), max(other.closes for other in linked)
        return linked


def greedy(problem: Problem) -> Answer:
    """By priority, fewest candidates, then deadline; each to who is cheapest, then has the smallest share."""
    began = perf_counter()
    candidates: list[list[Pair]] = [[] for _ in problem.tasks]
    fixed: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs_of(problem):
        candidates[pair.task].append(pair)
        if problem.tasks[pair.task].fixed:
            fixed[pair.member].append(pair)
    hands = [_Hand(problem, member, fixed[member]) for member in range(len(problem.members))]
    given: dict[str, str] = {}

    def give(pair: Pair) -> None:
        hands[pair.member].take(pair)
        given[problem.tasks[pair.task].id] = problem.members[pair.member].name

    for pair in (pair for pairs in fixed.values() for pair in pairs):
        give(pair)
    open_tasks = [n for n, task in enumerate(problem.tasks) if not task.fixed]
    open_tasks.sort(
        key=lambda n: (-problem.tasks[n].priority, len(candidates[n]), problem.tasks[n].closes, n)
    )
    for n in open_tasks:
        by_worth = sorted(candidates[n], key=lambda pair: (pair.cost, hands[pair.member].share_with(pair)))
        chosen = next((pair for pair in by_worth if hands[pair.member].can(pair)), None)
        if chosen:
            give(chosen)
    seconds = perf_counter() - began
    return Answer(given, seconds, seconds)
