"""What only the month can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

MONTH: tuple[Action, ...] = (
    act(
        "month.before",
        "K",
        later("month before"),
        later("The month before"),
        "Month",
        only=("month",),
        hint=4,
    ),
    act("month.after", "J", later("month after"), later("The month after"), "Month", only=("month",), hint=5),
)
