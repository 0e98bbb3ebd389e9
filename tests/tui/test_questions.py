"""Every question that a screen asks: leaving it leaves nothing behind, a wrong answer is explained and
nothing is written, and the right one does what it said."""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

import cadence.tui
from cadence.model.calendar import Calendar
from cadence.tui.app import CadenceApp
from cadence.tui.screens.feed_links import LinksScreen
from cadence.tui.screens.prompt import Prompt
from cadence.workspace import Workspace
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.contributors import a_small_office, a_team_that_helps, a_team_with_ideas
from tests.tui.goldens import text_of
from tests.tui.office import office, workspace_of
from tests.tui.readers import a_team_with_feeds
from tests.tui.test_boosts_screen import a_team_that_boosts
from tests.tui.test_forms import a_team, at

Open = Callable[[CadenceApp, Pilot[None]], Awaitable[object]]
Answers = Mapping[str, str]
NO_WRONG_ANSWER: tuple[Answers, str] = ({}, "")


def keys(*names: str) -> Open:
    return lambda app, pilot: press(app, pilot, *names)


def command(name: str) -> Open:
    async def run(app: CadenceApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "colon")
        await answer(app, pilot, name)

    return run


def on_the_team(kind: str, id: int, name: str, key: str) -> Open:
    async def go(app: CadenceApp, pilot: Pilot[None]) -> None:
        await at(app, pilot, kind, id, name)
        await press(app, pilot, key)

    return go


def is_written(app: CadenceApp) -> bool:
    return app.calendar.seq > 1


@dataclass(frozen=True)
class Case:
    """`wrong`: answers, and what is said about them. `does`: whether what it said was done."""

    open: Open
    right: Answers
    wrong: tuple[Answers, str]
    place: str = "week"
    calendar: Callable[[], Calendar | Workspace] = office
    viewer: str = "Giulia"
    does: Callable[[CadenceApp], bool] = field(default=is_written)


SOMEDAY = "'someday' is not a d"
ZOE = "there is no member 'Zoe'"
QUESTIONS: dict[str, Case] = {
    # By the functions that ask.
    "GeneralActions.action_go_to": Case(
        keys("g"),
        {"where": "fri"},
        ({"where": "someday"}, SOMEDAY),
        does=lambda app: app.calendar_screen.grid.day.day == 27,
    ),
    "GeneralActions.action_view_filter": Case(
        keys("slash"),
        {"what": "#blog"},
        ({"what": "is:odd"}, "odd"),
        does=lambda app: app.filter.says == "#blog",
    ),
    "GeneralActions.action_app_command": Case(
        keys("colon"),
        {"command": "agenda"},
        ({"command": "xyzzy"}, "there is no command 'xyzzy'"),
        does=lambda app: app.current_mode == "agenda",
    ),
    "GeneralActions.action_app_theme": Case(
        command("theme"),
        {"name": "cadence-light"},
        ({"name": "pink"}, "there is no theme 'pink'"),
        does=lambda app: app.theme == "cadence-light",
    ),
    "PostActions._ask_title": Case(keys("n"), {"title": "Corsa"}, ({}, "a post needs a title")),
    "PostActions._ask_all": Case(
        keys("n"),
        {"title": "Corsa", "channel": "Blog"},
        ({"channel": "Radio"}, "there is no channel 'Radio'"),
        "agenda",
    ),
    "PostActions.action_post_edit": Case(
        keys("e"), {"note": "Call first"}, ({"title": ""}, "a post needs a title"), "agenda"
    ),
    "PostActions._ask_move": Case(keys("m"), {"when": "+1d"}, ({"when": "someday"}, SOMEDAY), "agenda"),
    "PostActions.action_post_skip": Case(
        keys("d"), {"reason": "rain"}, ({}, "say why, the others will ask"), "agenda"
    ),
    "PostActions.action_post_publish": Case(keys("P"), {}, ({"when": "someday"}, SOMEDAY), "agenda"),
    "TaskActions.action_task_offer": Case(
        keys("o"),
        {"to": "Anna"},
        ({"wants": "3 drafts"}, "'3 drafts' is no task"),
        "mine",
        lambda: a_small_office().build(),
        "Marco",
    ),
    "AnsweringScreen.decline_offers": Case(
        keys("D"), {"why": "no time"}, NO_WRONG_ANSWER, "offers", a_team_that_helps, "Anna"
    ),
    "warnings._ask": Case(keys("z"), {}, ({"until": "someday"}, SOMEDAY), "warnings"),
    "FeedsScreen.action_feed_new": Case(
        keys("n"),
        {"what": "the gaps"},
        ({"what": "secrets"}, "'secrets'"),
        "feeds",
        does=lambda app: isinstance(app.screen, LinksScreen) and is_written(app),
    ),
    "feeds._because": Case(
        keys("d"), {"why": "gone"}, NO_WRONG_ANSWER, "feeds", lambda: a_team_with_feeds().calendar
    ),
    "IdeasScreen.action_idea_comment": Case(
        keys("c"), {"text": "Good"}, ({}, "say"), "ideas", a_team_with_ideas
    ),
    "IdeasScreen._decide": Case(keys("d"), {"text": "Too late"}, ({}, "why"), "ideas", a_team_with_ideas),
    "IdeasScreen.action_idea_edit": Case(
        keys("e"), {"text": "Better"}, ({"text": ""}, "an idea says something"), "ideas", a_team_with_ideas
    ),
    "BoostsScreen.action_boost_link": Case(
        keys("e"),
        {"link": "https://example.com/1"},
        ({"link": ""}, "a link is needed"),
        "boosts",
        a_team_that_boosts,
    ),
    "ReviewScreen.action_review_page": Case(
        keys("P"),
        {},
        ({"file": "/"}, "which file?"),
        "review",
        lambda: workspace_of(office(), "team.json"),
        does=lambda _app: any(Path().glob("review-*.html")),
    ),
    "TeamActions.action_idea_new": Case(
        keys("i"), {"text": "A day off"}, ({"text": "A", "channel": "Radio"}, "there is no channel 'Radio'")
    ),
    "TeamActions.order_leads": Case(command("lead order"), {"order": "Anna, Marco"}, ({"order": "Zoe"}, ZOE)),
    "TeamActions.lead_a_week": Case(
        command("lead a week"),
        {"week": "+1w", "who": "Anna"},
        ({"who": "Zoe"}, ZOE),
        calendar=a_team_that_helps,
    ),
    "TeamActions.pause_lead": Case(
        command("pause lead"), {"why": "fair"}, ({"first": "someday"}, SOMEDAY), calendar=a_team_that_helps
    ),
    "TeamActions.action_lead_swap": Case(
        command("swap weeks"), {"other": "+1w"}, ({}, "a swap needs two weeks"), calendar=a_team_that_helps
    ),
    "TeamActions.action_absence_new": Case(
        command("away"),
        {"first": "tomorrow"},
        ({"first": "tomorrow", "offer": "perhaps"}, "on offer or not?"),
    ),
    "TeamChanges.action_team_remove": Case(
        on_the_team("absence", 1, "", "d"), {"why": "a mistake"}, NO_WRONG_ANSWER, "team", a_team
    ),
    "TeamChanges._pause_rhythm": Case(
        on_the_team("rhythm", 1, "", "z"), {"last": "+7d"}, ({}, "until when?"), "team", a_team
    ),
    "TeamChanges._edit_holidays": Case(
        on_the_team("setting", 0, "holidays", "e"),
        {"day": "1 dec", "name": "Fair"},
        ({"country": "Italy"}, "which country?"),
        "team",
        a_team,
    ),
    "SettingsScreen._change": Case(
        keys("e"),
        {"value": "cadence-light"},
        ({"value": "pink"}, "there is no theme 'pink'"),
        "settings",
        does=lambda app: app.theme == "cadence-light",
    ),
    "SettingsScreen._be_somebody": Case(
        keys("home", "down", "down", "down", "down", "e"),
        {"who": "Marco"},
        ({"who": "Zoe"}, ZOE),
        "settings",
        does=lambda app: app.viewer.name == "Marco Villa",
    ),
}


def functions_that_ask() -> set[str]:
    """Those of the app in which a `Question` is made, as `Class.method`."""
    found = set[str]()
    for file in Path(cadence.tui.__path__[0]).rglob("*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            owner, functions = file.stem, [node]
            if isinstance(node, ast.ClassDef):
                owner, functions = node.name, node.body
            for function in functions:
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                    isinstance(call, ast.Call) and ast.unparse(call.func) == "Question"
                    for call in ast.walk(function)
                ):
                    found.add(f"{owner}.{function.name}")
    return found


def test_every_question_is_asked_here() -> None:
    assert functions_that_ask() - {"SetupScreen.__init__"} == set(QUESTIONS), (
        "the first start has its own tests"
    )


AT_ONCE = {"GeneralActions.action_view_filter", "PostActions._ask_move", "TeamActions.action_absence_new"}
"""One of a kind; `make long` asks the others too."""


def left(app: CadenceApp) -> tuple[object, ...]:
    """What answering could change."""
    return (
        app.current_mode,
        len(app.screen_stack),
        app.calendar.seq,
        app.filter,
        app.theme,
        app.viewer,
        app._exit,
    )


@pytest.mark.parametrize(
    "asker", [name if name in AT_ONCE else pytest.param(name, marks=pytest.mark.long) for name in QUESTIONS]
)
async def test_a_question_can_be_left_refuses_what_is_wrong_and_does_what_it_says(
    asker: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    case = QUESTIONS[asker]
    async with an_app(case.calendar(), case.viewer, case.place, theme="cadence-dark") as (app, pilot):
        before = left(app)
        await ask(app, pilot, case, case.right)
        await press(app, pilot, "escape")
        assert left(app) == before
        if (wrong := case.wrong) is not NO_WRONG_ANSWER:
            await ask(app, pilot, case, wrong[0])
            await press(app, pilot, "enter")
            assert isinstance(app.screen, Prompt), "it stays"
            assert wrong[1] in text_of(app)
            await press(app, pilot, "escape")
            assert left(app) == before
        await ask(app, pilot, case, case.right)
        await press(app, pilot, "enter")
        await app.workers.wait_for_complete()
        await settle(app, pilot)
        assert not isinstance(app.screen, Prompt)
        assert case.does(app)


async def ask(app: CadenceApp, pilot: Pilot[None], case: Case, answers: Answers) -> None:
    await case.open(app, pilot)
    assert isinstance(app.screen, Prompt)
    for name, text in answers.items():
        app.screen.query_one(f"#field-{name}", Input).value = text
    await settle(app, pilot)
