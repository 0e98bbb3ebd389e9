"""Jumping: every place that can be seen gets a letter or two; typing them goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import NamedTuple, Protocol, runtime_checkable

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""
SHORT = 12
"""With more places than letters, so many still have a single one."""


class Target(NamedTuple):
    """A place on the screen, in cells of the widget that offers it, and what going there does."""

    x: int
    y: int
    go: Callable[[], object]


@runtime_checkable
class Jumpable(Protocol):
    """A widget with places to jump to."""

    def jump_targets(self) -> Iterable[Target]: ...


def labels(count: int) -> Sequence[str]:
    """A different label for each of so many places; none is the beginning of another one."""
    if count <= len(LETTERS):
        return LETTERS[:count]
    single, first = LETTERS[:SHORT], LETTERS[SHORT:]
    pairs = (a + b for a, b in product(first, LETTERS))
    return [*single, *(pair for pair, _place in zip(pairs, range(count - SHORT), strict=False))][:count]
