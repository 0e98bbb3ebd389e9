"""The week under the mouse: choosing, marking, dragging posts to another day, turning the wheel."""

from __future__ import annotations

from datetime import datetime

from textual.events import MouseScrollDown
from textual.pilot import Pilot

from cadence.tui.app import CadenceApp
from cadence.tui.widgets.week_layout import Spot
from cadence.tui.widgets.week_mouse import MouseGrid
from tests.tui.apps import an_app, press, settle
from tests.tui.office import office
from tests.tui.test_week_screen import TO_STORIA, post_called, week_of

STORIA, TORNIO, SQUADRA = Spot(0, 3), Spot(0, 1), Spot(1, 2)


def cell(grid: MouseGrid, spot: Spot, dx: int = 2) -> tuple[int, int]:
    """A place on a chip; `dx` 0: the column for its sign."""
    layout = grid.layout_of_week
    x, y = layout.columns[spot.day][0] + dx, layout.tops[spot.row] + spot.place * grid.spacing.chip
    return x, grid.gutter.top + 1 + y - int(grid.scroll_offset.y)


async def drag(app: CadenceApp, pilot: Pilot[None], start: Spot, *way: Spot) -> None:
    """With the button held down."""
    grid = week_of(app).grid
    await pilot.mouse_down(grid, cell(grid, start))
    for spot in way:
        await pilot.hover(grid, cell(grid, spot))
    await settle(app, pilot)


async def drop(app: CadenceApp, pilot: Pilot[None], spot: Spot) -> None:
    grid = week_of(app).grid
    await pilot.mouse_up(grid, cell(grid, spot))
    await settle(app, pilot)


async def test_a_click_chooses_and_a_second_one_looks_into_it() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week = week_of(app)
        await pilot.click(week.grid, offset=cell(week.grid, STORIA))
        assert (week.grid.spot, week.part) == (STORIA, "grid")
        await pilot.click(week.grid, offset=cell(week.grid, STORIA))
        await settle(app, pilot)
        assert week.part == "panel"
        await pilot.click(week.panel, offset=(5, week.panel.gutter.top + 1 + 2))
        await settle(app, pilot)
        assert [ref.kind for ref in week.selected_tasks()] == ["review"], "a task is chosen by a click too"


async def test_a_click_on_the_sign_or_with_ctrl_marks() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week = week_of(app)
        await pilot.click(week.grid, offset=cell(week.grid, STORIA, dx=0))
        await pilot.click(week.grid, offset=cell(week.grid, TORNIO), control=True)
        await settle(app, pilot)
        marked = {app.calendar.posts[id].title for id in week.marked}
        assert marked == {"Storia Bianchi", "Il tornio"}
        await pilot.click(week.grid, offset=cell(week.grid, STORIA), control=True)
        await settle(app, pilot)
        assert len(week.marked) == 1


async def test_a_dragged_post_is_carried_and_what_it_means_is_said_before_it_is_dropped() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await drag(app, pilot, STORIA, Spot(0, 4))
        assert app.status.text == (
            "Storia Bianchi → Fri 27 Nov 09:00 · counts half: late for Thu 26 · Elena, Marco are told"
        )
        assert app.calendar.seq == 1
        await drop(app, pilot, Spot(0, 4))
        assert post_called(app.calendar, "Storia Bianchi").at == datetime(2026, 11, 27, 9)
        assert (week_of(app).moving, week_of(app).part) == (None, "grid")


async def test_let_go_outside_or_after_escape_it_stays_where_it_was() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await drag(app, pilot, STORIA, Spot(0, 4))
        await pilot.mouse_up(offset=(3, 1))
        await settle(app, pilot)
        assert app.status.text == "Left where it was"
        await drag(app, pilot, STORIA, Spot(0, 4))
        await press(app, pilot, "escape")
        await drop(app, pilot, Spot(0, 4))
        assert app.calendar.seq == 1
        assert week_of(app).moving is None


async def test_over_an_open_slot_of_its_channel_it_takes_the_slot() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await drag(app, pilot, SQUADRA, Spot(1, 4))
        assert "takes the open slot, Wed 25 opens again" in app.status.text
        await drop(app, pilot, Spot(1, 4))
        post = post_called(app.calendar, "Squadra")
        assert post.slot is not None
        assert post.slot.local == post.at == datetime(2026, 11, 27, 18)


async def test_all_marked_posts_come_along() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "v", "2", "left", "v")
        await drag(app, pilot, STORIA, Spot(0, 4))
        await drop(app, pilot, Spot(0, 4))
        days = [post_called(app.calendar, title).at.day for title in ("Il tornio", "Storia Bianchi")]
        assert days == [25, 27]
        assert app.calendar.seq == 2


async def test_what_went_out_cannot_be_dragged_and_that_is_said() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "H")
        await drag(app, pilot, Spot(0, 1), Spot(0, 2))
        assert app.status.text == "Numero 17/11 is published: only open posts move"
        await drop(app, pilot, Spot(0, 2))
        assert app.calendar.seq == 1


async def test_the_wheel_goes_by_weeks_where_all_is_shown() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        grid = week_of(app).grid
        await pilot._post_mouse_events([MouseScrollDown], grid, cell(grid, STORIA))
        assert grid.day.isoformat() == "2026-11-30"
