"""How the week uses its room: as much as fits, none of it crowded."""

from __future__ import annotations

from datetime import date, timedelta

from cadence.model.calendar import Calendar
from cadence.tui.weekview import Chip, WeekView, week_view
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.week_chips import chip_line
from cadence.tui.widgets.week_layout import SPACINGS, USUAL, Layout, Spacing, best_spacing
from tests.builders import NOW, a_calendar
from tests.tui.apps import an_app, press
from tests.tui.goldens import text_of
from tests.tui.office import office
from tests.tui.test_week_screen import week_of

WEEK = date(2026, 11, 23)


def channels(count: int, busy: int = 0) -> Calendar:
    """So many channels, each with two slots a week, and so many posts on a Wednesday of the first."""
    builder = a_calendar()
    for n in range(1, count + 1):
        builder.with_channel(f"Channel {n}")
        builder.with_rhythm(f"Channel {n}", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00")
    builder.with_member("Giulia Rossi", role="lead")
    for n in range(busy):
        builder.with_post("Channel 1", f"2026-11-25T{8 + n:02}:00", f"Number {n + 1}")
    return builder.build()


def view(calendar: Calendar, weeks: int = 1) -> WeekView:
    return week_view(calendar, WEEK, NOW, weeks=weeks)


def test_the_most_generous_spacing_that_fits_is_taken() -> None:
    four = view(channels(4))
    assert best_spacing(four, 21, SPACINGS) == Spacing(4, 1)
    assert best_spacing(four, 20, SPACINGS) == Spacing(4, 0)
    assert best_spacing(four, 17, [USUAL, *SPACINGS[3:]]) == USUAL
    assert best_spacing(four, 2, SPACINGS) == SPACINGS[-1]


def test_what_it_takes_is_what_was_reckoned_with() -> None:
    for calendar, weeks in ((channels(3), 1), (channels(2, busy=10), 3)):
        weekly = view(calendar, weeks)
        for spacing in SPACINGS:
            height = Layout(weekly, spacing, 120).height
            assert best_spacing(weekly, height, [spacing, Spacing(9, 9)]) == spacing
            assert best_spacing(weekly, height - 1, [spacing, Spacing(9, 9)]) == Spacing(9, 9)


def test_the_rows_of_a_later_week_stand_below_its_heading() -> None:
    layout = Layout(view(channels(2), 2), Spacing(2, 0), 80)
    assert layout.lines == [(0, 0), (0, 1), (1, 0), (1, 1), (2, None), (2, 0), (2, 1), (3, 0), (3, 1)]


def test_the_columns_of_the_days_fill_the_width() -> None:
    for width in range(60, 240, 7):
        layout = Layout(view(channels(2)), USUAL, width)
        assert layout.columns[0][0] == layout.label
        assert sum(size for _x, size in layout.columns) == width - layout.label - 1


def test_a_week_that_begins_on_sunday_has_its_quiet_days_at_both_ends() -> None:
    sunday = week_view(channels(1), WEEK - timedelta(days=1), NOW)
    widths = [size for _x, size in Layout(sunday, USUAL, 110).columns]
    assert max(widths[0], widths[6]) < min(widths[1:6])


def test_a_long_title_goes_over_two_lines_and_who_is_next_follows_it() -> None:
    chip = Chip(
        NOW.replace(tzinfo=None), "planned", "Dietro le quinte dell'officina", "draft", "Anna", post=1
    )
    assert [plain(chip_line(chip, part, 4, 16)) for part in range(4)] == [
        "09:00 ○", "Dietro le quinte", "dell'officina", "draft Anna",
    ]  # fmt: skip
    assert [plain(chip_line(chip, part, 4, 40)) for part in range(4)][2:] == ["draft Anna", ""]
    assert plain(chip_line(chip, 0, 1, 18)) == "09:00 ○ Dietro le…"


async def test_in_a_small_terminal_nine_channels_are_seen_at_once() -> None:
    async with an_app(channels(9), "Giulia", size=(80, 24)) as (app, _pilot):
        assert all(f" Channel {n} " in text_of(app).split("Week 48")[1] for n in range(1, 10))


async def test_ten_posts_on_a_day_are_all_within_reach() -> None:
    async with an_app(channels(3, busy=10), "Giulia", size=(80, 24)) as (app, pilot):
        await press(app, pilot, "right", "right", "home", "2", "right", "9", "down")
        week = week_of(app)
        assert week.post_here is not None
        assert week.post_here.title == "Number 10"
        assert "17:00" in text_of(app)


async def test_where_there_is_room_the_next_weeks_stand_below_and_the_cursor_goes_on_into_them() -> None:
    async with an_app(office(), "Giulia", size=(200, 60)) as (app, pilot):
        week = week_of(app)
        assert [f"Week {n}" in text_of(app) for n in (48, 49, 50, 51)] == [True, True, True, False]
        await press(app, pilot, "L")
        assert (week.week, week.grid.day) == (WEEK, date(2026, 11, 30))
        assert "Load 49" in text_of(app)
        await press(app, pilot, "2", "L")
        assert (week.week, week.grid.day) == (date(2026, 11, 30), date(2026, 12, 14)), "one more comes in"
        await press(app, pilot, "t", "end", "right")
        assert week.grid.day == date(2026, 11, 30)
        await pilot.resize_terminal(80, 24)
        await press(app, pilot)
        assert (week.week, week.grid.view.weeks) == (date(2026, 11, 30), 1), "the cursor's week stays"
