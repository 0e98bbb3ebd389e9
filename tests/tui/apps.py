"""The app on a calendar made by hand, with a fixed clock and nothing on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from cadence.model.calendar import Calendar
from cadence.tui.app import CadenceApp
from cadence.tui.screens.plan import PlanScreen
from cadence.tui.screens.prompt import Prompt
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.tui.office import workspace_of

SIZE = (120, 40)


@asynccontextmanager
async def an_app(
    calendar: Calendar | Workspace,
    viewer: str | None = None,
    place: str = "week",
    *,
    size: tuple[int, int] = SIZE,
    **options: Any,
) -> AsyncIterator[tuple[CadenceApp, Pilot[None]]]:
    """The app on one of its screens, with all figures computed; left when the block ends."""
    workspace = calendar if isinstance(calendar, Workspace) else workspace_of(calendar)
    member = workspace.calendar.member(viewer) if viewer else None
    app = CadenceApp(workspace, member, lambda: NOW, **options)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        if place != "week":
            app.go_to_place(place)
            await settle(app, pilot)
        yield app, pilot


async def settle(app: CadenceApp, pilot: Pilot[None]) -> None:
    """Until nothing is under way: figures, planning, writing, painting. A prompt that waits for an answer may
    stay."""
    await pilot.pause()
    while isinstance(app.calendar_screen, PlanScreen) and app.calendar_screen.is_planning:
        await pilot.pause(0.01)  # it ends when its time is up
    if figures := [worker for worker in app.workers if worker.group == "figures"]:
        await app.workers.wait_for_complete(figures)
        await pilot.pause()


async def catch_up(app: CadenceApp, pilot: Pilot[None], other: Workspace) -> None:
    """Until the app, which looks by itself, shows all that the other has done; fail after ten seconds."""
    for _ in range(200):
        await settle(app, pilot)
        if app.calendar_screen and app.calendar_screen.calendar.seq >= other.calendar.seq:
            return
        await pilot.pause(0.05)
    raise AssertionError("the app never learned of the other's changes")


async def press(app: CadenceApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what follows from them."""
    await pilot.press(*keys)
    await settle(app, pilot)


async def answer(app: CadenceApp, pilot: Pilot[None], text: str) -> None:
    """Type into the first field of the prompt that is open, and accept."""
    from textual.widgets import Input

    assert isinstance(app.screen, Prompt)
    app.screen.query(Input).first().value = text
    await press(app, pilot, "enter")
