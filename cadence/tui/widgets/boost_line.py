"""How a row of the boosts reads. Pure: pieces of text with tones.

· Tue 17  LinkedIn    The cost of one more decimal place       by Elena · asked: Luca Fri 20
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from cadence.insight.offers import today_of
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.tui.widgets.boost_rows import DEEDS, Answers, PeopleRow, PostRow, Row, ShareRow
from cadence.tui.widgets.cells import Line, Piece, fit
from cadence.tui.widgets.fitting import Fitting
from cadence.tui.widgets.my_week_rows import NoteRow, TitleRow
from cadence.tui.words import say_day

MARK, DAY = 2, 11
NAME = 24
FIGURE = 11
SHOWN = 4
"""So many figures of a group stand where there is little room: that it is active, and since when."""


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included. `words`: who passed it on and who was asked, or where
    there is no room for names how many did."""

    channel: int
    title: int
    words: int
    has_names: bool

    @staticmethod
    def of(width: int) -> Columns:
        channel, words, has_names = (13, 48, True) if width >= 100 else (10, 20, False)
        return Columns(channel, width - MARK - DAY - channel - words, words, has_names)


class BoostLine(Fitting):
    """Reads rows for one snapshot, moment and width."""

    def __init__(self, calendar: Calendar, now: datetime, width: int, *, ascii_only: bool = False) -> None:
        self._calendar = calendar
        self._columns = Columns.of(width)
        self._ascii = ascii_only
        self._today = today_of(calendar, now)
        self._label = max(cell_len(_(deed)) for deed in DEEDS) + 3

    def of(self, row: Row) -> Line:
        match row:
            case TitleRow():
                return [(row.title, row.tone), (self._text(f"   {row.words}" if row.words else ""), "dim")]
            case NoteRow():
                return [(" " * MARK + self._text(row.text), "dim")]
            case PostRow():
                return self._post(row)
            case PeopleRow():
                return [
                    (" " * MARK, ""),
                    (self._cell(row.label, self._label), "dim"),
                    (self._text(row.names), ""),
                ]
            case ShareRow():
                return self._shares(row)

    def _post(self, row: PostRow) -> Line:
        calendar, columns = self._calendar, self._columns
        post = calendar.posts[row.post]
        day = calendar.local(post).date()
        sign, tone = self._sign(row)
        words = self._names(row) if columns.has_names else self._numbers(row)
        return [
            (sign + " ", tone),
            (self._cell(say_day(day, self._today), DAY), ""),
            (self._cell(calendar.channels[post.channel].name, columns.channel), "dim"),
            (self._cell(post.title, columns.title), "strong" if row.is_asked else ""),
            (self._cell(words[0], columns.words), words[1]),
        ]

    def _sign(self, row: PostRow) -> Piece:
        """What the viewer did: passed it on, or has still to answer."""
        if row.own is not None and row.own.at is not None:
            return mark("done", ascii_only=self._ascii), "good"
        if row.is_asked:
            return mark("empty", ascii_only=self._ascii), "warn"
        return mark("published", ascii_only=self._ascii), "dim"

    def _numbers(self, row: PostRow) -> Piece:
        """`2 of 5 passed it on`."""
        answers = row.answers
        everybody = sum(map(len, (answers.done, answers.asked, answers.declined, answers.silent)))
        if not everybody:
            return self._nobody(row), "dim"
        return _("{done} of {number} boosted", done=len(answers.done), number=everybody), "dim"

    def _nobody(self, row: PostRow) -> str:
        return _("nobody was asked") if self._calendar.posts[row.post].link else _("no link yet")

    def _names(self, row: PostRow) -> Piece:
        said = answers_text(row.answers)
        return (said, "") if said else (self._nobody(row), "dim")

    def _shares(self, row: ShareRow) -> Line:
        shown = row.figures if self._columns.has_names else row.figures[-SHOWN:]
        cells = "".join(self._text(fit(text, FIGURE, right=True, ascii_only=self._ascii)) for text in shown)
        name = self._cell(row.name, NAME)
        return [(" " * MARK, ""), (name, "dim"), (cells, "dim" if row.is_heading else "")]


def answers_text(answers: Answers) -> str:
    """`by Elena · asked: Luca Fri 20 · no: Marco`; empty where nobody was asked."""
    parts: list[str] = []
    if answers.done:
        parts.append(_("by {who}", who=", ".join(answers.done)))
    if answers.asked:
        parts.append(_("asked: {who}", who=", ".join(answers.asked)))
    if answers.declined:
        parts.append(_("no: {who}", who=", ".join(answers.declined)))
    if answers.silent:
        parts.append(_("no answer: {who}", who=", ".join(answers.silent)))
    return " · ".join(parts)
