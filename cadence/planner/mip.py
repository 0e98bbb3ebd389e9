"""A mixed-integer model as plain arrays, whoever solves it: minimise the objective within bounds and rows."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

Terms = Iterable[tuple[int, float]]
"""Columns with their coefficients."""


class Mip:
    """Columns with bounds, rows with bounds (stored one after another), one objective at a time."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.integer: list[bool] = []
        self.row_lower: list[float] = []
        self.row_upper: list[float] = []
        self.starts: list[int] = [0]
        self.index: list[int] = []
        self.value: list[float] = []
        self.objective: list[float] = []
        self.constant = 0.0

    @property
    def has_integers(self) -> bool:
        return any(self.integer)

    def column(self, lower: float = 0.0, upper: float = 1.0, *, integer: bool = True) -> int:
        """A new column, by default a yes-or-no decision; returns its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        self.objective.append(0.0)
        return len(self.lower) - 1

    def row(self, terms: Terms, *, at_least: float = -inf, at_most: float = inf) -> None:
        """The sum of the terms lies within the bounds. A column may be named more than once."""
        merged: dict[int, float] = {}
        for column, coefficient in terms:
            merged[column] = merged.get(column, 0.0) + coefficient
        self.index += merged.keys()
        self.value += merged.values()
        self.starts.append(len(self.index))
        self.row_lower.append(at_least)
        self.row_upper.append(at_most)

    def minimise(self, terms: Terms, constant: float = 0.0) -> None:
        """What to minimise from now on: the terms, and a constant that is counted with them."""
        self.objective = [0.0] * len(self.lower)
        for column, coefficient in terms:
            self.objective[column] += coefficient
        self.constant = constant
