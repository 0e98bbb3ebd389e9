"""What only the warnings can do."""

from __future__ import annotations

from cadence.tui.actions.action import Action, act

WARNINGS: tuple[Action, ...] = (
    act(
        "warning.acknowledge",
        "z",
        "acknowledge",
        "Acknowledge until a date: you answer for it",
        "Warnings",
        only=("warnings",),
        hint=20,
        takes="UNTIL",
    ),
    *(
        act(
            f"warning.way-{n}",
            str(n),
            f"way out {n}",
            "Apply a way out of the warning",
            "Warnings",
            only=("warnings",),
            shown="1 … 9",
            listed=n == 1,
        )
        for n in range(1, 10)
    ),
)
