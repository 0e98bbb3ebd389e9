"""What only the boosts can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

BOOSTS: tuple[Action, ...] = (
    act(
        "boost.done",
        "space",
        later("done"),
        later("You passed it on; again: you did not (a NAME: a colleague did)"),
        "Boosts",
        only=("boosts",),
        hint=10,
        takes="NAME",
    ),
    act(
        "boost.ask",
        "n",
        later("ask"),
        later("Ask one more colleague to pass it on: whom, and on which day"),
        "Boosts",
        only=("boosts",),
        hint=18,
        takes="NAME",
    ),
    act(
        "boost.copy",
        "y",
        later("copy"),
        later("Copy what you could say, with the link"),
        "Boosts",
        only=("boosts",),
        hint=12,
    ),
    act(
        "boost.open",
        "b",
        later("open link"),
        later("Open its link in the browser"),
        "Boosts",
        only=("boosts",),
        hint=14,
    ),
    act(
        "boost.link",
        "e",
        later("link"),
        later("Give it a link, or another one: without, nobody can pass it on"),
        "Boosts",
        only=("boosts",),
        hint=20,
        takes="LINK",
    ),
)
