"""Every rule of the feeds on every kind of feed: each is there because some client breaks without it."""

import re
from datetime import timedelta
from functools import cache
from itertools import pairwise

import icalendar
import pytest

from cadence.ical.feeds import EventCache, feed
from cadence.model.calendar import Calendar
from tests.builders import NOW
from tests.ical.feeds.feedkinds import FEEDS, FINDINGS, TODOS, events, names, the_team, unfolded, value


@pytest.fixture
def team() -> Calendar:
    return the_team("usual")


@pytest.fixture(params=["usual", "odd"])
def whose(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=FEEDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@cache
def the_feed(whose: str, kind: str) -> bytes:
    return feed(the_team(whose), FEEDS[kind], NOW, EventCache())


@pytest.fixture
def content(whose: str, kind: str) -> bytes:
    return the_feed(whose, kind)


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
    assert lines[-1] == "END:VCALENDAR"


def test_the_calendar_itself_has_no_uid(content: bytes) -> None:
    head = unfolded(content)
    first = next((line for line in head[1:] if line.startswith("BEGIN:")), "END:VCALENDAR")
    assert "UID" not in names(head[: head.index(first)])


def test_nothing_asks_for_an_answer_or_rings(content: bytes, kind: str) -> None:
    lines = unfolded(content)
    forbidden = {"METHOD", "ORGANIZER", "ATTENDEE", "TRIGGER", "ATTACH", "RRULE", "RDATE", "TZID"}
    assert not forbidden & set(names(lines))
    assert not [line for line in lines if ";TZID" in line.partition(":")[0]]
    begun = {line for line in lines if line.startswith("BEGIN:")}
    assert begun <= {"BEGIN:VCALENDAR", "BEGIN:VTODO" if kind in TODOS else "BEGIN:VEVENT"}


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


def test_every_event_and_every_to_do_has_what_clients_need(content: bytes, kind: str) -> None:
    found = events(content)
    assert bool(found) == (not kind.startswith("empty"))
    times = ("DUE", "STATUS", "PERCENT-COMPLETE", "PRIORITY") if kind in TODOS else ("DTSTART", "DTEND")
    for event in found:
        for name in ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION", *times):
            assert names(event).count(name) == 1


def test_every_uid_and_every_own_id_is_there_once(content: bytes, whose: str) -> None:
    for name in ("UID", "X-CADENCE-ID"):
        found = [value(event, name) for event in events(content)]
        assert len(found) == len(set(found))
    host = the_team(whose).team.feed_host
    assert all(value(event, "UID").endswith(f"@{host}") for event in events(content))


def test_stamps_are_utc_and_never_the_time_of_rendering(content: bytes, kind: str, whose: str) -> None:
    for event in events(content):
        assert re.fullmatch(r"\d{8}T\d{6}Z", value(event, "DTSTAMP"))
        assert value(event, "LAST-MODIFIED") == value(event, "DTSTAMP")
    later = NOW + timedelta(minutes=59) if kind in FINDINGS else NOW + timedelta(hours=14)
    assert feed(the_team(whose), FEEDS[kind], later, EventCache()) == content


def test_every_time_is_an_instant_in_utc_or_a_whole_day(content: bytes) -> None:
    for event in events(content):
        for line in event:
            if line.startswith(("DTSTART", "DTEND", "DUE", "COMPLETED")):
                assert re.fullmatch(r"[A-Z]+(:\d{8}T\d{6}Z|;VALUE=DATE:\d{8})", line)


def test_every_event_ends_after_it_begins_and_whole_days_on_the_next(content: bytes, kind: str) -> None:
    for event in [] if kind in TODOS else events(content):
        start, end = value(event, "DTSTART"), value(event, "DTEND")
        if "DTSTART;VALUE=DATE" in {line.partition(":")[0] for line in event}:
            assert icalendar.vDate.from_ical(end) - icalendar.vDate.from_ical(start) == timedelta(days=1)
        else:
            assert kind not in FINDINGS
            assert start < end


def test_a_to_do_is_due_after_it_begins_and_both_are_days_or_instants(content: bytes, kind: str) -> None:
    for todo in events(content) if kind in TODOS else []:
        due, done = value(todo, "DUE"), value(todo, "STATUS") == "COMPLETED"
        if "DTSTART" in names(todo):
            start = value(todo, "DTSTART")
            assert len(start) == len(due)
            assert start < due
        assert value(todo, "PERCENT-COMPLETE") == ("100" if done else "0")
        assert ("COMPLETED" in names(todo)) == done


def test_nobody_is_made_busy(content: bytes, kind: str) -> None:
    for event in [] if kind in TODOS else events(content):
        assert value(event, "TRANSP") == "TRANSPARENT"
        assert value(event, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"


def test_a_link_is_ascii_and_ends_the_description(content: bytes) -> None:
    for event in events(content):
        if "URL" in names(event):
            assert re.fullmatch(r"[a-z]+:[!-~]+", value(event, "URL"))
            assert "\\nhttps://" in value(event, "DESCRIPTION")


def test_the_feed_parses_without_errors(content: bytes) -> None:
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    assert len(calendar.subcomponents) == len(events(content))
    assert all(component.errors == [] for component in calendar.subcomponents)


def test_the_same_bytes_come_out_again_also_where_all_feeds_share_a_cache(
    content: bytes, kind: str, whose: str
) -> None:
    shared = the_cache(whose)
    assert feed(the_team(whose), FEEDS[kind], NOW, shared) == content
    assert feed(the_team(whose), FEEDS[kind], NOW, shared) == content


@cache
def the_cache(whose: str) -> EventCache:
    """What is left when every kind of feed has been rendered."""
    shared = EventCache()
    for selection in FEEDS.values():
        feed(the_team(whose), selection, NOW, shared)
    return shared
