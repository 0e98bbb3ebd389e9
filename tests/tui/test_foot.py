"""The lowest line: which keys it has room for."""

from __future__ import annotations

from cadence.tui.app import CadenceApp
from cadence.tui.widgets.frame import FootBar
from tests.tui.apps import an_app, press
from tests.tui.goldens import lines_of
from tests.tui.office import office


def foot(app: CadenceApp) -> list[str]:
    assert app.calendar_screen is not None
    return [line.rstrip() for line in lines_of(app.calendar_screen.query_one(FootBar))]


async def test_however_narrow_it_is_it_says_where_all_keys_are() -> None:
    async with an_app(office(), "Giulia", size=(60, 16)) as (app, pilot):
        assert foot(app) == [" a assign  c claim  m move  space done  n new  ? help"]
        await pilot.resize_terminal(200, 16)
        assert foot(app)[0].endswith(": command  ? help  q quit")


async def test_in_a_low_window_keys_stand_beside_what_is_marked_and_give_way_to_what_was_done() -> None:
    async with an_app(office(), "Giulia", "agenda", size=(80, 24)) as (app, pilot):
        await press(app, pilot, "v")
        (line,) = foot(app)
        assert line.startswith(" a assign  c claim")
        assert "? help" in line
        assert "1 post marked" in line
        await press(app, pilot, "escape", "n", *"Fiera", "tab", *"blog", "enter")
        assert foot(app)[0].startswith(" Planned post")


async def test_where_there_are_no_arrows_keys_are_called_by_their_names() -> None:
    async with an_app(office(), "Giulia", ascii_only=True) as (app, pilot):
        await press(app, pilot, "m")
        assert foot(app)[-1].startswith(" left right by a day  H L by a week  up down to an open slot")


async def test_of_a_file_the_folders_give_way_to_what_is_said_of_it() -> None:
    async with an_app(office(), "Giulia", size=(80, 24)) as (app, pilot):
        app.say("/srv/shared/marketing/2026/team.json.log cannot be written: the disk is full - make room")
        await press(app, pilot)
        assert foot(app)[0] == " …/team.json.log cannot be written: the disk is full - make room"
        app.say("Copied the link: https://example.com/a/long/way/to/a/post/that/was/published/long/ago")
        await press(app, pilot)
        assert "https://example.com/a/long" in foot(app)[0]
        app.say("/srv/team.json is a calendar")
        await press(app, pilot)
        assert foot(app)[0] == " /srv/team.json is a calendar"
