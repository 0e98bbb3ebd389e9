"""What only the history can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

HISTORY: tuple[Action, ...] = (
    act(
        "history.undo",
        "u",
        later("undo this"),
        later("Undo this change, whoever made it, or what is marked; says first what that does"),
        "History",
        only=("history",),
        hint=10,
    ),
    act(
        "history.mine",
        "m",
        later("mine"),
        later("Only what I did; again: all"),
        "History",
        only=("history",),
        hint=20,
    ),
    act(
        "history.others",
        "o",
        later("others"),
        later("Only what others did; again: all"),
        "History",
        only=("history",),
        hint=22,
    ),
    act(
        "history.same",
        "s",
        later("same post"),
        later("Only what happened to the same post, idea or person; again: all"),
        "History",
        only=("history",),
        hint=24,
    ),
    act(
        "history.copy",
        "y",
        later("copy"),
        later("Copy the line, or those that are marked"),
        "History",
        only=("history",),
        hint=30,
    ),
)
