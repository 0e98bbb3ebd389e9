"""Everything that a key can do: the one registry.

Bindings, palette, command line, help screen, the check of a keymap file and the table of keys in the guide
`cadence/guides/keys.md` come from it. An action `post.move` is the method `action_post_move` of a screen or
of the app.
"""

from __future__ import annotations

from textual.binding import Binding

from cadence.tui.actions.action import Action, Group, act
from cadence.tui.actions.around import CADENCE, CHANGES, MARKS, MOVING
from cadence.tui.actions.boosts import BOOSTS
from cadence.tui.actions.feeds import FEEDS
from cadence.tui.actions.history import HISTORY
from cadence.tui.actions.ideas import IDEAS
from cadence.tui.actions.load import LOAD
from cadence.tui.actions.month import MONTH
from cadence.tui.actions.offers import OFFERS
from cadence.tui.actions.places import ALL, BY_NAME, PLACES, Place
from cadence.tui.actions.plan import PLAN
from cadence.tui.actions.review import REVIEW
from cadence.tui.actions.settings import SETTINGS
from cadence.tui.actions.team import TEAM
from cadence.tui.actions.warnings import WARNINGS
from cadence.tui.actions.work import POSTS, TASKS
from cadence.tui.actions.year import YEAR

__all__ = [
    "ACTIONS", "ALL", "BY_ID", "BY_NAME", "PLACES", "Action", "Group", "Place", "actions_of", "bindings",
    "keys_on", "keys_text",
]  # fmt: skip

SCREENS = tuple(act(f"view.{place.name}", place.keys, place.title, place.help, "Screens") for place in ALL)

ACTIONS: tuple[Action, ...] = (
    *MOVING, *POSTS, *TASKS, *MARKS, *WARNINGS, *PLAN, *FEEDS, *IDEAS, *OFFERS, *BOOSTS, *REVIEW, *LOAD,
    *HISTORY, *MONTH, *YEAR, *TEAM, *SETTINGS, *CHANGES, *SCREENS, *CADENCE,
)  # fmt: skip

COUNTED = frozenset(
    {
        "go.left", "go.right", "go.up", "go.down", "go.week-back", "go.week-on", "go.month-back",
        "go.month-on", "go.page-up", "go.page-down", "post.day-earlier", "post.day-later", "month.before",
        "month.after",
        "year.week-back", "year.week-on", "year.before", "year.after", "review.earlier", "review.later",
        "review.longer", "review.shorter", "plan.longer", "plan.shorter",
    }
)  # fmt: skip
"""What a number typed before it repeats: `3l`."""

COUNTS = {f"count.{n}": str(n) for n in range(10)}
"""The ids of the digits that begin a count. A keymap with them leaves them their keys, whatever else it gives
to these keys: what only a digit does follows when no movement does."""

BY_ID = {action.id: action for action in ACTIONS}

_SHOWN = {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "escape": "esc", "pageup": "pgup",
    "pagedown": "pgdn", "less_than_sign": "<", "greater_than_sign": ">", "asterisk": "*", "slash": "/",
    "colon": ":", "comma": ",", "question_mark": "?",
}  # fmt: skip


def actions_of(place: str) -> list[Action]:
    return [action for action in ACTIONS if place in action.places]


def keys_on(place: str, action: Action) -> list[str]:
    """The default keys of an action on a screen. A key that the screen needs for something of its own means
    just that there: `w` why on the plan, `5` a way out on the warnings."""
    keys = [key for key in action.keys.split(",") if key]
    if action.places == (place,):
        return keys
    own = {key for other in ACTIONS if other.places == (place,) for key in other.keys.split(",")}
    return [key for key in keys if key not in own]


def bindings(place: str) -> list[Binding]:
    """The bindings of a screen. Where digits do not apply ways out they may begin a count (`3l`)."""
    counts = [
        Binding(digit, f"digit({digit})", show=False, id=id, priority=True) for id, digit in COUNTS.items()
    ]
    acting = [action.binding(keys_on(place, action)) for action in actions_of(place)]
    return acting if any(action.group == "Warnings" for action in actions_of(place)) else [*counts, *acting]


def keys_text(
    action: Action, keymap: dict[str, str] | None = None, *, place: str | None = None, first: bool = False
) -> str:
    """The keys as people write them: `← h`; on a screen, if one is named; `first`: only one of them."""
    keys = (keymap or {}).get(action.id)
    if keys is None and action.shown:
        return action.shown
    default = action.keys.split(",") if place is None else keys_on(place, action)
    names = [name.strip() for name in (default if keys is None else keys.split(",")) if name.strip()]
    names = [_SHOWN.get(name, name) for name in names]
    # Of several keys the letter is the one that people learn.
    return min(names, key=len) if first and names else " ".join(names)
