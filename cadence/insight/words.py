"""How findings speak of days, times and amounts, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cadence.language import _, decimal, month, n_, weekday
from cadence.model.times import say_minutes

DAY_MINUTES = 24 * 60


def day_text(day: date) -> str:
    """`Thu 26 Nov`."""
    return f"{weekday(day)} {day.day} {month(day)}"


def time_text(local: datetime) -> str:
    """`Thu 26 Nov 10:00`."""
    return f"{day_text(local.date())} {local:%H:%M}"


def span_text(first: date, last: date) -> str:
    """`on Thu 26 Nov`, or `from Thu 26 to Fri 27 Nov`."""
    if first == last:
        return _("on {day}", day=day_text(first))
    return _("from {first} to {last}", first=day_text(first), last=day_text(last))


def days_text(length: timedelta) -> str:
    """`21 days`, `1 day`, `1.5 days`; whole days from ten on."""
    days = length / timedelta(days=1)
    is_whole = days >= 10 or f"{days:.1f}".endswith(".0")
    text = decimal(days, 0 if is_whole else 1)
    return n_("{days} day", "{days} days", 1 if text == "1" else 2, days=text)


def minutes_text(minutes: int) -> str:
    """`45′`."""
    return f"{minutes}′"


def hours_text(minutes: int) -> str:
    """Time of a working week: `21 h 30`, `40 h`, `45′`, `0 h`."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{hours} h {rest:02}" if hours else minutes_text(rest)
    return f"{hours} h"


def length_text(minutes: int) -> str:
    """`45m`, `12h`, `7d`, `1h30m`: as `say_minutes` writes it, in the language spoken."""
    if minutes and minutes % DAY_MINUTES == 0:
        return _("{days}d", days=minutes // DAY_MINUTES)
    return say_minutes(minutes)


def share_text(share: float | None) -> str:
    """`71 %`; without any capacity `no time`."""
    return _("no time") if share is None else f"{share * 100:.0f} %"


def money_text(cents: int) -> str:
    """`12 €`, `12.50 €`."""
    return f"{decimal(cents / 100, 2)} €" if cents % 100 else f"{cents // 100} €"


def posts_text(count: int) -> str:
    """`1 post`, `3 posts`."""
    return n_("{number} post", "{number} posts", count)


def list_text(items: Iterable[str], limit: int = 4) -> str:
    """`a, b and c`; of a long list the first few and how many more."""
    shown = list(items)
    if len(shown) > limit:
        more = len(shown) - limit
        return n_(
            "{items} and {number} more", "{items} and {number} more", more, items=", ".join(shown[:limit])
        )
    if len(shown) < 2:
        return "".join(shown)
    return _("{items} and {last}", items=", ".join(shown[:-1]), last=shown[-1])


def sentence(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]
