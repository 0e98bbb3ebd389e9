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
SHOWN_IN = {
    "AgendaList": "agenda_120x40",
    "BoostList": "boosts_120x40",
    "BoostPanel": "boosts_120x40",
    "CandidateList": "week_assign_120x40",
    "ChangePanel": "history_120x40",
    "DayList": "month_120x40",
    "FeedList": "feeds_120x40",
    "FeedPanel": "feed_links_120x40",
    "FootBar": "week_120x40",
    "HeaderBar": "week_120x40",
    "HistoryList": "history_120x40",
    "IdeaList": "ideas_120x40",
    "IdeaPanel": "ideas_120x40",
    "LoadLine": "week_120x40",
    "LoadMap": "load_120x40",
    "LoadTasks": "load_120x40",
    "MemberList": "over_who_are_you",
    "MonthGrid": "month_120x40",
    "MouseGrid": "week_120x40",
    "OfferList": "offers_120x40",
    "OfferPanel": "offers_120x40",
    "PlanDetail": "plan_120x40",
    "PlanList": "plan_120x40",
    "PostPanel": "week_120x40",
    "ReviewList": "review_120x40",
    "RhythmStrip": "week_120x40",
    "SearchList": "search_120x40",
    "SettingsList": "settings_120x40",
    "TaskList": "my_week_120x40",
    "TeamList": "team_120x40",
    "TeamPanel": "team_200x60",
    "TitleLine": "year_120x40",
    "WarningDetail": "warnings_120x40",
    "WarningList": "warnings_120x40",
    "YearGrid": "year_120x40",
}
"""For each widget a golden with it on the screen."""
_painted: set[str] = set()
"""The widgets that painted something since the last golden."""


def assert_golden(name: str, text: str) -> None:
    """`text` is what `golden/NAME.txt` holds, and the widgets that shall be in it have painted."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        file.write_text(text, "utf-8")
    assert file.exists(), f"{file} is missing: run with UPDATE_GOLDENS=1 and look at it"
    missing = {widget for widget, golden in SHOWN_IN.items() if golden == name} - _painted
    _painted.clear()
    assert not missing, f"{file.name} does not show {missing} any more: name another golden in SHOWN_IN"
    assert text == file.read_text("utf-8"), (
        f"{file.name} differs: if that is meant, run with UPDATE_GOLDENS=1"
    )


def text_of(app: App[Any]) -> str:
    """The text of the screen on top, without colours; every widget is painted line by line."""
    _painted.clear()
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
    lines = [widget.render_line(y).text for y in range(widget.size.height)]
    if any(line.strip() for line in lines):
        _painted.update(cls.__name__ for cls in type(widget).__mro__)
    return lines
