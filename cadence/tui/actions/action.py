"""What an action is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

from cadence.language import _, later
from cadence.tui.actions.places import ALL, PLACES, Ability

Group = Literal[
    "Move around", "Posts", "Tasks", "Marks", "Warnings", "Plan", "Feeds", "Ideas", "Offers", "Boosts",
    "Review", "Load", "History", "Month", "Year", "Team", "Settings", "Changes", "Screens", "Cadence",
]  # fmt: skip
GROUPS: Mapping[str, str] = {
    "Move around": later("Move around"),
    "Posts": later("Posts"),
    "Tasks": later("Tasks"),
    "Marks": later("Marks"),
    "Warnings": later("Warnings"),
    "Plan": later("Plan"),
    "Feeds": later("Feeds"),
    "Ideas": later("Ideas"),
    "Offers": later("Offers"),
    "Boosts": later("Boosts"),
    "Review": later("Review"),
    "Load": later("Load"),
    "History": later("History"),
    "Month": later("Month"),
    "Year": later("Year"),
    "Team": later("Team"),
    "Settings": later("Settings"),
    "Changes": later("Changes"),
    "Screens": later("Screens"),
    "Cadence": later("Cadence"),
}
"""How the help screen calls them."""


@dataclass(frozen=True)
class Action:
    """`keys` are the defaults, separated by commas as Textual names them; empty: palette only.

    `label` is a word or two for the footer and the command line, `help` a sentence, both of the source
    language; `name` and `meaning` say them in the one spoken. `places` are the screens on which it works.
    `hint` is its rank in the footer (0: not there). `shown` replaces the keys where they are listed. `takes`
    names what may be written after the label on the command line.
    """

    id: str
    keys: str
    label: str
    help: str
    group: Group
    places: tuple[str, ...] = PLACES
    hint: int = 0
    shown: str = ""
    takes: str = ""
    listed: bool = True

    @property
    def name(self) -> str:
        """A screen's is its title, in small letters like all others."""
        return _(self.label).lower()

    @property
    def meaning(self) -> str:
        return _(self.help)

    @property
    def method(self) -> str:
        return self.id.replace(".", "_").replace("-", "_")

    def binding(self, keys: Sequence[str]) -> Binding:
        # Only what is bound can be given another key: without one it is bound to a name that no key has.
        # With priority a key acts before the next one is looked at, and not after a walk through widgets: who
        # types `/marco` at once means the filter by all of it.
        return Binding(
            ",".join(keys) or self.id, self.method, self.label, show=False, id=self.id, priority=True
        )


def act(
    id: str,
    keys: str,
    label: str,
    help: str,
    group: Group,
    *,
    needs: Ability | None = None,
    only: tuple[str, ...] = (),
    hint: int = 0,
    shown: str = "",
    takes: str = "",
    listed: bool = True,
) -> Action:
    """An action that works on every screen, on those that have what it `needs`, or `only` on some."""
    places = only or tuple(place.name for place in ALL if needs is None or needs in place.can)
    return Action(id, keys, label, help, group, places, hint, shown, takes, listed)
