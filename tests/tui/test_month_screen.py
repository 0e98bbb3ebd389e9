"""The month: what stands on each day, choosing one of a day's posts, and carrying posts to other days."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from cadence.model.calendar import Calendar
from cadence.tui.app import CadenceApp
from cadence.tui.filter import parse_filter
from cadence.tui.monthview import month_title, month_view, say_items
from cadence.tui.screens.month import MonthScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.screens.week import WeekScreen
from cadence.tui.widgets.cells import plain, width_of
from cadence.tui.widgets.month_cells import Cells, over_lines
from cadence.tui.widgets.month_grid import MonthGrid
from tests.builders import NOW, a_calendar, day, local
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.goldens import SIZES, assert_golden, lines_of
from tests.tui.office import office

TORNIO, STORIA, SQUADRA = "Il tornio", "Storia Bianchi", "Squadra"


def the(app: CadenceApp) -> MonthScreen:
    screen = app.calendar_screen
    assert isinstance(screen, MonthScreen)
    return screen


def post_of(calendar: Calendar, title: str) -> int:
    return next(post.id for post in calendar.posts.values() if post.title == title)


def a_full_day() -> Calendar:
    """Five posts of two channels on Thursday 26 November."""
    builder = a_calendar().with_channel("Blog").with_channel("Instagram")
    for hour in (9, 11, 13):
        builder.with_post("Blog", f"2026-11-26T{hour:02}:00", f"Articolo delle {hour}")
    for hour in (10, 12):
        builder.with_post("Instagram", f"2026-11-26T{hour}:00", f"Foto delle {hour}")
    return builder.build()


# What it shows


def test_a_month_is_shown_as_whole_weeks() -> None:
    view = month_view(office(), day("2026-11-23"), NOW)
    assert (view.first, view.weeks, month_title(view.month)) == (day("2026-10-26"), 6, "November 2026")
    assert view.place_of(day("2026-11-26")) == (4, 3)
    assert view.day(4, 3) == day("2026-11-26")
    assert not view.holds(day("2026-12-01"))
    assert post_of(office(), TORNIO) in view.posts()
    assert say_items(view.items(day("2026-11-26"))) == "1 post · 1 open slot"
    assert say_items(view.items(day("2026-11-28"))) == ""


def test_a_carried_post_stands_where_it_would_land() -> None:
    calendar = office()
    storia = post_of(calendar, STORIA)
    view = month_view(calendar, day("2026-11-23"), NOW, carried={storia: local("2026-11-28T09:00")})
    assert [item.on.post for item in view.items(day("2026-11-28"))] == [storia]
    assert view.items(day("2026-11-28"))[0].carried
    # Its slot is not free, only that of the blog is: the post is in the hand.
    assert [item.on.channel for item in view.items(day("2026-11-26"))] == [3]


def test_a_filter_leaves_out_posts_and_slots() -> None:
    calendar = office()
    view = month_view(calendar, day("2026-11-23"), NOW, keep=parse_filter("#linkedin", calendar))
    assert set(view.counts()) == {1}


def test_what_does_not_fit_into_a_day_is_counted() -> None:
    calendar = a_full_day()
    items = month_view(calendar, day("2026-11-26"), NOW).items(day("2026-11-26"))
    cells = Cells(calendar, {1: "B", 2: "I"}, ascii_only=False)
    lines = cells.lines(items, 18, 3, items[0].key, frozenset(), quiet=False)
    assert [plain(line) for line, _key in lines] == ["○ B Articolo dell…", "○ I Foto delle 10", "+3 more"]
    # The one that is chosen is always among those shown.
    lines = cells.lines(items, 18, 3, items[4].key, frozenset(), quiet=False)
    assert [key for _line, key in lines] == [items[3].key, items[4].key, None]


def test_in_narrow_days_the_marks_of_a_channel_stand_together() -> None:
    calendar = a_full_day()
    items = month_view(calendar, day("2026-11-26"), NOW).items(day("2026-11-26"))
    cells = Cells(calendar, {1: "B", 2: "I"}, ascii_only=False)
    for width, lines in ((8, ["B○○○ I○○"]), (5, ["B○○○", "I○○"])):
        found = cells.lines(items, width, 2, None, frozenset(), quiet=False)
        assert [plain(line) for line, _key in found] == lines
    assert all(width_of(line) <= 5 for line, _key in cells.lines(items, 5, 1, None, frozenset(), quiet=False))


def test_a_title_is_broken_between_words() -> None:
    assert over_lines("Il tornio nuovo ha un nome", 10, 2) == ["Il tornio ", "nuovo ha… "]
    assert over_lines("日本の工場 – una visita", 12, 3) == ["日本の工場 –", "una visita  "]
    assert over_lines("", 4, 2) == ["    "]


@pytest.mark.parametrize("size", SIZES)
async def test_the_month_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(office(), "Giulia", "month", size=size) as (app, _):
        screen = the(app)
        shown = [*lines_of(screen.grid), *lines_of(screen.list)]
        assert all(width_of([(line, "")]) == size[0] for line in lines_of(screen.grid))
        assert_golden(f"month_{size[0]}x{size[1]}", "".join(f"{line.rstrip()}\n" for line in shown))


async def test_the_month_reads_in_plain_letters_too() -> None:
    async with an_app(office(), "Giulia", "month", size=(80, 24), ascii_only=True) as (app, _):
        lines = lines_of(the(app).grid)
        assert_golden("month_ascii_80x24", "".join(f"{line.rstrip()}\n" for line in lines))


# Moving about


async def test_arrows_go_by_day_and_week_and_letters_by_month() -> None:
    async with an_app(office(), "Giulia", "month") as (app, pilot):
        screen = the(app)
        for key, there in (
            ("right", "2026-11-24"), ("3", ""), ("l", "2026-11-27"), ("down", "2026-12-04"),
            ("H", "2026-11-27"), ("K", "2026-10-27"), ("end", "2026-10-31"), ("J", "2026-11-30"),
            ("pagedown", "2026-12-30"), ("home", "2026-12-01"), ("t", "2026-11-23"),
        ):  # fmt: skip
            await pilot.press(key)
            assert not there or screen.day == day(there), key
        assert screen.grid.day == day("2026-11-23")


async def test_enter_goes_into_a_day_with_several_posts_and_from_one_to_the_week() -> None:
    async with an_app(a_full_day(), place="month") as (app, pilot):
        screen = the(app)
        screen.go_to_day(day("2026-11-26"))
        assert screen.hints()[0] == ("enter", "choose one of 5")
        await press(app, pilot, "tab", "down", "escape", "left", "right")
        assert screen.day == day("2026-11-26"), "escape leaves the day's list for the month"
        await press(app, pilot, "enter", "down", "down")
        assert screen.selected_posts() == [post_of(app.calendar, "Articolo delle 11")]
        assert screen.hints()[1] == ("enter", "shows it in the week")
        await press(app, pilot, "enter")
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        assert week.selected_posts() == [post_of(app.calendar, "Articolo delle 11")]


# Posts


async def test_a_post_is_carried_by_days_and_weeks_and_dropped_or_left() -> None:
    async with an_app(office(), "Giulia", "month") as (app, pilot):
        screen = the(app)
        storia = post_of(app.calendar, STORIA)
        screen.go_to_post(storia)
        await press(app, pilot, "m", "J", "escape")
        assert (screen.day, screen.moving) == (day("2026-11-26"), None)
        await press(app, pilot, "m", "right", "down")
        assert app.calendar.posts[storia].at == local("2026-11-26T09:00")
        assert "Fri 4 Dec 09:00" in app.status.text
        await press(app, pilot, "enter")
        assert app.calendar.posts[storia].at == local("2026-12-04T09:00")
        assert screen.day == day("2026-12-04")


async def test_what_is_marked_moves_together() -> None:
    async with an_app(office(), "Giulia", "month") as (app, pilot):
        screen = the(app)
        storia, squadra = post_of(app.calendar, STORIA), post_of(app.calendar, SQUADRA)
        screen.go_to_post(squadra)
        await press(app, pilot, "v", "right", "V")
        assert set(screen.selected_posts()) == {storia, squadra}
        await press(app, pilot, "greater_than_sign")
        assert [app.calendar.posts[id].at.day for id in (storia, squadra)] == [27, 26]
        assert not screen.marked


async def test_a_new_post_takes_the_open_slot_that_is_chosen() -> None:
    async with an_app(office(), "Giulia", "month") as (app, pilot):
        screen = the(app)
        screen.go_to_day(day("2026-11-27"))
        await press(app, pilot, "n")
        await answer(app, pilot, "Venerdì in officina")
        post = app.calendar.posts[post_of(app.calendar, "Venerdì in officina")]
        assert post.slot is not None
        assert post.at == local("2026-11-27T18:00")


async def test_on_an_empty_day_a_new_post_is_asked_for_with_that_day() -> None:
    async with an_app(office(), "Giulia", "month") as (app, pilot):
        the(app).go_to_day(day("2026-11-28"))
        await press(app, pilot, "n")
        assert isinstance(app.screen, Prompt)
        assert any(getattr(field, "value", "") == "2026-11-28" for field in app.screen.query("Input"))


# The mouse


async def at(app: CadenceApp, pilot: Pilot[None], text: str) -> tuple[int, int]:
    """Where the grid shows a day."""
    region = the(app).grid._region(day(text))
    return region.x + 1, region.y


async def test_dragging_moves_a_post_and_the_wheel_turns_months() -> None:
    async with an_app(office(), "Giulia", "month") as (app, pilot):
        storia = post_of(app.calendar, STORIA)
        here, there = await at(app, pilot, "2026-11-26"), await at(app, pilot, "2026-11-28")
        await pilot.mouse_down(MonthGrid, offset=here)
        await pilot.hover(MonthGrid, offset=there)
        assert the(app).day == day("2026-11-28")
        await pilot.mouse_up(MonthGrid, offset=there)
        await settle(app, pilot)
        assert app.calendar.posts[storia].at == local("2026-11-28T09:00")
        screen = the(app)
        screen.grid.post_message(MonthGrid.Wheeled(1))
        await settle(app, pilot)
        assert screen.day == day("2026-12-28")
