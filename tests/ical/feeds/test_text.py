"""Text comes out of a feed as it went in."""

from itertools import pairwise

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from cadence.ical.feeds.feed import post_uid
from cadence.ical.feeds.findings import Finding
from cadence.ical.feeds.render import render_finding, render_head, render_post
from cadence.ical.feeds.text import clean, escape
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from tests.builders import NOW, a_calendar, day, local
from tests.ical.feeds.feedkinds import unfolded

CALENDAR = a_calendar().with_channel("Blog").build()

pieces = st.sampled_from([*'\\;,:"è🎉\n N\t', "\\N", "\\n", "e\u0301"])
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    st.lists(pieces, max_size=150).map("".join),
)


def the_event(rendered: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(render_head("x", "y") + rendered + b"END:VCALENDAR\r\n")
    assert calendar.errors == []
    (event,) = calendar.events
    return event


def a_post(title: str, note: str = "") -> Post:
    return Post(id=1, channel=1, title=title, note=note, at=local("2026-11-26T10:00"), modified=NOW)


@given(texts)
@settings(max_examples=60)
def test_a_title_survives_writing_and_reading(title: str) -> None:
    event = the_event(render_post(CALENDAR, a_post(title), "post-1"))
    assert event["SUMMARY"] == f"[Blog] {clean(title)}"


@given(texts)
@settings(max_examples=60)
def test_a_note_survives_as_lines_of_the_description(note: str) -> None:
    event = the_event(render_post(CALENDAR, a_post("x", f"-{note}"), "post-1"))
    assert event["DESCRIPTION"].partition("\n")[2] == clean(f"-{note}")


@given(texts)
@settings(max_examples=60)
def test_every_line_is_folded_at_75_octets_and_between_characters_and_escapes(title: str) -> None:
    lines = render_post(CALENDAR, a_post(title), "post-1").split(b"\r\n")
    for line in lines:
        line.decode()
        assert len(line) <= 75
        assert b"\n" not in line
    for line, following in pairwise(lines):
        if following.startswith(b" "):
            assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


@given(texts)
@settings(max_examples=60)
def test_names_of_channels_and_feeds_are_escaped_as_text(name: str) -> None:
    gap = Finding("k", day("2026-11-26"), f"-{name}", "cause", ("one way", "another"), NOW)
    rendered = render_finding(gap, "gap-1", "host")
    assert the_event(rendered)["SUMMARY"] == clean(f"[-{name}] cause")
    escaped = escape(clean(f"-{name}"))
    assert f"CATEGORIES:{escaped}" in unfolded(rendered)
    assert {f"NAME:{escaped}", f"X-WR-CALNAME:{escaped}"} <= set(unfolded(render_head(f"-{name}", "x")))


@given(texts)
@settings(max_examples=60)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_windows_path_keeps_its_backslashes() -> None:
    event = the_event(render_post(CALENDAR, a_post("C:\\New\\nights"), "post-1"))
    assert event["SUMMARY"] == "[Blog] C:\\New\\nights"


def test_the_link_is_plain_ascii_and_the_last_line_of_the_description() -> None:
    post = Post(
        id=1, channel=1, title="x", at=local("2026-11-26T10:00"), link="https://e.example/caffè?a=1,2;b"
    )
    event = the_event(render_post(CALENDAR, post, "post-1"))
    assert event["URL"] == "https://e.example/caff%C3%A8?a=1,2;b"
    assert event["DESCRIPTION"].splitlines()[-1] == "https://e.example/caffè?a=1,2;b"


def test_a_posts_uid_is_random_where_it_has_one_and_its_number_where_not() -> None:
    assert post_uid(a_post("x")) == "post-1"
    assert post_uid(Post(id=1, channel=1, title="x", at=local("2026-11-26T10:00"), uid="7f")) == "post-7f"


def test_an_empty_calendar_is_valid() -> None:
    assert Calendar.empty().team.name == "New team"
    calendar = icalendar.Calendar.from_ical(render_head("New team", "x") + b"END:VCALENDAR\r\n")
    assert calendar["VERSION"] == "2.0"
