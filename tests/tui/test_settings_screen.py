"""Your settings: changed in place, kept in your own file, and set back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from cadence import language
from cadence.model.errors import BadInput
from cadence.tui.screens.prompt import Prompt
from cadence.tui.screens.settings import SettingsScreen
from cadence.tui.screens.team import TeamScreen
from cadence.tui.widgets.settings_list import SettingsList
from cadence.user.folders import config_file
from cadence.user.settings import drop_setting, read_config, write_setting
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.contributors import a_small_office
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.test_team_screen import below_header


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    yield
    language.use("en")


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders where everybody has them, so that they are told alike everywhere."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("sys.platform", "linux")


async def test_the_settings_look_like_this() -> None:
    keymap = {"go.right": "b"}
    calendar = a_small_office().build()
    async with an_app(calendar, "Giulia", "settings", keymap=keymap, theme="cadence-dark") as (app, pilot):
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            text = below_header(app).replace(app.workspace.url, "memory:office")
            assert_golden(f"settings_{size[0]}x{size[1]}", text)


async def test_themes_are_turned_through_or_typed_shown_at_once_kept_and_set_back() -> None:
    async with an_app(a_small_office().build(), "Giulia", "settings") as (app, pilot):
        before = app.theme
        await press(app, pilot, "right")
        await app.workers.wait_for_complete()
        assert app.theme != before
        assert read_config() == {"theme": app.theme}
        assert app.status.text == f"Colours: {app.theme}, kept in ~/.config/cadence/config.toml · u undoes"
        await press(app, pilot, "u")
        assert app.theme == before
        assert read_config() == {}
        await press(app, pilot, "u")
        assert "No setting was changed here" in app.status.text
        before = app.theme
        await press(app, pilot, "enter")
        app.screen.query_one(Input).value = "cadence-light"
        await settle(app, pilot)
        assert app.theme == "cadence-light"
        await press(app, pilot, "escape")
        assert (app.theme, read_config()) == (before, {})
        await press(app, pilot, "enter")
        await answer(app, pilot, "pink")
        assert isinstance(app.screen, Prompt)
        assert "there is no theme 'pink'" in text_of(app)
        await answer(app, pilot, "cadence-light")
        assert (app.theme, read_config()) == ("cadence-light", {"theme": "cadence-light"})


async def test_turning_twice_at_once_turns_twice() -> None:
    calendar = a_small_office().build()
    async with an_app(calendar, "Giulia", "settings", theme="cadence-dark") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        screen.action_settings_next()
        screen.action_settings_next()
        await settle(app, pilot)
        twice = app.theme
        screen.action_settings_previous()
        await settle(app, pilot)
        assert app.theme not in (twice, "cadence-dark")
        await press(app, pilot, "left")
        assert app.theme == "cadence-dark"


async def test_another_language_holds_at_once_on_every_screen() -> None:
    calendar = a_small_office().with_absence("Anna Conti", "2026-11-26", "2026-11-26").build()
    async with an_app(calendar, "Giulia", "settings") as (app, pilot):
        await press(app, pilot, "T", "comma", "down", "right")
        await app.workers.wait_for_complete()
        assert language.speech().code == "it"
        assert read_config() == {"language": "it"}
        assert "‹ Italiano ›" in text_of(app)
        await press(app, pilot, "T")
        assert "gio 26 nov" in text_of(app)
        await press(app, pilot, "comma")
        await press(app, pilot, "left")
        await app.workers.wait_for_complete()
        assert language.speech().code == "en"


async def test_who_you_are_may_change_for_now_and_the_teams_settings_are_a_key_away() -> None:
    async with an_app(a_small_office().build(), "Giulia", "settings") as (app, pilot):
        await press(app, pilot, "down", "down", "enter")
        await answer(app, pilot, "Nobody")
        assert "there is no member 'Nobody'" in text_of(app)
        await answer(app, pilot, "Anna Conti")
        assert read_config() == {"member": "Anna Conti"}
        assert app.viewer is not None
        assert app.viewer.name == "Giulia Rossi", "that is for the next start"
        await press(app, pilot, "down", "down", "enter")
        await answer(app, pilot, "Marco")
        assert app.viewer.name == "Marco Villa"
        assert "Marco" in text_of(app).splitlines()[0]
        await press(app, pilot, "end", "y")
        assert app.clipboard == str(Path.home() / ".cache" / "cadence")
        await press(app, pilot, "enter")
        assert "y copies it" in app.status.text
        rows = app.screen.query_one(SettingsList)
        rows.move_to([row.key for row in rows.rows].index("team"))
        await press(app, pilot, "enter")
        assert isinstance(app.calendar_screen, TeamScreen)


async def test_a_theme_that_is_chosen_anywhere_is_kept() -> None:
    async with an_app(a_small_office().build(), "Giulia", theme="cadence-dark") as (app, pilot):
        await press(app, pilot, "colon")
        await answer(app, pilot, "theme cadence-light")
        assert read_config() == {"theme": "cadence-light"}
        assert ":theme cadence-dark brings the one before back" in app.status.text
        await press(app, pilot, "colon")
        await answer(app, pilot, "theme pink")
        assert "there is no theme 'pink'" in app.status.text
        assert app.theme == "cadence-light"


async def test_a_file_that_cannot_be_written_is_no_reason_to_fail() -> None:
    config_file().parent.parent.mkdir(parents=True, exist_ok=True)
    config_file().parent.write_text("a file where the folder should be")
    async with an_app(a_small_office().build(), "Giulia", "settings") as (app, pilot):
        assert isinstance(app.calendar_screen, SettingsScreen)
        await press(app, pilot, "right")
        await app.workers.wait_for_complete()
        assert "cannot be" in app.status.text


def test_a_setting_is_taken_out_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\ntheme = "nord"  # blue\nmember = "Anna"\n')
    drop_setting("theme", file)
    assert file.read_text() == '# mine\nmember = "Anna"\n'
    drop_setting("theme", file)
    write_setting("theme", "gruvbox", file)
    assert read_config(file) == {"member": "Anna", "theme": "gruvbox"}
    with pytest.raises(BadInput, match="no setting 'colour'"):
        drop_setting("colour", file)
