"""A colour for every channel. It only helps the eye: names and marks say the same."""

from __future__ import annotations

from functools import lru_cache

from cadence.model.calendar import Calendar
from cadence.user.palettes import ACCENTS


def accent_of(calendar: Calendar, channel: int) -> str:
    """The tone of a channel's name, `channel-1` to `channel-8`: it stays, whatever channels are added."""
    return _accents(tuple(calendar.channels))[channel]


@lru_cache(maxsize=8)
def _accents(channels: tuple[int, ...]) -> dict[int, str]:
    """Ids are counted and never reused, so that a number in turn stays; one that is taken gives way, and from
    the ninth channel on colours come twice."""
    found: dict[int, str] = {}
    for id in sorted(channels):
        wish = ACCENTS[(id - 1) % len(ACCENTS)]
        free = [accent for accent in ACCENTS if accent not in found.values()]
        found[id] = wish if wish in free or not free else free[0]
    return found
