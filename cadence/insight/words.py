"""How findings speak of days, times and amounts, in English whatever the locale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """`Thu 26 Nov`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def time_text(local: datetime) -> str:
    """`Thu 26 Nov 10:00`."""
    return f"{day_text(local.date())} {local:%H:%M}"


def span_text(first: date, last: date) -> str:
    """`on Thu 26 Nov`, or `from Thu 26 to Fri 27 Nov`."""
    if first == last:
        return f"on {day_text(first)}"
    return f"from {day_text(first)} to {day_text(last)}"


def days_text(length: timedelta) -> str:
    """`21 days`, `1 day`, `1.5 days`; whole days from ten on."""
    days = length / timedelta(days=1)
    text = f"{days:.0f}" if days >= 10 else f"{days:.1f}".removesuffix(".0")
    return f"{text} day" if text == "1" else f"{text} days"


def minutes_text(minutes: int) -> str:
    """`45′`."""
    return f"{minutes}′"


def hours_text(minutes: int) -> str:
    """Time of a working week: `21 h 30`, `40 h`, `45′`, `0 h`."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{hours} h {rest:02}" if hours else minutes_text(rest)
    return f"{hours} h"


def share_text(share: float | None) -> str:
    """`71 %`; without any capacity `no time`."""
    return "no time" if share is None else f"{share * 100:.0f} %"


def money_text(cents: int) -> str:
    """`12 €`, `12.50 €`."""
    euros, rest = divmod(cents, 100)
    return f"{euros}.{rest:02} €" if rest else f"{euros} €"


TASK_NOUNS: Mapping[str, str] = {
    "draft": "draft",
    "design": "design",
    "review": "review",
    "publish": "publishing",
    "engage": "answering",
}
"""What people call a task of a kind: `the answering of “Storia Bianchi”`."""


def count_text(count: int, noun: str) -> str:
    """`1 post`, `3 posts`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def list_text(items: Iterable[str], limit: int = 4) -> str:
    """`a, b and c`; of a long list the first few and how many more."""
    shown = list(items)
    if len(shown) > limit:
        return ", ".join(shown[:limit]) + f" and {len(shown) - limit} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
