"""A list of rows stays filled and on its cursor, however many rows there are from one moment to the next."""

from __future__ import annotations

import pytest

from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.row_list import RowList
from tests.builders import a_calendar
from tests.tui.apps import an_app
from tests.tui.goldens import lines_of

HEIGHT = 10


class Numbers(RowList[int]):
    count = 0

    def show(self, count: int) -> None:
        self.count = count
        self.rows_changed()

    def row_count(self) -> int:
        return self.count

    def row_key(self, row: int) -> int:
        return row

    def row_line(self, row: int, width: int) -> Line:
        return [(f"row {row}", "")]


@pytest.mark.parametrize(
    ("left", "first", "last"),
    [
        (45, "row 35", "▸ row 44"),
        (11, "row 1", "▸ row 10"),
        (3, "row 0", "▸ row 2"),
        (60, "row 40", "▸ row 49"),
    ],
)
async def test_where_rows_go_its_end_is_the_end_of_what_is_shown(left: int, first: str, last: str) -> None:
    async with an_app(a_calendar().build()) as (app, pilot):
        numbers = Numbers()
        numbers.styles.height = HEIGHT
        await app.screen.mount(numbers)
        await pilot.pause()
        numbers.show(50)
        numbers.move_end()
        await pilot.pause()
        assert "row 40" in lines_of(numbers)[0]
        numbers.show(left)
        await pilot.pause()
        shown = [line.replace("┃", "").strip() for line in lines_of(numbers)]
        assert (shown[0], shown[min(left, HEIGHT) - 1]) == (first, last)
        assert not any(shown[left:])


async def test_an_empty_list_that_is_filled_again_begins_at_its_first_row() -> None:
    async with an_app(a_calendar().build()) as (app, pilot):
        numbers = Numbers()
        numbers.styles.height = HEIGHT
        await app.screen.mount(numbers)
        numbers.show(50)
        numbers.move_end()
        numbers.show(0)
        await pilot.pause()
        assert numbers.cursor is None
        numbers.show(20)
        await pilot.pause()
        assert lines_of(numbers)[0].strip("┃ ") == "▸ row 0"
