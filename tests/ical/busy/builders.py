"""Calendar files made in tests."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cadence.ical.busy.read import BusyRead, read_busy

ROME = ZoneInfo("Europe/Rome")
FIRST, LAST = datetime(2026, 10, 12, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC)
MEETING = ("DTSTART:20261126T080000Z", "DTEND:20261126T090000Z")
BUSY = (datetime(2026, 11, 26, 8, tzinfo=UTC), datetime(2026, 11, 26, 9, tzinfo=UTC))
"""When the meeting is."""


def an_event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def a_file(*components: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(components)}END:VCALENDAR\r\n".encode()


def read(content: bytes, start: datetime = FIRST, end: datetime = LAST) -> BusyRead:
    return read_busy(content, start, end, ROME)
