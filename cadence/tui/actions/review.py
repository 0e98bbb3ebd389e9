"""What only the review can do."""

from __future__ import annotations

from cadence.tui.actions.action import Action, act

REVIEW: tuple[Action, ...] = (
    act("review.earlier", "H", "earlier", "As many weeks before these", "Review", only=("review",), hint=10),
    act(
        "review.later",
        "L",
        "later",
        "As many weeks after these, as far as they are over",
        "Review",
        only=("review",),
        hint=12,
    ),
    act(
        "review.longer",
        "plus",
        "longer",
        "Look a week further back",
        "Review",
        only=("review",),
        hint=14,
        shown="+",
    ),
    act(
        "review.shorter",
        "minus",
        "shorter",
        "Look back a week less",
        "Review",
        only=("review",),
        hint=16,
        shown="-",
    ),
    act(
        "review.copy",
        "y",
        "copy",
        "Copy all of it as text, or the lines that are marked",
        "Review",
        only=("review",),
        hint=18,
    ),
)
