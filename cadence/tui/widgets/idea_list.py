"""The ideas: those to be decided first, and of these the ones that expire; then what became of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Idea
from cadence.model.times import to_local, zone_of
from cadence.tui.filter import PostFilter
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, Piece, fit
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import say_day

EXPIRES_SOON = timedelta(days=7)
NONE_YET = later("No ideas yet: i writes one down, from anywhere. It stays yours, whatever becomes of it.")
NONE_KEPT = later("No idea is about that.")


@dataclass(frozen=True)
class Heading:
    title: str
    words: str = ""


Row = Heading | Idea
SPACE = Heading("")
SECTIONS: tuple[tuple[str, str, Callable[[Idea], bool]], ...] = (
    (later("Open"), later("vote, comment, decide"), lambda idea: idea.post is None and idea.state == "open"),
    (
        later("Accepted"),
        later("to be planned: n"),
        lambda idea: idea.post is None and idea.state == "accepted",
    ),
    (later("Became posts"), "", lambda idea: idea.post is not None),
    (later("Parked"), "", lambda idea: idea.post is None and idea.state == "parked"),
    (later("Declined"), "", lambda idea: idea.post is None and idea.state == "declined"),
)


def idea_rows(ideas: Sequence[Idea]) -> list[Row]:
    """Headings and ideas; in each part those that expire first, then those with most votes."""
    rows: list[Row] = []
    for title, words, belongs in SECTIONS:
        if found := sorted(filter(belongs, ideas), key=_order):
            rows += [SPACE] if rows else []
            said = n_("{number} idea", "{number} ideas", len(found)) + (f" · {_(words)}" if words else "")
            rows += [Heading(_(title), said), *found]
    return rows


def _order(idea: Idea) -> tuple[bool, date, int, int]:
    return idea.good_until is None, idea.good_until or date.max, -len(idea.votes), idea.id


def kept_ideas(calendar: Calendar, keep: PostFilter) -> list[Idea]:
    """The ideas on a channel, by a member, with a post in a state, or that say what a filter asks for."""
    return [idea for idea in calendar.ideas.values() if not keep or _is_kept(calendar, idea, keep)]


def _is_kept(calendar: Calendar, idea: Idea, keep: PostFilter) -> bool:
    if keep.channels and idea.channel not in keep.channels:
        return False
    if keep.members and idea.author not in keep.members:
        return False
    post = calendar.posts.get(idea.post or 0)
    if keep.states and not (post and PostFilter(states=keep.states).keeps(post)):
        return False
    words = "\n".join([idea.text, idea.note, *(comment.text for comment in idea.comments)]).casefold()
    return all(word in words for word in keep.text)


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included."""

    votes: int
    until: int
    author: int
    channel: int
    text: int

    @staticmethod
    def of(width: int) -> Columns:
        votes, until, author, channel = (6, 12, 9, 11) if width < 100 else (6, 18, 14, 16)
        return Columns(votes, until, author, channel, width - 2 - votes - until - author - channel)


class IdeaList(RowList[int]):
    """Give it a snapshot with `show`; the cursor stays on its idea."""

    _heading_height = 2
    _gutter = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[Row] = ()
        self._calendar = Calendar.empty()
        self._today = date.min
        self._me: int | None = None

    def show(self, calendar: Calendar, ideas: Sequence[Idea], me: int | None, now: datetime) -> None:
        before, row = self.row_keys(), self.cursor
        self._calendar, self._me = calendar, me
        self._today = to_local(now, zone_of(calendar.team.zone)).date()
        self.rows = idea_rows(ideas) or [Heading("", _(NONE_KEPT if calendar.ideas else NONE_YET))]
        self.marked &= set(self.row_keys())
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)
        self.post_message(self.Moved(self))

    @property
    def current(self) -> Idea | None:
        row = self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None
        return row if isinstance(row, Idea) else None

    def marked_ideas(self) -> list[Idea]:
        return [row for row in self.rows if isinstance(row, Idea) and row.id in self.marked]

    def go_to(self, idea: int) -> None:
        """To an idea, if it is shown."""
        if idea in (keys := self.row_keys()):
            self.move_to(keys.index(idea))

    def go_to_post(self, post: int) -> bool:
        """To the idea that became a post; False if none is here."""
        idea = next((row for row in self.rows if isinstance(row, Idea) and row.post == post), None)
        if idea is not None:
            self.go_to(idea.id)
        return idea is not None

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> int:
        what = self.rows[row]
        return what.id if isinstance(what, Idea) else 0

    def can_choose(self, row: int) -> bool:
        return isinstance(self.rows[row], Idea)

    def heading_line(self, y: int, top: int, width: int) -> Line:
        if y == 0 and self._calendar.ideas:
            columns = Columns.of(width - 1 - self._gutter)
            names = (_("votes"), _("good until"), _("from"), _("channel"), _("idea"))
            widths = (columns.votes, columns.until, columns.author, columns.channel, columns.text)
            cells = [fit(name, size) for name, size in zip(names, widths, strict=True)]
            return [(" " * (self._gutter + 2) + "".join(cells), "dim")]
        return []

    def row_line(self, row: int, width: int) -> Line:
        what = self.rows[row]
        if isinstance(what, Heading):
            words = self._text(f"   {what.words}" if what.title else what.words)
            return [(what.title, "head"), (words, "dim")]
        columns = Columns.of(width)
        calendar, settled = self._calendar, what.state in ("parked", "declined")
        until, tone = self._until(what)
        channel = calendar.channels[what.channel].name if what.channel is not None else _("any")
        mine = self._me in what.votes
        votes = f"{len(what.votes) or ''}{'+' if mine else ''}"
        return [
            (self._sign(what) + " ", "good" if what.post else ""),
            (self._cell(votes, columns.votes), "accent" if mine else ""),
            (self._cell(until, columns.until), tone),
            (self._cell(short_names(calendar).get(what.author, _("somebody")), columns.author), "dim"),
            (self._cell(channel, columns.channel), "dim"),
            (fit(self._text(what.text), columns.text, ascii_only=self.ascii_only), "dim" if settled else ""),
        ]

    # Inside

    def _sign(self, idea: Idea) -> str:
        """Of an idea that became a post the post's mark."""
        post = self._calendar.posts.get(idea.post or 0)
        states = {"open": "empty", "accepted": "done", "parked": "paused", "declined": "missed"}
        return mark(post.state if post else states[idea.state], ascii_only=self.ascii_only)

    def _until(self, idea: Idea) -> Piece:
        """The last good day, with a sign where it is near and nothing is decided."""
        if idea.good_until is None:
            return "", ""
        day = say_day(idea.good_until, self._today)
        if idea.post is not None or idea.state in ("parked", "declined"):
            return day, "dim"
        if idea.good_until < self._today:
            return _("{day} over", day=day), "dim"
        if idea.good_until - self._today > EXPIRES_SOON:
            return day, ""
        return f"{mark('warning', ascii_only=self.ascii_only)} {day}", "warn"

    def _cell(self, text: str, width: int) -> str:
        return fit(self._text(text), width - 1, ascii_only=self.ascii_only) + " "
