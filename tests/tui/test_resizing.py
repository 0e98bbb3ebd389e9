"""The terminal changes its size faster than screens are laid out, as while a window is dragged."""

from __future__ import annotations

import pytest
from textual import events
from textual.geometry import Size

from cadence.tui.screens.year import YearScreen
from tests.tui.apps import an_app, settle
from tests.tui.office import office


async def test_two_sizes_that_meet_do_not_follow_each_other_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with an_app(office(), "Giulia", "year") as (app, pilot):
        screen = app.calendar_screen
        assert isinstance(screen, YearScreen)
        heard, fit = list[Size](), screen._fit

        def count(size: Size) -> None:
            heard.append(size)
            assert len(heard) < 30
            fit(size)

        monkeypatch.setattr(screen, "_fit", count)
        for size in (Size(176, 46), Size(107, 16)):
            screen.post_message(events.Resize(size, size))
            screen.call_later(lambda: None)  # something between the two
        await settle(app, pilot)
        assert screen.size == app.size


async def test_a_prompt_and_what_is_behind_it_have_the_last_size() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await pilot.press("slash")
        for size in ((50, 12), (160, 50), (40, 10), (100, 30)):
            await pilot.resize_terminal(*size)
        await settle(app, pilot)
        assert [screen.size for screen in app.screen_stack] == [Size(100, 30)] * 2
