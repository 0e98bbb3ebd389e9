"""From the bytes of a calendar file to its components, with only what says when somebody is busy.

Titles, places and people never get past this point: their lines are not even looked at.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cadence.language import _
from cadence.model.errors import BadInput

MAX_SIZE = 32 * 1024 * 1024
"""Bytes; ten times the largest export of a colleague that is worth reading."""

_FOLD = re.compile(rb"\r?\n[ \t]")
_NAMES = (
    rb"BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXRULE|EXDATE|RECURRENCE-ID|SEQUENCE|STATUS|TRANSP"
    rb"|X-MICROSOFT-CDO-BUSYSTATUS|X-MICROSOFT-CDO-ALLDAYEVENT|FREEBUSY"
    rb"|TZID|TZOFFSETFROM|TZOFFSETTO|X-LIC-LOCATION"
)
_WANTED = re.compile(rb"\n(" + _NAMES + rb")[ \t]*([;:][^\n]*)", re.IGNORECASE)
_CALENDAR = re.compile(rb"\n(BEGIN|END)[ \t]*:[ \t]*VCALENDAR", re.IGNORECASE)
_PARAMETERS = {
    name: re.compile(rb";\s*" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|[^;]*)", re.IGNORECASE)
    for name in ("VALUE", "TZID", "RANGE", "FBTYPE")
}
_KINDS = {b"VEVENT", b"VFREEBUSY", b"VTIMEZONE"}


class Property(NamedTuple):
    """A content line (RFC 5545 3.1): its name, what follows it from `;` or `:` on, and where it is."""

    name: str
    rest: bytes
    at: int

    @property
    def value(self) -> bytes:
        """What follows the parameters. Only a value without parameters may contain a colon: the time zones
        of some programs do so without the quotes that it would need."""
        return (self.rest[1:] if self.rest[:1] == b":" else self.rest.rpartition(b":")[2]).strip()

    def parameter(self, name: str) -> str:
        """A parameter without its quotes; empty if there is none."""
        if self.rest[:1] == b":":
            return ""
        found = _PARAMETERS[name].search(self.rest.rpartition(b":")[0])
        return found[1].strip().strip(b'"').decode(errors="replace") if found else ""


class Component(NamedTuple):
    """A VEVENT, VFREEBUSY or VTIMEZONE. `complete` says that its END was found."""

    kind: str
    at: int
    properties: list[Property]
    complete: bool


class Text:
    """A calendar file without its folds. Raises BadInput if it is no calendar at all."""

    def __init__(self, content: bytes) -> None:
        self._folded = b"\n" + _plain(content)
        self._text = _FOLD.sub(b"", self._folded)
        if not _CALENDAR.search(self._text):
            raise BadInput(*_what_it_is(content))

    @property
    def end(self) -> int:
        """Where the last line that says something is."""
        return self._text.rstrip().rfind(b"\n")

    @property
    def is_cut_off(self) -> bool:
        """Whether the file ends within a calendar."""
        *_before, last = _CALENDAR.findall(self._text)
        return last.upper() == b"BEGIN"

    def components(self) -> Iterator[Component]:
        """The components in the order of the file.

        What is nested in an event (alarms) is passed over. One whose END is missing ends where the next
        begins. The observances of a VTIMEZONE are in its properties, from BEGIN to END.
        """
        current: Component | None = None
        nested = 0
        for match in _WANTED.finditer(self._text):
            name, rest = match[1].upper(), match[2]
            if name == b"BEGIN" or name == b"END":
                kind = rest[1:].strip().upper()
                if current and name == b"END" and kind in (current.kind.encode(), b"VCALENDAR"):
                    yield current._replace(complete=kind != b"VCALENDAR")
                    current = None
                    continue
                if name == b"BEGIN" and kind in _KINDS:
                    if current:
                        yield current
                    current, nested = Component(kind.decode(), match.start(), [], False), 0
                    continue
                if current and current.kind != "VTIMEZONE":
                    nested = nested + 1 if name == b"BEGIN" else max(nested - 1, 0)
                    continue
            if current and not nested:
                current.properties.append(Property(name.decode(), rest, match.start()))
        if current:
            yield current

    def lines(self, places: Iterable[int]) -> Iterator[int]:
        """The line numbers, from 1, in the file as people see it, of places in order."""
        folds = _unfolded_places(self._folded)
        fold = next(folds, None)
        number = counted = 0
        for place in places:
            number += self._text.count(b"\n", counted, place + 1)
            counted = place + 1
            while fold is not None and fold <= place:
                number += 1
                fold = next(folds, None)
            yield number


def _plain(content: bytes) -> bytes:
    """The content as UTF-8 with newlines, whatever the program wrote."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        content = content.decode("utf-16", errors="replace").encode()
    content = content.removeprefix(BOM_UTF8).lstrip(b" \t")
    return content if b"\n" in content else content.replace(b"\r", b"\n")


def _unfolded_places(folded: bytes) -> Iterator[int]:
    """Where each fold was, counted in the text without folds."""
    removed = 0
    for match in _FOLD.finditer(folded):
        yield match.start() - removed
        removed += match.end() - match.start()


def _what_it_is(content: bytes) -> tuple[str, str]:
    """What came instead of a calendar, and what to do about it; never any of its text."""
    head = content[:4096].removeprefix(BOM_UTF8).lstrip()
    if not head:
        return _("the calendar is empty"), _("export it again, or check the address")
    if head.startswith(b"<"):
        return (
            _("a web page came instead of a calendar: a login page or an error page"),
            _("open the address in a browser; the calendar's secret iCal address may have been withdrawn"),
        )
    if head[:11].upper() == b"BEGIN:VCARD":
        return _("this is an address book (vCard), not a calendar"), _("export the calendar as .ics")
    if head.startswith((b"{", b"[")):
        return _("this is JSON, not an iCalendar file"), _("use the address or the export that ends in .ics")
    if head.startswith((b"PK", b"\x1f\x8b")):
        return _("this is a compressed file, not a calendar"), _("unpack it, and use the .ics file in it")
    if b"\0" in head:
        return _("this is a binary file, not a calendar"), _("export the calendar as .ics")
    return _("this is no calendar: BEGIN:VCALENDAR is missing"), _("export the calendar as .ics")
