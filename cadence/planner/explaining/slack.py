"""How much more work fits between what is already to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cadence.planner.solving.days import Piece


class Slack(NamedTuple):
    """`minutes` more can be done on the days that were asked for; `first` to `last` are the days, around
    them, that allow no more: `free` minutes, of which `needed` are taken."""

    minutes: int
    first: int
    last: int
    free: int
    needed: int


def slack(free: Callable[[int, int], int], work: Iterable[Piece], opens: int, closes: int) -> Slack:
    """How much more can be done from day `opens` to day `closes`; `free(first, last)` are the minutes free on
    some days, both included.

    More work on these days counts in each stretch around them, where all that lies within the stretch may not
    need more than is free (Hall's condition; W. Horn, "Some simple scheduling algorithms", 1974).
    """
    ending = sorted((piece.closes, piece.opens, piece.minutes) for piece in work)
    firsts = {opens, *(piece[1] for piece in ending if piece[1] < opens)}
    tightest: Slack | None = None
    for first in sorted(firsts, reverse=True):
        needed, stretches = 0, {closes: 0}
        for last, begins, minutes in ending:
            needed += minutes if begins >= first else 0
            stretches[max(last, closes)] = needed
        for last, taken in stretches.items():
            room = free(first, last)
            if tightest is None or room - taken < tightest.minutes:
                tightest = Slack(room - taken, first, last, room, taken)
    return tightest or Slack(0, opens, closes, 0, 0)
