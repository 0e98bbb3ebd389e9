"""Who leads which week: in turn, or always the same."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta, Struct, field

from cadence.model import limits
from cadence.model.rhythm import Pause
from cadence.model.team import NEVER


class Rota(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The members of `order` lead a week each, in turn, from the week that starts on `start`. A single one
    always leads; none: nobody does.

    `pauses` are weeks in which nobody leads: the turn waits for whose it was. `instead` are weeks, by their
    first day, that somebody leads out of turn; the others' turns stay.
    """

    id: limits.Id = 1
    order: Annotated[tuple[limits.Id, ...], Meta(max_length=limits.MAX_MEMBERS)] = ()
    start: date = date(2000, 1, 3)
    pauses: Annotated[tuple[Pause, ...], Meta(max_length=limits.MAX_PAUSES)] = ()
    instead: Mapping[date, limits.Id] = field(default_factory=dict[date, int])
    rev: int = 0
    modified: limits.Instant = NEVER

    def pauses_in(self, week: date) -> bool:
        """Whether nobody leads the week that starts on `week`: all of its days are paused."""
        days = [week + timedelta(days=n) for n in range(7)]
        return all(any(pause.first <= day <= pause.last for pause in self.pauses) for day in days)


NO_ROTA = Rota()
"""Nobody leads."""
