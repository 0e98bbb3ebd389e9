"""The promise of regularity: a rhythm, its pauses, and the safe expansion of its RRULE (RFC 5545 3.3.10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from cadence.language import _, later
from cadence.model import limits
from cadence.model.errors import BadInput
from cadence.model.team import NEVER

if TYPE_CHECKING:
    from dateutil.rrule import rrule

SEARCH_YEARS = 9
"""A rule must occur within so many years of its start; 29 February can need eight (1896 to 1904)."""
LONGEST_LIFE = timedelta(days=366 * 60)


class Pause(Struct, frozen=True, omit_defaults=True):
    """An agreed pause of a rhythm, from `first` to `last`, both days included."""

    first: date
    last: date
    reason: limits.Line = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput(
                _(
                    "a pause cannot end on {last}, before it starts on {first}",
                    last=self.last,
                    first=self.first,
                )
            )

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class SlotKey(NamedTuple):
    """What identifies a slot: the rhythm and the local date-time of the recurrence."""

    rhythm: int
    local: datetime


class Rhythm(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The promise on a channel: `rrule` at the local time `at`, from the date `start`.

    `tolerance` in minutes (None: the same local day), `max_silence` in minutes (None: no promise).
    """

    id: limits.Id
    channel: limits.Id
    rrule: limits.RuleText
    at: time
    start: date
    tolerance: limits.Tolerance | None = None
    max_silence: limits.SilenceMinutes | None = None
    pauses: tuple[Pause, ...] = ()
    skip_holidays: bool = False
    rev: int = 0
    modified: limits.Instant = NEVER

    def __post_init__(self) -> None:
        if not limits.FIRST_YEAR <= self.start.year <= limits.LAST_YEAR:
            raise BadInput(
                _("a rhythm cannot start in {year}", year=self.start.year),
                _("use {first} to {last}", first=limits.FIRST_YEAR, last=limits.LAST_YEAR),
            )
        if len(self.pauses) > limits.MAX_PAUSES:
            raise BadInput(_("a rhythm can have at most {most} pauses", most=limits.MAX_PAUSES))
        check_rule(self.rrule, self.start, self.at)

    def is_paused(self, day: date) -> bool:
        return any(pause.covers(day) for pause in self.pauses)


_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS",
    "BYYEARDAY", "BYWEEKNO", "BYHOUR",
}  # fmt: skip
_REMEDY = later("write it as FREQ=WEEKLY;BYDAY=TU,TH")


@lru_cache(maxsize=512)
def check_rule(rule: str, start: date, at_time: time) -> None:
    """BadInput unless the rule is one that a promise of posts can follow and that occurs at least once."""
    parts = _split(rule)
    if parts.get("FREQ") not in _FREQUENCIES:
        choice = ", ".join(_FREQUENCIES)
        raise BadInput(
            _("RRULE {rule!r}: FREQ must be one of {choice}", rule=rule[:80], choice=choice),
            _("post at most hourly, with BYHOUR"),
        )
    if unknown := sorted(parts.keys() - _PARTS):
        raise BadInput(
            _("RRULE {rule!r}: {part} is not supported", rule=rule[:80], part=unknown[0]), _(_REMEDY)
        )
    for name, highest in (("INTERVAL", 1000), ("COUNT", 100_000)):
        if name in parts and not (parts[name].isdecimal() and 1 <= int(parts[name][:9]) <= highest):
            raise BadInput(
                _("RRULE {rule!r}: {part} must be 1 to {highest}", rule=rule[:80], part=name, highest=highest)
            )
    horizon = min(start + timedelta(days=366 * SEARCH_YEARS), date(limits.LAST_YEAR, 12, 31))
    without_count = ";".join(part for part in rule.split(";") if not part.upper().startswith("COUNT="))
    if next(iter(_bounded(without_count, start, at_time, horizon)), None) is None:
        raise BadInput(
            _("RRULE {rule!r} never occurs from {start} on", rule=rule[:80], start=start),
            _("check its dates and UNTIL"),
        )


def _split(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise BadInput(
                _("RRULE {rule!r}: cannot read {part!r}", rule=rule[:80], part=part[:40]), _(_REMEDY)
            )
        parts[name] = value
    return parts


def _until(rule: str, text: str) -> datetime:
    """The last moment that UNTIL allows, in local time; a date alone includes the whole day."""
    if text.endswith("Z"):
        raise BadInput(
            _("RRULE {rule!r}: UNTIL is a local time here", rule=rule[:80]),
            _("drop the Z, as in UNTIL=20261231"),
        )
    try:
        moment = datetime.strptime(text, "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007
    except ValueError:
        raise BadInput(
            _("RRULE {rule!r}: cannot read UNTIL", rule=rule[:80]), _("write it as UNTIL=20261231")
        ) from None
    return moment if "T" in text else datetime.combine(moment, time.max)


@lru_cache(maxsize=512)
def _parsed(rule: str, start: date, at_time: time) -> tuple[rrule, datetime | None]:
    """The rule without its UNTIL, and its UNTIL."""
    # Here and not at the top: dateutil costs 16 ms, which a command without slots need not pay.
    from dateutil.rrule import rrule, rrulestr

    parts = _split(rule)
    until = parts.pop("UNTIL", None)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        parsed = rrulestr(text, dtstart=datetime.combine(start, at_time), cache=False)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        raise BadInput(f"RRULE {rule[:80]!r}: {error}", _(_REMEDY)) from None
    if not isinstance(parsed, rrule):
        raise BadInput(_("RRULE {rule!r}: one rule only", rule=rule[:80]), _(_REMEDY))
    return parsed, _until(rule, until) if until else None


def _bounded(
    rule: str, start: date, at_time: time, last: date, after: datetime | None = None
) -> Iterable[datetime]:
    """The rule's local date-times up to the end of `last`, in order; from the one `after` on, if it is known.

    dateutil's `until` ends a rule at its first occurrence after `last`; one that never occurs runs to the
    year 9999, a few seconds, and is refused when somebody enters it. A rule with COUNT ends by itself, and
    dateutil objects to both.
    """
    parsed, until = _parsed(rule, start, at_time)
    end = datetime.combine(last, time.max)
    end = min(until, end) if until else end
    if "COUNT=" in rule.upper():
        return takewhile(lambda moment: moment <= end, parsed)
    if after is None or "BYSETPOS=" in rule.upper():  # of the days of its first week dateutil sets no places
        return parsed.replace(until=end)
    return parsed.replace(until=end, dtstart=after)


def first_day(now: datetime, at: time) -> date:
    """From which day on a promise is meant that is made at the local time `now`: what is past today was not
    promised."""
    return now.date() if at >= now.time() else now.date() + timedelta(days=1)


def occurrences(rhythm: Rhythm, first: date, last: date, *, after: datetime | None = None) -> list[datetime]:
    """The local date-times that the rule calls for from `first` to `last`, both days included.

    Pauses and holidays are not considered. The rule always counts from its start, so that expanding a
    period by parts gives the same as expanding it whole; `after`, one that it calls for before `first`, saves
    the way to there: what follows from an occurrence follows from the start. A rhythm lives for 60 years at
    the most.
    """
    last = min(last, rhythm.start + LONGEST_LIFE)
    if last < rhythm.start or last < first:
        return []
    low = datetime.combine(first, time.min)
    bounded = _bounded(rhythm.rrule, rhythm.start, rhythm.at, last, after)
    return [moment for moment in bounded if moment >= low]


def last_occurrence(rhythm: Rhythm) -> datetime | None:
    """When a rule with COUNT or UNTIL ends, in local time; None for a rule that goes on.

    For UNTIL it is the last moment that the rule allows, whether something occurs then or not.
    """
    return _last(rhythm.rrule, rhythm.start, rhythm.at)


@lru_cache(maxsize=512)
def _last(rule: str, start: date, at_time: time) -> datetime | None:
    until = _parsed(rule, start, at_time)[1]
    if "COUNT=" not in rule.upper():
        return until
    return max(_bounded(rule, start, at_time, start + LONGEST_LIFE), default=until)
