"""The year at a glance, by posts, by load and by slots."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from cadence.tui.app import CadenceApp
from cadence.tui.screens.month import MonthScreen
from cadence.tui.screens.year import YearScreen
from cadence.tui.widgets.cells import width_of
from cadence.tui.widgets.year_grid import YearGrid
from cadence.tui.yearview import FoundYear, YearWish, look_at
from tests.builders import a_calendar, day
from tests.tui.apps import an_app, press
from tests.tui.goldens import SIZES, assert_golden, lines_of, text_of
from tests.tui.office import office


def the(app: CadenceApp) -> YearScreen:
    screen = app.calendar_screen
    assert isinstance(screen, YearScreen)
    return screen


def grid_text(app: CadenceApp) -> str:
    return "".join(f"{line.rstrip()}\n" for line in lines_of(the(app).grid))


@pytest.mark.parametrize("size", SIZES)
async def test_the_year_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(office(), "Giulia", "year", size=size) as (app, pilot):
        await pilot.pause()  # the parts have shared the screen out
        assert all(width_of([(line, "")]) == size[0] for line in lines_of(the(app).grid))
        assert_golden(f"year_{size[0]}x{size[1]}", text_of(app))


async def test_the_year_reads_in_plain_letters_too() -> None:
    async with an_app(office(), "Giulia", "year", size=(80, 24), ascii_only=True) as (app, pilot):
        await pilot.pause()  # the parts have shared the screen out
        assert_golden("year_ascii_80x24", grid_text(app))
        await press(app, pilot, "b", "b")
        assert_golden("year_slots_ascii_80x24", grid_text(app))


async def test_it_is_looked_at_by_posts_by_load_and_by_slots_of_what_is_filtered() -> None:
    async with an_app(office(), "Giulia", "year") as (app, pilot):
        screen = the(app)
        for measure in ("load", "slots", "posts"):
            await press(app, pilot, "b")
            assert screen.found is not None
            assert (screen.measure, screen.found.heat.measure) == (measure, measure)
        await press(app, pilot, "slash", *"#blog", "enter")
        assert [one.channel for one in screen.found.channels] == [3]
        screen.action_year_by("slots")
        assert screen.measure == "slots"
        screen.action_year_by("mood")
        assert "not by mood" in app.status.text


async def test_arrows_go_as_they_point_and_signs_by_year() -> None:
    async with an_app(office(), "Giulia", "year") as (app, pilot):
        screen = the(app)
        for key, there in (
            ("left", "2026-11-16"), ("down", "2026-11-17"), ("2", ""), ("L", "2026-12-01"),
            ("K", "2026-11-03"), ("up", "2026-11-02"), ("minus", "2025-11-02"), ("plus", "2026-11-02"),
            ("home", "2026-01-01"), ("up", "2025-12-31"), ("t", "2026-11-23"),
        ):  # fmt: skip
            await pilot.press(key)
            assert not there or screen.day == day(there), key
        screen.go_to_day(day("2028-02-29"))
        await press(app, pilot, "minus")
        assert screen.day == day("2027-02-28"), "a leap day has a day in other years, too"
        assert screen.grid.weeks.year == 2027


async def test_the_day_is_said_in_words_and_enter_shows_it_in_the_month() -> None:
    async with an_app(office(), "Giulia", "year") as (app, pilot):
        january, *_ = the(app).grid.jump_targets()
        await pilot.click(YearGrid, offset=(january.x, january.y))
        assert the(app).day == day("2026-01-01")
        the(app).go_to_day(day("2026-11-26"))
        lines = [line.strip() for line in lines_of(the(app).query_one("#year-day"))]
        assert lines[0].startswith("Thursday 26 November · 1 post")
        assert any("Blog" in line and "without a post" in line for line in lines)
        await press(app, pilot, "enter")
        month = app.calendar_screen
        assert isinstance(month, MonthScreen)
        assert month.day == day("2026-11-26")


async def test_many_channels_are_counted_where_they_do_not_fit() -> None:
    builder = a_calendar()
    for n in range(12):
        builder.with_channel(f"Canale {n:02}")
    async with an_app(builder.build(), place="year", size=(80, 24)) as (app, _):
        lines = lines_of(the(app).grid)
        assert "more channels" in lines[-1]
        assert lines[-2].startswith(" Canale 0")


async def test_who_leaves_while_a_year_is_counted_hears_no_more_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The grid goes before its screen does: in between the year is there."""
    is_gone = Event()

    def count_until_the_grid_is_gone(wish: YearWish) -> FoundYear:
        assert is_gone.wait(10)
        return look_at(wish)

    async def go(_grid: YearGrid) -> None:
        is_gone.set()
        await asyncio.sleep(0.1)

    monkeypatch.setattr("cadence.tui.screens.year.look_at", count_until_the_grid_is_gone)
    monkeypatch.setattr(YearGrid, "on_unmount", go, raising=False)
    async with an_app(office(), "Giulia") as (app, pilot):
        app.go_to_place("year")
        await pilot.pause()
        assert the(app).grid.is_mounted
        assert not is_gone.is_set()
