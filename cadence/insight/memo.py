"""Remembering what was computed from a part of the calendar, while that part is the very same object.

Snapshots share what did not change, so identity tells in no time whether a channel's figures still hold.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from operator import is_
from typing import Generic, TypeVar

T = TypeVar("T")


class Memo(Generic[T]):
    """The last results per subject: two, because a preview and the present take turns."""

    def __init__(self, keep: int = 2) -> None:
        self._keep = keep
        self._kept: dict[int, deque[tuple[tuple[object, ...], Hashable, T]]] = {}

    def get(self, subject: int, same: tuple[object, ...], equal: Hashable, make: Callable[[], T]) -> T:
        """The result for a subject made from the very objects `same` and from values `equal` to these; made
        anew if there is none."""
        if (known := self.known(subject, same, equal)) is not None:
            return known
        result = make()
        self._kept.setdefault(subject, deque(maxlen=self._keep)).append((same, equal, result))
        return result

    def known(self, subject: int, same: tuple[object, ...], equal: Hashable) -> T | None:
        """The result, if it is there already."""
        for basis, values, result in tuple(self._kept.get(subject, ())):
            if values == equal and len(basis) == len(same) and all(map(is_, basis, same)):
                return result
        return None
