"""The first start: an empty calendar becomes a team, or the sample team."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from textual.widgets import Input

from cadence.model.errors import BadInput
from cadence.tui import terminal
from cadence.tui.app import CadenceApp
from cadence.tui.first_team import read_rhythm
from cadence.tui.screens.setup import SetupScreen
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.tui.apps import an_app, press
from tests.tui.goldens import text_of

MONDAY = datetime(2026, 11, 23, 10)


@pytest.mark.parametrize(
    ("text", "rule", "at"),
    [
        ("tue thu 9:00", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00"),
        ("Thursdays and Tuesdays at 10:30", "FREQ=WEEKLY;BYDAY=TU,TH", "10:30"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00"),
        ("daily 18:00", "FREQ=DAILY", "18:00"),
        ("every 2 weeks thu 10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "10:00"),
        ("monthly", "FREQ=MONTHLY;BYDAY=1TU", "09:00"),
    ],
)
def test_a_rhythm_is_read_as_people_say_it(text: str, rule: str, at: str) -> None:
    plan = read_rhythm(text, MONDAY)
    assert plan is not None
    assert (plan.rrule, f"{plan.at:%H:%M}") == (rule, at)


def test_a_rhythm_begins_with_its_first_time_that_is_ahead() -> None:
    for text, start in (("mon 9:00", date(2026, 11, 24)), ("mon 11:00", date(2026, 11, 23))):
        plan = read_rhythm(text, MONDAY)
        assert plan is not None
        assert plan.start == start


def test_the_allowed_silence_follows_from_the_rhythm() -> None:
    fortnightly = read_rhythm("every 2 weeks thu", MONDAY)
    assert fortnightly is not None
    assert fortnightly.max_silence == 28 * 24 * 60


def test_no_rhythm_is_fine_and_nonsense_is_not() -> None:
    assert read_rhythm("none", MONDAY) is None
    assert read_rhythm("", MONDAY) is None
    with pytest.raises(BadInput, match="not a rhythm"):
        read_rhythm("whenever we like", MONDAY)


async def test_five_answers_make_a_team_and_the_week_opens() -> None:
    workspace = Workspace.open("memory:", create=True)
    async with an_app(workspace) as (app, pilot):
        assert isinstance(app.screen, SetupScreen)
        for name, text in {
            "team": "Rossi", "zone": "Europe/Rome", "you": "Giulia", "channel": "Blog", "rhythm": "thu 10:00",
        }.items():  # fmt: skip
            app.screen.query_one(f"#field-{name}", Input).value = text
        await pilot.pause()
        assert "Blog at 10:00: Thu 26 Nov, Thu 3 Dec" in str(app.screen.query_one("#prompt-says").render())
        await press(app, pilot, "enter")
        await press(app, pilot)
        assert app.viewer is not None
        assert app.viewer.name == "Giulia"
        assert "open slot" in text_of(app)
        await press(app, pilot, "n")
        assert "takes the open slot" not in app.status.text


async def test_a_missing_answer_is_named_and_nothing_is_made() -> None:
    workspace = Workspace.open("memory:", create=True)
    async with an_app(workspace) as (app, pilot):
        await press(app, pilot, "R", "enter")
        assert isinstance(app.screen, SetupScreen)
        assert workspace.calendar.seq == 0


async def test_who_leaves_has_made_nothing() -> None:
    workspace = Workspace.open("memory:", create=True)
    async with an_app(workspace) as (app, pilot):
        await press(app, pilot, "R", "tab", "shift+tab", "o", "escape")
        assert app._exit
        assert workspace.calendar.seq == 0


async def test_the_sample_team_is_one_key_away() -> None:
    workspace = Workspace.open("memory:", create=True)
    async with an_app(workspace) as (app, pilot):
        await press(app, pilot, "ctrl+s")
        for _ in range(100):
            if not isinstance(app.screen, SetupScreen):
                break
            await pilot.pause(0.05)
        await press(app, pilot)
        assert len(app.calendar.members) > 5
        assert app.viewer is not None


def test_an_unknown_theme_is_named_before_the_app_takes_the_screen() -> None:
    with pytest.raises(BadInput, match=r"no theme 'pink'.*cadence-dark"):
        CadenceApp(Workspace.open("memory:", create=True), None, lambda: NOW, theme="pink")


def test_the_app_is_not_started_where_it_cannot_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match=r"needs a terminal.*cadence week --plain"):
        terminal.check_terminal({"TERM": "xterm"})
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(BadInput, match="needs a terminal"):  # into which the app could not paint
        terminal.check_terminal({"TERM": "xterm"})
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with pytest.raises(BadInput, match="TERM=dumb"):
        terminal.check_terminal({"TERM": "dumb"})
