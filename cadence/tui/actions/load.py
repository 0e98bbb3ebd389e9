"""What only the load can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

LOAD: tuple[Action, ...] = (
    act(
        "load.worst",
        "N",
        later("too much"),
        later("To the next week in which somebody has too much"),
        "Load",
        only=("load",),
        hint=12,
    ),
)
