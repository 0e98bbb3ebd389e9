"""What happened to which post lately, kept at hand.

The history lies in a file that may hold years, and a single import in it may be long to read: it is read once
after the start, and kept up to date by what comes in. No movement of the cursor waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadence.model.change import Change

LOOK_BACK = 400
"""So many changes are read at the start."""


@dataclass(frozen=True)
class Happening:
    """A change without its details. `at` is UTC."""

    seq: int
    at: datetime
    by: str
    why: str


class Recent:
    def __init__(self) -> None:
        self._of_post: defaultdict[int, list[Happening]] = defaultdict(list)
        self._known: set[int] = set()
        self.is_read = False

    def learn(self, changes: Iterable[Change]) -> None:
        """Take note of changes, in any order; those known already are passed over."""
        for change in changes:
            if change.seq in self._known:
                continue
            self._known.add(change.seq)
            happening = Happening(change.seq, change.at, change.by, change.why)
            for id in {op.id for op in change.ops if op.table == "posts"}:
                self._of_post[id].append(happening)

    def of(self, post: int) -> Sequence[Happening]:
        """What happened to a post, newest first."""
        if post not in self._of_post:
            return ()
        return sorted(self._of_post[post], key=lambda happening: -happening.seq)
