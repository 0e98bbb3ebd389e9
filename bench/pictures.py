"""The pictures of the README, of the sample team on a fixed day: `make pictures`.

    python -m bench.pictures [NAME …]

Writes `docs/NAME.png`. It needs what `bench.shots` needs for PNG.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.shots import Shot, take, to_png, with_local_font

FOLDER = Path(__file__).parents[1] / "docs"
SIZE = (110, 32)
"""Wide enough for two lines on a task, small enough to be read in a page."""

TO_THE_GAP = ("right", "right", "right", "up")
"""Before the post whose review nobody has."""

PICTURES: dict[str, Shot] = {
    "week": Shot(),
    "warnings": Shot("warnings", ("down",)),
    "assign": Shot(keys=(*TO_THE_GAP, "a")),
    "plan": Shot("plan", ("down", "down", "space")),
    "load": Shot("load", ("N",)),
    "ideas": Shot("ideas", ("down",)),
}


def main(names: Sequence[str]) -> int:
    if unknown := [name for name in names if name not in PICTURES]:
        print(f"there is no picture {unknown[0]!r}; there is: {', '.join(PICTURES)}", file=sys.stderr)
        return 2
    os.environ["LOGNAME"] = "giulia"  # who brought in the sample, as its history shows
    for name in names or PICTURES:
        with TemporaryDirectory() as folder:
            svg = Path(folder) / f"{name}.svg"
            svg.write_text(with_local_font(asyncio.run(take(PICTURES[name], SIZE))), "utf-8")
            png = to_png(svg)
            if png is None:
                print("No PNG: install rsvg-convert (package librsvg2-bin) or a Chromium.", file=sys.stderr)
                return 1
            (FOLDER / png.name).write_bytes(png.read_bytes())
        print(FOLDER / png.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
