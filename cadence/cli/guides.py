"""The guides: what there is, and the text of each: one source for terminal, README and man page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cadence.language import later

FOLDER = Path(__file__).parents[1] / "guides"


class Guide(NamedTuple):
    """What it is called, and what it is about; both are translated when they are shown."""

    title: str
    about: str


GUIDES: Mapping[str, Guide] = {
    "first-week": Guide(
        later("A team's first week"), later("From one file to a calendar that keeps its promise")
    ),
    "screens": Guide(
        later("The app, screen by screen"), later("What each screen shows, the marks, what hands can do")
    ),
    "day": Guide(later("A day as a member"), later("What is mine, done, given away, suggested")),
    "leading": Guide(
        later("Leading a week"), later("Where it will break, who can take what, what to promise")
    ),
    "plans": Guide(
        later("Who does what: plans"), later("A proposal for every task that nobody has, with reasons")
    ),
    "promises": Guide(
        later("Can we keep this promise?"), later("Which week breaks first, and the cheapest way out")
    ),
    "ideas": Guide(later("Everyone takes part"), later("Ideas, boosts, hand-overs, digests, looking back")),
    "phone": Guide(later("Subscribing a phone"), later("The calendar in the calendar apps that people have")),
    "serving": Guide(
        later("Serving feeds and pages"), later("For phones, and for colleagues without a terminal")
    ),
    "day-job": Guide(later("The day job"), later("Count the time that other work takes, without its titles")),
    "sharing": Guide(later("Sharing between machines"), later("One calendar that many people write at once")),
    "keys": Guide(later("Keys"), later("Every key of the app, and how to have other ones")),
    "dates": Guide(later("Dates and durations"), later("How to say when, how long, and how often")),
    "languages": Guide(later("Languages"), later("English and Italian, and what is the same in both")),
    "colours": Guide(later("Colours and terminals"), later("Themes, no colours, plain text, small windows")),
    "configuration": Guide(later("Configuration"), later("Settings, variables, and where files lie")),
    "formats": Guide(later("Files and formats"), later("The calendar's files, team files, CSV, JSON")),
    "scripts": Guide(later("In scripts and in cron"), later("Exit status, JSON, completion in your shell")),
    "figures": Guide(
        later("How the figures are computed"), later("Slots, score, silence, runway, capacity, load")
    ),
    "trouble": Guide(later("When something goes wrong"), later("Taking back, damage, locks, odd screens")),
}
"""By topic, in the order in which somebody new would want them. No topic is the name of a command."""


def text_of(topic: str) -> str:
    """A guide as it is written; `topic` is one of `GUIDES`."""
    return (FOLDER / f"{topic}.md").read_text("utf-8")
