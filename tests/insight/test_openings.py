"""Where an idea could go. Now is Monday 23 November 2026, 10:00 in Rome."""

from __future__ import annotations

from datetime import date
from typing import Any

from cadence.insight.openings import Opening, openings
from cadence.model.calendar import Calendar
from cadence.model.post import Idea
from tests.builders import NOW, a_calendar, local

BLOG, NEWS = 1, 2


def a_team() -> Calendar:
    """The blog on Thursdays, of which the next is taken; the newsletter, which needs no work, on Tuesdays."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Newsletter", workflow=None)
        .with_member("Anna")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU,TH", "10:00", start="2026-11-24")
        .with_rhythm("Newsletter", "FREQ=WEEKLY;BYDAY=TU", "09:00", start="2026-11-24")
        .with_post("Blog", "2026-11-26T10:00", "Taken", slot="2026-11-26T10:00")
        .build()
    )


def found(**idea: Any) -> list[Opening]:
    return openings(a_team(), Idea(id=1, text="How we sharpen tools", author=1, at=NOW, **idea), NOW)


def times(**idea: Any) -> list[tuple[int, str]]:
    return [(one.slot.channel, one.slot.local.isoformat(timespec="minutes")) for one in found(**idea)]


def test_an_idea_goes_on_the_next_open_slot_of_its_channel_that_leaves_time_for_the_work() -> None:
    until = date(2026, 12, 3)
    assert times(channel=BLOG, good_until=until) == [
        (BLOG, "2026-12-01T10:00"),
        (BLOG, "2026-12-03T10:00"),
        (BLOG, "2026-11-24T10:00"),  # its draft was due on Friday
    ]


def test_an_opening_says_by_when_the_work_has_to_begin() -> None:
    first, *_, short = found(channel=BLOG, good_until=date(2026, 12, 1))
    assert (first.first, first.is_short) == (("draft", date(2026, 11, 27)), False)
    assert (short.first, short.is_short) == (("draft", date(2026, 11, 20)), True)


def test_without_a_channel_it_may_go_on_any() -> None:
    assert times(good_until=date(2026, 12, 1)) == [
        (NEWS, "2026-11-24T09:00"),
        (NEWS, "2026-12-01T09:00"),
        (BLOG, "2026-12-01T10:00"),
        (BLOG, "2026-11-24T10:00"),
    ]


def test_the_last_good_day_counts_and_a_day_that_is_over_leaves_nothing() -> None:
    assert times(channel=NEWS, good_until=date(2026, 11, 24)) == [(NEWS, "2026-11-24T09:00")]
    assert times(good_until=date(2026, 11, 22)) == []


def test_without_a_last_day_it_looks_twelve_weeks_ahead() -> None:
    assert len(found(channel=NEWS)) == 12
    assert found(channel=NEWS)[-1].slot.local == local("2027-02-09T09:00")
