"""The one-cell marks that every face uses for a state, with ASCII twins for terminals that cannot show them.

A mark never needs colour to be understood.
"""

from collections.abc import Mapping

MARKS: Mapping[str, tuple[str, str]] = {
    "on_time": ("●", "*"),
    "early": ("◐", "~"),
    "late": ("◐", "~"),
    "missed": ("✕", "x"),
    "ready": ("◉", "@"),
    "planned": ("○", "o"),
    "empty": ("·", "."),
    "paused": ("‖", "="),
    "warning": ("▲", "!"),
    "pinned": ("⌂", "^"),
    "offer": ("⇄", "%"),
    "published": ("●", "*"),
    "drafted": ("○", "o"),
    "approved": ("◉", "@"),
    "skipped": ("–", "-"),
    "done": ("✓", "v"),
    "cursor": ("▸", ">"),
}

BARS = ("▁▂▃▄▅▆▇█", " .:-=+*#")
"""The levels of a bar of one cell, and their twins."""


def mark(state: str, *, ascii_only: bool = False) -> str:
    """The mark of a slot's or post's state, or of one of the signs `warning`, `pinned`, `offer`, `done`."""
    return MARKS[state][ascii_only]


def bar(share: float | None, *, ascii_only: bool = False) -> str:
    """One cell that shows a load share from nothing to full; over 100 % is the caller's warning to show."""
    levels = BARS[ascii_only]
    return levels[min(len(levels) - 1, max(0, int((share or 0.0) * (len(levels) - 1) + 0.5)))]
