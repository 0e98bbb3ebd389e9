"""Several people at once: what others do appears by itself, and the cursor stays on what it was on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cadence.operations.posts import add_post, edit_post, move_post, skip_post
from cadence.tui.screens.prompt import Prompt
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.tui.apps import an_app, catch_up, press
from tests.tui.goldens import text_of
from tests.tui.office import office, workspace_of
from tests.tui.test_week_screen import TO_STORIA, post_called, week_of


async def test_another_persons_change_in_the_same_file_appears_and_the_cursor_stays(tmp_path: Path) -> None:
    file = str(tmp_path / "team.json")
    workspace = workspace_of(office(), file)
    other = Workspace.open(file)
    luca = other.calendar.member("Luca")
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA)
        storia = post_called(app.calendar, "Storia Bianchi")
        other.run(add_post, storia.channel, "Prima di tutto", at=datetime(2026, 11, 26, 7), who=luca, now=NOW)
        await catch_up(app, pilot, other)
        assert "Prima" in text_of(app)
        assert week_of(app).post_here == storia  # now the second of its cell
        other.run(move_post, storia.id, days=-2, who=luca, now=NOW)
        await catch_up(app, pilot, other)
        assert week_of(app).post_here == post_called(app.calendar, "Storia Bianchi")
        assert week_of(app).grid.day.day == 24


async def test_the_app_looks_for_changes_by_itself() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        other.run(edit_post, 81, title="Anders", who=other.calendar.member("Luca"), now=NOW)
        await catch_up(app, pilot, other)
        assert "Anders" in text_of(app)
        assert app.status.text.startswith("Luca Gatti: Edited post 81")


async def test_a_post_that_somebody_skips_leaves_the_hand_that_carries_it() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "m", "right")
        storia = post_called(app.calendar, "Storia Bianchi")
        other.run(skip_post, storia.id, "no photos", who=other.calendar.member("Luca"), now=NOW)
        await catch_up(app, pilot, other)
        assert week_of(app).moving is None


async def test_a_prompt_stays_open_while_others_work() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "e")
        other.run(edit_post, 82, title="Anders", who=other.calendar.member("Luca"), now=NOW)
        await catch_up(app, pilot, other)
        assert isinstance(app.screen, Prompt)
        assert week_of(app).calendar.posts[82].title == "Anders"


async def test_an_edit_of_the_same_field_is_refused_with_the_name_of_who_was_faster() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "e")
        storia = post_called(app.calendar, "Storia Bianchi")
        other.run(edit_post, storia.id, title="Storia Verdi", who=other.calendar.member("Luca"), now=NOW)
        await press(app, pilot, "x", "enter")
        assert app.calendar.posts[storia.id].title == "Storia Verdi"
        assert "by Luca Gatti" in app.status.text


async def test_an_undo_that_somebody_has_built_upon_is_refused_with_the_reason() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "greater_than_sign")
        other.run(move_post, 81, days=1, who=other.calendar.member("Luca"), now=NOW)
        await catch_up(app, pilot, other)
        await press(app, pilot, "u")
        assert "Luca" in app.status.text
        assert app.calendar.posts[81].at.day == 28
