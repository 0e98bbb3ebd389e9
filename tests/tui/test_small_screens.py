"""What lies over a screen until it is left (prompts, forms, lists to choose from), and the fields of forms:
every key that they bind does something."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

import cadence.tui.forms
import cadence.tui.screens
import cadence.tui.widgets
from cadence.model.calendar import Calendar
from cadence.tui.app import CadenceApp
from cadence.tui.forms.controls import ChoiceControl, Control, TicksControl
from cadence.tui.forms.screen import FormScreen
from cadence.tui.screens.assign import AssignScreen
from cadence.tui.screens.choosing import ChoosingScreen
from cadence.tui.screens.details import DetailsScreen
from cadence.tui.screens.feed_links import LinksScreen
from cadence.tui.screens.frame import FrameScreen
from cadence.tui.screens.help import HelpScreen
from cadence.tui.screens.jump import JumpScreen
from cadence.tui.screens.prompt import Answers, Field, Prompt, Question
from cadence.tui.screens.search import SearchScreen
from cadence.tui.screens.setup import SetupScreen
from cadence.tui.screens.too_small import TooSmall
from cadence.tui.screens.undoing import AskScreen
from cadence.tui.trouble import Trouble
from cadence.workspace import Workspace
from tests.tui.apps import an_app, press, settle
from tests.tui.contributors import a_team_that_helps
from tests.tui.goldens import text_of
from tests.tui.office import office, workspace_of

Open = Callable[[CadenceApp, Pilot[None]], Awaitable[object]]


def keys(*names: str) -> Open:
    return lambda app, pilot: press(app, pilot, *names)


def pushed(make: Callable[[], Screen[object]]) -> Open:
    async def push(app: CadenceApp, pilot: Pilot[None]) -> None:
        app.push_screen(make())
        await settle(app, pilot)

    return push


async def in_trouble(app: CadenceApp, pilot: Pilot[None]) -> None:
    app.trouble = Trouble("It broke", "\n".join(f"line {n}" for n in range(60)))
    await press(app, pilot, "exclamation_mark")


async def found_much(app: CadenceApp, pilot: Pilot[None]) -> None:
    await press(app, pilot, "F")
    if learning := [worker for worker in app.workers if worker.group == "search"]:
        await app.workers.wait_for_complete(learning)
    app.screen.query_one(Input).value = "o"
    await settle(app, pilot)


async def shrunk(app: CadenceApp, pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(30, 8)
    await settle(app, pilot)


def two_questions() -> Prompt[str]:
    def read(answers: Answers) -> tuple[str, str]:
        return answers["one"], "That is it"

    return Prompt(Question("Two questions", [Field("one", "One"), Field("two", "Two")], read))


def a_long_question() -> AskScreen:
    return AskScreen("Undo it?", [[(f"line {n}", "")] for n in range(60)], "undoes it")


@dataclass(frozen=True)
class Small:
    """How it is opened, on which screen, and what is pressed first where a key has nothing to do yet."""

    open: Open
    place: str = "week"
    before: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    calendar: Callable[[], Calendar] = office


SCROLLED = {"up": ["down"], "k": ["down"], "pageup": ["pagedown"]}
BACK = {"up": ["down"], "k": ["down"], "N": ["down"], "shift+tab": ["down"]}
SMALL: dict[type[DOMNode], Small] = {
    HelpScreen: Small(keys("question_mark"), before=SCROLLED),
    DetailsScreen: Small(in_trouble, before=SCROLLED),
    AskScreen: Small(pushed(a_long_question), before=SCROLLED),
    AssignScreen: Small(keys("a"), before=BACK | {"shift+tab": []}),
    ChoosingScreen: Small(keys("n"), "boosts", BACK, a_team_that_helps),
    LinksScreen: Small(pushed(lambda: LinksScreen("Anna may read", None, "cdnc_" + 32 * "a")), before=BACK),
    SearchScreen: Small(found_much, before=SCROLLED | {"ctrl+p": ["down"]}),
    JumpScreen: Small(keys("apostrophe")),
    TooSmall: Small(shrunk),
    Prompt: Small(pushed(two_questions)),
    FormScreen: Small(keys("enter"), "team"),
    Control: Small(keys("enter", "tab"), "team"),
    ChoiceControl: Small(keys("enter", "tab"), "team"),
    TicksControl: Small(keys("enter", "tab", "tab", "tab"), "team", {"left": ["right"]}),
}


def own_bindings(node: type[DOMNode]) -> list[Binding]:
    return list(Binding.make_bindings(node.__dict__.get("BINDINGS", ())))


def test_every_screen_and_field_that_binds_keys_is_tried() -> None:
    for package in (cadence.tui.screens, cadence.tui.forms, cadence.tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found, todo = set[type[DOMNode]](), [DOMNode]
    while todo:
        node = todo.pop()
        todo += node.__subclasses__()
        found.add(node)
    binding = {node for node in found if node.__module__.startswith("cadence.") and own_bindings(node)}
    assert {node for node in binding if not issubclass(node, FrameScreen)} == {*SMALL, SetupScreen}, (
        "the first start has tests of its own"
    )


def state(app: CadenceApp) -> tuple[object, ...]:
    """All that a key could change."""
    here = app.focused
    shown = [type(screen) for screen in app.screen_stack]
    inside = (getattr(here, "answer", None), getattr(here, "row", None), getattr(here, "column", None))
    return shown, text_of(app), here.id if here else None, inside, app.clipboard, app.calendar.seq, app._exit


AT_ONCE = {Prompt, Control, JumpScreen, TooSmall}
"""The others take some seconds each: `make long` tries their keys."""


@pytest.mark.parametrize(
    "node",
    [node if node in AT_ONCE else pytest.param(node, marks=pytest.mark.long) for node in SMALL],
    ids=lambda node: node.__name__,
)
async def test_every_key_does_something(node: type[DOMNode]) -> None:
    small, nothing = SMALL[node], list[str]()
    calendar = small.calendar()
    async with an_app(calendar, "Giulia", small.place, size=(80, 24)) as (app, pilot):
        for binding in own_bindings(node):
            await small.open(app, pilot)
            await press(app, pilot, *small.before.get(binding.key, ()))
            before = state(app)
            await press(app, pilot, binding.key)
            if state(app) == before:
                nothing.append(binding.key)
            await leave(app, pilot, calendar)
    assert nothing == []


@pytest.mark.long
async def test_with_plain_signs_only_nothing_has_any_other() -> None:
    opened = {node.__name__: small for node, small in SMALL.items() if not issubclass(node, Control)}
    opened["Palette"] = Small(keys("ctrl+p"))
    opened["a prompt with hints"] = Small(keys("P"), "agenda")
    found = dict[str, set[str]]()
    for make in {small.calendar for small in opened.values()}:
        calendar = make()
        async with an_app(calendar, "Giulia", size=(80, 24), ascii_only=True) as (app, pilot):
            for name, small in opened.items():
                if small.calendar is make:
                    await pilot.resize_terminal(80, 24)
                    app.go_to_place(small.place)
                    await settle(app, pilot)
                    await small.open(app, pilot)
                    assert app.screen.is_modal, name
                    found[name] = {sign for sign in text_of(app) if not sign.isascii() and not sign.isalpha()}
                    await leave(app, pilot, calendar)
    async with an_app(Workspace.open("memory:", create=True), ascii_only=True) as (app, pilot):
        found["SetupScreen"] = {sign for sign in text_of(app) if not sign.isascii()}
    assert {name: signs for name, signs in found.items() if signs} == {}


async def leave(app: CadenceApp, pilot: Pilot[None], calendar: Calendar) -> None:
    """Nothing lies over the screen any more, and the calendar is as it was."""
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await settle(app, pilot)
    if app.calendar.seq != 1:
        workspace = workspace_of(calendar)
        app.hold(workspace, app.viewer)
