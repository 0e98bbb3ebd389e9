"""Every rule of the feeds on every kind of feed: each is there because some client breaks without it."""

import re
from datetime import timedelta
from itertools import pairwise

import icalendar
import pytest

from cadence.ical.feeds import EventCache, feed
from cadence.ical.feeds.feed import GAPS, TEAM, Selection
from cadence.model.calendar import Calendar
from tests.builders import NOW, a_calendar
from tests.ical.feeds.feedkinds import FEEDS, a_team, events, names, unfolded, value


@pytest.fixture(scope="module")
def team() -> Calendar:
    return a_team()


@pytest.fixture(params=FEEDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def content(kind: str, team: Calendar) -> bytes:
    return feed(team, FEEDS[kind], NOW, EventCache())


def test_lines_end_in_crlf_and_have_at_most_75_octets(content: bytes) -> None:
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_no_fold_splits_a_character_or_an_escape(content: bytes) -> None:
    for line, following in pairwise(content.split(b"\r\n")):
        line.decode()
        if following.startswith(b" "):
            backslashes = len(line) - len(line.rstrip(b"\\"))
            assert backslashes % 2 == 0


def test_there_is_no_byte_order_mark_and_no_control_character(content: bytes) -> None:
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u2028]", content.decode())


def test_version_and_product_come_first_and_there_is_one_calendar(content: bytes) -> None:
    lines = unfolded(content)
    assert lines[1:3] == ["VERSION:2.0", "PRODID:-//Cadence//Editorial calendar//EN"]
    assert lines.count("BEGIN:VCALENDAR") == lines.count("END:VCALENDAR") == 1


def test_the_calendar_itself_has_no_uid(content: bytes) -> None:
    head = unfolded(content)
    head = head[: head.index("BEGIN:VEVENT")] if "BEGIN:VEVENT" in head else head
    assert "UID" not in names(head)


def test_nothing_asks_for_an_answer_or_rings(content: bytes) -> None:
    forbidden = {"METHOD", "ORGANIZER", "ATTENDEE", "TRIGGER", "ATTACH", "RRULE", "RDATE", "TZID"}
    assert not forbidden & set(names(unfolded(content)))
    assert b"VALARM" not in content
    assert b"VTODO" not in content
    assert b"VTIMEZONE" not in content


def test_the_feed_has_its_name_for_old_and_new_clients(content: bytes) -> None:
    lines = unfolded(content)
    assert value(lines, "X-WR-CALNAME") == value(lines, "NAME") != ""
    assert "X-WR-TIMEZONE" not in names(lines)


def test_the_feed_says_how_often_to_look(content: bytes) -> None:
    lines = unfolded(content)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines


def test_names_are_upper_case_and_no_property_is_empty(content: bytes) -> None:
    for line in unfolded(content):
        assert re.match(r"[A-Z][A-Z0-9-]*[:;]", line), line
        assert line.partition(":")[2], line


def test_every_event_has_what_clients_need(content: bytes, kind: str) -> None:
    found = events(content)
    assert bool(found) == (kind != "empty")
    for event in found:
        for name in ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"):
            assert names(event).count(name) == 1


def test_every_uid_and_every_own_id_is_there_once(content: bytes) -> None:
    for name in ("UID", "X-CADENCE-ID"):
        found = [value(event, name) for event in events(content)]
        assert len(found) == len(set(found))
    assert all(value(event, "UID").endswith("@cadence.invalid") for event in events(content))


def test_stamps_are_utc_and_never_the_time_of_rendering(content: bytes, kind: str, team: Calendar) -> None:
    for event in events(content):
        assert re.fullmatch(r"\d{8}T\d{6}Z", value(event, "DTSTAMP"))
        assert value(event, "LAST-MODIFIED") == value(event, "DTSTAMP")
    assert feed(team, FEEDS[kind], NOW + timedelta(hours=2), EventCache()) == content


def test_posts_are_instants_in_utc_and_gaps_are_whole_days(content: bytes, kind: str) -> None:
    for event in events(content):
        start, end = value(event, "DTSTART"), value(event, "DTEND")
        if kind == "gaps":
            assert {"DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"} <= {line.partition(":")[0] for line in event}
            assert icalendar.vDate.from_ical(end) - icalendar.vDate.from_ical(start) == timedelta(days=1)
        else:
            assert re.fullmatch(r"\d{8}T\d{6}Z", start)
            assert start < end


def test_nobody_is_made_busy(content: bytes) -> None:
    for event in events(content):
        assert value(event, "TRANSP") == "TRANSPARENT"
        assert value(event, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"


def test_the_feed_parses_without_errors(content: bytes) -> None:
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    assert len(calendar.events) == len(events(content))
    assert all(event.errors == [] for event in calendar.events)


def test_the_same_bytes_come_out_again(content: bytes, kind: str, team: Calendar) -> None:
    cache = EventCache()
    assert feed(team, FEEDS[kind], NOW, cache) == content
    assert feed(team, FEEDS[kind], NOW, cache) == content


# What the feeds show


def shown(calendar: Calendar, selection: Selection) -> list[str]:
    return [value(event, "X-CADENCE-ID") for event in events(feed(calendar, selection, NOW, EventCache()))]


def test_skipped_posts_and_those_outside_the_window_are_left_out(team: Calendar) -> None:
    assert shown(team, TEAM) == ["post 4", "post 1", "post 2"]


def test_a_channel_shows_its_own_posts(team: Calendar) -> None:
    assert shown(team, Selection("channel", 1)) == ["post 1", "post 2"]
    assert shown(team, Selection("channel", 2)) == ["post 4"]


def test_a_member_and_a_partner_see_only_posts_that_they_have_a_task_on(team: Calendar) -> None:
    assert shown(team, Selection("member", 1)) == ["post 1"]
    assert shown(team, Selection("member", 2)) == ["post 2"]
    assert shown(team, Selection("member", 3)) == []


def test_the_window_is_90_days_back_and_365_ahead() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_publication("Blog", "2026-08-24T23:59", "Day 91")
        .with_publication("Blog", "2026-08-25T00:00", "Day 90")
        .with_post("Blog", "2027-11-23T00:59", "Day 364, 23:59")
        .with_post("Blog", "2027-11-23T01:00", "Day 365")
        .build()
    )
    assert shown(calendar, TEAM) == ["post 2", "post 3"]


def test_gaps_are_the_empty_slots_and_the_silence_that_nobody_acknowledged(team: Calendar) -> None:
    keys = shown(team, GAPS)
    assert "empty-slot:1:2026-12-10T10:00" in keys
    assert not [key for key in keys if not key.startswith(("empty-slot", "silence"))]


def test_a_gap_is_on_the_local_day_of_its_slot() -> None:
    calendar = (
        a_calendar(zone="Pacific/Auckland")
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=WE", "08:00", "2026-11-25")
        .build()
    )
    first = events(feed(calendar, GAPS, NOW, EventCache()))[0]
    assert value(first, "DTSTART") == "20261125"


def test_two_equal_gaps_on_one_day_are_two_events() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "08:00", "2026-11-26")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "18:00", "2026-11-26")
        .build()
    )
    found = [
        event
        for event in events(feed(calendar, GAPS, NOW, EventCache()))
        if value(event, "DTSTART") == "20261126" and "empty-slot" in value(event, "X-CADENCE-ID")
    ]
    assert len({(value(event, "UID"), value(event, "X-CADENCE-ID")) for event in found}) == 2
