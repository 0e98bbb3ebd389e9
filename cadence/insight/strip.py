"""How a strip of slots and its figures are read, whatever shows them: what is worst, and what is low."""

from __future__ import annotations

from collections.abc import Sequence

from cadence.insight.history import SlotState

WORST_FIRST: Sequence[SlotState] = (
    "missed",
    "empty",
    "late",
    "early",
    "planned",
    "ready",
    "on_time",
    "paused",
)
LOW_SCORE, LOW_RUNWAY = 70.0, 7.0
"""Below these a score (0 to 100) or a runway (days) is a trouble that is shown."""


def worst_of_parts(states: Sequence[SlotState], most: int) -> tuple[SlotState, ...]:
    """States in order of time, as so many marks at most: of more states, the worst of each part of them."""
    count = len(states)
    if count <= most:
        return tuple(states)
    parts = [states[i * count // most : (i + 1) * count // most] for i in range(most)]
    return tuple(min(part, key=WORST_FIRST.index) for part in parts)
