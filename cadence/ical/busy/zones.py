"""The time zones that a calendar file names: IANA, Windows, its own VTIMEZONEs, and what people are shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from cadence.ical.busy.rules import Spend, moments, read_rule
from cadence.ical.busy.text import Component, Property
from cadence.ical.busy.values import read_moment

_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?:?(\d\d)?")
_IN_NAME = re.compile(r"\(?(?:UTC|GMT)\s*(?:([+-]\d\d?):?(\d\d)?)?\)?", re.IGNORECASE)
_EARLIEST = datetime(1970, 1, 1)
"""A VTIMEZONE may begin in 1601; no calendar has a meeting before this that matters now."""
_NO_PLACES = {"localtime", "posixrules", "Factory"}


class Zones:
    """What the TZIDs of one file mean. Changes of the clock are known up to `until` (local)."""

    def __init__(self, until: datetime, spend: Spend) -> None:
        self._until = until
        self._spend = spend
        self._own: dict[str, Component] = {}
        self._known: dict[str, tzinfo | None] = {}

    def add(self, definition: Component) -> None:
        """A VTIMEZONE of the file."""
        for prop in definition.properties:
            if prop.name == "TZID":
                self._own.setdefault(_name(prop), definition)
                return

    def of(self, name: str) -> tzinfo | None:
        """The zone that a TZID means; None if nobody can know.

        A name with a slash is IANA's even if the file defines it: the file knows a few years only. A short
        one (EST) is the file's first, because IANA has it without summer time.
        """
        if name not in self._known:
            self._known[name] = (
                (_iana(name) if "/" in name else None)
                or _windows(name)
                or self._defined(name)
                or _guess(name)
            )
        return self._known[name]

    def _defined(self, name: str) -> tzinfo | None:
        if name not in self._own:
            return None
        definition = self._own[name]
        for prop in definition.properties:
            if prop.name == "X-LIC-LOCATION" and (zone := _iana(_name(prop))):
                return zone
        try:
            return FileZone(_changes(definition, self._until, self._spend))
        except (ValueError, OverflowError):
            return None


class Change(NamedTuple):
    """The clock goes from one offset to another, at an instant written as naive UTC."""

    at: datetime
    before: timedelta
    after: timedelta


class FileZone(tzinfo):
    """A zone as a VTIMEZONE defines it (RFC 5545 3.6.5). ValueError if it never says an offset."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._changes = sorted(changes)
        if not self._changes:
            raise ValueError("no offset")
        self._at = [change.at for change in self._changes]
        # On the wall clock a change is over once both offsets say so: what does not exist, or exists twice,
        # is read with the offset before the change (PEP 495, fold=0).
        self._local = [change.at + max(change.before, change.after) for change in self._changes]

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return self._offset(self._local, dt.replace(tzinfo=None) if dt else _EARLIEST)

    def fromutc(self, dt: datetime) -> datetime:
        return dt + self._offset(self._at, dt.replace(tzinfo=None))

    def dst(self, dt: datetime | None) -> None:
        return None

    def tzname(self, dt: datetime | None) -> None:
        return None

    def _offset(self, places: list[datetime], moment: datetime) -> timedelta:
        number = bisect_right(places, moment)
        return self._changes[number - 1].after if number else self._changes[0].before


def _changes(definition: Component, until: datetime, spend: Spend) -> list[Change]:
    found: list[Change] = []
    observance: list[Property] = []
    for prop in definition.properties:
        if prop.name == "BEGIN":
            observance = []
        elif prop.name == "END":
            found += _observed(observance, until, spend)
        else:
            observance.append(prop)
    return found


def _observed(observance: list[Property], until: datetime, spend: Spend) -> list[Change]:
    """When the clock changes to one STANDARD or DAYLIGHT."""
    said = {prop.name: prop for prop in observance}
    if not {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= said.keys():
        raise ValueError("incomplete")
    before, after = (_offset(said[name]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    first = read_moment(said["DTSTART"].value).local
    onsets = {first}
    for prop in observance:
        if prop.name == "RDATE":
            onsets |= {read_moment(value.strip()).local for value in prop.value.split(b",")}
        elif prop.name == "RRULE":
            rule, high = read_rule(prop.value.decode(errors="replace")), until
            if rule.until:
                high = min(high, rule.until.local + (before if rule.until.zone else timedelta()))
            onsets |= set(moments(rule, first, max(first, _EARLIEST), high, spend))
    return [Change(onset - before, before, after) for onset in onsets if onset.year > 1]


def _offset(prop: Property) -> timedelta:
    match = _OFFSET.fullmatch(prop.value.decode(errors="replace"))
    if match is None:
        raise ValueError("no offset")
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if size >= timedelta(days=1):
        raise ValueError("no offset")
    return -size if match[1] == "-" else size


def _name(prop: Property) -> str:
    return prop.value.decode(errors="replace").strip('"')


def _iana(name: str) -> tzinfo | None:
    """A zone by its IANA name, also behind a prefix: some programs write /example.org/2005_1/Europe/Rome."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return UTC
    parts = name.split("/")[-8:]
    for number in range(len(parts)):
        try:
            if parts[number] not in _NO_PLACES:
                return ZoneInfo("/".join(parts[number:]))
        except (KeyError, ValueError, OSError):
            continue
    return None


def _windows(name: str) -> tzinfo | None:
    """A zone by the name that Windows has for it, in winter or in summer."""
    if not name.endswith(" Time"):
        return None
    # Not at the top: icalendar costs 100 ms, and most calendars name no such zone.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    found = WINDOWS_TO_OLSON.get(name.replace(" Daylight ", " Standard "))
    return _iana(found) if found else None


def _guess(name: str) -> tzinfo | None:
    """What a name shown to people stands for: `(UTC+01:00) Amsterdam, Berlin`, `(GMT-05:00) Eastern Time (US
    & Canada)`, `europe/rome`, `GMT+1`. A place is better than an offset, which knows no summer time."""
    if zone := _iana(name) or _iana(_places().get(name.rpartition("/")[2].casefold(), "")):
        return zone
    match = _IN_NAME.match(name)
    if match is None:
        return None
    places = name[match.end() :].strip()
    if zone := _windows(places.replace(" Time (US & Canada)", " Standard Time")):
        return zone
    for place in places.split(","):
        if zone := _iana(_places().get(place.strip().replace(" ", "_").casefold(), "")):
            return zone
    hours, minutes = int(match[1] or 0), int(match[2] or 0)
    if abs(hours) > 14 or minutes > 59:
        return None
    return timezone(timedelta(hours=hours, minutes=-minutes if (match[1] or "").startswith("-") else minutes))


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """IANA's names by their last part, in lower case."""
    return {name.rpartition("/")[2].casefold(): name for name in sorted(available_timezones()) if "/" in name}
