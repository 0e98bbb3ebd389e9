"""An idea in full: who had it, who is for it, what was said and decided, and what became of it."""

from __future__ import annotations

import textwrap
from datetime import datetime

from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Idea, Post
from cadence.model.times import to_local, zone_of
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.text_rows import TextRows
from cadence.tui.words import say_day

LABEL = 10
"""Cells before what a line says."""


class IdeaPanel(TextRows):
    """It scrolls where an idea was much talked about."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._shown: tuple[Calendar, Idea, datetime] | None = None

    def show_idea(self, calendar: Calendar, idea: Idea | None, now: datetime) -> None:
        if idea is None or self._shown is None or idea.id != self._shown[1].id:
            self.scroll_to(y=0, animate=False, force=True)
        self._shown = None if idea is None else (calendar, idea, now)
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        shown = self._shown
        lines = [] if shown is None else idea_lines(*shown, self.size.width, ascii_only=self.ascii_only)
        self.show(lines)


def idea_lines(
    calendar: Calendar, idea: Idea, now: datetime, width: int, *, ascii_only: bool = False
) -> list[Line]:
    """Lines of at most `width` cells."""
    names, zone = short_names(calendar), zone_of(calendar.team.zone)
    today = to_local(now, zone).date()

    def day(moment: datetime) -> str:
        return say_day(to_local(moment, zone).date(), today)

    def name(member: int | None) -> str:
        return names.get(member or 0, "somebody")

    lines: list[Line] = [[(f" {text}", "head")] for text in _wrapped(idea.text, width - 1)]
    facts = [f"idea {idea.id}", name(idea.author), day(idea.at)]
    facts.append(calendar.channels[idea.channel].name if idea.channel is not None else "any channel")
    if idea.good_until is not None:
        facts.append(f"good until {say_day(idea.good_until, today)}")
    lines += _said("", " · ".join(facts), width, "dim")
    if idea.link:
        lines += _said("link", idea.link, width)
    votes = ", ".join(map(name, idea.votes)) or "none yet"
    lines += _said("votes", f"{len(idea.votes)}: {votes}" if idea.votes else votes, width)
    if idea.state != "open":
        when = f", {day(idea.decided_at)}" if idea.decided_at else ""
        why = f": {idea.note}" if idea.note else ""
        lines += _said(idea.state, f"by {name(idea.decided_by)}{when}{why}", width, "strong")
    if (post := calendar.posts.get(idea.post or 0)) is not None:
        lines += _said("became", _chain(calendar, idea, post, ascii_only), width, "good")
    for comment in idea.comments:
        lines += _said(name(comment.by), f"{comment.text}  ({day(comment.at)})", width)
    return lines


def _chain(calendar: Calendar, idea: Idea, post: Post, ascii_only: bool) -> str:
    """`Anna’s idea → ● “Il tornio”, Blog, Tue 24 Nov, published → boosted by Luca, Sara`."""
    names, local = short_names(calendar), calendar.local(post)
    channel = calendar.channels[post.channel].name
    sign = mark(post.state, ascii_only=ascii_only)
    when = f"{local:%a} {local.day} {local:%b}"
    steps = [
        f"{names.get(idea.author, 'somebody')}’s idea",
        f"{sign} post {post.id} “{post.title}”, {channel}, {when}, {post.state}",
    ]
    did = [boost.member for boost in calendar.boosts.values() if boost.post == post.id and boost.at]
    asked = sum(1 for boost in calendar.boosts.values() if boost.post == post.id and not boost.at)
    if did:
        steps.append(f"boosted by {', '.join(names.get(id, 'somebody') for id in did)}")
    elif asked:
        steps.append(f"{asked} asked to boost it")
    return " → ".join(steps)


def _said(label: str, text: str, width: int, tone: str = "") -> list[Line]:
    """What a label says, on as many lines as it takes; a long label has a line of its own."""
    lines = [line for part in text.splitlines() for line in _wrapped(part, width - LABEL - 1)]
    first = f" {label:<{LABEL}}"
    above: list[Line] = []
    if len(label) >= LABEL:
        above, first = [[(f" {label}", "dim")]], " " * (LABEL + 1)
    blank = " " * (LABEL + 1)
    return [*above, *([(blank if n else first, "dim"), (line, tone)] for n, line in enumerate(lines))]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(10, width)) or [""]
