"""What only the settings can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

SETTINGS: tuple[Action, ...] = (
    act(
        "settings.edit",
        "e",
        later("change"),
        later("Change it; what it does shows at once"),
        "Settings",
        only=("settings",),
        hint=10,
    ),
    act(
        "settings.next",
        "right,l",
        later("next"),
        later("The next theme or language, at once and kept"),
        "Settings",
        only=("settings",),
        hint=12,
    ),
    act(
        "settings.previous",
        "left,h",
        later("previous"),
        later("The theme or language before, at once and kept"),
        "Settings",
        only=("settings",),
    ),
    act(
        "settings.undo",
        "u",
        later("set back"),
        later("Set the last setting back as it was"),
        "Settings",
        only=("settings",),
        hint=14,
    ),
    act(
        "settings.copy",
        "y",
        later("copy"),
        later("Copy the path or value"),
        "Settings",
        only=("settings",),
        hint=16,
    ),
)
