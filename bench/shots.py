"""Pictures of every screen at three sizes, on the sample team with a fixed clock: `make shots`.

    python -m bench.shots [NAME …]

Writes `shots/NAME-COLUMNSxROWS.svg` and the same as PNG, to look at. For PNG it needs `rsvg-convert` (package
librsvg2-bin) or a Chromium, and the font DejaVu Sans Mono (package fonts-dejavu-core).
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from cadence.exchange.sample import sample_steps
from cadence.store import open_store
from cadence.tui.app import CadenceApp
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


SHOTS: dict[str, Shot] = {
    "week": Shot(),
    "week-post": Shot(keys=("right", "right", "right", "up", "enter")),
    "week-assign": Shot(keys=("right", "right", "right", "up", "a")),
    "week-move": Shot(keys=("m", "right")),
    "week-light": Shot(theme="cadence-light"),
    "week-ascii": Shot(ascii_only=True),
    "agenda": Shot("agenda"),
    "agenda-marks": Shot("agenda", ("v", "v", "j", "v")),
    "mine": Shot("mine"),
    "mine-light": Shot("mine", theme="cadence-light"),
    "warnings": Shot("warnings", ("down", "down", "down", "down")),
    "warnings-ascii": Shot("warnings", ascii_only=True),
    "plan": Shot("plan", ("down", "down", "space")),
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
    "mine-asked": Shot("mine"),
    "mine-offer": Shot("mine", ("end", "c", "o")),
    "acknowledge": Shot("warnings", ("z",)),
    "filter": Shot("agenda", ("slash", "number_sign", "b")),
    "new": Shot("agenda", ("n",)),
    "help": Shot(keys=("question_mark",)),
    "palette": Shot(keys=("ctrl+p",)),
    "setup": Shot(empty=True),
}


def main(names: Sequence[str]) -> int:
    if unknown := [name for name in names if name not in SHOTS]:
        print(f"there is no shot {unknown[0]!r}; there is: {', '.join(SHOTS)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    png: Path | None = None
    for name in names or SHOTS:
        for size in SIZES:
            svg = with_local_font(asyncio.run(take(SHOTS[name], size)))
            file = FOLDER / f"{name}-{size[0]}x{size[1]}.svg"
            file.write_text(svg, "utf-8")
            png = to_png(file)
            print(png or file)
    if png is None:
        print("No PNG: install rsvg-convert (package librsvg2-bin) or a Chromium.", file=sys.stderr)
    return 0


async def take(shot: Shot, size: tuple[int, int]) -> str:
    """The picture as SVG."""
    workspace = sample() if not shot.empty else Workspace(open_store("memory:"))
    lead = next((m for m in workspace.calendar.members.values() if m.role == "lead"), None)
    app = CadenceApp(workspace, lead, lambda: NOW, ascii_only=shot.ascii_only, theme=shot.theme)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        if not shot.empty:
            app.go_to_place(shot.place)
            await settle(app, pilot)
        for key in shot.keys:
            await pilot.press(key)
            await settle(app, pilot)
        return app.export_screenshot(title="Cadence", simplify=True)


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
