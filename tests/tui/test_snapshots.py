"""What people see first, as pictures: colours and all. Few, as each holds every detail of a screen.

What a widget says is compared as text: see `goldens`. After a change that is meant: `UPDATE_GOLDENS=1 pytest
tests/tui/test_snapshots.py`, then look at the pictures in `snapshots/`; any browser shows them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from cadence.model.calendar import Calendar
from tests.tui.apps import an_app, press
from tests.tui.office import office
from tests.tui.test_plan_screen import a_small_team

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZE = (100, 30)
PAINTERS = ("textual", "rich")
"""The same screen may be another picture with another version of these."""


def tried() -> dict[str, set[str]]:
    """Their versions that the project is tested with: the lowest and the usual ones."""
    files = (Path(f"constraints{which}.txt").read_text("utf-8") for which in ("", "-lowest"))
    lines = [line.split("==") for file in files for line in file.splitlines() if "==" in line]
    return {painter: {number.strip() for name, number in lines if name == painter} for painter in PAINTERS}


@dataclass(frozen=True)
class Snapshot:
    name: str
    place: str = "week"
    keys: tuple[str, ...] = ()
    theme: str = "cadence-dark"
    calendar: Callable[[], Calendar] = office


ALL = (
    Snapshot("week"),
    Snapshot("week-light", theme="cadence-light"),
    Snapshot("week-contrast", theme="cadence-contrast"),
    Snapshot("week-terminal", theme="cadence-terminal"),
    Snapshot("month", "month"),
    Snapshot("agenda", "agenda", ("v", "j")),
    Snapshot("mine", "mine"),
    Snapshot("load", "load", ("N",)),
    Snapshot("warnings", "warnings", ("down",)),
    Snapshot("plan", "plan", ("down", "s"), calendar=a_small_team),
    Snapshot("history", keys=("n", *"Fiera", "enter", "U")),
    Snapshot("team-form", "team", ("enter",)),
)


@pytest.mark.skipif(
    any(version(name) not in numbers for name, numbers in tried().items()),
    reason="pictures are known from the versions of Textual and Rich in the constraints alone",
)
@pytest.mark.long
@pytest.mark.parametrize("snapshot", ALL, ids=lambda snapshot: snapshot.name)
async def test_it_looks_like_this(snapshot: Snapshot) -> None:
    calendar, theme = snapshot.calendar(), snapshot.theme
    async with an_app(calendar, "Giulia", snapshot.place, size=SIZE, theme=theme) as (app, pilot):
        await press(app, pilot, *snapshot.keys)
        await pilot.pause()
        picture = stable(app.export_screenshot(title="Cadence", simplify=True))
    file = SNAPSHOTS / f"{snapshot.name}.svg"
    if os.environ.get("UPDATE_GOLDENS"):
        file.write_text(picture, "utf-8")
    assert file.exists(), f"{file} is missing: run with UPDATE_GOLDENS=1 and look at it"
    assert picture == file.read_text("utf-8"), (
        f"{file.name} differs: if that is meant, run with UPDATE_GOLDENS=1"
    )


def stable(svg: str) -> str:
    """Without what is another at each run, and without fonts from elsewhere."""
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"\s*@font-face\s*{[^}]*}", "", svg)
    svg = re.sub(r"\d\.\d&#160;s\b", "0.1&#160;s", svg)  # how long planning took
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())
