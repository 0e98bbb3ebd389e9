"""What happened to which post lately, kept at hand.

The history lies in a file that may hold years, and a single import in it may be long to read: it is read once
after the start, and kept up to date by what comes in. No movement of the cursor waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadence.model.change import Change

LOOK_BACK = 400
"""So many of the latest changes are at hand, after the start and at the end of a long day."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A change without its details, and the posts that it wrote. `at` is UTC."""

    seq: int
    at: datetime
    by: str
    why: str
    posts: tuple[int, ...]


def happening_of(change: Change) -> Happening:
    posts = tuple({op.id for op in change.ops if op.table == "posts"})
    return Happening(change.seq, change.at, intern(change.by), change.why, posts)


class Recent:
    def __init__(self) -> None:
        self._of_post: defaultdict[int, list[Happening]] = defaultdict(list)
        self._known: dict[int, Happening] = {}
        self.is_read = False

    def learn(self, happenings: Iterable[Happening]) -> None:
        """Take note of them, in any order; those known already are passed over."""
        for happening in happenings:
            if happening.seq in self._known:
                continue
            self._known[happening.seq] = happening
            for id in happening.posts:
                self._of_post[id].append(happening)
            if len(self._known) > LOOK_BACK:
                self._forget(self._known.pop(min(self._known)))

    def _forget(self, happening: Happening) -> None:
        for id in happening.posts:
            self._of_post[id].remove(happening)
            if not self._of_post[id]:
                del self._of_post[id]

    def of(self, post: int) -> Sequence[Happening]:
        """What happened to a post, newest first."""
        if post not in self._of_post:
            return ()
        return sorted(self._of_post[post], key=lambda happening: -happening.seq)
