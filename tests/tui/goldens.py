"""What a screen shows as plain text, compared with files in `golden/`.

After a change that is meant: `UPDATE_GOLDENS=1 pytest tests/tui`, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from textual.app import App
from textual.scroll_view import ScrollView
from textual.widget import Widget

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 40), (200, 60))


def assert_golden(name: str, text: str) -> None:
    """`text` is what `golden/NAME.txt` holds."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        file.write_text(text, "utf-8")
    assert file.exists(), f"{file} is missing: run with UPDATE_GOLDENS=1 and look at it"
    assert text == file.read_text("utf-8"), (
        f"{file.name} differs: if that is meant, run with UPDATE_GOLDENS=1"
    )


def text_of(app: App[Any]) -> str:
    """The text of the screen on top, without colours; every widget is painted line by line."""
    width, height = app.size
    cells = [[" "] * width for _ in range(height)]
    for widget in app.screen.walk_children(Widget):
        if not widget.display or not (isinstance(widget, ScrollView) or not widget.children):
            continue
        region = widget.content_region  # what is painted begins within borders and padding
        for y, line in enumerate(lines_of(widget)):
            for x, letter in enumerate(line[: region.width]):
                if region.y + y < height and region.x + x < width:
                    cells[region.y + y][region.x + x] = letter
    return "\n".join("".join(row).rstrip() for row in cells) + "\n"


def lines_of(widget: Widget) -> list[str]:
    """The lines that a widget paints now."""
    return [widget.render_line(y).text for y in range(widget.size.height)]
