"""`u` takes back at once what was done just now, and asks before what one may not remember."""

from __future__ import annotations

from datetime import datetime, timedelta

from cadence.operations.posts import move_post
from cadence.tui.app import CadenceApp
from cadence.tui.screens.undoing import AskScreen
from cadence.workspace import Workspace
from tests.builders import NOW, local
from tests.tui.apps import an_app, press
from tests.tui.office import office, workspace_of

STORIA = next(post.id for post in office().posts.values() if post.title == "Storia Bianchi")
THURSDAY, FRIDAY = local("2026-11-26T09:00"), local("2026-11-27T09:00")
YESTERDAY = NOW - timedelta(days=1)


def moved_by_giulia(when: datetime) -> Workspace:
    workspace = workspace_of(office())
    giulia = workspace.calendar.member("Giulia")
    workspace.run(move_post, STORIA, to=FRIDAY, who=giulia, now=when)
    return workspace


def day_of(app: CadenceApp) -> datetime:
    return app.calendar.posts[STORIA].at


async def test_what_was_done_before_the_app_was_opened_is_asked_about() -> None:
    async with an_app(moved_by_giulia(YESTERDAY), "Giulia") as (app, pilot):
        await press(app, pilot, "u")
        assert isinstance(app.screen, AskScreen)
        assert app.screen.head == "Undo change 2 of Giulia Rossi, 22 November 2026 10:00"
        assert "Storia Bianchi" in app.screen.text
        await press(app, pilot, "escape")
        assert (day_of(app), app.calendar.seq) == (FRIDAY, 2)
        await press(app, pilot, "u", "enter")
        assert day_of(app) == THURSDAY
        await press(app, pilot, "ctrl+r")
        assert day_of(app) == FRIDAY, "that undo was of just now"


async def test_what_was_done_in_this_hour_goes_at_once_and_what_is_older_is_asked_about() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        now = NOW
        app.clock = lambda: now
        app.calendar_screen.go_to_post(STORIA)  # type: ignore[union-attr]
        await press(app, pilot, "greater_than_sign", "u")
        assert day_of(app) == THURSDAY
        await press(app, pilot, "greater_than_sign")
        now += timedelta(minutes=59)
        await press(app, pilot, "u")
        assert day_of(app) == THURSDAY
        now += timedelta(hours=1)
        await press(app, pilot, "ctrl+r")
        assert isinstance(app.screen, AskScreen), "so long ago that nobody knows what came back"
        assert app.screen.enter == "brings it back"
        await press(app, pilot, "enter")
        assert day_of(app) == FRIDAY


async def test_an_undo_of_yesterday_is_asked_about_before_it_is_redone() -> None:
    workspace = moved_by_giulia(YESTERDAY)
    workspace.undo(workspace.calendar.member("Giulia"), YESTERDAY)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, "ctrl+r")
        assert isinstance(app.screen, AskScreen)
        await press(app, pilot, "enter")
        assert day_of(app) == FRIDAY


async def test_where_there_is_nothing_to_undo_it_is_said_and_not_asked() -> None:
    async with an_app(moved_by_giulia(YESTERDAY), "Marco") as (app, pilot):
        await press(app, pilot, "u")
        assert app.status.text.startswith("Marco Villa has nothing to undo")
