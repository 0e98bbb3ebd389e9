"""An offer in full: what is given and asked for, and what taking it, or giving it back, would do. Pure lines,
and the widget that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cadence.insight.capacity import load, minutes_of
from cadence.insight.offers import today_of, why_closed
from cadence.insight.takeable import Taking, letting_go
from cadence.insight.words import list_text, minutes_text, sentence, share_text
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Offer
from cadence.model.words import the_task
from cadence.planner.explaining.candidates import Candidate
from cadence.tui.names import short_names
from cadence.tui.postview import moment_text
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.labelled import said, wrapped
from cadence.tui.widgets.offer_rows import HandedRow, OfferRow
from cadence.tui.widgets.text_rows import Panel
from cadence.tui.words import say_day

MOST_NAMED = 4


@dataclass(frozen=True)
class Shown:
    """What the panel is about. `could`: whom the task would fit too, the best first (None: not known yet)."""

    calendar: Calendar
    row: OfferRow | HandedRow
    viewer: int | None
    now: datetime
    could: Sequence[Candidate] | None = None


class OfferPanel(Panel[Shown]):
    def lines_about(self, shown: Shown | None, width: int) -> list[Line]:
        return [] if shown is None else OfferWords(shown, width, ascii_only=self.ascii_only).lines()


class OfferWords:
    """Speaks of one offer or hand-over in lines of at most `width` cells."""

    def __init__(self, shown: Shown, width: int, *, ascii_only: bool = False) -> None:
        self._shown = shown
        self._calendar = shown.calendar
        self._width = width
        self._sign = mark("warning", ascii_only=ascii_only)
        self._names = short_names(shown.calendar)
        self._today = today_of(shown.calendar, shown.now)

    def lines(self) -> list[Line]:
        row = self._shown.row
        lines = list(self._head())
        lines += self._offer(row) if isinstance(row, OfferRow) else self._handed(row)
        return lines

    def _head(self) -> Iterator[Line]:
        calendar, ref = self._calendar, self._shown.row.ref
        post, task = calendar.posts[ref.post], calendar.task(ref)
        what = sentence(_("{task} of {title}", task=the_task(ref.kind), title=post.title))
        yield from ([(f" {line}", "head")] for line in wrapped(what, self._width - 1))
        due = _("by {day}", day=say_day(calendar.window(post, task)[1], self._today))
        out = _("goes out {when}", when=moment_text(calendar.local(post)))
        if post.state == "published":
            out = _("went out {when}", when=moment_text(calendar.local(post)))
        facts = (due, calendar.channels[post.channel].name, out, _("post {number}", number=post.id))
        yield from ([(f" {line}", "dim")] for line in wrapped(" · ".join(facts), self._width - 1))

    # On offer

    def _offer(self, row: OfferRow) -> Iterator[Line]:
        offer = self._calendar.task(row.ref).offer
        assert offer is not None, "only tasks on offer are shown as offers"
        yield from self._said(_("on offer"), self._how(row, offer))
        if offer.wants is not None:
            yield from self._said(p_("a label", "for"), self._wanted(offer))
        if offer.note:
            yield from self._said(_("because"), offer.note)
        if closed := why_closed(self._calendar, row.ref, self._today):
            yield from self._said(_("now"), closed, "bad")
        elif row.hindrance:
            yield from self._said(_("not yours"), row.hindrance, "warn")
        elif row.taking is not None:
            yield from self._takes(row, row.taking)
        yield from self._could(row)

    def _how(self, row: OfferRow, offer: Offer) -> str:
        """`by Marco to anyone since Fri 20, until Mon 30, no from Sara`."""
        words = _(
            "by {owner} to {who} since {day}, until {last}",
            owner=self._name(self._calendar.task(row.ref).member),
            who=self._listed(offer.to) or _("anyone"),
            day=say_day(today_of(self._calendar, offer.at), self._today),
            last=say_day(row.until, self._today),
        )
        if offer.declined:
            words += " · " + _("no from {who}", who=self._listed(offer.declined))
        return words

    def _wanted(self, offer: Offer) -> str:
        assert offer.wants is not None
        post = self._calendar.posts[offer.wants.post]
        task = post.tasks[offer.wants.kind]
        return _(
            "{task} of {title}, {minutes} by {day}, which {name} has",
            task=the_task(offer.wants.kind),
            title=post.title,
            minutes=minutes_text(task.effort),
            day=say_day(self._calendar.window(post, task)[1], self._today),
            name=self._name(task.member),
        )

    def _takes(self, row: OfferRow, taken: Taking) -> Iterator[Line]:
        after = taken.after
        week = _(
            "{minutes} more in your week: {before} → {after}",
            minutes=minutes_text(taken.minutes),
            before=share_text(taken.before.share),
            after=share_text(after.share),
        )
        if taken.given:
            week = _(
                "{minutes} more and {given} less in your week: {before} → {after}",
                minutes=minutes_text(taken.minutes),
                given=minutes_text(taken.given),
                before=share_text(taken.before.share),
                after=share_text(after.share),
            )
        left = after.capacity - after.minutes
        rest = _("{minutes} left", minutes=minutes_text(left))
        if after.over:
            rest = _("{sign} {minutes} over", sign=self._sign, minutes=minutes_text(after.over))
        yield from self._said(_("c takes it"), f"{week}, {rest}", "bad" if after.over else "good")
        before, then = letting_go(self._calendar, row.ref)
        told = _(
            "{name} is told, and goes from {before} to {after} · u undoes",
            name=self._name(before.member),
            before=share_text(before.share),
            after=share_text(then.share),
        )
        yield from self._said("", told)

    def _could(self, row: OfferRow) -> Iterator[Line]:
        """Who else could take it."""
        offer = self._calendar.task(row.ref).offer
        if row.part == "ended" or offer is None or offer.wants is not None:
            return
        could = self._shown.could
        if could is None:
            yield from self._said(_("who else"), _("counting …"), "dim")
            return
        others = [one for one in could if one.member != self._shown.viewer]
        if not others:
            nobody = _("nobody else could take it") if row.can_take else _("nobody could take it as it is")
            yield from self._said(_("who else"), nobody, "dim" if row.can_take else "warn")
            return
        names = [
            f"{self._name(one.member)} {share_text(one.before.share)} → {share_text(one.after.share)}"
            for one in others
        ]
        yield from self._said(_("who else"), list_text(names, MOST_NAMED), "dim")

    # Handed over

    def _handed(self, row: HandedRow) -> Iterator[Line]:
        one = row.handover
        gaps = {
            "giver": self._name(one.giver),
            "taker": self._name(one.taker),
            "day": say_day(today_of(self._calendar, one.at), self._today),
        }
        if one.swapped_for is not None and one.swapped_for.post in self._calendar.posts:
            other = self._calendar.posts[one.swapped_for.post]
            what = _("{task} of {title}", task=the_task(one.swapped_for.kind), title=other.title)
            yield from self._said(
                p_("a label", "swapped"),
                _("{taker} has it from {giver} for {what}, {day}", **gaps, what=what),
            )
            yield from self._said("", _("the history takes the whole swap back: U"), "dim")
            return
        yield from self._said(_("handed on"), _("{taker} has it from {giver}, {day}", **gaps))
        if self._calendar.task(one.ref).is_done:
            yield from self._said("", _("done since"), "good")
        elif row.can_return:
            yield from self._said("r", self._returns(row), "good")

    def _returns(self, row: HandedRow) -> str:
        calendar, giver = self._calendar, row.handover.giver
        post = calendar.posts[row.ref.post]
        before = load(calendar, giver, calendar.window(post, calendar.task(row.ref))[1])
        after = before.plus(minutes_of(calendar.members[giver], post, row.ref.kind))
        return _(
            "gives it back to {name}, who goes from {before} to {after} · u undoes",
            name=self._name(giver),
            before=share_text(before.share),
            after=share_text(after.share),
        )

    # Inside

    def _name(self, member: int | None) -> str:
        return self._names.get(member or 0, _("somebody"))

    def _listed(self, members: Iterable[int]) -> str:
        return ", ".join(map(self._name, members))

    def _said(self, label: str, text: str, tone: str = "") -> list[Line]:
        return said(label, text, self._width, tone, indent=11)
