"""How often a rhythm calls for a post: as people say it, as a form lets one choose it, and as an RRULE. Pure.

    tue, thu 09:00 · weekdays · daily · every 2 weeks thu · monthly 1, 15 · monthly 1st, 3rd tue

The words are those of the language spoken here; English is understood everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal

from cadence.language import _, later, p_, speech
from cadence.model.errors import BadInput
from cadence.model.rhythm import SEARCH_YEARS, Rhythm, occurrences
from cadence.model.team import parse_time
from cadence.model.times import DAY, WEEKDAYS
from cadence.operations.rhythms import canonical_rule
from cadence.tui.dates import NINE

FORMS = later(
    "tue thu 9:00 · weekdays 9:00 · every 2 weeks thu 10:00 · monthly 1, 15 · monthly last fri · FREQ=…"
)
LAST = -1
STEP = timedelta(days=70)
"""So far ahead one looks first for what comes: enough for eight weeks."""
BY_DAY = tuple(name[:2].upper() for name in WEEKDAYS)
NTHS = (1, 2, 3, 4, LAST)
_SAID_RULE = re.compile(r"FREQ=[A-Z0-9=;,+-]*[A-Z0-9]")

Kind = Literal["weeks", "days", "dates", "nth"]


@dataclass(frozen=True)
class Often:
    """Every so many (`every`) `weeks`, on `weekdays` (0 is Monday); `days`; months, on `dates` of the month
    (-1 its last day); or months, on the `nth` (1 the first, -1 the last) of `weekdays`.

    `until` is the last day; None: it goes on.
    """

    kind: Kind
    every: int = 1
    weekdays: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    until: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.every <= 1000:
            raise BadInput(_("every {number}?", number=self.every), _("a number from 1 to 1000"))
        if self.kind in ("weeks", "nth") and not self.weekdays:
            raise BadInput(_("no day of the week is chosen"), _("choose one or more"))
        if self.kind == "nth" and not self.nths:
            raise BadInput(_("which of the month?"), _("choose the first, the last …"))
        if self.kind == "dates" and not (self.dates and all(1 <= n <= 31 or n == LAST for n in self.dates)):
            raise BadInput(_("no day of the month is chosen"), _("numbers from 1 to 31, or last: 1, 15"))


# RRULE


def rule_of(often: Often) -> str:
    """The RRULE of a choice, as it is stored."""
    freq = {"weeks": "WEEKLY", "days": "DAILY"}.get(often.kind, "MONTHLY")
    parts = [f"FREQ={freq}"]
    if often.every > 1:
        parts.append(f"INTERVAL={often.every}")
    if often.kind == "weeks":
        parts.append(f"BYDAY={','.join(BY_DAY[day] for day in sorted(set(often.weekdays)))}")
    elif often.kind == "nth":
        days = (f"{nth}{BY_DAY[day]}" for nth in _in_order(often.nths) for day in sorted(set(often.weekdays)))
        parts.append(f"BYDAY={','.join(days)}")
    elif often.kind == "dates":
        parts.append(f"BYMONTHDAY={','.join(map(str, _in_order(often.dates)))}")
    if often.until is not None:
        parts.append(f"UNTIL={often.until:%Y%m%d}")
    return ";".join(parts)


def often_of(rule: str) -> Often | None:
    """The choice that an RRULE is; None for one that only a rule can say."""
    parts = {part.split("=")[0]: part.split("=")[-1] for part in canonical_rule(rule).split(";")}
    freq, every = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1")
    if parts.get("WKST") == "MO":  # what holds without it, too
        del parts["WKST"]
    try:
        until = _day_of(parts.pop("UNTIL", ""))
        match (freq, tuple(parts)):
            case "DAILY", ():
                return Often("days", int(every), until=until)
            case "WEEKLY", ("BYDAY",):
                days = tuple(sorted({BY_DAY.index(day) for day in parts["BYDAY"].split(",")}))
                return Often("weeks", int(every), days, until=until)
            case "MONTHLY", ("BYMONTHDAY",):
                dates = _in_order(int(day) for day in parts["BYMONTHDAY"].split(","))
                return Often("dates", int(every), dates=dates, until=until)
            case "MONTHLY", ("BYDAY",):
                return _nth_of(int(every), parts["BYDAY"].split(","), until)
            case _:
                return None
    except (ValueError, BadInput):
        return None


def _nth_of(every: int, texts: Sequence[str], until: date | None) -> Often | None:
    """`1TU,3TU`: only where each of the days has the same numbers."""
    pairs = {(int(text[:-2]), BY_DAY.index(text[-2:])) for text in texts}
    nths, days = _in_order(nth for nth, _day in pairs), tuple(sorted({day for _nth, day in pairs}))
    whole = len(pairs) == len(nths) * len(days) and all(nth in NTHS for nth in nths)
    return Often("nth", every, days, nths=nths, until=until) if whole else None


def _day_of(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:6]), int(text[6:])) if text else None


def _in_order(numbers: Iterable[int]) -> tuple[int, ...]:
    """Ascending, the last one last."""
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))


# Words


def words_of(rule: str) -> str:
    """`tue, thu`, `every 2 weeks thu`, `monthly 1st, 3rd tue until 2026-12-31`; else the rule itself."""
    often = often_of(rule)
    if often is None:
        return rule
    said = _often_words(often)
    if often.until is None:
        return said
    return _("{often} until {day}", often=said, day=often.until.isoformat())


def in_words(said: str) -> str:
    """A sentence with the rules in it as `words_of` says them."""
    return _SAID_RULE.sub(lambda rule: words_of(rule[0]), said)


def _often_words(often: Often) -> str:
    every = often.every
    days = ", ".join(speech().short_days[day].lower().rstrip(".") for day in often.weekdays)
    match often.kind:
        case "days":
            return _("daily") if every == 1 else _("every {number} days", number=every)
        case "weeks":
            if every > 1:
                return _("every {number} weeks {days}", number=every, days=days)
            return _("weekdays") if often.weekdays == (0, 1, 2, 3, 4) else days
        case "dates":
            last = _("last").split()[0]
            on = ", ".join(last if date == LAST else str(date) for date in often.dates)
        case "nth":
            on = f"{', '.join(nth_words()[NTHS.index(nth)] for nth in often.nths)} {days}"
    return _("monthly {on}", on=on) if every == 1 else _("every {number} months {on}", number=every, on=on)


def nth_words() -> list[str]:
    """`1st`, `2nd`, `3rd`, `4th`, `last`: as `NTHS`."""
    return _("1st 2nd 3rd 4th last").split()


_TIME = re.compile(r"(?<![\w:])(\d{1,2}:\d{2})(?![\w:])")
_RULE = re.compile(r"(?:rrule:)?\s*freq\s*=.*", re.IGNORECASE)
_UNTIL = re.compile(r"(\d{4}-\d{2}-\d{2})")


def read_rule(text: str) -> tuple[str, time]:
    """The RRULE and the time of day (9:00 if it is not said) of a rhythm as people write it (see FORMS);
    BadInput otherwise."""
    clock = _TIME.search(text)
    at = parse_time(clock[1]) if clock else NINE
    said = " ".join(_TIME.sub(" ", text).split())
    if _RULE.fullmatch(said):
        return canonical_rule(said), at
    until = _UNTIL.search(said)
    try:
        last = date.fromisoformat(until[1]) if until else None
    except ValueError:
        last = None
    often = _read_often(_UNTIL.sub(" ", said).casefold().replace(",", " ").split(), last)
    if often is None:
        raise BadInput(_("{text!r} is not a rhythm", text=text[:40]), _(FORMS))
    return rule_of(often), at


def _read_often(words: Sequence[str], until: date | None) -> Often | None:
    every, units = 1, set[str]()
    days, dates, nths = list[int](), list[int](), list[int]()
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.isascii() and word.isdecimal() and len(word) < 4:
            if rest and (unit := _unit(rest[0])):
                every = int(word)
                units.add(unit)
                rest.pop(0)
            else:
                dates.append(int(word))
        elif word in _words("weekdays", _("weekdays")):
            days += range(5)
        elif unit := _unit(word):
            units.add(unit)
        elif (nth := _nth(word)) is not None:
            nths.append(nth)
        elif (day := _weekday(word)) is not None:
            days.append(day)
        elif word not in _words("at on the every and of until", p_("typed", "at on the every and of until")):
            return None
    return _choice(every, units, tuple(sorted(set(days))), _in_order(dates), _in_order(nths), until)


def _choice(
    every: int,
    units: set[str],
    days: tuple[int, ...],
    dates: tuple[int, ...],
    nths: tuple[int, ...],
    until: date | None,
) -> Often | None:
    try:
        if days and not dates and (nths or units == {"month"}):
            return Often("nth", every, days, nths=nths or (1,), until=until) if units <= {"month"} else None
        if dates or nths:
            if nths not in ((), (LAST,)) or days or units != {"month"}:
                return None
            return Often("dates", every, dates=_in_order((*dates, *nths)), until=until)
        if units == {"month"}:
            return Often("nth", every, (1,), nths=(1,), until=until)
        if units == {"day"} and not days:
            return Often("days", every, until=until)
        return Often("weeks", every, days, until=until) if days and units <= {"week"} else None
    except BadInput:
        return None


def _words(english: str, here: str) -> set[str]:
    return {*english.split(), *here.casefold().split()}


def _unit(word: str) -> str | None:
    if word in _words("day days daily", p_("typed", "day days daily")):
        return "day"
    if word in _words("week weeks weekly", p_("typed", "week weeks weekly")):
        return "week"
    return "month" if word in _words("month months monthly", p_("typed", "month months monthly")) else None


def _nth(word: str) -> int | None:
    here = [name.casefold() for name in nth_words()]
    for names in (["1st", "2nd", "3rd", "4th", "last"], ["first", "second", "third", "fourth", "last"], here):
        if word in names:
            return NTHS[names.index(word)]
    return None


def _weekday(word: str) -> int | None:
    """1 for `tue`, `tuesday`, `tuesdays`, and for what the day is called here."""
    names = [name.rstrip(".").casefold() for name in speech().short_days]
    for known in (WEEKDAYS, names):
        for number, name in enumerate(known):
            if word.startswith(name) and len(name) >= 2:
                return number
    return None


# What follows


def coming(rhythm: Rhythm, first: date) -> Iterator[datetime]:
    """The local times that a rhythm calls for from a day on, pauses and holidays not considered."""
    start = max(first, rhythm.start)
    last = start + timedelta(days=366 * SEARCH_YEARS)
    step = STEP
    while start <= last:
        yield from occurrences(rhythm, start, start + step - DAY)
        start, step = start + step, 2 * step  # the rarer it is, the further one looks


def usual_silence(rule: str, at: time, start: date) -> int:
    """The longest allowed silence, in minutes, of a rhythm of which nothing more is said: two of its usual
    intervals, and no less than a week."""
    times = list(islice(coming(Rhythm(id=1, channel=1, rrule=rule, at=at, start=start), start), 2))
    days = (times[1] - times[0]).days if len(times) > 1 else 0
    return max(7, 2 * days) * 24 * 60
