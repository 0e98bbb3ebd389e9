"""A way to keep a promise, and its price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cadence.model.calendar import Calendar
from cadence.model.team import TaskKind

WayKind = Literal["minutes", "skill", "partner", "move", "promise"]
ORDER: tuple[WayKind, ...] = ("move", "minutes", "skill", "partner", "promise")


@dataclass(frozen=True)
class Period:
    first: date
    last: date
    now: datetime

    @property
    def weeks(self) -> float:
        return ((self.last - self.first).days + 1) / 7

    def a_month(self, cents: float) -> int:
        """What costs so much in the period, by the month of a twelfth of 52 weeks."""
        return round(cents * 52 / 12 / self.weeks)


@dataclass(frozen=True)
class Way:
    """`posts`: fewer of them in four weeks; `cents`: more for partners a month; `minutes`: more of colleagues
    a week. `calendar`: as it would be; `about`: whose way it is, or which channel's. What costs neither posts
    nor money is ordered by how soon it helps: a post is moved, minutes are given, and only then somebody
    learns."""

    kind: WayKind
    text: str
    command: str
    calendar: Calendar
    posts: float = 0.0
    cents: int = 0
    minutes: int = 0
    about: str = ""

    @property
    def order(self) -> tuple[float, int, int, int, str]:
        return self.posts, self.cents, ORDER.index(self.kind), self.minutes, self.about


@dataclass(frozen=True)
class Cure:
    """What was open, of one kind on one channel, and the ways that cover it, the cheapest first. No ways:
    nothing that was tried does."""

    channel: str
    task: TaskKind
    open: int
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Remedy:
    """The cures one after another, each after the cheapest way of those before; `left`: tasks that are open
    after all of them. `in_time`: the time was enough to try everything."""

    cures: tuple[Cure, ...]
    left: int
    in_time: bool
