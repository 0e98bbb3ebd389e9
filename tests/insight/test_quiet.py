"""Silences of a channel, each with the moment from which it was too long."""

from datetime import timedelta

from cadence.insight.quiet import Quiet, quiet_times, silence_allowed
from cadence.insight.strip import worst_of_parts
from tests.builders import NOW, a_calendar, utc

START, END = utc("2026-11-08T23:00"), utc("2026-11-22T23:00")
"""Two weeks in Rome: Monday 9 to Sunday 22 November."""
BLOG = 1
WEEK = 7 * 24 * 60


def a_blog(**rhythm):
    return (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", start="2026-10-01", max_silence=WEEK, **rhythm)
    )


def quiet(calendar, end=END):
    return quiet_times(calendar, BLOG, START, end, NOW)


def test_silences_lie_between_publications_and_the_first_began_before_the_period():
    calendar = (
        a_blog().with_publication("Blog", "2026-11-05T08:00").with_publication("Blog", "2026-11-10T08:00")
    )
    assert quiet(calendar.build()) == [
        Quiet(utc("2026-11-05T08:00"), utc("2026-11-10T08:00"), None),
        Quiet(utc("2026-11-10T08:00"), END, utc("2026-11-17T08:00")),
    ]


def test_where_nothing_was_published_the_silence_begins_with_the_period():
    assert quiet(a_blog().build()) == [Quiet(START, END, START + timedelta(days=7))]


def test_it_lasts_until_now_and_what_is_to_come_is_no_silence_yet():
    (only,) = quiet(a_blog().build(), END + timedelta(days=30))
    assert only.end == NOW
    assert quiet_times(a_blog().build(), BLOG, NOW, NOW + timedelta(days=1), NOW) == []


def test_a_pause_does_not_count():
    calendar = a_blog(pauses=[("2026-11-12", "2026-11-14")]).with_publication("Blog", "2026-11-10T08:00")
    assert quiet(calendar.build())[-1].breaks == utc("2026-11-20T08:00")


def test_before_its_rhythm_began_a_channel_promised_nothing():
    calendar = (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", start="2026-11-12", max_silence=WEEK)
        .with_publication("Blog", "2026-10-01T08:00")
        .build()
    )
    (only,) = quiet(calendar)
    assert only.breaks == utc("2026-11-18T23:00")


def test_the_shortest_allowed_silence_of_the_rhythms_holds():
    builder = a_blog().with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", max_silence=2 * WEEK)
    assert silence_allowed(builder.build(), BLOG) == timedelta(days=7)
    assert silence_allowed(a_calendar().with_channel("Blog").with_rhythm("Blog").build(), BLOG) is None


def test_too_many_slots_for_a_strip_show_the_worst_of_each_part():
    assert worst_of_parts(["on_time", "missed"], 5) == ("on_time", "missed")
    assert worst_of_parts(["on_time", "missed", "late", "on_time", "paused", "ready"], 3) == (
        "missed",
        "late",
        "ready",
    )
