"""Months as whole weeks, and what is called by its first letters where room is scarce."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cadence.model.times import DAY, week_start


def first_of(day: date) -> date:
    return day.replace(day=1)


def months_on(month: date, months: int) -> date:
    """The first day of the month so many months later."""
    place = month.year * 12 + month.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def last_of(month: date) -> date:
    return months_on(month, 1) - DAY


def weeks_of(month: date, begins: int) -> tuple[date, int]:
    """The first day of the weeks that hold a day of the month, and how many they are; weeks start on the
    weekday `begins` (0 for Monday)."""
    first = week_start(first_of(month), begins)
    return first, (last_of(month) - first).days // 7 + 1


def initials(names: Mapping[int, str]) -> dict[int, str]:
    """The shortest beginning, a letter if possible, that tells each name from all others; of those that no
    three letters tell apart the first letter and the number."""
    found: dict[int, str] = {}
    for id, name in names.items():
        letters = "".join(name.split())
        short = (letters[:n] for n in (1, 2, 3))
        taken = {other for key, other in names.items() if key != id}
        found[id] = next(
            (text for text in short if not any(_begins(other, text) for other in taken)), f"{letters[:1]}{id}"
        )
    return found


def _begins(name: str, text: str) -> bool:
    return "".join(name.split()).casefold().startswith(text.casefold())
