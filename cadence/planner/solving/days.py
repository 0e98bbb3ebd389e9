"""Laying work out on days, in parts, the most urgent first: it fits whenever it can at all (Horn 1974)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple


class Piece(NamedTuple):
    """Work that can be done from day `opens` to day `closes`; `task` tells whose it is."""

    opens: int
    closes: int
    minutes: int
    task: int


Layout = dict[int, list[tuple[int, int]]]
"""For each task the days on which it is done, with the minutes on each."""


def lay_out(free: Sequence[int], work: Iterable[Piece]) -> Layout | None:
    """The days of every piece on `free` minutes a day; None if it cannot all be done."""
    parts: Layout = {}
    for late, _ in _days(free, work, parts):
        if late:
            return None
    return parts


def overtime(free: Sequence[int], work: Iterable[Piece]) -> list[tuple[int, int]]:
    """The days on which something ends unfinished, with the minutes that are missing; then it all fits."""
    missing = dict[int, int]()
    for late, day in _days(free, work, {}):
        missing[day] = missing.get(day, 0) + late
    return [(day, minutes) for day, minutes in missing.items() if minutes]


def _days(free: Sequence[int], work: Iterable[Piece], parts: Layout) -> Iterable[tuple[int, int]]:
    """Work day by day; yields each piece's minutes that are left when its last day ends, and that day."""
    ahead = sorted(work)
    waiting: list[tuple[int, int, int, int]] = []
    place, day, count = 0, 0, len(ahead)
    while place < count or waiting:
        if not waiting and ahead[place].opens > day:
            day = ahead[place].opens
        while place < count and ahead[place].opens <= day:
            opens, closes, minutes, task = ahead[place]
            heappush(waiting, (closes, opens, task, minutes))
            parts[task] = []
            place += 1
        left = free[day]
        while waiting and left > 0:
            closes, opens, task, minutes = heappop(waiting)
            done = min(left, minutes)
            if done:
                parts[task].append((day, done))
            left -= done
            if minutes > done:
                heappush(waiting, (closes, opens, task, minutes - done))
            else:
                yield 0, day
        while waiting and waiting[0][0] <= day:
            yield heappop(waiting)[3], day
        day += 1
