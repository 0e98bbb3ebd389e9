"""What planning answers: who takes what, how good that is on each level, and how good it could be at best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from cadence.planner.problem import LevelName


class LevelValue(Struct, frozen=True):
    """`value` is what the plan reaches, `bound` what no plan can fall below that is as good on the levels
    before. Equal: proven best."""

    name: LevelName
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.bound == self.value


class Uncovered(Struct, frozen=True):
    """A task that the plan leaves to nobody, and why in one sentence."""

    task: str
    why: str


class Plan(Struct, frozen=True):
    """`assignments`: task → member, those that could not change included. `levels`: in their order of
    importance. `absurd`: fixed assignments that break a rule, a sentence each; they are kept all the same.

    `status`: `optimal` when every level is proven, `feasible` when time or steps ran out, `stopped` when
    somebody said so. `steps` counts what was tried: the same number of steps gives the same plan.
    """

    status: Literal["optimal", "feasible", "stopped"]
    seconds: float
    steps: int
    levels: tuple[LevelValue, ...]
    assignments: Mapping[str, str]
    uncovered: tuple[Uncovered, ...]
    shares: Mapping[str, int]
    absurd: tuple[str, ...] = ()

    def value(self, name: LevelName) -> int:
        return next(level.value for level in self.levels if level.name == name)

    @property
    def worth(self) -> tuple[int, ...]:
        """The values in order: of two plans the smaller one is better."""
        return tuple(level.value for level in self.levels)
