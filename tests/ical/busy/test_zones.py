"""The zone that a file defines keeps the same time as the zone that it means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from cadence.ical.busy.text import Text
from cadence.ical.busy.values import instant
from cadence.ical.busy.zones import Zones
from tests.ical.busy.builders import a_file

UNTIL = datetime(2036, 1, 1)
_ROME = ("+0100", "+0200", "0329T020000", "BYMONTH=3;BYDAY=-1SU", "1025T030000", "BYMONTH=10;BYDAY=-1SU")
_YORK = ("-0500", "-0400", "0311T020000", "BYMONTH=3;BYDAY=2SU", "1104T020000", "BYMONTH=11;BYDAY=1SU")
_SYDNEY = ("+1000", "+1100", "1007T020000", "BYMONTH=10;BYDAY=1SU", "0401T030000", "BYMONTH=4;BYDAY=1SU")
_LORD_HOWE = ("+1030", "+1100", "1007T020000", "BYMONTH=10;BYDAY=1SU", "0401T020000", "BYMONTH=4;BYDAY=1SU")
DEFINED = {
    "Europe/Rome": _ROME,
    "America/New_York": _YORK,
    "Australia/Sydney": _SYDNEY,
    "Australia/Lord_Howe": _LORD_HOWE,
}
"""Offset in winter and in summer, when the clock goes forward and back."""


def spend(count: int) -> None:
    """Nothing is too much here."""


def zones_of(*definitions: str) -> Zones:
    zones = Zones(UNTIL, spend)
    for component in Text(a_file(*definitions)).components():
        zones.add(component)
    return zones


def a_definition(key: str) -> str:
    winter, summer, forward, forward_rule, back, back_rule = DEFINED[key]
    lines = [
        "BEGIN:VTIMEZONE", "TZID:Own",
        "BEGIN:DAYLIGHT", f"DTSTART:2007{forward}", f"TZOFFSETFROM:{winter}", f"TZOFFSETTO:{summer}",
        f"RRULE:FREQ=YEARLY;{forward_rule}", "END:DAYLIGHT",
        "BEGIN:STANDARD", f"DTSTART:2007{back}", f"TZOFFSETFROM:{summer}", f"TZOFFSETTO:{winter}",
        f"RRULE:FREQ=YEARLY;{back_rule}", "END:STANDARD",
        "END:VTIMEZONE", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


CLOCKS = st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1)).map(lambda local: local.replace(fold=0))
"""What a calendar file can say: it has no way to mean the second of two times."""
OWN = {key: zones_of(a_definition(key)).of("Own") for key in DEFINED}


@given(st.sampled_from(sorted(DEFINED)), CLOCKS)
@example("Europe/Rome", datetime(2026, 3, 29, 2, 30))
@example("Europe/Rome", datetime(2026, 10, 25, 2, 30))
@example("Australia/Lord_Howe", datetime(2026, 4, 5, 1, 45))
@tried(max_examples=200)
def test_a_defined_zone_reads_clocks_as_the_real_one(key: str, local: datetime) -> None:
    own, real = OWN[key], ZoneInfo(key)
    assert own is not None
    assert instant(local, own) == instant(local, real)
    at = local.replace(tzinfo=UTC)
    assert at.astimezone(own).replace(tzinfo=None) == at.astimezone(real).replace(tzinfo=None)


def test_a_zone_may_be_defined_by_a_list_of_its_changes() -> None:
    lines = [
        "BEGIN:VTIMEZONE", "TZID:Own",
        "BEGIN:DAYLIGHT", "DTSTART:20250330T020000", "RDATE:20260329T020000,20270328T020000",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:20251026T030000", "RDATE:20261025T030000", "RDATE:20271031T030000",
        "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD",
        "END:VTIMEZONE", "",
    ]  # fmt: skip
    own, real = zones_of("\r\n".join(lines)).of("Own"), ZoneInfo("Europe/Rome")
    assert own is not None
    hours = [datetime(2025, 1, 1) + timedelta(hours=hour) for hour in range(3 * 365 * 24)]
    assert [instant(local, own) for local in hours] == [instant(local, real) for local in hours]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Rome", "Europe/Rome"),
        ("europe/rome", "Europe/Rome"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Romance Standard Time", "Europe/Paris"),
        ("Eastern Daylight Time", "America/New_York"),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"),
        ("(GMT-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb", "Europe/Sarajevo"),
    ],
)
def test_a_name_means_the_zone(name: str, key: str) -> None:
    zone = zones_of().of(name)
    assert isinstance(zone, ZoneInfo)
    assert zone.key == key


@pytest.mark.parametrize(
    "name",
    ["", "Europe", "Nowhere/Land", "localtime", "../../etc/passwd", "A" * 5000, "UTC+99", "\0", "Éire"],
)
def test_a_name_that_means_no_zone_is_nobodys(name: str) -> None:
    assert zones_of().of(name) is None


@pytest.mark.parametrize(
    "observance",
    [
        "",
        "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nDTSTART:soon\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+01\r\nTZOFFSETTO:+9900\r\nEND:STANDARD\r\n",
    ],
)
def test_a_definition_that_says_no_offset_defines_nothing(observance: str) -> None:
    zones = zones_of(f"BEGIN:VTIMEZONE\r\nTZID:Own\r\n{observance}END:VTIMEZONE\r\n")
    assert zones.of("Own") is None
