"""How a row of the offers reads. Pure: pieces of text with tones.

⇄ Sat 28 Nov  answering  Fair: the visitors' questions      Instagram   Marco    30′    0 → 40 %
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cadence.insight.capacity import minutes_of
from cadence.insight.offers import Handover, state_of, today_of
from cadence.insight.takeable import Taking
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post
from cadence.model.words import kind_word
from cadence.tui.names import short_names
from cadence.tui.postview import kind_width
from cadence.tui.widgets.cells import Line, Piece, fit
from cadence.tui.widgets.fitting import Fitting
from cadence.tui.widgets.my_week_rows import NoteRow, TitleRow
from cadence.tui.widgets.offer_rows import HandedRow, OfferRow, Row
from cadence.tui.words import say_day

MARK = 2


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included; 0 leaves a column out."""

    until: int
    kind: int
    title: int
    channel: int
    owner: int
    effort: int
    words: int

    @staticmethod
    def of(width: int) -> Columns:
        until, kind = 11, kind_width() + 1
        if width < 100:
            channel, owner, effort, words = 0, 9, 7, 18
        else:
            channel, owner, effort, words = 12, 12, 7, 26
        taken = MARK + until + kind + channel + owner + effort + words
        return Columns(until, kind, max(8, width - taken), channel, owner, effort, words)


class OfferLine(Fitting):
    """Reads rows for one snapshot, moment and width."""

    def __init__(self, calendar: Calendar, now: datetime, width: int, *, ascii_only: bool = False) -> None:
        self._calendar = calendar
        self._columns = Columns.of(width)
        self._ascii = ascii_only
        self._today = today_of(calendar, now)
        self._names = short_names(calendar)

    def heading(self) -> Line:
        """What stands in the columns."""
        columns = self._columns
        names = (
            (_("until"), columns.until),
            (_("task"), columns.kind),
            (_("title"), columns.title),
            (_("channel"), columns.channel),
            (_("who has it") if columns.channel else _("who"), columns.owner),
            (_("work"), columns.effort),
            (_("what it does"), columns.words),
        )
        return [(" " * MARK + "".join(fit(name, width - 1) + " " for name, width in names if width), "dim")]

    def of(self, row: Row) -> Line:
        match row:
            case TitleRow():
                words = f"   {row.words}" if row.words else ""
                return [(row.title, row.tone), (self._text(words), "dim")]
            case NoteRow():
                return [(" " * (MARK + self._columns.until) + self._text(row.text), "dim")]
            case OfferRow():
                return self._offer(row)
            case HandedRow():
                return self._handed(row)

    def _offer(self, row: OfferRow) -> Line:
        calendar, columns = self._calendar, self._columns
        post, task = calendar.posts[row.ref.post], calendar.task(row.ref)
        quiet = "dim" if row.part == "ended" or row.hindrance or row.said_no else ""
        minutes = (
            row.taking.minutes
            if row.taking
            else minutes_of(calendar.members[task.member or 0], post, row.ref.kind)
        )
        sign, tone = self._sign(row)
        words, words_tone = self._words(row)
        return [
            (sign + " ", tone),
            (self._cell(say_day(row.until, self._today), columns.until), quiet or self._urgency(row.until)),
            *self._task(row, post, quiet),
            (self._cell(self._name(task.member), columns.owner), "dim"),
            (self._text(fit(f"{minutes}′", columns.effort - 2, right=True)) + "  ", quiet),
            (self._cell(words, columns.words), words_tone),
        ]

    def _task(self, row: OfferRow | HandedRow, post: Post, quiet: str) -> Line:
        columns = self._columns
        return [
            (fit(kind_word(row.ref.kind), columns.kind), quiet or "strong"),
            (self._cell(post.title, columns.title), quiet),
            (self._cell(self._calendar.channels[post.channel].name, columns.channel), "dim"),
        ]

    def _sign(self, row: OfferRow) -> Piece:
        if row.hindrance or row.part == "ended":
            return mark("missed", ascii_only=self._ascii), "dim"
        waits = row.can_take and not row.said_no
        return mark("offer", ascii_only=self._ascii), "warn" if waits else ""

    def _urgency(self, until: date) -> str:
        return "warn" if (until - self._today).days <= 1 else ""

    def _words(self, row: OfferRow) -> Piece:
        if row.hindrance:
            return row.hindrance, "dim"
        if row.said_no:
            return _("you said no"), "dim"
        if row.taking is not None:
            return self._change(row.taking)
        return self._stands(row)

    def _change(self, taken: Taking) -> Piece:
        """`31 → 36 %`; with a sign when it is too much."""
        after = taken.after
        sign = mark("warning", ascii_only=self._ascii)
        if taken.before.share is None or after.share is None:
            return f"{sign} {_('no time that week')}", "bad"
        words = f"{taken.before.share * 100:.0f} → {after.share * 100:.0f} %"
        return (f"{words} {sign}", "bad") if after.over else (words, "")

    def _stands(self, row: OfferRow) -> Piece:
        """Of an offer that is not to the viewer: to whom, who said no, or how it ended."""
        offer = self._calendar.task(row.ref).offer
        assert offer is not None, "only tasks on offer are listed"
        to = self._listed(offer.to) or _("anyone")
        match state_of(self._calendar, row.ref, self._today):
            case "declined":
                return _("declined by {who}", who=self._listed(offer.declined)), "bad"
            case "expired":
                return p_("offer", "expired"), "bad"
            case "void":
                return _("the other task is gone"), "bad"
            case _:
                said = p_("offer", "to {who}", who=to)
                if offer.declined:
                    said = _("to {who}, no from {others}", who=to, others=self._listed(offer.declined))
                return said, ""

    def _handed(self, row: HandedRow) -> Line:
        one, columns = row.handover, self._columns
        post, task = self._calendar.posts[one.ref.post], self._calendar.task(one.ref)
        day = say_day(today_of(self._calendar, one.at), self._today)
        sign = mark("done" if task.is_done else "offer", ascii_only=self._ascii)
        room = columns.owner + columns.effort + columns.words
        return [
            (sign + " ", "good" if task.is_done else "dim"),
            (self._cell(day, columns.until), "dim"),
            *self._task(row, post, "" if row.can_return else "dim"),
            (self._cell(self._went(one), room), "" if row.can_return else "dim"),
        ]

    def _went(self, one: Handover) -> str:
        """`Marco → Anna`, `Marco ⇄ Anna` in a swap."""
        arrow = mark("offer", ascii_only=self._ascii) if one.swapped_for else "→"
        return f"{self._name(one.giver)} {arrow} {self._name(one.taker)}"

    def _name(self, member: int | None) -> str:
        return self._names.get(member or 0, _("somebody"))

    def _listed(self, members: Iterable[int]) -> str:
        return ", ".join(map(self._name, members))
