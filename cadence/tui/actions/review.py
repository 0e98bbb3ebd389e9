"""What only the review can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

REVIEW: tuple[Action, ...] = (
    act(
        "review.earlier",
        "H",
        later("earlier"),
        later("As many weeks before these"),
        "Review",
        only=("review",),
        hint=10,
    ),
    act(
        "review.later",
        "L",
        later("later"),
        later("As many weeks after these, as far as they are over"),
        "Review",
        only=("review",),
        hint=12,
    ),
    act(
        "review.longer",
        "plus",
        later("longer"),
        later("Look a week further back"),
        "Review",
        only=("review",),
        hint=14,
        shown="+",
    ),
    act(
        "review.shorter",
        "minus",
        later("shorter"),
        later("Look back a week less"),
        "Review",
        only=("review",),
        hint=16,
        shown="-",
    ),
    act(
        "review.copy",
        "y",
        later("copy"),
        later("Copy all of it as text, or the lines that are marked"),
        "Review",
        only=("review",),
        hint=18,
    ),
    act(
        "review.page",
        "P",
        later("page"),
        later("Write it as a page to show or to print, and open it"),
        "Review",
        only=("review",),
        hint=17,
        takes=later("FILE"),
    ),
)
