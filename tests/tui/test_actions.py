"""The registry of actions keeps what it promises: every key does something, and says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.tui.actions import ACTIONS, PLACES, Action, actions_of, bindings, keys_on, keys_text
from cadence.tui.app import CadenceApp
from cadence.tui.filter import EVERYTHING
from cadence.tui.keymap import check_keymap, read_keymap
from cadence.tui.screens.agenda import AgendaScreen
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.boosts import BoostsScreen
from cadence.tui.screens.feeds import FeedsScreen
from cadence.tui.screens.history import HistoryScreen
from cadence.tui.screens.ideas import IdeasScreen
from cadence.tui.screens.load import LoadScreen
from cadence.tui.screens.month import MonthScreen
from cadence.tui.screens.my_week import MyWeekScreen
from cadence.tui.screens.offers import OffersScreen
from cadence.tui.screens.plan import PlanScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.screens.review import ReviewScreen
from cadence.tui.screens.settings import SettingsScreen
from cadence.tui.screens.team import TeamScreen
from cadence.tui.screens.warnings import WarningsScreen
from cadence.tui.screens.week import WeekScreen
from cadence.tui.screens.year import YearScreen
from tests.tui.apps import an_app, press, settle
from tests.tui.contributors import a_team_that_helps, a_team_with_ideas
from tests.tui.goldens import text_of
from tests.tui.office import office, workspace_of
from tests.tui.readers import a_team_with_feeds
from tests.tui.small_team import a_small_team

SCREENS: dict[str, type[CalendarScreen]] = {
    "week": WeekScreen,
    "month": MonthScreen,
    "year": YearScreen,
    "agenda": AgendaScreen,
    "mine": MyWeekScreen,
    "warnings": WarningsScreen,
    "plan": PlanScreen,
    "feeds": FeedsScreen,
    "ideas": IdeasScreen,
    "review": ReviewScreen,
    "load": LoadScreen,
    "offers": OffersScreen,
    "boosts": BoostsScreen,
    "history": HistoryScreen,
    "team": TeamScreen,
    "settings": SettingsScreen,
}

OTHER_TEAMS = ("ask.decline", "view.plan")
WITH_DAYS = ("week", "month", "year", "agenda", "mine", "plan", "review", "load")
INSTAGRAM = 2
CLAIMED = ["3", "end", "c"]
BEFORE: dict[tuple[str, str], list[str]] = {
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
    # On Monday 23 November there is a post of Instagram that Giulia has a task of.
    ("month", "go.today"): ["L"],
    ("month", "look.back"): ["v"],
    ("month", "view.month"): ["w", "escape", "1"],
    ("year", "go.first"): ["right"],
    ("year", "go.today"): ["L"],
    ("year", "look.back"): [],
    ("year", "view.year"): ["1"],
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
    ("warnings", "view.warnings"): ["x"],
    ("plan", "go.up"): ["down"],
    ("plan", "go.week-back"): ["L"],
    ("plan", "go.month-back"): ["L"],
    ("plan", "go.first"): ["end"],
    ("plan", "go.page-up"): ["pagedown"],
    ("plan", "go.today"): ["L"],
    ("plan", "mark.range"): ["v"],
    ("plan", "change.undo"): ["A"],
    ("plan", "change.redo"): ["A", "u"],
    ("feeds", "go.up"): ["down"],
    ("feeds", "go.first"): ["end"],
    ("feeds", "go.page-up"): ["pagedown"],
    ("feeds", "mark.range"): ["v"],
    ("feeds", "change.redo"): ["u"],
    ("feeds", "view.feeds"): ["1"],
    ("ideas", "go.up"): ["down"],
    ("ideas", "go.first"): ["end"],
    ("ideas", "go.page-up"): ["pagedown"],
    ("ideas", "mark.range"): ["v"],
    ("ideas", "idea.reopen"): ["end"],
    ("ideas", "change.undo"): ["plus"],
    ("ideas", "change.redo"): ["plus", "u"],
    ("ideas", "view.ideas"): ["1"],
    ("review", "go.up"): ["down"],
    ("review", "go.first"): ["end"],
    ("review", "go.page-up"): ["pagedown"],
    ("review", "go.today"): ["H"],
    ("review", "mark.range"): ["v"],
    ("review", "change.undo"): ["1", "right", "right", "right", "up", "c", "8"],
    ("review", "change.redo"): ["1", "right", "right", "right", "up", "c", "u", "8"],
    ("review", "view.review"): ["1"],
    ("load", "go.up"): ["down"],
    ("load", "go.first"): ["end"],
    ("load", "go.page-up"): ["pagedown"],
    ("load", "go.today"): ["L"],
    ("load", "look.back"): ["enter"],
    ("load", "change.undo"): ["a", "enter"],
    ("load", "change.redo"): ["a", "enter", "u"],
    ("load", "view.load"): ["1"],
    ("offers", "go.up"): ["down"],
    ("offers", "go.first"): ["end"],
    ("offers", "go.page-up"): ["pagedown"],
    ("offers", "view.offers"): ["1"],
    ("boosts", "go.up"): ["down"],
    ("boosts", "go.first"): ["end"],
    ("boosts", "go.page-up"): ["pagedown"],
    ("boosts", "view.boosts"): ["1"],
    ("history", "go.up"): [*CLAIMED, "U", "down"],
    ("history", "go.down"): [*CLAIMED, "U"],
    ("history", "go.first"): [*CLAIMED, "U", "end"],
    ("history", "go.last"): [*CLAIMED, "U"],
    ("history", "go.page-up"): [*CLAIMED, "U", "pagedown"],
    ("history", "go.page-down"): [*CLAIMED, "U"],
    ("history", "go.today"): [*CLAIMED, "U", "end"],
    ("history", "change.redo"): [*CLAIMED, "u", "U"],
    ("history", "view.history"): ["1"],
    ("team", "go.up"): ["down"],
    ("team", "go.first"): ["end"],
    ("team", "go.page-up"): ["pagedown"],
    ("team", "change.redo"): ["u"],
    ("team", "view.team"): ["1"],
    ("settings", "go.up"): ["down"],
    ("settings", "go.first"): ["end"],
    ("settings", "go.page-up"): ["pagedown"],
    ("settings", "change.redo"): ["u"],
    ("settings", "view.settings"): ["1"],
}


def test_ids_are_unique() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_on_a_screen(place: str) -> None:
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


@cache
def calendar_for(name: str) -> Calendar:
    made: dict[str, Callable[[], Calendar]] = {
        "feeds": lambda: a_team_with_feeds().calendar,
        "ideas": a_team_with_ideas,
        "offers": a_team_that_helps,
        "boosts": a_team_that_helps,
        "ask.decline": a_team_that_helps,
        # What the office needs for four weeks takes too long to plan.
        "plan": a_small_team,
        "view.plan": a_small_team,
    }
    return made[name]() if name in made else office()


class Tried:
    """One app in which action after action is tried, each as if it were the first: an app for each takes
    long."""

    def __init__(self, app: CadenceApp, pilot: Pilot[None], place: str) -> None:
        self._app, self._pilot, self._place = app, pilot, place
        self._calendar: Calendar | None = None
        self._seq = 0

    async def does_something(self, action: Action, act: Callable[[], Awaitable[object]]) -> bool:
        """Whether anything that one sees is another when `act`, by whatever means, did the action."""
        app, pilot = self._app, self._pilot
        await self._begin_anew(calendar_for(action.id if action.id in OTHER_TEAMS else self._place))
        if keys := BEFORE.get((self._place, action.id)):
            await press(app, pilot, *keys)
        app.say("")
        before = state(app)
        await act()
        if state(app) == before:
            await settle(app, pilot)
        return state(app) != before

    async def _begin_anew(self, calendar: Calendar) -> None:
        """No prompt is open, nothing marked or filtered, the cursor where it is at first, and the calendar as
        it was."""
        app = self._app
        while len(app.screen_stack) > 1:
            app.pop_screen()
            await settle(app, self._pilot)
        app.filter = EVERYTHING
        if calendar is not self._calendar or app.calendar.seq != self._seq:
            workspace = workspace_of(calendar)
            app.hold(workspace, workspace.calendar.member("Giulia"))
            app.figures = None
            app.compute_figures()
            self._calendar, self._seq = calendar, app.calendar.seq
        if app.current_mode != self._place:
            app.go_to_place(self._place)
            await settle(app, self._pilot)
        screen = app.calendar_screen
        assert screen is not None
        screen.step_back()
        screen.clear_marks()
        if self._place in WITH_DAYS:
            screen.go_to_day(app.today, INSTAGRAM)
        if self._place not in ("week", "month", "agenda"):
            screen.move_to_end(last=False)
        screen.show_calendar()
        await settle(app, self._pilot)


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
async def test_every_key_does_something_on_every_screen_that_offers_it(place: str) -> None:
    async with an_app(calendar_for(place), "Giulia", place) as (app, pilot):
        app.count_wait = 0.001
        tried = Tried(app, pilot, place)
        nothing = [
            f"{key} ({action.id})"
            for action in actions_of(place)
            for key in keys_on(place, action)[-1:]  # all lead to the same method: the last is the least used
            if not await tried.does_something(action, partial(pilot.press, key))
        ]
    assert nothing == []


async def test_a_remapped_key_does_the_work_and_the_old_one_no_longer() -> None:
    async with an_app(office(), "Giulia", keymap={"go.right": "b"}) as (app, pilot):
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        await press(app, pilot, "b")
        assert week.grid.day.day == 24
        await press(app, pilot, "l")
        assert week.grid.day.day == 24


async def test_an_action_that_has_no_key_of_its_own_on_a_screen_can_be_given_one() -> None:
    keymap = {"view.week": "X", "app.theme": "f2"}
    async with an_app(office(), "Giulia", "warnings", keymap=keymap) as (app, pilot):
        await press(app, pilot, "f2")
        assert isinstance(app.screen, Prompt), "by default the theme is in the palette only"
        await press(app, pilot, "escape", "X")
        assert app.current_mode == "week", "by default its key is that of a way out there"


async def test_a_digit_begins_a_count_whatever_a_keymap_does_with_it() -> None:
    keymap = {"view.week": "X", "view.month": "2", "view.agenda": "M"}
    async with an_app(office(), "Giulia", keymap=keymap) as (app, pilot):
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        await press(app, pilot, "1", "2", "l")
        assert week.grid.day == app.today + timedelta(days=12)
        app.count_wait = 0.001
        await press(app, pilot, "2")
        await press(app, pilot)
        assert app.current_mode == "month"


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
