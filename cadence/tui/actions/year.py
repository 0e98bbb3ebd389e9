"""What only the year can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

YEAR: tuple[Action, ...] = (
    act("year.week-back", "left,h,H", later("week back"), later("A week back"), "Year", only=("year",)),
    act("year.week-on", "right,l,L", later("week on"), later("A week on"), "Year", only=("year",)),
    act(
        "year.before",
        "minus",
        later("year before"),
        later("The year before"),
        "Year",
        only=("year",),
        hint=12,
        shown="-",
    ),
    act(
        "year.after",
        "plus",
        later("year after"),
        later("The year after"),
        "Year",
        only=("year",),
        hint=14,
        shown="+",
    ),
    act(
        "year.by",
        "b",
        later("by …"),
        later("Look at it by posts, by load, by slots"),
        "Year",
        only=("year",),
        hint=10,
        takes="WHAT",
    ),
)
