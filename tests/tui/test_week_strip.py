"""The strip above the week as a part that one can enter: from beat to beat, and to one in the week."""

from __future__ import annotations

from datetime import datetime

import pytest

from cadence.tui.app import CadenceApp
from cadence.tui.screens.assign import AssignScreen
from cadence.tui.screens.week import WeekScreen
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import office
from tests.tui.test_week_screen import TO_STORIA, post_called, week_of

TO_A_MISSED_BEAT = ("shift+tab", "down", "left")
"""From where the cursor is at first to the last beat of the blog that was missed."""


def panel_of(app: CadenceApp) -> str:
    panel = week_of(app).panel
    lines = [panel.head, *panel.left]
    return "\n".join("".join(text for text, _tone in line).rstrip() for line in lines)


# What it looks like


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_missed_beat_looks_like_this(width: int, height: int) -> None:
    async with an_app(office(), "Giulia", size=(width, height)) as (app, pilot):
        await press(app, pilot, *TO_A_MISSED_BEAT)
        assert_golden(f"week_strip_{width}x{height}", text_of(app))


async def test_a_newcomer_sees_without_colour_which_channel_is_in_trouble_and_what_the_marks_mean() -> None:
    async with an_app(office(), "Giulia") as (app, _pilot):
        lines = text_of(app).splitlines()
        assert [line[:5] for line in lines[2:5]] == [" Link", " Inst", "▲Blog"]
        assert lines[4].split()[-8:] == ["▲", "33", "▲", "31", "d", "▲", "3", "d"]
        assert "✕ missed" in str(week_of(app).grid.border_title)


# From part to part


async def test_tab_goes_round_the_parts_and_shift_tab_the_other_way() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week, been = week_of(app), list[str]()
        for key in ("tab", "tab", "tab", "shift+tab", "shift+tab", "shift+tab"):
            await press(app, pilot, key)
            been.append(week.part)
        assert been == ["panel", "strip", "grid", "strip", "panel", "grid"]


async def test_up_from_the_first_row_enters_the_strip_down_and_escape_leave_it() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week = week_of(app)
        spot = week.grid.spot
        await press(app, pilot, *TO_A_MISSED_BEAT, "escape")
        assert (week.part, week.grid.spot) == ("grid", spot)
        await press(app, pilot, *TO_STORIA, "up")
        assert week.part == "strip"
        assert panel_of(app).startswith(" · open · Blog · Thu 26 Nov 10:00"), "the last row, the same day"
        await press(app, pilot, "down")
        assert week.part == "grid"
        assert week.post_here == post_called(app.calendar, "Storia Bianchi")


# From beat to beat


async def test_beats_weeks_and_ends_with_counts() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        strip = week_of(app).strip
        await press(app, pilot, "shift+tab", "up")
        where: list[str] = []
        for keys in (["3", "left"], ["2", "H"], ["L"], ["home"], ["end"], ["t"]):
            await press(app, pilot, *keys)
            assert strip.beat is not None
            where.append(f"{strip.beat.at:%d.%m}")
        assert where == ["12.11", "29.10", "05.11", "01.09", "14.01", "24.11"]
        await press(app, pilot, "down", "5", "left", "down", "up")
        assert strip.beat is not None
        assert strip.beat.at == datetime(2026, 11, 11, 18), "the time is kept, by way of a rarer channel"


async def test_a_past_beat_says_what_it_counts_and_a_future_one_what_is_missing() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_A_MISSED_BEAT)
        assert panel_of(app).startswith(" ✕ missed · Blog · Thu 12 Nov 10:00")
        assert "counts nothing · the score is 33.3, without it 40" in panel_of(app)
        await press(app, pilot, "home")
        assert "counts in full · the score is 33.3, without it 20" in panel_of(app)
        await press(app, pilot, "escape", "shift+tab", "up", "right")
        assert "Storia Bianchi: still to do design (Elena), review (nobody)" in panel_of(app)
        await press(app, pilot, "left")
        assert "Il tornio: only publishing is left" in panel_of(app)
        await press(app, pilot, "end")
        assert "nothing is planned yet · n plans a post here" in panel_of(app)


# Enter


async def test_enter_goes_to_the_beat_in_the_week_be_it_past_missed_or_still_to_come() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week = week_of(app)
        await press(app, pilot, "shift+tab", "up", "left", "enter")
        assert week.part == "grid"
        assert week.grid.day.isoformat() == "2026-11-19"
        assert week.post_here is not None
        assert week.post_here.title == "Numero 19/11"
        await press(app, pilot, "t", "shift+tab", "2", "down", "left", "enter")
        assert week.grid.chip is not None
        assert (week.grid.chip.at, week.grid.chip.state) == (datetime(2026, 11, 12, 10), "missed")
        await press(app, pilot, "shift+tab", "3", "right", "enter")
        assert week.grid.chip is not None
        assert (week.grid.chip.at, week.grid.chip.state) == (datetime(2026, 12, 24, 10), "empty")


# Actions on a beat


async def test_a_new_post_on_an_open_beat_takes_its_slot() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "shift+tab", "down", "n")
        await answer(app, pilot, "Un articolo")
        post = post_called(app.calendar, "Un articolo")
        assert post.slot is not None
        assert post.slot.local == datetime(2026, 11, 26, 10)
        week = week_of(app)
        assert week.part == "strip"
        assert week.post_here == post


async def test_a_beats_post_is_assigned_and_carried_as_in_the_week() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "shift+tab", "up", "right", "a")
        assert isinstance(app.screen, AssignScreen)
        await press(app, pilot, "enter")
        assert app.calendar.posts[post_called(office(), "Storia Bianchi").id].tasks["review"].member
        await settle(app, pilot)
        assert week_of(app).part == "strip"
        await press(app, pilot, "m", "right", "enter")
        assert post_called(app.calendar, "Storia Bianchi").at == datetime(2026, 11, 27, 9)


# The mouse


async def test_a_click_goes_to_a_beat_and_a_second_one_to_the_week() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week = week_of(app)
        strip = week.strip
        axis = strip.axis(strip.size.width)
        beat = strip.beats_of(3)[-5]  # the blog's last one that is past
        place = (strip.label_width(strip.size.width) + axis.x(beat.week, beat.cell), 3)
        await pilot.click(strip, offset=place)
        assert (week.part, strip.beat) == ("strip", beat)
        await pilot.click(strip, offset=place)
        await settle(app, pilot)
        assert week.part == "grid"
        assert week.grid.day == beat.at.date()
        await pilot.click(strip, offset=(2, 1))
        assert (week.part, week.grid.channel) == ("grid", 1), "a name leads to the channel in the week"


async def test_before_the_figures_are_there_the_strip_says_that_they_are_counted() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        app.figures = None
        week = week_of(app)
        week.filter_changed()
        await pilot.press("shift+tab")
        assert isinstance(app.calendar_screen, WeekScreen)
        assert "counting …" in panel_of(app)
