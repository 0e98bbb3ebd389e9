"""What lies over a screen, as text in the smallest usual window: prompts, choices, forms and messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from textual.geometry import Region

from cadence.model.calendar import Calendar
from cadence.tui.app import CadenceApp
from tests.builders import NOW
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import assert_golden, text_of
from tests.tui.office import office
from tests.tui.test_boosts_screen import a_team_that_boosts
from tests.tui.test_ideas_screen import a_team_with_ideas


@dataclass(frozen=True)
class Overlay:
    name: str
    place: str = "week"
    keys: tuple[str, ...] = ()
    calendar: Callable[[], Calendar] = office


OVERLAYS = (
    Overlay("help", keys=("question_mark",)),
    Overlay("new_post", "agenda", ("n", *"Fiera")),
    Overlay("filter", "agenda", ("slash", "number_sign", *"blog")),
    Overlay("assign", keys=("right", "right", "right", "up", "a")),
    Overlay("undo", keys=("n", *"Fiera", "enter", "U", "u")),
    Overlay("choose_slot", "ideas", ("n",), a_team_with_ideas),
    Overlay("ask_boost", "boosts", ("n",), a_team_that_boosts),
    Overlay("channel_form", "team", ("tab", "n")),
    Overlay("workflow_form", "team", ("tab", "tab", "enter")),
    Overlay("absence_form", "team", ("a",)),
)


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.name)
async def test_it_lies_over_the_screen_like_this(overlay: Overlay) -> None:
    async with an_app(overlay.calendar(), "Giulia", overlay.place, size=(80, 24)) as (app, pilot):
        await press(app, pilot, *overlay.keys)
        await settle(app, pilot)  # a form reads its answers once it is there
        assert_golden(f"over_{overlay.name}", text_of(app))


async def test_what_went_wrong_is_told_whole_and_in_plain_letters_too() -> None:
    async with an_app(office(), "Giulia", size=(80, 24), ascii_only=True) as (app, pilot):
        app.report(OSError("the disk is full, and so is the one that was to hold what it could not"))
        await press(app, pilot, "exclamation_mark")
        text = text_of(app)
        assert text.isascii()
        assert "nothing was changed" in " ".join(text.split())


async def test_what_cannot_be_undone_looks_like_a_warning() -> None:
    async with an_app(office(), "Giulia", "feeds") as (app, pilot):
        await press(app, pilot, "n", "enter", "escape", "d")
        says = app.screen.query_one("#prompt-says")
        assert "Cannot be undone" in str(says.render())
        assert says.styles.color.hex == app.theme_variables["warning"].upper()


async def test_a_form_that_is_higher_than_the_window_scrolls_with_a_bar_of_plain_letters() -> None:
    async with an_app(office(), "Giulia", "team", size=(80, 20), ascii_only=True) as (app, pilot):
        await press(app, pilot, "enter")
        bar = app.screen.query_one("#form-fields").vertical_scrollbar
        signs = [strip.text for strip in bar.render_lines(Region(0, 0, 1, bar.size.height))]
        assert signs[0] == "|"
        assert set(signs) == {"|", " "}


async def test_whoever_is_not_known_chooses_who_they_are() -> None:
    async with an_app(office(), None, "mine", size=(80, 24)) as (app, _):
        assert_golden("over_who_are_you", text_of(app))


async def test_an_empty_calendar_is_set_up_like_this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Rome")
    from cadence.store import open_store
    from cadence.workspace import Workspace

    app = CadenceApp(Workspace(open_store("memory:")), None, lambda: NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert_golden("over_setup", text_of(app))
