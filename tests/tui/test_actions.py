"""The registry of actions keeps what it promises: every key does something, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cadence.model.errors import BadInput
from cadence.tui.actions import ACTIONS, PLACES, Action, Place, actions_of, bindings, keys_on, keys_text
from cadence.tui.app import CadenceApp
from cadence.tui.keymap import check_keymap, read_keymap
from cadence.tui.screens.agenda import AgendaScreen
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.my_week import MyWeekScreen
from cadence.tui.screens.plan import PlanScreen
from cadence.tui.screens.warnings import WarningsScreen
from cadence.tui.screens.week import WeekScreen
from tests.tui.apps import an_app, press
from tests.tui.goldens import text_of
from tests.tui.office import office
from tests.tui.small_team import a_small_team

SCREENS: dict[str, type[CalendarScreen]] = {
    "week": WeekScreen,
    "agenda": AgendaScreen,
    "mine": MyWeekScreen,
    "warnings": WarningsScreen,
    "plan": PlanScreen,
}
KEYS = [(place, action) for place in PLACES for action in actions_of(place) if keys_on(place, action)]

BEFORE: dict[tuple[Place, str], list[str]] = {
    # Where the cursor stands at first (Monday, Instagram) some keys have nothing to do yet.
    ("week", "go.left"): ["right"],
    ("week", "go.first"): ["right"],
    ("week", "go.today"): ["L"],
    ("week", "go.page-up"): ["pagedown"],
    ("week", "look.back"): ["enter"],
    ("week", "post.edit"): [],
    ("week", "mark.range"): ["v", "right", "right"],
    ("week", "task.claim"): ["right", "right", "right", "up"],
    ("week", "task.release"): ["right", "right", "right", "up", "c"],
    ("week", "task.offer"): ["right", "right", "right", "up", "c"],
    ("week", "change.undo"): ["right", "right", "right", "up", "c"],
    ("week", "change.redo"): ["right", "right", "right", "up", "c", "u"],
    ("week", "view.week"): ["w", "escape", "2"],
    ("agenda", "go.today"): ["end"],
    ("agenda", "look.back"): ["v"],
    ("agenda", "view.agenda"): ["1"],
    ("mine", "go.up"): ["down"],
    ("mine", "go.first"): ["end"],
    ("mine", "go.page-up"): ["pagedown"],
    ("mine", "look.back"): ["v"],
    ("mine", "view.mine"): ["1"],
    ("warnings", "go.up"): ["down"],
    ("warnings", "go.first"): ["end"],
    ("warnings", "go.page-up"): ["pagedown"],
    ("plan", "go.up"): ["down"],
    ("plan", "go.week-back"): ["L"],
    ("plan", "go.month-back"): ["L"],
    ("plan", "go.first"): ["end"],
    ("plan", "go.page-up"): ["pagedown"],
    ("plan", "go.today"): ["L"],
    ("plan", "mark.range"): ["v"],
    ("plan", "change.undo"): ["A"],
    ("plan", "change.redo"): ["A", "u"],
}


def test_ids_are_unique() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_on_a_screen(place: Place) -> None:
    keys = [key for action in actions_of(place) for key in keys_on(place, action)]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("place", PLACES)
def test_every_screen_knows_how_to_do_what_it_offers(place: str) -> None:
    screen = SCREENS[place]
    unknown = [action.id for action in actions_of(place) if not hasattr(screen, f"action_{action.method}")]
    assert unknown == []
    assert {binding.id for binding in bindings(place)} <= {
        binding.id for binding in screen.BINDINGS if not isinstance(binding, tuple)
    }


def test_a_screens_own_key_wins_over_the_way_to_another_screen() -> None:
    warnings, plan = (next(a for a in ACTIONS if a.id == id) for id in ("view.warnings", "view.plan"))
    assert keys_on("week", warnings) == ["4", "w"]
    assert keys_on("plan", warnings) == ["4"], "w says why there"
    assert keys_on("warnings", plan) == ["p"], "5 is a way out there"
    assert keys_text(warnings, place="plan") == "4"


def state(app: CadenceApp) -> tuple[object, ...]:
    """All that a key could change."""
    return (
        app.current_mode,
        [type(screen) for screen in app.screen_stack],
        text_of(app),
        app.calendar.seq,
        app.clipboard,
        app._exit,
    )


@pytest.mark.parametrize(("place", "action"), KEYS, ids=lambda it: it if isinstance(it, str) else it.id)
async def test_every_key_does_something_on_every_screen_that_offers_it(place: Place, action: Action) -> None:
    key = keys_on(place, action)[-1]  # all of them lead to the same method: the last is the least used
    # What the office needs for four weeks takes too long to plan.
    calendar = a_small_team() if "plan" in (place, action.id.removeprefix("view.")) else office()
    async with an_app(calendar, "Giulia", place) as (app, pilot):
        app.count_wait = 0.001
        await press(app, pilot, *BEFORE.get((place, action.id), []))
        app.say("")
        before = state(app)
        await press(app, pilot, key)
        await pilot.pause(0.02)
        assert state(app) != before, f"{key} ({action.id}) changed nothing"


async def test_a_remapped_key_does_the_work_and_the_old_one_no_longer() -> None:
    async with an_app(office(), "Giulia", keymap={"go.right": "b"}) as (app, pilot):
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        await press(app, pilot, "b")
        assert week.grid.day.day == 24
        await press(app, pilot, "l")
        assert week.grid.day.day == 24


def test_a_keymap_with_an_unknown_action_names_the_nearest_one(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"post.mov" = "M"\n')
    with pytest.raises(BadInput, match=r"post\.mov.*nearest is post\.move") as refused:
        read_keymap(file)
    assert str(file) in str(refused.value)


def test_a_keymap_may_write_signs_as_people_do() -> None:
    assert check_keymap({"post.day-later": "+", "go.left": "left, ;"}, "here") == {
        "post.day-later": "plus",
        "go.left": "left,semicolon",
    }


def test_a_keymap_cannot_give_one_key_two_meanings() -> None:
    with pytest.raises(BadInput, match="would mean both"):
        check_keymap({"post.move": "a"}, "here")


def test_two_actions_may_swap_their_keys() -> None:
    assert check_keymap({"post.move": "a", "task.assign": "m"}, "here")


@pytest.mark.parametrize("text", ["[keys\n", "keys = 3\n", '[keys]\n"post.move" = 3\n'])
def test_a_broken_keymap_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text)
    with pytest.raises(BadInput, match=r"keys\.toml"):
        read_keymap(file)


def test_without_a_keymap_the_defaults_hold(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "keys.toml") == {}


def test_keys_are_shown_as_people_write_them() -> None:
    shown = {action.id: keys_text(action) for action in ACTIONS}
    assert shown["go.left"] == "← h"
    assert shown["post.day-earlier"] == "<"
    assert shown["app.help"] == "?"
    assert keys_text(next(a for a in ACTIONS if a.id == "go.left"), {"go.left": "b"}) == "b"
