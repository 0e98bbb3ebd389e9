"""Recurrence rules (RFC 5545 3.3.10), expanded within a window.

The rule's periods (years, months, weeks, days or hours) are counted, not walked through: those that a window
needs are known at once, however old the series is. So every expansion ends, that of a rule that never occurs
too; a library that looks for the next occurrence does not promise that.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from cadence.ical.busy.values import When, read_moment
from cadence.language import later
from cadence.model.times import DAY, week_start

Frequency = Literal["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]


class TooMany(ValueError):
    """There would be more moments to look at than anybody's calendar needs."""


Spend = Callable[[int], None]
"""Called with how many moments are about to be looked at; raises TooMany."""

_FREQUENCIES: dict[str, Frequency] = {
    "YEARLY": "YEARLY", "MONTHLY": "MONTHLY", "WEEKLY": "WEEKLY", "DAILY": "DAILY", "HOURLY": "HOURLY",
}  # fmt: skip
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_LISTS = {
    "BYMONTH": ("months", 1, 12),
    "BYWEEKNO": ("weeks", -53, 53),
    "BYYEARDAY": ("year_days", -366, 366),
    "BYMONTHDAY": ("month_days", -31, 31),
    "BYHOUR": ("hours", 0, 23),
    "BYMINUTE": ("minutes", 0, 59),
    "BYSECOND": ("seconds", 0, 60),
    "BYSETPOS": ("positions", -366, 366),
}
_Numbers = frozenset[int]
_NONE: _Numbers = frozenset()


class Rule(Struct, frozen=True, kw_only=True):
    """A rule. In `weekdays` an ordinal of 0 means every such weekday of the period."""

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: When | None = None
    week_begins: int = 0
    months: _Numbers = _NONE
    weeks: _Numbers = _NONE
    year_days: _Numbers = _NONE
    month_days: _Numbers = _NONE
    weekdays: frozenset[tuple[int, int]] = frozenset()
    hours: _Numbers = _NONE
    minutes: _Numbers = _NONE
    seconds: _Numbers = _NONE
    positions: _Numbers = _NONE


def read_rule(text: str) -> Rule:
    """The rule that a RECUR value says. ValueError if it cannot be followed, in words that quote nothing and
    are still to be translated, with the name of the `property`."""
    parts = dict(_parts(text))
    freq = parts.pop("FREQ", "")
    if freq in ("SECONDLY", "MINUTELY"):
        # No meeting does. As one solid block it would take all of somebody's time, for a single odd entry.
        raise ValueError(later("{property} repeats every second or every minute"))
    if freq not in _FREQUENCIES:
        raise ValueError(later("{property} has no FREQ that can be followed"))
    found: dict[str, object] = {"freq": _FREQUENCIES[freq]}
    for name, value in parts.items():
        match name:
            case "INTERVAL" | "COUNT":
                found[name.lower()] = _number(value, 1, 1_000_000)
            case "UNTIL":
                found["until"] = _moment(value)
            case "WKST":
                found["week_begins"] = _weekday(value)[1]
            case "BYDAY":
                found["weekdays"] = frozenset(_weekday(day) for day in value.split(","))
            case _ if name in _LISTS:
                field, low, high = _LISTS[name]
                found[field] = frozenset(_number(item, low, high) for item in value.split(","))
            case "RSCALE" if value == "GREGORIAN":
                pass
            case "SKIP" if value == "OMIT":
                pass
            case _ if not name.startswith("X-"):
                raise ValueError(later("{property} has a part that is not known"))
            case _:
                pass
    return Rule(**found)  # pyright: ignore[reportArgumentType]


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for part in "".join(text.upper().split()).split(";"):
        name, equals, value = part.partition("=")
        if value:
            yield name, value
        elif part and not equals:
            raise ValueError(later("{property} cannot be read"))


def _number(text: str, low: int, high: int) -> int:
    if (
        len(text) < 9
        and text.lstrip("+-").isdecimal()
        and low <= int(text) <= high
        and (int(text) or not low)
    ):
        return int(text)
    raise ValueError(later("{property} has a number out of range"))


def _moment(text: str) -> When:
    try:
        return read_moment(text.encode())
    except ValueError:
        raise ValueError(later("{property} has an UNTIL that is no date")) from None


def _weekday(text: str) -> tuple[int, int]:
    if text[-2:] not in _WEEKDAYS:
        raise ValueError(later("{property} has a weekday that is not known"))
    return _number(text[:-2], -53, 53) if text[:-2] else 0, _WEEKDAYS[text[-2:]]


def moments(rule: Rule, first: datetime, low: datetime, high: datetime, spend: Spend) -> list[datetime]:
    """The local date-times from `low` to `high`, both included, that a rule gives to a series that begins at
    `first`, in order. UNTIL is the caller's, who knows the zones: it makes `high` earlier."""
    rule = _completed(rule, first)
    found: list[datetime] = []
    left = rule.count
    for days, times in _periods(rule, first, low, high):
        chosen = [day for day in days if _falls(rule, day)]
        spend(max(1, len(chosen) * len(times)))
        together = [datetime.combine(day, at) for day in chosen for at in times]
        for moment in _at_positions(rule, together):
            if moment < first:
                continue
            if moment > high or left == 0:
                return found
            if left is not None:
                left -= 1
            if moment >= low:
                found.append(moment)
    return found


def _completed(rule: Rule, first: datetime) -> Rule:
    """The rule with what it leaves out taken from the beginning of the series."""
    added: dict[str, _Numbers] = {}
    if not (rule.weeks or rule.year_days or rule.month_days or rule.weekdays):
        if rule.freq == "YEARLY":
            added["months"] = rule.months or frozenset([first.month])
        if rule.freq in ("YEARLY", "MONTHLY"):
            added["month_days"] = frozenset([first.day])
        if rule.freq == "WEEKLY":
            rule = replace(rule, weekdays=frozenset([(0, first.weekday())]))
    if rule.freq != "HOURLY":
        added["hours"] = rule.hours or frozenset([first.hour])
    return replace(
        rule,
        minutes=rule.minutes or frozenset([first.minute]),
        seconds=rule.seconds or frozenset([first.second]),
        **added,
    )


def _times(rule: Rule, hours: Iterable[int]) -> list[time]:
    return sorted(
        {time(hour, at, min(second, 59)) for hour, at, second in product(hours, rule.minutes, rule.seconds)}
    )


def _periods(
    rule: Rule, first: datetime, low: datetime, high: datetime
) -> Iterator[tuple[list[date], list[time]]]:
    """The days and the times of each period that a window needs; with COUNT, of all periods up to its end."""
    start = 0 if rule.count else max(_number_of(rule, first, low), 0) // rule.interval
    stop = _number_of(rule, first, high) // rule.interval
    times = [] if rule.freq == "HOURLY" else _times(rule, rule.hours)
    for number in range(start * rule.interval, stop * rule.interval + 1, rule.interval):
        match rule.freq:
            case "YEARLY":
                months = sorted(rule.months) or range(1, 13)
                yield [day for month in months for day in _month(first.year + number, month)], times
            case "MONTHLY":
                year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
                yield list(_month(year, month + 1)), times
            case "WEEKLY":
                monday = week_start(first.date(), rule.week_begins) + 7 * number * DAY
                yield [monday + day * DAY for day in range(7)], times
            case "DAILY":
                yield [first.date() + number * DAY], times
            case "HOURLY":
                hour = first + timedelta(hours=number)
                wanted = not rule.hours or hour.hour in rule.hours
                yield [hour.date()], _times(rule, [hour.hour]) if wanted else []


def _number_of(rule: Rule, first: datetime, moment: datetime) -> int:
    """How many periods after that of `first` the one of a moment is."""
    match rule.freq:
        case "YEARLY":
            return moment.year - first.year
        case "MONTHLY":
            return (moment.year - first.year) * 12 + moment.month - first.month
        case "WEEKLY":
            begins = week_start(first.date(), rule.week_begins)
            return (week_start(moment.date(), rule.week_begins) - begins).days // 7
        case "DAILY":
            return (moment.date() - first.date()).days
        case "HOURLY":
            hours = moment.replace(minute=0, second=0) - first.replace(minute=0, second=0)
            return hours // timedelta(hours=1)


def _month(year: int, month: int) -> Iterator[date]:
    return (date(year, month, day + 1) for day in range(monthrange(year, month)[1]))


def _falls(rule: Rule, day: date) -> bool:
    """Whether a day passes all that the rule says about days."""
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or not rule.month_days.isdisjoint(_in_month(day)))
        and (not rule.year_days or not rule.year_days.isdisjoint(_in_year(day)))
        and (not rule.weeks or not rule.weeks.isdisjoint(_week(day, rule.week_begins)))
        and (not rule.weekdays or _weekday_falls(rule, day))
    )


def _in_month(day: date) -> tuple[int, int]:
    """The number of the day in its month, from the front and from the back."""
    return day.day, day.day - monthrange(day.year, day.month)[1] - 1


def _in_year(day: date) -> tuple[int, int]:
    return day.timetuple().tm_yday, (day - date(day.year, 12, 31)).days - 1


def _week(day: date, week_begins: int) -> tuple[int, int]:
    """The number of the week, from both ends of the year to which it belongs: the one with its fourth day."""
    fourth = week_start(day, week_begins) + 3 * DAY
    weeks = (_in_year(fourth)[0] - 1) // 7 + 1
    return weeks, -((-_in_year(fourth)[1] - 1) // 7 + 1)


def _weekday_falls(rule: Rule, day: date) -> bool:
    """BYDAY: the ordinals count in the month, or in the year for a yearly rule without months."""
    weekday = day.weekday()
    if (0, weekday) in rule.weekdays:
        return True
    if rule.freq not in ("YEARLY", "MONTHLY"):
        return any(weekday == other for _place, other in rule.weekdays)
    front, back = _in_year(day) if rule.freq == "YEARLY" and not rule.months else _in_month(day)
    return ((front - 1) // 7 + 1, weekday) in rule.weekdays or (
        -((-back - 1) // 7 + 1),
        weekday,
    ) in rule.weekdays


def _at_positions(rule: Rule, together: list[datetime]) -> list[datetime]:
    """BYSETPOS: the moments of a period at some places of their order."""
    if not rule.positions:
        return together
    size = len(together)
    places = {place - 1 if place > 0 else size + place for place in rule.positions}
    return [together[place] for place in sorted(places) if 0 <= place < size]
