"""Of a colleague's calendar nothing gets out but when: no title, place, person, nor any other word of it."""

import pytest

from cadence.ical.busy.guarded import read_safely
from cadence.ical.busy.read import BusyRead
from cadence.model.errors import BadInput
from tests.ical.busy.builders import FIRST, LAST, MEETING, ROME, a_file, an_event, read

MARK = "Xyzzy"
NAMES = """
    SUMMARY DESCRIPTION LOCATION COMMENT CATEGORIES CONTACT RESOURCES URL ATTACH GEO UID CLASS RELATED-TO
    REQUEST-STATUS X-ALT-DESC X-APPLE-STRUCTURED-LOCATION CONFERENCE STATUS TRANSP SEQUENCE
    X-MICROSOFT-CDO-BUSYSTATUS ORGANIZER;CN=Xyzzy ATTENDEE;CN=Xyzzy;PARTSTAT=ACCEPTED TRIGGER
"""
TEXTS = (*(f"{name}:{MARK}" for name in NAMES.split()), f"BEGIN:VALARM\r\nDESCRIPTION:{MARK}\r\nEND:VALARM")
BROKEN = (
    (f"DTSTART:{MARK}",),
    (f"DTSTART;TZID={MARK}:{MARK}",),
    (f"DTSTART;VALUE={MARK}:20261126T080000Z", f"DTEND:{MARK}"),
    (MEETING[0], f"DURATION:{MARK}"),
    (*MEETING, f"RRULE:{MARK}"),
    (*MEETING, f"RRULE:FREQ={MARK}"),
    (*MEETING, f"RRULE:FREQ=DAILY;BYDAY={MARK}"),
    (*MEETING, f"RRULE:FREQ=DAILY;COUNT={MARK}"),
    (*MEETING, f"RRULE:FREQ=DAILY;UNTIL={MARK}"),
    (*MEETING, f"RRULE:FREQ=DAILY;{MARK}=1"),
    (*MEETING, f"EXRULE:FREQ={MARK}"),
    (*MEETING, f"RDATE:{MARK}"),
    (*MEETING, f"RDATE;VALUE=PERIOD:20261126T080000Z/{MARK},20261126T080000Z/P{MARK}"),
    (*MEETING, f"EXDATE:{MARK}"),
    (*MEETING, f"RECURRENCE-ID:{MARK}"),
)


def all_said(found: BusyRead) -> str:
    return repr(found).casefold()


@pytest.mark.parametrize("lines", BROKEN, ids=lambda lines: lines[-1])
def test_what_is_left_out_is_said_without_a_word_of_it(lines: tuple[str, ...]) -> None:
    found = read(a_file(f"X-WR-CALNAME:{MARK}\r\n", an_event(*lines, *TEXTS)))
    assert found.left_out
    assert MARK.casefold() not in all_said(found)


def test_what_counts_is_when_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    zone = f"BEGIN:VTIMEZONE\r\nTZID:{MARK}\r\nTZNAME:{MARK}\r\nCOMMENT:{MARK}\r\nEND:VTIMEZONE\r\n"
    free_busy = f"BEGIN:VFREEBUSY\r\nCOMMENT:{MARK}\r\nFREEBUSY;FBTYPE={MARK}:{MARK}\r\nEND:VFREEBUSY\r\n"
    content = a_file(f"X-WR-CALDESC:{MARK}\r\n", zone, an_event(*MEETING, *TEXTS), free_busy)
    found = read_safely(content, FIRST, LAST, ROME)
    assert len(found.intervals) == 1
    assert len(found.left_out) == 1
    assert MARK.casefold() not in all_said(found)
    assert capfd.readouterr() == ("", "")


def test_a_refusal_quotes_nothing() -> None:
    for content in (f"<html>{MARK}", f"BEGIN:VCARD\r\nFN:{MARK}", MARK, f'["{MARK}"]'):
        with pytest.raises(BadInput) as refused:
            read_safely(content.encode(), FIRST, LAST, ROME)
        assert MARK not in f"{refused.value!r} {refused.value}"
