"""An idea in full: who had it, who is for it, what was said and decided, and what became of it."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len

from cadence.insight.words import day_text
from cadence.language import _, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Idea, Post
from cadence.model.times import to_local, zone_of
from cadence.model.words import idea_word, state_word
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.widgets.text_rows import Panel
from cadence.tui.words import say_day

LABEL = 10
"""Cells before what a line says."""


class IdeaPanel(Panel[tuple[Calendar, Idea, datetime]]):
    """It scrolls where an idea was much talked about."""

    def show_idea(self, calendar: Calendar, idea: Idea | None, now: datetime) -> None:
        if idea is None or self.shown is None or idea.id != self.shown[1].id:
            self.scroll_to(y=0, animate=False, force=True)
        self.about(None if idea is None else (calendar, idea, now))

    def lines_about(self, shown: tuple[Calendar, Idea, datetime] | None, width: int) -> list[Line]:
        return [] if shown is None else idea_lines(*shown, width, ascii_only=self.ascii_only)


def idea_lines(
    calendar: Calendar, idea: Idea, now: datetime, width: int, *, ascii_only: bool = False
) -> list[Line]:
    """Lines of at most `width` cells."""
    names, zone = short_names(calendar), zone_of(calendar.team.zone)
    today = to_local(now, zone).date()

    def day(moment: datetime) -> str:
        return say_day(to_local(moment, zone).date(), today)

    def name(member: int | None) -> str:
        return names.get(member or 0, _("somebody"))

    lines: list[Line] = [[(f" {text}", "head")] for text in wrapped(idea.text, width - 1, hyphens=True)]
    facts = [_("idea {number}", number=idea.id), name(idea.author), day(idea.at)]
    facts.append(calendar.channels[idea.channel].name if idea.channel is not None else _("any channel"))
    if idea.good_until is not None:
        facts.append(_("good until {day}", day=say_day(idea.good_until, today)))
    lines += [[(f" {text}", "dim")] for text in wrapped(" · ".join(facts), width - 1)]
    if idea.link:
        lines += _said(_("link"), idea.link, width)
    votes = f"{len(idea.votes)}: {', '.join(map(name, idea.votes))}"
    lines += _said(_("votes"), votes if idea.votes else p_("votes", "none yet"), width)
    if idea.state != "open":
        by = p_("decided", "by {who}", who=name(idea.decided_by))
        when = f", {day(idea.decided_at)}" if idea.decided_at else ""
        why = f": {idea.note}" if idea.note else ""
        lines += _said(idea_word(idea.state), f"{by}{when}{why}", width, "strong")
    if (post := calendar.posts.get(idea.post or 0)) is not None:
        lines += _said(_("became"), _chain(calendar, idea, post, ascii_only), width, "good")
    for comment in idea.comments:
        lines += _said(name(comment.by), f"{comment.text}  ({day(comment.at)})", width)
    return lines


def _chain(calendar: Calendar, idea: Idea, post: Post, ascii_only: bool) -> str:
    """`Anna’s idea → ● “Il tornio”, Blog, Tue 24 Nov, published → boosted by Luca, Sara`."""
    names, local = short_names(calendar), calendar.local(post)
    channel = calendar.channels[post.channel].name
    sign = mark(post.state, ascii_only=ascii_only)
    number, when = _("post {number}", number=post.id), day_text(local.date())
    steps = [
        _("{who}’s idea", who=names.get(idea.author, _("somebody"))),
        f"{sign} {number} “{post.title}”, {channel}, {when}, {state_word(post.state)}",
    ]
    did = [boost.member for boost in calendar.boosts.values() if boost.post == post.id and boost.at]
    asked = sum(1 for boost in calendar.boosts.values() if boost.post == post.id and not boost.at)
    if did:
        who = ", ".join(names.get(id, _("somebody")) for id in did)
        steps.append(_("boosted by {who}", who=who))
    elif asked:
        steps.append(n_("{number} asked to boost it", "{number} asked to boost it", asked))
    return " → ".join(steps)


def _said(label: str, text: str, width: int, tone: str = "") -> list[Line]:
    """What a label says, on as many lines as it takes; a long label has a line of its own."""
    lines = [line for part in text.splitlines() for line in wrapped(part, width - LABEL - 1, hyphens=True)]
    first = f" {fit(label, LABEL)}"
    above: list[Line] = []
    if cell_len(label) >= LABEL:
        above, first = [[(f" {label}", "dim")]], " " * (LABEL + 1)
    blank = " " * (LABEL + 1)
    return [*above, *([(blank if n else first, "dim"), (line, tone)] for n, line in enumerate(lines))]
