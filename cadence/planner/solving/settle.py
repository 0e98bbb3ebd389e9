"""Solving one model level by level: each as far as it goes, then held while the next one is improved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import mul

from cadence.planner.engine import Effort, Engine, Watcher
from cadence.planner.problem import LevelName
from cadence.planner.solving.core import Core
from cadence.planner.solving.days import Piece, lay_out
from cadence.planner.solving.goals import Goals
from cadence.planner.solving.levels import value_of, weights_of
from cadence.planner.solving.model import Model
from cadence.planner.solving.roster import Roster

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Settled:
    """`owner`: the best assignment found, never worse than that before, with its values on the levels asked
    for. `bound`: on the first of them no other choice for the free tasks falls below it, all that is held and
    that stays given; `proven`: on none of them is any other choice better."""

    owner: list[int]
    values: tuple[int, ...]
    bound: int
    proven: bool


class Settler:
    """One model: the tasks `free` are given anew, everything else stays where it is in `roster`."""

    def __init__(self, core: Core, roster: Roster, free: Sequence[int], engine: Engine) -> None:
        self.core = core
        self._engine = engine
        self._model = Model(core, roster, free)
        self._goals = Goals(self._model)

    def hold(self, level: LevelName, value: int) -> None:
        """From now on nothing may be worse than `value` on a level."""
        self._goals.hold(level, value)

    def settle(
        self,
        levels: Sequence[LevelName],
        owner: Sequence[int],
        effort: Callable[[], Effort],
        stop: Stop,
        on_bound: Callable[[int], None] | None = None,
        on_found: Callable[[list[int]], object] | None = None,
    ) -> Settled:
        """Improve some levels at once, the first one first, starting from `owner`.

        Together they are one sum, in which one point of a level outweighs all of those after it. `effort` is
        asked before each run of the solver; `on_bound` is told of bounds of the sum, `on_found` of better
        assignments on the way.
        """
        watcher = self._watcher(on_bound, on_found) if on_bound or on_found else None
        weights = weights_of(self.core, levels)
        self._goals.minimise(dict(zip(levels, weights, strict=True)))
        best, values, bound = list(owner), self._values(levels, owner), 0
        while not stop() and (limit := effort()).seconds > 0:
            start = self._goals.start(best)
            answer = self._engine.minimise(self._model.mip, limit, start, stop, watcher)
            if answer.bound is not None:
                bound = max(bound, answer.bound)
            if answer.values is None:
                break
            found = self._model.owners(answer.values)
            if overfull := self._overfull(found):
                said = [self._model.forbid_stretch(*stretch) for stretch in overfull]
                if any(said):
                    continue
                break
            if (better := self._values(levels, found)) < values:
                best, values = found, better
            break
        total = sum(map(mul, weights, values))
        # The sum is at most the first level's part and what those after it can add: less than its weight.
        first = values[0] if bound >= total else -((weights[0] - 1 - bound) // weights[0])
        return Settled(best, values, max(0, min(first, values[0])), bound >= total)

    def _values(self, levels: Sequence[LevelName], owner: Sequence[int]) -> tuple[int, ...]:
        return tuple(value_of(self.core, owner, level) for level in levels)

    def _watcher(
        self, on_bound: Callable[[int], None] | None, on_found: Callable[[list[int]], object] | None
    ) -> Watcher:
        def on_answer(values: Sequence[float]) -> None:
            found = self._model.owners(values)
            if on_found and not self._overfull(found):
                on_found(found)

        return Watcher(on_bound or (lambda _: None), on_answer)

    def _overfull(self, owner: Sequence[int]) -> list[tuple[int, int, int]]:
        """For each member whose work does not fit into their days the stretch of days that is worst."""
        core, model, found = self.core, self._model, list[tuple[int, int, int]]()
        for member in model.members:
            work = [
                Piece(core.opens[task], core.closes[task], core.options[task][member][0], task)
                for task in {*model.might(member), *model.stayers(member)}
                if owner[task] == member
            ]
            if lay_out(core.free[member], work) is None:
                found.append((member, *_worst(core, member, work)))
        return found


def _worst(core: Core, member: int, work: Sequence[Piece]) -> tuple[int, int]:
    """The stretch of days with the most minutes too many (Hall's condition; Horn 1974)."""
    worst, found = 0, (0, 0)
    for first in {piece.opens for piece in work}:
        needed = 0
        for piece in sorted((p for p in work if p.opens >= first), key=lambda p: p.closes):
            needed += piece.minutes
            excess = needed - core.free_within(member, first, piece.closes)
            if excess > worst:
                worst, found = excess, (first, piece.closes)
    return found
