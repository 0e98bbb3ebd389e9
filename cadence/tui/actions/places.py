"""The screens of the app: their names, the keys that lead there, and what can be done on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ability = Literal["across", "weeks", "months", "today", "parts", "posts"]
"""What a screen has, so that the keys for it work there: days to go across (`← →`), weeks and months to go
through, a today to come back to, parts to go round, posts whose work can be done."""


@dataclass(frozen=True)
class Place:
    """`title` and `help` are words of the source language, shown by `cadence.language`.

    `screen` is where its class is, `module:Class`: it is imported when it is first visited. `header` is its
    rank in the line on top (0: only while one is there). `is_aside`: escape leads back to where one was.
    """

    name: str
    title: str
    keys: str
    help: str
    screen: str
    can: frozenset[Ability]
    header: int = 0
    is_aside: bool = True


def _place(name: str, title: str, keys: str, help: str, screen: str, *can: Ability, **more: object) -> Place:
    return Place(name, title, keys, help, f"cadence.tui.screens.{screen}", frozenset(can), **more)  # type: ignore[arg-type]


ALL: tuple[Place, ...] = (
    _place("week", "Week", "1", "The week of all channels", "week:WeekScreen",
           "across", "weeks", "months", "today", "parts", "posts", header=1, is_aside=False),
    _place("agenda", "Agenda", "2", "All posts and open slots in one list", "agenda:AgendaScreen",
           "across", "weeks", "months", "today", "posts", header=3, is_aside=False),
    _place("mine", "My week", "3", "My tasks, my load, and what I could take", "my_week:MyWeekScreen",
           "across", "weeks", "today", "parts", "posts", header=2, is_aside=False),
    _place("warnings", "Warnings", "4,w", "Warnings and their ways out", "warnings:WarningsScreen",
           "parts", "posts", header=4),
    _place("plan", "Plan", "5,p", "Plan who does what; there: plan anew", "plan:PlanScreen",
           "weeks", "months", "today", "parts", header=5),
    _place("feeds", "Feeds", "6,x", "Feeds: who reads what at a secret link", "feeds:FeedsScreen", header=9),
    _place("ideas", "Ideas", "7,I", "Ideas: vote, decide, make them posts", "ideas:IdeasScreen", header=6),
    _place("review", "Review", "8,R", "Review: look back together on the last weeks", "review:ReviewScreen",
           "today", "parts", header=8),
)  # fmt: skip

PLACES: tuple[str, ...] = tuple(place.name for place in ALL)
BY_NAME = {place.name: place for place in ALL}
