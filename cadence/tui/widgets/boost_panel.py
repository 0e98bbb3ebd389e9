"""A published post: who passed it on, who was asked and what they said, and what one could say oneself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cadence.insight.boosting import can_be_asked_for, text_for
from cadence.insight.offers import today_of
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Post
from cadence.model.team import Member
from cadence.tui.postview import moment_text
from cadence.tui.widgets.boost_rows import PostRow
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.labelled import said, wrapped
from cadence.tui.widgets.text_rows import Panel
from cadence.tui.words import say_day


@dataclass(frozen=True)
class Shown:
    calendar: Calendar
    row: PostRow
    viewer: Member | None
    now: datetime


class BoostPanel(Panel[Shown]):
    def lines_about(self, shown: Shown | None, width: int) -> list[Line]:
        return _about_all(width) if shown is None else list(boost_lines(shown, width))


def boost_lines(shown: Shown, width: int) -> Iterator[Line]:
    """Lines of at most `width` cells."""
    calendar, row = shown.calendar, shown.row
    post = calendar.posts[row.post]
    yield from ([(f" {line}", "head")] for line in wrapped(post.title, width - 1))
    out = _("went out {when}", when=moment_text(calendar.local(post)))
    facts = [calendar.channels[post.channel].name, out, _("post {number}", number=post.id)]
    yield from ([(f" {line}", "dim")] for line in wrapped(" · ".join(facts), width - 1))
    if post.link is None:
        yield from _said(_("link"), _("none yet: e gives it one"), width, "warn")
    else:
        yield from _said(_("link"), post.link, width)
    answers = row.answers
    yield from _named(p_("a label", "boosted"), answers.done, width, "good")
    yield from _named(p_("a label", "asked"), answers.asked, width)
    yield from _named(_("said no"), answers.declined, width)
    yield from _named(_("no answer"), answers.silent, width, "dim")
    yield from _own(shown, post, width)
    if post.link is not None and not can_be_asked_for(calendar, post, shown.now):
        yield from _said("", _("it is no news any more: nobody else is asked"), width, "dim")


def _own(shown: Shown, post: Post, width: int) -> Iterator[Line]:
    """What the viewer could say, and what their answer does."""
    viewer, own = shown.viewer, shown.row.own
    if viewer is None or viewer.kind == "partner" or post.link is None:
        return
    today = today_of(shown.calendar, shown.now)
    if own is not None and own.at is not None:
        day = say_day(today_of(shown.calendar, own.at), today)
        yield from _said(_("you"), _("boosted it {day} · space: you did not", day=day), width, "good")
        return
    text = text_for(shown.calendar, own or Boost(id=0, post=post.id, member=viewer.id, day=today))
    if text is not None:
        yield from _said(p_("a label", "say"), text, width, "strong" if shown.row.is_asked else "")
    if shown.row.is_asked:
        words = _("y copies it, then space: done (5′) · D: no, nobody asks why")
    else:
        words = _("y copies it, then space: done, asked or not")
    yield from _said(_("you"), words, width, "dim")


def _about_all(width: int) -> list[Line]:
    """Where the cursor is on no post."""
    text = _(
        "Who gave an idea or a boost took part, once or often alike. Whoever passes something on reaches "
        "their own contacts: people listen to people more than to a page."
    )
    return [[(f" {line}", "dim")] for line in wrapped(text, width - 1)]


def _named(label: str, names: Iterable[str], width: int, tone: str = "") -> list[Line]:
    listed = ", ".join(names)
    return _said(label, listed, width, tone) if listed else []


def _said(label: str, text: str, width: int, tone: str = "") -> list[Line]:
    return said(label, text, width, tone, indent=11)
