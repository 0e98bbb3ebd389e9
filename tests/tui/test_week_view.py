"""The week as rows and chips, before anything is painted."""

from __future__ import annotations

from datetime import date, datetime

from cadence.model.calendar import Calendar
from cadence.tui.filter import parse_filter
from cadence.tui.weekview import WeekView, week_view
from tests.builders import NOW, a_calendar, utc
from tests.tui.office import office

WEEK = date(2026, 11, 23)


def said(view: WeekView, channel: str) -> list[list[str]]:
    """What each day of a channel shows: `09:00 state title`."""
    row = next(row for row in view.rows if row.name == channel)
    return [[f"{chip.at:%H:%M} {chip.state} {chip.title}" for chip in cell] for cell in row.cells]


def test_posts_and_open_slots_stand_on_their_days_in_order_of_time() -> None:
    view = week_view(office(), WEEK, NOW)
    assert said(view, "LinkedIn") == [
        [], ["09:00 ready Il tornio"], [], ["09:00 planned Storia Bianchi"], [], [], [],
    ]  # fmt: skip
    assert said(view, "Instagram")[4] == ["18:00 empty open slot"]


def test_who_does_what_comes_next_is_named() -> None:
    cells = week_view(office(), WEEK, NOW).rows[0].cells
    assert [chip.who for cell in cells for chip in cell] == ["Anna", "Elena"]


def test_a_post_that_went_out_shows_what_became_of_its_slot() -> None:
    view = week_view(office(), date(2026, 10, 12), NOW)
    assert said(view, "LinkedIn")[4] == ["17:00 late Numero 15/10"]


def test_a_post_far_from_its_slot_still_shows_its_outcome() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=MONTHLY;BYMONTHDAY=1", "10:00")
        .with_publication("Blog", "2026-11-10T09:00", "Late")
        .build()
    )
    assert said(week_view(calendar, date(2026, 11, 9), NOW), "Blog")[1] == ["10:00 late Late"]


def test_a_carried_post_stands_where_it_would_go_and_its_old_place_is_free() -> None:
    post = next(p for p in office().posts.values() if p.title == "Storia Bianchi")
    view = week_view(office(), WEEK, NOW, carried={post.id: datetime(2026, 11, 28, 9)})
    row = said(view, "LinkedIn")
    assert row[3] == []
    assert row[5] == ["09:00 planned Storia Bianchi"]
    assert view.rows[0].cells[5][0].carried


def test_a_paused_slot_is_shown_as_paused() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", pauses=[("2026-11-20", "2026-11-30")])
        .build()
    )
    assert said(week_view(calendar, WEEK, NOW), "Blog")[3] == ["10:00 paused paused"]


def test_a_filter_keeps_its_channel_and_its_people() -> None:
    calendar = office()
    only_blog = week_view(calendar, WEEK, NOW, keep=parse_filter("#blog", calendar))
    assert [row.name for row in only_blog.rows] == ["Blog"]
    marco = week_view(calendar, WEEK, NOW, keep=parse_filter("@marco", calendar))
    assert [chip.title for row in marco.rows for cell in row.cells for chip in cell] == ["Storia Bianchi"]


def test_retired_channels_have_no_row() -> None:
    calendar = a_calendar().with_channel("Old", retired=True).with_channel("New").build()
    assert [row.name for row in week_view(calendar, WEEK, NOW).rows] == ["New"]


def test_a_calendar_without_channels_is_an_empty_week() -> None:
    assert week_view(Calendar.empty(), WEEK, utc("2026-11-23T09:00")).rows == ()
