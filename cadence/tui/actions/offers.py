"""What only the offers can do; the rest is what is done with tasks anywhere."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

OFFERS: tuple[Action, ...] = (
    act(
        "offer.give-back",
        "r",
        later("give back"),
        later("Give a task that you took back to whoever had it"),
        "Offers",
        only=("offers",),
        hint=17,
    ),
    act(
        "offer.withdraw",
        "d",
        later("keep"),
        later("Keep it after all: it is on offer no more"),
        "Offers",
        only=("offers",),
        hint=19,
    ),
)
