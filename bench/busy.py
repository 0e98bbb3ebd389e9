"""How long busy time takes to read out of a large export: `python -m bench.busy`.

CPU seconds for two months of 20,000 events, beside icalendar and recurring-ical-events on the same file, and
the same answer from both. The file has nothing in which that library is known to differ from the standard: no
entry across a clock change, no two series with one UID, no negative duration, no series whose first moment
does not match its rule.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time, time
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

from cadence.ical.busy.guarded import read_safely
from cadence.ical.busy.read import read_busy
from cadence.model.busy import Interval, merged

EVENTS = 20_000
GOAL = 4
ZONE = ZoneInfo("Europe/Rome")
FIRST, DAYS = datetime(2023, 1, 2), 4 * 365
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
PLAIN = ("Weekly planning", "Call with the supplier", "Review of the figures", "Interview", "Budget 2027")
OTHERS = (
    "Größenänderung prüfen",
    "Réunion d'équipe à Orléans",
    "Riunione: qualità e attività",
    "企画会議",
    "Żółć 🎉",
)
RULES = (
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=DAILY;COUNT=10",
    "FREQ=WEEKLY;UNTIL=20261231T225959Z",
)
ZONE_OF_THE_FILE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Rome",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def an_export() -> bytes:
    """Four years of an office calendar: 30 % of the titles are not ASCII, 5 % of the entries repeat."""
    chance = Random(4)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Google Inc//Google Calendar 70.9054//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:Work", *ZONE_OF_THE_FILE]
    for number in range(EVENTS):
        lines += _an_event(chance, number)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _an_event(chance: Random, number: int) -> list[str]:
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    start = day + timedelta(minutes=15 * chance.randrange(7 * 4, 19 * 4))
    length = timedelta(minutes=15 * chance.randint(1, 8))
    title = chance.choice(OTHERS if chance.random() < 0.3 else PLAIN)
    lines = [
        "BEGIN:VEVENT",
        *_dates(chance, start, length),
        f"DTSTAMP:{day:%Y%m%d}T080000Z",
        "ORGANIZER;CN=Ada Example:mailto:ada@example.org",
        f"UID:{number:06}-{chance.getrandbits(64):x}@google.com",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Bob;X-NUM-GUESTS=0:mailto:bob@example.org",
        f"CREATED:{day:%Y%m%d}T080000Z",
        f"DESCRIPTION:{title}\\n\\nAgenda: what was\\, what is\\, what will be. {title} {title}",
        f"LAST-MODIFIED:{day:%Y%m%d}T080000Z",
        "LOCATION:Room 4",
        "SEQUENCE:0",
        "STATUS:" + ("CANCELLED" if chance.random() < 0.03 else "CONFIRMED"),
        f"SUMMARY:{title}",
        "TRANSP:" + ("TRANSPARENT" if chance.random() < 0.1 else "OPAQUE"),
    ]
    if chance.random() < 0.3:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:Reminder",
            "TRIGGER:-P0DT0H10M0S",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def _dates(chance: Random, start: datetime, length: timedelta) -> list[str]:
    if chance.random() < 0.05:
        rule = chance.choice(RULES)
        start = rrulestr(rule.partition(";UNTIL")[0], dtstart=start)[0]
        exception = start + timedelta(weeks=4)
        return [
            f"DTSTART;TZID=Europe/Rome:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Rome:{start + length:%Y%m%dT%H%M%S}",
            f"RRULE:{rule}",
            f"EXDATE;TZID=Europe/Rome:{exception:%Y%m%dT%H%M%S}",
        ]
    if chance.random() < 0.03:
        return [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"]
    return [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{start + length:%Y%m%dT%H%M%SZ}"]


def _folded(line: str) -> bytes:
    """A content line of at most 75 octets a piece, folded between characters."""
    pieces, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > 75:
            pieces.append(" ")
            octets = 1
        pieces[-1] += character
        octets += size
    return "\r\n".join(pieces).encode() + b"\r\n"


def by_libraries(content: bytes) -> list[Interval]:
    calendar = icalendar.Calendar.from_ical(content)
    found = [
        (_instant(event.start), _instant(event.end))
        for event in recurring_ical_events.of(calendar).between(START, END)
        if event.get("STATUS") != "CANCELLED" and event.get("TRANSP") != "TRANSPARENT"
    ]
    return merged((max(start, START), min(end, END)) for start, end in found)


def _instant(moment: object) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    assert hasattr(moment, "year")
    return datetime(moment.year, moment.month, moment.day, tzinfo=ZONE).astimezone(UTC)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def run() -> None:
    content = an_export()
    assert list(read_busy(content, START, END, ZONE).intervals) == by_libraries(content)
    ours, theirs = [float("inf")], [float("inf")]
    for _ in range(2):
        ours.append(seconds(lambda: read_busy(content, START, END, ZONE)))
        theirs.append(seconds(lambda: by_libraries(content)))
    began = time()
    read_safely(content, START, END, ZONE)
    print(
        f"Busy time of two months out of {EVENTS:,} events, {len(content) / 1e6:.1f} MB (CPU s, best of 2; "
        f"goal >= {GOAL} x)"
    )
    print(f"  icalendar and recurring-ical-events  {min(theirs):>6.2f}")
    print(f"  Cadence, the same answer             {min(ours):>6.2f}  {min(theirs) / min(ours):>6.1f} x")
    print(f"  in a process that can be ended       {time() - began:>6.2f}  (on the clock)")


if __name__ == "__main__":
    run()
