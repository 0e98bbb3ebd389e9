"""What only the warnings can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

WARNINGS: tuple[Action, ...] = (
    act(
        "warning.acknowledge",
        "z",
        later("acknowledge"),
        later("Acknowledge until a date: you answer for it"),
        "Warnings",
        only=("warnings",),
        hint=20,
        takes="UNTIL",
    ),
    *(
        act(
            f"warning.way-{n}",
            str(n),
            later("way out 1") if n == 1 else f"way out {n}",  # the first stands for all
            later("Apply a way out of the warning"),
            "Warnings",
            only=("warnings",),
            shown="1 … 9",
            listed=n == 1,
        )
        for n in range(1, 10)
    ),
)
