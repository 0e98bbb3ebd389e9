"""What people are called where room is scarce."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from cadence.model.calendar import Calendar


@lru_cache(maxsize=2)
def short_names(calendar: Calendar) -> dict[int, str]:
    """First names where they tell staff apart, else whole names; partners whole."""
    firsts = Counter(_first(member.name) for member in calendar.members.values())
    return {
        id: member.name
        if member.kind == "partner" or firsts[_first(member.name)] > 1
        else _first(member.name)
        for id, member in calendar.members.items()
    }


def _first(name: str) -> str:
    return name.split(" ")[0]
