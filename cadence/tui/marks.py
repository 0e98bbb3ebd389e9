"""What is marked: posts and tasks stay marked from screen to screen, and what is done is done to all of them.

A list of anything else keeps marks of its own.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from cadence.language import n_

# What it brings along is loaded after the first frame: see `CadenceApp.on_mount`.
if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.model.post import TaskRef

K = TypeVar("K", bound=Hashable)


class Marks(set[K], Generic[K]):
    """`last` was marked or unmarked last: a range of marks begins there."""

    last: K | None = None

    def toggle(self, key: K) -> None:
        self.symmetric_difference_update({key})
        self.last = key

    def clear(self) -> None:
        super().clear()
        self.last = None

    def said(self, here: int) -> str:
        """How many there are, so many of them on the screen that is shown."""
        return n_("{number} marked", "{number} marked", len(self))


class PostMarks(Marks[int]):
    def said(self, here: int) -> str:
        away = len(self) - here
        if not away:
            return n_("{number} post marked (esc: none)", "{number} posts marked (esc: none)", len(self))
        if not here:
            return n_(
                "{number} post marked elsewhere (esc: none)",
                "{number} posts marked elsewhere (esc: none)",
                away,
            )
        return n_(
            "{number} post marked, {away} elsewhere (esc: none)",
            "{number} posts marked, {away} elsewhere (esc: none)",
            len(self),
            away=away,
        )


class TaskMarks(Marks["TaskRef"]):
    def said(self, here: int) -> str:
        away = len(self) - here
        if not away:
            return n_("{number} task marked (esc: none)", "{number} tasks marked (esc: none)", len(self))
        if not here:
            return n_(
                "{number} task marked elsewhere (esc: none)",
                "{number} tasks marked elsewhere (esc: none)",
                away,
            )
        return n_(
            "{number} task marked, {away} elsewhere (esc: none)",
            "{number} tasks marked, {away} elsewhere (esc: none)",
            len(self),
            away=away,
        )


@dataclass(frozen=True)
class Marked:
    """What is marked on the screens of posts, and on those of tasks."""

    posts: PostMarks = field(default_factory=PostMarks)
    tasks: TaskMarks = field(default_factory=TaskMarks)

    def follow(self, before: Calendar, after: Calendar) -> None:
        """Forget what is gone, and tasks that are not any more what they were marked as: somebody else has
        taken or done them meanwhile."""
        self.posts.intersection_update(after.posts.keys())
        changed = {ref for ref in self.tasks if _state_of(after, ref) != _state_of(before, ref)}
        self.tasks.difference_update(changed)


def _state_of(calendar: Calendar, ref: TaskRef) -> tuple[int | None, bool] | None:
    """Who has a task, and whether it is done; None: there is no such task."""
    post = calendar.posts.get(ref.post)
    task = post.tasks.get(ref.kind) if post else None
    return (task.member, task.is_done) if task else None
