"""The app in another language: whatever it says is translated, whatever people wrote is not.

The sample team writes Cyrillic here, and all that is translated wears accents: plain letters are a sentence
that escaped, or something to type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from getpass import getuser
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cadence import language
from cadence.exchange.sample import sample_steps
from cadence.language import ENGLISH, speaking
from cadence.model.calendar import SINGLE, Calendar
from cadence.model.documents import encode
from cadence.model.errors import BadInput
from cadence.operations.feed_choice import Subject, read_subject
from cadence.store import open_store
from cadence.tui.actions import BY_ID, PLACES, actions_of
from cadence.tui.app import CadenceApp
from cadence.tui.filter import parse_filter
from cadence.tui.first_team import read_rhythm
from cadence.tui.screens.general_actions import find_command
from cadence.tui.screens.help import help_blocks
from cadence.tui.screens.plan import PlanScreen
from cadence.tui.screens.setup import SetupScreen
from cadence.tui.widgets.cells import plain
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.pseudo import PSEUDO, escaped, marked
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import text_of
from tests.tui.office import office, workspace_of

SPOKEN = replace(PSEUDO, code="it")  # the settings show how a language calls itself
_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувщыюз"
_IN_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
WRITTEN = {"name", "title", "text", "note", "reason", "author", "department", "skip_reason", "reader"}
"""The fields that hold people's own words."""
OURS = ("Cadence", "Italiano", "Europe/Rome", "Giulia Rossi", "Officine Rossi", "LinkedIn",
        "The office begins", "the office", getuser())  # fmt: skip
"""Our name, how a language calls itself, examples of names, and who made the calendar of the test."""
CODES = re.compile(
    r"\bcadence-\w+|[\w-]+\.html|`?\bcadence( [^`\n│|]*)?`?|https?://\S*|webcal\S*"
    r"|~?/\S+|memory:\S+|[A-Z_]*CADENCE\w*"
    r"|\b(empty-slot|unassigned-task|behind|missed-slot|silence|burst|overload|away|conflict|one-person"
    r"|unsustainable|quiet-team)\b|[#@][\w-]+|\bis:[\w…]+"
    r"|\b(mon|tue|wed|thu|fri|sat|sun)\b"
    r"|\b(enter|esc|tab|shift|ctrl|space|pgup|pgdn|home|end|f1|toml|json)\b|\.(toml|json)\b"
)
"""Commands and addresses, the rules of warnings, what a filter takes, days as they are typed, and the names
of keys and files."""
LEAVE = {"app.quit", "settings.next", "settings.previous", "settings.undo"}
"""Actions that leave the app or the language."""
ASKING: Mapping[str, Sequence[str]] = {
    "agenda": ("go.to", "view.filter", "app.command", "app.palette", "app.search", "app.theme"),
    "mine": ("post.new", "post.edit", "post.move", "post.skip", "post.publish", "task.assign", "task.offer"),
    "warnings": ("warning.acknowledge",),
    "feeds": ("feed.new",),
    "team": ("idea.new", "lead.order", "lead.week", "lead.swap", "lead.pause", "absence.new"),
}
"""Actions with a prompt or screen of their own, tried on these screens."""


@pytest.fixture(autouse=True)
def _another_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CADENCE_LANGUAGE", raising=False)
    language.use(SPOKEN)
    yield
    language.use(ENGLISH)


@cache
def sample() -> Calendar:
    """The sample team, as if it wrote Cyrillic."""
    with speaking(ENGLISH):
        workspace = Workspace(open_store("memory:another-language", create=True))
        for step in sample_steps(NOW.date()):
            workspace.run(step.operation, step.argument, who=None, now=NOW - timedelta(hours=1), why=step.why)
    calendar = workspace.calendar

    def documents(table: str) -> Mapping[int, dict[str, Any]]:
        held = getattr(calendar, table)
        values = [held] if table in SINGLE else list(held.values())
        return {value.id: {"id": value.id, **_rewritten(encode(value))} for value in values}

    return Calendar.load(documents, seq=calendar.seq, next_ids=calendar.next_ids)


def _rewritten(part: Any, field: str = "") -> Any:
    if isinstance(part, dict):
        names = {name: "name" if field == "holidays" else str(name) for name in part}
        return {name: _rewritten(value, names[name]) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_rewritten(value, field) for value in part]
    return part.translate(_IN_CYRILLIC) if field in WRITTEN and isinstance(part, str) else part


def plain_words(app: CadenceApp) -> list[str]:
    """What on the screen was not translated."""
    text = text_of(app)
    for own in OURS:
        text = text.replace(own, " ")
    return escaped(CODES.sub(" ", text))


async def acted(app: CadenceApp, pilot: Pilot[None], id: str) -> list[str]:
    """The plain words that an action leads to, with its prompt or screen open, and after it was left."""
    screen = app.calendar_screen
    assert screen is not None
    app.say("")
    await screen.run_action(BY_ID[id].method)
    await settle(app, pilot)
    found = plain_words(app)
    while len(app.screen_stack) > 1:
        app.pop_screen()
    app.release_keys("question")
    await settle(app, pilot)
    return found + plain_words(app)


def only(place: str) -> list[str]:
    """The actions of a screen of its own."""
    return [action.id for action in actions_of(place) if action.places == (place,)]


async def escaped_from(does: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """The plain words of all screens, and of what is done on each of them."""
    found: dict[str, list[str]] = {}
    calendar = sample()
    lead = calendar.member("Giulia".translate(_IN_CYRILLIC)).name
    async with an_app(workspace_of(calendar), lead) as (app, pilot):
        for place in PLACES:
            app.go_to_place(place)
            if isinstance(screen := app.screen, PlanScreen):
                screen.weeks = 1
            await settle(app, pilot)
            found[place] = plain_words(app)
            for id in does(place):
                found[id] = await acted(app, pilot, id)
    return {where: words for where, words in found.items() if words}


@pytest.mark.long
async def test_no_screen_says_a_plain_english_word_nor_what_it_asks() -> None:
    assert await escaped_from(lambda place: ASKING.get(place, ())) == {}


@pytest.mark.long
async def test_no_action_says_a_plain_english_word() -> None:
    everywhere = [action.id for action in actions_of("week") if len(action.places) > 1]

    def all_that_is_done(place: str) -> Iterable[str]:
        done = only(place) if place != "week" else everywhere
        return (id for id in done if id not in LEAVE and BY_ID[id].group != "Screens")

    assert await escaped_from(all_that_is_done) == {}


async def test_the_first_start_says_no_plain_english_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Rome")
    async with an_app(Workspace.open("memory:", create=True)) as (app, pilot):
        assert isinstance(app.screen, SetupScreen)
        assert marked("look around") in text_of(app)
        assert plain_words(app) == []
        await press(app, pilot, "enter")
        for name, text, said in (
            ("team", "Росси", "your name is missing"),
            ("you", "Юлия", "a first channel is missing"),
            ("channel", "Блог", "without a rhythm for now"),
            ("rhythm", "thu 10:00", "Nov"),
        ):
            app.screen.query_one(f"#field-{name}", Input).value = text
            await pilot.pause()
            assert marked(said) in text_of(app)
            assert plain_words(app) == []
        await press(app, pilot, "enter")
        await press(app, pilot)
        assert app.status.text.startswith(marked("Welcome"))
        assert plain_words(app) == []
        assert escaped(app.workspace.history()[0].why) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_keys_of_a_screen_are_explained(place: str) -> None:
    lines = [line for block in help_blocks(place, {}) for line in block]
    assert escaped(CODES.sub(" ", "\n".join(map(plain, lines)))) == []


def test_a_command_is_known_by_its_name_in_the_language_and_in_english() -> None:
    move = BY_ID["post.move"]
    spoken, english = {marked("move"): move}, {"move": move}
    for text in (marked("move") + " +2d", "move +2d", marked("mo") + " +2d"):
        assert find_command(text, spoken, english) == (move, "+2d")


def test_what_a_screen_says_can_be_typed_and_so_can_its_english() -> None:
    calendar = office()
    for text in ("@nobody", "@" + marked("nobody")):
        assert parse_filter(text, calendar).members == {0}
    for text in ("none", marked("none")):
        assert read_rhythm(text, NOW) is None
    for text in ("the gaps", marked("the gaps")):
        assert read_subject(calendar, text) == Subject("gaps")
    with pytest.raises(BadInput, match=marked("the posts on") + " Blog"):
        read_subject(calendar, "posts on")
