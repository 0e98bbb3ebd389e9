"""Who could help: what the rules ask of whoever knows how work is given out, a floor above.

`find_warnings` is given an `Advise`; without one, nobody is named among the ways out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cadence.insight.capacity import Load
from cadence.model.post import TaskRef
from cadence.model.team import TaskKind

if TYPE_CHECKING:
    from cadence.insight.warnings.scene import Scene


class Suggestion(NamedTuple):
    """A member who could take a task, and what it means for them: `+30′, would be at 71 %`."""

    member: int
    reason: str


class Job(NamedTuple):
    """Work that somebody could take, from the day `first` to `last`, on a post that goes out on `day`; the
    minutes `effort` for who is able."""

    kind: TaskKind
    channel: int
    effort: int
    day: date
    first: date
    last: date
    topic: str = ""


class Advisor(Protocol):
    def suggestions(self, ref: TaskRef, most: int) -> Sequence[Suggestion]:
        """The first few who can take a task, and the first partner if none is among them."""
        ...

    def best(self, job: Job) -> Load | None:
        """The load, with it, of who could best take work that is not written down yet; None if it fits
        nobody."""
        ...


Advise = Callable[["Scene"], Advisor]
"""Who advises on the calendar and the moment of a scene."""
