"""Pictures of every screen at three sizes, on the sample team with a fixed clock: `make shots`.

    python -m bench.shots [--theme THEME] [--sixteen] [NAME …]

Writes `shots/NAME-COLUMNSxROWS.svg` and the same as PNG, to look at. For PNG it needs `rsvg-convert` (package
librsvg2-bin) or a Chromium, and the font DejaVu Sans Mono (package fonts-dejavu-core). NAME may be `places`:
every screen as one finds it. `--theme`: in another theme; `--sixteen`: as a terminal with sixteen colours
shows it.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rich.color import Color, ColorSystem
from textual.pilot import Pilot

from cadence.exchange.sample import sample_steps
from cadence.store import open_store
from cadence.tui.actions.places import PLACES
from cadence.tui.app import CadenceApp
from cadence.tui.widgets.week_mouse import MouseGrid
from cadence.workspace import Workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SIZES = ((80, 24), (120, 40), (200, 60))
FOLDER = Path("shots")
FONT = "DejaVu Sans Mono"
FONT_WIDTH = 0.60205
"""Width of a letter of `FONT`, in ems."""
CELL = 12.2
"""Width of a cell of Textual's pictures."""
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Shot:
    """A screen, and the keys that lead to what is shown of it."""

    place: str = "week"
    keys: tuple[str, ...] = ()
    theme: str = ""
    ascii_only: bool = False
    empty: bool = False
    drag: int = 0
    """The post under the week's cursor is held over so many days on."""
    trouble: bool = False
    """Something went wrong before the keys."""
    size: tuple[int, int] | None = None
    """Only in this size."""


# Something to look back on: claimed, moved, published, undone.
DONE = ("right", "right", "right", "up", "a", "enter", "greater_than_sign", "space", "2", "j", "c", "u", "U")

_NAMED = {" ": "space", ":": "colon", ";": "semicolon", ",": "comma"}


def keys_of(text: str) -> tuple[str, ...]:
    """The keys that type a text."""
    return tuple(_NAMED.get(letter, letter) for letter in text)


SHOTS: dict[str, Shot] = {
    "week": Shot(),
    "week-post": Shot(keys=("right", "right", "right", "up", "enter")),
    "week-assign": Shot(keys=("right", "right", "right", "up", "a")),
    "week-move": Shot(keys=("m", "right")),
    "week-strip": Shot(keys=("shift+tab", "down", "left")),
    "week-drag": Shot(keys=("right", "right", "right", "up"), drag=1),
    "week-light": Shot(theme="cadence-light"),
    "week-ascii": Shot(ascii_only=True),
    "week-said": Shot(keys=("right", "right", "right", "up", "a", "enter")),
    "week-jump": Shot(keys=("apostrophe",)),
    "agenda": Shot("agenda"),
    "agenda-marks": Shot("agenda", ("v", "v", "j", "v")),
    "mine": Shot("mine"),
    "mine-light": Shot("mine", theme="cadence-light"),
    "warnings": Shot("warnings", ("down", "down", "down", "down")),
    "warnings-ascii": Shot("warnings", ascii_only=True),
    "plan": Shot("plan", ("down", "down", "space")),
    "plan-accepted": Shot("plan", ("A",)),
    "plan-why": Shot("plan", ("down", "w")),
    "plan-light": Shot("plan", theme="cadence-light"),
    "plan-ascii": Shot("plan", ascii_only=True),
    "feeds": Shot("feeds", ("n", "enter", "escape", "d")),
    "feeds-new": Shot("feeds", ("n", "tab", "b", "l", "o")),
    "feeds-links": Shot("feeds", ("n", "enter")),
    "ideas": Shot("ideas", ("down",)),
    "ideas-light": Shot("ideas", ("down", "enter"), theme="cadence-light"),
    "ideas-plan": Shot("ideas", ("n",)),
    "ideas-new": Shot("week", ("i", "H", "a", "l", "l")),
    "ideas-ascii": Shot("ideas", ("down", "enter"), ascii_only=True),
    "review": Shot("review", ("down", "down", "down", "down")),
    "review-end": Shot("review", ("end", "up", "up", "up", "up", "up", "up")),
    "review-light": Shot("review", ("plus", "plus"), theme="cadence-light"),
    "review-ascii": Shot("review", ascii_only=True),
    "load": Shot("load", ("down", "down", "right")),
    "load-tasks": Shot("load", ("N", "enter", "asterisk")),
    "load-assign": Shot("load", ("N", "a")),
    "load-light": Shot("load", ("N",), theme="cadence-light"),
    "load-ascii": Shot("load", ("N",), ascii_only=True),
    "month": Shot("month", ("down", "right")),
    "month-day": Shot("month", ("right", "right", "right", "enter", "down")),
    "month-move": Shot("month", ("right", "right", "right", "m", "down")),
    "month-light": Shot("month", theme="cadence-light"),
    "month-ascii": Shot("month", ascii_only=True),
    "year": Shot("year"),
    "year-load": Shot("year", ("b",)),
    "year-slots": Shot("year", ("b", "b")),
    "year-light": Shot("year", theme="cadence-light"),
    "year-ascii": Shot("year", ascii_only=True),
    "history": Shot("week", DONE),
    "history-change": Shot("week", (*DONE, "down", "enter")),
    "history-undo": Shot("week", (*DONE, "down", "down", "u")),
    "history-light": Shot("week", DONE, theme="cadence-light"),
    "history-ascii": Shot("week", (*DONE, "u"), ascii_only=True),
    "offers": Shot("offers"),
    "offers-light": Shot("offers", ("down",), theme="cadence-light"),
    "offers-ascii": Shot("offers", ascii_only=True),
    "boosts": Shot("boosts"),
    "boosts-end": Shot("boosts", ("end",)),
    "boosts-ask": Shot("boosts", ("n",)),
    "boosts-light": Shot("boosts", theme="cadence-light"),
    "boosts-ascii": Shot("boosts", ascii_only=True),
    "mine-asked": Shot("mine"),
    "mine-offer": Shot("mine", ("end", "c", "o")),
    "acknowledge": Shot("warnings", ("z",)),
    "filter": Shot("agenda", ("slash", "number_sign", "b")),
    "new": Shot("agenda", ("n",)),
    "edit": Shot("agenda", ("e",)),
    "publish": Shot("agenda", ("P",)),
    "command": Shot("agenda", ("colon", *keys_of("move +2d"))),
    "search": Shot("week", ("ctrl+f", *"stor", "down")),
    "team": Shot("team", ("down",)),
    "team-light": Shot("team", ("tab",), theme="cadence-light"),
    "team-ascii": Shot("team", ("tab", "down"), ascii_only=True),
    "team-end": Shot("team", ("end",)),
    "team-member-form": Shot("team", ("enter", "down", "down", "down", "down", "right", "right")),
    "team-channel-form": Shot("team", ("tab", "n", *"TikTok", "tab", *keys_of("tue thu 9:00; fri 17:00"))),
    "team-rhythm-form": Shot(
        "team", ("tab", "down", "enter", "tab", "tab", "tab", "right", "right", "space")
    ),
    "team-rhythm-light": Shot("team", ("tab", "r", *keys_of("monthly last fri")), theme="cadence-light"),
    "team-rhythm-ascii": Shot("team", ("tab", "down", "enter", "tab", "2"), ascii_only=True),
    "team-workflow-form": Shot("team", ("tab", "tab", "enter")),
    "team-absence-form": Shot("team", ("a", *keys_of("mon - fri"))),
    "team-wrong": Shot("team", ("enter", "tab", "tab", "x")),
    "team-remove": Shot("team", ("d",)),
    "settings": Shot("settings", ("down", "down")),
    "settings-light": Shot("settings", ("down", "down"), theme="cadence-light"),
    "settings-ascii": Shot("settings", ("down", "down"), ascii_only=True),
    "help": Shot(keys=("question_mark",)),
    "palette": Shot(keys=("ctrl+p",)),
    "details": Shot(keys=("exclamation_mark",), trouble=True),
    "too-small": Shot(size=(50, 12)),
    "setup": Shot(empty=True),
}


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--theme", default="")
    parser.add_argument("--sixteen", action="store_true")
    told = parser.parse_args(words)
    names = list(PLACES) if told.names == ["places"] else told.names
    if unknown := [name for name in names if name not in SHOTS and name not in PLACES]:
        print(f"there is no shot {unknown[0]!r}; there is: {', '.join(SHOTS)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    png: Path | None = None
    for name in names or SHOTS:
        shot = Shot(name) if told.names == ["places"] else SHOTS[name]
        for size in [shot.size] if shot.size else SIZES:
            svg = with_local_font(asyncio.run(take(replace(shot, theme=told.theme or shot.theme), size)))
            file = FOLDER / f"{name}{'-' * bool(told.theme)}{told.theme}-{size[0]}x{size[1]}.svg"
            file.write_text(in_sixteen(svg) if told.sixteen else svg, "utf-8")
            png = to_png(file)
            print(png or file)
    if png is None:
        print("No PNG: install rsvg-convert (package librsvg2-bin) or a Chromium.", file=sys.stderr)
    return 0


async def take(shot: Shot, size: tuple[int, int]) -> str:
    """The picture as SVG."""
    workspace = sample() if not shot.empty else Workspace(open_store("memory:"))
    lead = next((m for m in workspace.calendar.members.values() if m.role == "lead"), None)
    theme = shot.theme or "cadence-dark"
    app = CadenceApp(workspace, lead, lambda: NOW, ascii_only=shot.ascii_only, theme=theme)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        if not shot.empty:
            app.go_to_place(shot.place)
            await settle(app, pilot)
        if shot.trouble:
            app.report(OSError("the disk is full"))
        for key in shot.keys:
            await pilot.press(key)
            await settle(app, pilot)
        if shot.drag:
            await drag(app, pilot, shot.drag)
        return app.export_screenshot(title="Cadence", simplify=True)


async def drag(app: CadenceApp, pilot: Pilot[None], days: int) -> None:
    """Hold the mouse's button down on the chip under the week's cursor, and go to another day."""
    grid = app.screen.query_one(MouseGrid)
    layout, spot = grid.layout_of_week, grid.spot
    y = grid.gutter.top + 1 + layout.tops[spot.row]
    await pilot.mouse_down(grid, (layout.columns[spot.day][0] + 2, y))
    await pilot.hover(grid, (layout.columns[spot.day + days][0] + 2, y))
    await settle(app, pilot)


async def settle(app: CadenceApp, pilot: Pilot[None]) -> None:
    """Until the figures are there, nothing is being planned, and everything has been painted."""
    await pilot.pause(0.05)
    while getattr(app.calendar_screen, "is_planning", False):
        await pilot.pause(0.05)
    figures = [worker for worker in app.workers if worker.group == "figures"]
    if figures:
        await app.workers.wait_for_complete(figures)
    await pilot.pause(0.05)


def sample() -> Workspace:
    """The sample team in memory, as it is at `NOW`."""
    workspace = Workspace(open_store("memory:"))
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    return workspace


def with_local_font(svg: str) -> str:
    """The picture in a font that is installed, in a size that fits the grid."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    svg = re.sub(r"font-family:\s*[^;]*;", f"font-family: {FONT};", svg)
    svg = svg.replace("font-size: 20px", f"font-size: {CELL / FONT_WIDTH:.3f}px")
    return re.sub(r'<text class="([^"]*)" x="([0-9.]+)"([^>]*)>((?:&#160;)+)', _indented, svg)


def in_sixteen(svg: str) -> str:
    """The picture in the nearest of sixteen colours, as Rich finds them."""

    def nearest(colour: re.Match[str]) -> str:
        return Color.parse(colour[0]).downgrade(ColorSystem.STANDARD).get_truecolor().hex

    return re.sub(r"#[0-9a-f]{6}", nearest, svg)


def _indented(text: re.Match[str]) -> str:
    """Spaces at the beginning of a text as a place further right: librsvg would drop them."""
    kind, x, rest, spaces = text.groups()
    shifted = float(x) + CELL * (len(spaces) // len("&#160;"))
    return f'<text class="{kind}" x="{shifted:.1f}"{rest}>'


def to_png(svg: Path) -> Path | None:
    """The same picture as PNG beside it; None if there is no program that could make one."""
    png = svg.with_suffix(".png")
    if rsvg := shutil.which("rsvg-convert"):
        subprocess.run([rsvg, "--output", str(png), str(svg)], check=True)
        return png
    if chromium := next(filter(None, map(shutil.which, CHROMIUMS)), None):
        width, height = re.findall(r'viewBox="0 0 ([0-9]+)[0-9.]* ([0-9]+)', svg.read_text("utf-8"))[0]
        options = ["--headless", "--no-sandbox", f"--screenshot={png.resolve()}"]
        page = svg.resolve().as_uri()
        subprocess.run(
            [chromium, *options, f"--window-size={width},{height}", page], check=True, capture_output=True
        )
        return png
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
