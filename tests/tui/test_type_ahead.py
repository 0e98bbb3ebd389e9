"""Keys that are faster than the screens they lead to, as from a fast typist, a paste or a slow machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pkgutil import walk_packages

import pytest
from textual import events
from textual.message_pump import MessagePump
from textual.pilot import Pilot

import cadence.tui
from cadence.tui.app import CadenceApp
from cadence.tui.palette import Palette
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.widgets.week_grid import WeekGrid
from tests.tui.apps import an_app, settle
from tests.tui.office import office


async def at_once(app: CadenceApp, pilot: Pilot[None], *keys: str) -> None:
    """Type all of it before the app has done anything, then wait for what follows."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(len(keys)):
        await settle(app, pilot)


async def test_letters_typed_before_the_prompt_appears_are_not_taken_for_keys() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "slash", *"marco", "enter")
        assert app.filter.says == "marco"
        assert app.calendar.seq == 1


async def test_letters_typed_with_the_key_of_another_screen_go_into_the_prompt_there() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "B", "slash", *"marco", "enter")
        assert app.filter.says == "marco"
        assert app.current_mode == "boosts"


async def test_a_number_and_a_key_are_a_screen_and_what_the_key_does_there() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "8", "slash", *"marco")
        assert app.current_mode == "review"
        assert isinstance(app.screen, Prompt)


async def test_the_second_of_two_quick_enters_does_not_reach_the_screen_below() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "slash", "enter", "enter", "escape", "escape")
        assert app.current_mode == "week"
        assert len(app.screen_stack) == 1


async def test_keys_typed_after_an_answer_are_not_part_of_it() -> None:
    """The answer moves the cursor to the post that it is about, and the keys go on from there."""
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await at_once(app, pilot, "d", *"storm", "enter", "j", "j")
        skipped = [post.id for post in app.calendar.posts.values() if post.state == "skipped"]
        assert [app.calendar.posts[id].skip_reason for id in skipped] == ["storm"]
        assert isinstance(app.screen, CalendarScreen)
        assert app.screen.posts_here() != skipped


async def test_an_answer_that_cannot_be_takes_what_is_typed_on() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "g", *"fro", "enter", "backspace", "backspace", *"ri", "enter", "l")
        assert app.screen.query_one(WeekGrid).day == date(2026, 11, 28)


async def test_the_question_of_a_command_gets_the_letters_typed_after_it() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await at_once(app, pilot, "colon", *"skip", "enter", *"storm", "enter", "j")
        assert [post.skip_reason for post in app.calendar.posts.values() if post.state == "skipped"] == [
            "storm"
        ]


async def test_keys_typed_with_the_choice_of_a_person_reach_the_screen_after_it() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "a", "enter", "slash", *"marco", "enter")
        assert app.calendar.seq == 2
        assert app.filter.says == "marco"


async def test_keys_typed_after_posts_are_dropped_go_on_from_there() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        assert app.calendar_screen
        storia = next(post.id for post in app.calendar.posts.values() if post.title.startswith("Storia"))
        app.calendar_screen.go_to_post(storia)
        await at_once(app, pilot, "m", "l", "enter", "l")
        assert app.calendar.seq == 2
        assert app.screen.query_one(WeekGrid).day == date(2026, 11, 28)


async def test_letters_typed_before_a_warning_asks_until_when_are_not_taken_for_keys() -> None:
    async with an_app(office(), "Giulia", "warnings") as (app, pilot):
        await at_once(app, pilot, "z", "tab", *"we know", "enter")
        (kept,) = app.calendar.acknowledgements.values()
        assert kept.note == "we know"


async def test_what_is_pasted_after_a_key_goes_into_its_question() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        app.post_message(events.Key("slash", "/"))
        app.post_message(events.Paste("marco"))
        await at_once(app, pilot, "enter", "2")
        assert app.filter.says == "marco"


@pytest.mark.parametrize("key", ["question_mark", "exclamation_mark", "apostrophe", "F", "U"])
async def test_keys_wait_until_what_a_key_opens_has_its_widgets(key: str) -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        app.report(ValueError("a mistake"))
        await at_once(app, pilot, key, "down", "j", "down", "escape", "escape")
        assert len(app.screen_stack) == 1


async def test_a_page_key_before_the_palette_is_painted_waits_for_nothing() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await at_once(app, pilot, "ctrl+p", *"po", "pagedown", "pageup")
        assert isinstance(app.screen, Palette)


def test_no_method_is_taken_for_the_handler_of_a_key() -> None:
    """Textual calls a widget's `key_at`, and `_key_at` too, when @ is pressed."""
    named = [
        f"{cls.__qualname__}.{name}"
        for cls in classes()
        for name in vars(cls)
        if name.startswith(("key_", "_key_"))
    ]
    assert named == []


def classes() -> Iterator[type]:
    for module in walk_packages(cadence.tui.__path__, "cadence.tui."):
        found = vars(import_module(module.name)).values()
        yield from (
            each
            for each in found
            if isinstance(each, type) and issubclass(each, MessagePump) and each.__module__ == module.name
        )
