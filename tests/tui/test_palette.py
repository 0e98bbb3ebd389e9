"""The palette: every entry is found by its name, and does what its key does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from inspect import isawaitable
from typing import Any

import pytest
from textual.command import CommandInput, CommandList, DiscoveryHit, Hit
from textual.pilot import Pilot

from cadence.insight.words import sentence
from cadence.tui.actions import PLACES, actions_of
from cadence.tui.app import CadenceApp
from cadence.tui.palette import CadenceCommands, Palette
from cadence.tui.screens.base import CalendarScreen
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import text_of
from tests.tui.office import office
from tests.tui.test_actions import Tried, calendar_for


def screen_of(app: CadenceApp) -> CalendarScreen:
    assert app.calendar_screen is not None
    return app.calendar_screen


async def listed(screen: CalendarScreen) -> Mapping[str, Any]:
    """What each entry runs, by its name: all that stands there before anything is typed."""
    hits = [hit async for hit in CadenceCommands(screen).discover()]
    found = {str(hit.display): hit.command for hit in hits if isinstance(hit, DiscoveryHit)}
    assert len(found) == len(hits), "two entries have one name"
    return found


async def found_first(screen: CalendarScreen, text: str) -> Hit:
    hits = [hit async for hit in CadenceCommands(screen).search(text)]
    return max((hit for hit in hits if isinstance(hit, Hit)), key=lambda hit: hit.score)


async def run(app: CadenceApp, pilot: Pilot[None], command: Any) -> None:
    """Run what an entry runs."""
    result = command()
    if isawaitable(result):
        await result
    await settle(app, pilot)


async def choose(app: CadenceApp, pilot: Pilot[None], text: str, name: str) -> None:
    """Open the palette, type, and take what comes first, which has this name."""
    await pilot.press("ctrl+p")
    palette = app.screen
    assert isinstance(palette, Palette)
    palette.query_one(CommandInput).value = text
    found = palette.query_one(CommandList)
    for _ in range(500):
        if found.option_count and name in str(found.get_option_at_index(0).prompt):
            break
        await pilot.pause(0.01)
    await pilot.press("down" if found.highlighted is None else "enter")
    if app.screen is palette:
        await pilot.press("enter")
    await settle(app, pilot)
    assert app.screen is not palette


async def test_what_is_done_comes_before_how_one_moves() -> None:
    async with an_app(office(), "Giulia") as (app, _pilot):
        names = list(await listed(screen_of(app)))
        assert names[0] == "New"
        assert names.index("Quit") < names.index("Left")


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
async def test_every_entry_has_a_name_that_finds_it_and_does_something(place: str) -> None:
    async with an_app(calendar_for(place), "Giulia", place) as (app, pilot):
        app.count_wait = 0.001
        screen = screen_of(app)
        entries = await listed(screen)
        actions = [action for action in actions_of(place) if action.listed]
        tried, nothing = Tried(app, pilot, place), list[str]()
        assert set(entries) == {sentence(action.name) for action in actions}
        for action in actions:
            name = sentence(action.name)
            command = entries[name]
            assert (command.func, command.args) == (screen.run_action, (action.method,))
            assert (await found_first(screen, name)).text == name
            if not await tried.does_something(action, partial(run, app, pilot, command)):
                nothing.append(name)
    assert nothing == []


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
async def test_a_channel_a_member_and_a_post_can_be_chosen_on_every_screen(place: str) -> None:
    async with an_app(office(), "Giulia", place) as (app, pilot):
        for name, says in {"Blog": "#blog", "Anna Conti": "@anna-conti"}.items():
            await run(app, pilot, (await found_first(screen_of(app), f"Show only {name}")).command)
            assert app.filter.says == says
        screen_of(app).set_filter("")
        screen_of(app).move_to_end(last=True)
        await settle(app, pilot)
        before = text_of(app)
        await run(app, pilot, (await found_first(screen_of(app), "squadra")).command)
        assert text_of(app) != before
        assert "Squadra" in text_of(app)


async def test_what_is_typed_finds_actions_channels_people_and_posts() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await choose(app, pilot, "agenda", "Agenda")
        assert app.current_mode == "agenda"
        await choose(app, pilot, "only linkedin", "Show only LinkedIn")
        assert app.filter.says == "#linkedin"
        await choose(app, pilot, "only marco", "Show only Marco Villa")
        assert app.filter.says == "@marco-villa"
        await press(app, pilot, "escape")
        await choose(app, pilot, "squadra", "Squadra")
        (post,) = screen_of(app).selected_posts()
        assert app.calendar.posts[post].title == "Squadra"
