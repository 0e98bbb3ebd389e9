"""The screens of the app: their names, the keys that lead there, and what can be done on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cadence.language import later

Ability = Literal["across", "weeks", "months", "today", "parts", "posts"]
"""What a screen has, so that the keys for it work there: days to go across (`← →`), weeks and months to go
through, a today to come back to, parts to go round, posts whose work can be done."""


@dataclass(frozen=True)
class Place:
    """`title` and `help` are words of the source language, shown by `cadence.language`.

    `screen` is where its class is, `module:Class`: it is imported when it is first visited. `header` is its
    rank in the line on top (0: only while one is there). `is_aside`: escape leads back to where one was.
    `marks`: rows or posts can be marked, and acted upon together.
    """

    name: str
    title: str
    keys: str
    help: str
    screen: str
    can: frozenset[Ability]
    header: int = 0
    is_aside: bool = True
    marks: bool = True


def _place(name: str, title: str, keys: str, help: str, screen: str, *can: Ability, **more: object) -> Place:
    return Place(name, title, keys, help, f"cadence.tui.screens.{screen}", frozenset(can), **more)  # type: ignore[arg-type]


ALL: tuple[Place, ...] = (
    _place("week", later("Week"), "1", later("The week of all channels"), "week:WeekScreen",
           "across", "weeks", "months", "today", "parts", "posts", header=1, is_aside=False),
    _place("month", later("Month"), "M", later("The month: what goes out on each day"), "month:MonthScreen",
           "across", "weeks", "today", "parts", "posts", header=2, is_aside=False),
    _place("year", later("Year"), "Y", later("The year: where there is much, and where nothing"),
           "year:YearScreen", "months", "today", marks=False),
    _place("agenda", later("Agenda"), "2", later("All posts and open slots in one list"),
           "agenda:AgendaScreen", "across", "weeks", "months", "today", "posts", header=5, is_aside=False),
    _place("mine", later("My week"), "3", later("My tasks, my load, and what I could take"),
           "my_week:MyWeekScreen", "across", "weeks", "today", "parts", "posts", header=3, is_aside=False),
    _place("warnings", later("Warnings"), "4,w", later("Warnings and their ways out"),
           "warnings:WarningsScreen", "parts", "posts", header=4),
    _place("plan", later("Plan"), "5,p", later("Plan who does what; there: plan anew"), "plan:PlanScreen",
           "weeks", "months", "today", "parts", header=7),
    _place("feeds", later("Feeds"), "6,x", later("Feeds: who reads what at a secret link"),
           "feeds:FeedsScreen", header=10),
    _place("ideas", later("Ideas"), "7,I", later("Ideas: vote, decide, make them posts"),
           "ideas:IdeasScreen", header=8),
    _place("review", later("Review"), "8,R", later("Review: look back together on the last weeks"),
           "review:ReviewScreen", "today", "parts", header=9),
    _place("load", later("Load"), "9,W", later("Load: people and weeks, and what could go where"),
           "load:LoadScreen", "across", "weeks", "months", "today", "parts", "posts", header=6),
    _place("offers", later("Offers"), "O", later("Offers: what could change hands, and swaps"),
           "offers:OffersScreen", "parts", "posts"),
    _place("boosts", later("Boosts"), "B", later("Boosts: pass on what was published lately"),
           "boosts:BoostsScreen", "parts", marks=False),
    _place("history", later("History"), "U", later("History: who did what, and undoing it"),
           "history:HistoryScreen", "today"),
    _place("team", later("Team"), "T", later("Team: people, channels, rhythms, who is away"),
           "team:TeamScreen", "parts", marks=False),
    _place("settings", later("Settings"), "comma", later("Settings: yours, and not the team's"),
           "settings:SettingsScreen", marks=False),
)  # fmt: skip

PLACES: tuple[str, ...] = tuple(place.name for place in ALL)
BY_NAME = {place.name: place for place in ALL}
