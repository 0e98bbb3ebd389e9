"""Which publication fills which slot: one to one, in order of time, for the highest sum of values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

Outcome = Literal["on_time", "early", "late", "missed"]

VALUES: dict[Outcome, float] = {"on_time": 1.0, "early": 0.5, "late": 0.5, "missed": 0.0}
"""What a slot contributes to the score."""


class Place(NamedTuple):
    """A slot as matching sees it: a publication fills it strictly between `after` and `before`, and is on
    time in [opens, closes)."""

    at: datetime
    after: datetime
    before: datetime
    opens: datetime
    closes: datetime

    def outcome(self, published: datetime) -> Outcome:
        """On time within the tolerance, early or late up to the neighbours, beyond them missed."""
        if self.opens <= published < self.closes:
            return "on_time"
        if self.after < published < self.opens:
            return "early"
        return "late" if self.closes <= published < self.before else "missed"


_VALUE_STEP = 1 << 80
"""Half a point of value weighs more than all distances together (microseconds of 60 years times a million
publications are less than 2^72), so one number orders by value first and by distance second."""
_MICROSECOND = timedelta(microseconds=1)

_LEAVE, _EARLIER, _FILL = range(3)


def best_matching(publications: Sequence[datetime], places: Sequence[Place]) -> list[int | None]:
    """For each publication the index of the place that it fills, or None.

    Both come in order of time. No two publications fill one place, later ones fill later places, each lies
    strictly between its place's neighbours; the sum of values is the highest possible and, among those, the
    sum of distances the smallest. What is then still equal goes to the earlier place.

    Exact dynamic programming over (publications so far, places so far). A publication reaches only the places
    on either side of it, so only that band of the table is computed: the time is linear.
    """
    band, base = [0], 0
    low = high = 0
    decisions: list[tuple[int, list[int]]] = []
    for published in publications:
        while low < len(places) and places[low].before <= published:
            low += 1
        while high < len(places) and places[high].after < published:
            high += 1
        last = len(band) - 1
        without = [band[min(place - base, last)] for place in range(low, high + 1)]
        band, base = [without[0]], low
        taken: list[int] = []
        for column, place in enumerate(places[low:high]):
            best, decision = without[column + 1], _LEAVE
            if band[column] > best:
                best, decision = band[column], _EARLIER
            filled = without[column] + _gain(published, place)
            if filled > best:
                best, decision = filled, _FILL
            band.append(best)
            taken.append(decision)
        decisions.append((low, taken))
    return _read_back(decisions, high)


def _gain(published: datetime, place: Place) -> int:
    halves = 2 if place.opens <= published < place.closes else 1
    return halves * _VALUE_STEP - abs(published - place.at) // _MICROSECOND


def _read_back(decisions: list[tuple[int, list[int]]], free: int) -> list[int | None]:
    """From the last publication to the first: which place it took of those below `free`."""
    chosen: list[int | None] = []
    for low, taken in reversed(decisions):
        free = min(free, low + len(taken))
        while free > low and taken[free - low - 1] == _EARLIER:
            free -= 1
        if free > low and taken[free - low - 1] == _FILL:
            free -= 1
            chosen.append(free)
        else:
            chosen.append(None)
    return chosen[::-1]
