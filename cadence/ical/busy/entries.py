"""One entry of a calendar: when it is, how it repeats, and whether it takes time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from cadence.ical.busy.rules import Rule, read_rule
from cadence.ical.busy.text import Component, Property
from cadence.ical.busy.values import Broken, Length, When, instant, read_length, read_moment
from cadence.ical.busy.zones import Zones
from cadence.language import _
from cadence.model.busy import AllDay, Interval
from cadence.model.times import DAY

Report = Callable[[Broken], None]
"""Called with what is left out of something that counts otherwise."""
Item = TypeVar("Item")
_REPEATING = {"RRULE", "RDATE", "EXRULE", "EXDATE"}
_MARGIN = 2 * DAY
"""More than any two clocks on earth differ."""


class Window(NamedTuple):
    """What is asked for: two instants, the zone of floating times and of days, what all-day entries mean."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    all_day: AllDay


class Entry(Struct, frozen=True, kw_only=True):
    """A VEVENT. `also` are the moments of RDATE, those of periods with their own length; `not_at` those of
    EXDATE. `instead_of` is its RECURRENCE-ID: it takes the place of one moment of its series, or (`onwards`)
    of all from there on."""

    at: int
    uid: bytes
    start: When
    length: Length
    busy: bool
    rules: tuple[Rule, ...] = ()
    exceptions: tuple[Rule, ...] = ()
    also: tuple[tuple[When, Length | None], ...] = ()
    not_at: tuple[When, ...] = ()
    instead_of: When | None = None
    onwards: bool = False
    sequence: int = 0

    @property
    def is_alone(self) -> bool:
        """Whether it is at one moment only, as far as it says itself."""
        return not (self.rules or self.also or self.not_at)


def may_touch(component: Component, window: Window) -> bool:
    """Whether an event may reach into the window, judged by its dates as they are written."""
    first = last = None
    for prop in component.properties:
        if prop.name in ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION"):
            return True
        try:
            if prop.name == "DTSTART":
                first = read_moment(prop.value).local
            elif prop.name == "DTEND":
                last = read_moment(prop.value).local
        except ValueError:
            return True
    if first is None:
        return True
    low, high = (at.replace(tzinfo=None) for at in (window.start - _MARGIN, window.end + _MARGIN))
    return first <= high and (last or first) >= low


def read_entry(component: Component, zones: Zones, window: Window, report: Report) -> Entry:
    """The entry that a VEVENT says. Broken if it cannot be understood."""
    if not component.complete:
        raise Broken(component.at, _("the entry has no END"))
    said = {prop.name: prop for prop in component.properties}
    if "DTSTART" not in said:
        raise Broken(component.at, _("the entry has no DTSTART"))
    start = _when(said["DTSTART"], said["DTSTART"].value, zones)
    replaced = said.get("RECURRENCE-ID")
    all_day = start.day or _word(said, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"
    entry = Entry(
        at=component.at,
        uid=said["UID"].value if "UID" in said else b"",
        start=start,
        length=_length(start, said, zones, window.zone),
        busy=_takes_time(said) and not (all_day and window.all_day == "free"),
        instead_of=_when(replaced, replaced.value, zones) if replaced else None,
        onwards=bool(replaced) and replaced.parameter("RANGE").upper() == "THISANDFUTURE",
        sequence=_sequence(said),
    )
    if entry.instead_of or said.keys().isdisjoint(_REPEATING):
        return entry
    return _repeating(entry, component, zones, window.zone, report)


def _repeating(entry: Entry, component: Component, zones: Zones, floating: ZoneInfo, report: Report) -> Entry:
    """The entry with all that repeats it, or takes something of that away."""
    props = component.properties

    def moment(prop: Property, item: bytes) -> When:
        return _when(prop, item, zones)

    def moment_and_length(prop: Property, item: bytes) -> tuple[When, Length | None]:
        return _moment_and_length(prop, item, zones, floating)

    return replace(
        entry,
        rules=tuple(_rule(prop, entry.start) for prop in props if prop.name == "RRULE" and prop.value),
        exceptions=tuple(_rule(prop, entry.start) for prop in props if prop.name == "EXRULE" and prop.value),
        also=tuple(_each(props, "RDATE", moment_and_length, report)),
        not_at=tuple(_each(props, "EXDATE", moment, report)),
    )


def read_free_busy(component: Component, zones: Zones, window: Window, report: Report) -> list[Interval]:
    """The busy time of a VFREEBUSY (RFC 5545 3.6.4). A type that is not known means busy (3.2.9)."""
    if not component.complete:
        raise Broken(component.at, _("the entry has no END"))

    def interval(prop: Property, item: bytes) -> Interval:
        start, length = _moment_and_length(prop, item, zones, window.zone)
        zone = start.zone or window.zone
        return instant(start.local, zone), (length or Length()).end(start.local, zone)

    busy = [prop for prop in component.properties if prop.parameter("FBTYPE").upper() != "FREE"]
    return list(_each(busy, "FREEBUSY", interval, report))


def _when(prop: Property, value: bytes, zones: Zones) -> When:
    try:
        when = read_moment(value)
    except ValueError:
        raise Broken(prop.at, _("{property} is no date that exists", property=prop.name)) from None
    if when.day or prop.parameter("VALUE").upper() == "DATE":
        return When(when.local.replace(hour=0, minute=0, second=0), None, True)
    if when.zone is None and (name := prop.parameter("TZID")):
        return When(when.local, zones.of(name))
    return when


def _length(start: When, said: dict[str, Property], zones: Zones, floating: ZoneInfo) -> Length:
    """Without an end, a date lasts its day and a date-time nothing (RFC 5545 3.6.1)."""
    if "DTEND" in said:
        length = _between(start, _when(said["DTEND"], said["DTEND"].value, zones), floating)
        if length.about < timedelta():
            raise Broken(said["DTEND"].at, _("DTEND is before DTSTART"))
    elif "DURATION" in said:
        length = _duration(said["DURATION"], said["DURATION"].value)
    else:
        length = Length()
    # A day that ends where it begins means the day; many programs write it so.
    return Length(days=1) if start.day and not length.about else length


def _between(start: When, end: When, floating: ZoneInfo) -> Length:
    """From one moment to another: days between days, else the exact time, which every repetition keeps."""
    if start.day and end.day:
        return Length(days=(end.local - start.local).days)
    zone = start.zone or floating
    exact = instant(end.local, end.zone or zone) - instant(start.local, zone)
    if exact <= timedelta() and (end.zone or zone) == zone:
        # It begins in the hour that the clock leaps over, so that it moves past its own end.
        exact = end.local - start.local
    return Length(exact=exact)


def _duration(prop: Property, value: bytes) -> Length:
    try:
        return read_length(value)
    except (ValueError, OverflowError):
        raise Broken(prop.at, _("{property} is no length of time", property=prop.name)) from None


def _rule(prop: Property, start: When) -> Rule:
    try:
        rule = read_rule(prop.value.decode(errors="replace"))
    except ValueError as error:
        raise Broken(prop.at, _(str(error), property=prop.name)) from None
    if not start.day:
        return rule
    if rule.freq == "HOURLY":
        raise Broken(prop.at, _("{property} repeats a day every hour", property=prop.name))
    nothing = frozenset[int]()
    return replace(rule, hours=nothing, minutes=nothing, seconds=nothing)


def _moment_and_length(
    prop: Property, item: bytes, zones: Zones, floating: ZoneInfo
) -> tuple[When, Length | None]:
    """A moment of a list, or a period (RFC 5545 3.3.9)."""
    begins, slash, ends = item.partition(b"/")
    start = _when(prop, begins, zones)
    if not slash:
        return start, None
    if ends[:1].upper() in (b"P", b"+", b"-"):
        return start, _duration(prop, ends)
    length = _between(start, _when(prop, ends, zones), floating)
    if length.about < timedelta():
        raise Broken(prop.at, _("{property} ends before it begins", property=prop.name))
    return start, length


def _each(
    props: list[Property], name: str, read: Callable[[Property, bytes], Item], report: Report
) -> Iterator[Item]:
    """The values of all lists of that name. One that cannot be understood is left out alone."""
    for prop in props:
        if prop.name == name:
            for item in prop.value.split(b","):
                try:
                    if item := item.strip():
                        yield read(prop, item)
                except Broken as problem:
                    report(problem)


def _takes_time(said: dict[str, Property]) -> bool:
    """RFC 5545 3.8.2.7, and what Outlook says where TRANSP says nothing."""
    shown = _word(said, "TRANSP")
    if _word(said, "STATUS") == "CANCELLED" or shown == "TRANSPARENT":
        return False
    return shown == "OPAQUE" or _word(said, "X-MICROSOFT-CDO-BUSYSTATUS") != "FREE"


def _word(said: dict[str, Property], name: str) -> str:
    return said[name].value.decode(errors="replace").upper() if name in said else ""


def _sequence(said: dict[str, Property]) -> int:
    value = said["SEQUENCE"].value[:9] if "SEQUENCE" in said else b""
    return int(value) if value.isdigit() else 0
