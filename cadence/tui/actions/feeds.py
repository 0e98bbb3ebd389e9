"""What only the feeds can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

FEEDS: tuple[Action, ...] = (
    act(
        "feed.new",
        "n",
        later("new"),
        later("Let somebody read a feed; shows its links, once"),
        "Feeds",
        only=("feeds",),
        hint=10,
        takes="READER",
    ),
    act(
        "feed.rotate",
        "r",
        later("new links"),
        later("New links; those before stop working for good"),
        "Feeds",
        only=("feeds",),
        hint=15,
    ),
    act(
        "feed.revoke",
        "d",
        later("revoke"),
        later("End it: the links stop working for good"),
        "Feeds",
        only=("feeds",),
        hint=20,
    ),
)
