"""How the Review screen reads: a line of each part as a row. Pure: pieces of text with tones.

LinkedIn   ●●  ●✕  ●◐  ●●        6/8    1     1     81     94    5 d
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from cadence.insight.participation import Group
from cadence.insight.review import Carried, Handed, Kept, MissedSlot, Outside
from cadence.insight.slots import FilledSlot, SlotState
from cadence.insight.strip import LOW_SCORE, worst_of_parts
from cadence.insight.words import (
    day_text,
    hours_text,
    money_text,
    share_text,
    time_text,
)
from cadence.language import _, later, n_, p_
from cadence.model.marks import mark
from cadence.model.post import Idea
from cadence.model.team import TASK_KINDS
from cadence.model.times import WEEK, to_local, week_start, zone_of
from cadence.model.words import idea_word, task_noun
from cadence.tui.names import short_names
from cadence.tui.reviewing import LookedBack
from cadence.tui.widgets.cells import Line, Piece, ascii_text, fit, fit_line, width_of
from cadence.tui.widgets.review_rows import Boosted, ReviewRow, Title, Turn, What
from cadence.tui.widgets.week_grid import STATE_TONES
from cadence.tui.words import short_day

MOST_MARKS = 7
"""In a week's part of a strip."""
MOST_BAR = 40
MOST_TABLE = 120
"""In a wider terminal figures do not stand further from what they are about."""
FIGURES: dict[type[What], tuple[tuple[str, int], ...]] = {
    Kept: (
        (later("on time"), 9), (later("late"), 6), (later("missed"), 8), (later("score"), 9),
        (later("before"), 7), (later("silence"), 9),
    ),
    Carried: ((later("share"), 8), (later("work"), 18), (later("done"), 6), (later("taken"), 7)),
    Group: (
        (later("people"), 8), (later("took part"), 11), (later("ideas"), 8), (later("boosts"), 8),
        (later("worked"), 8),
    ),
}  # fmt: skip
"""Names of the columns at the right end of these rows, and their widths where the names are no longer."""
NARROW, LEFT_OUT = 72, ("late", "before", "done")
"""Where there are fewer cells, these columns make room."""


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included; 0 leaves a column out."""

    name: int
    when: int
    who: int
    kind: int
    by: int
    fate: int

    @staticmethod
    def of(width: int, longest: int) -> Columns:
        """`longest`: cells of the longest name of a channel or member."""
        name = max(9, min(longest + 2, width // 6))
        if width < 90:
            return Columns(name, 18, 22, _noun_width(), 0, 36)
        return Columns(name, 18, 30, _noun_width(), 20, width * 2 // 5)


def _noun_width() -> int:
    return max(12, *(cell_len(task_noun(kind)) + 1 for kind in TASK_KINDS))


class ReviewLine:
    """Reads rows of a retrospective for one day and width."""

    def __init__(self, found: LookedBack, today: date, width: int, *, ascii_only: bool = False) -> None:
        calendar = found.calendar
        self._found, self._calendar, self._today = found, calendar, today
        self._names, self._zone = short_names(calendar), zone_of(calendar.team.zone)
        shown = [*self._names.values(), *(channel.name for channel in calendar.channels.values())]
        longest = max((width_of([(name, "")]) for name in shown), default=0)
        self._columns, self._width, self._ascii = Columns.of(width, longest), width, ascii_only
        self._table = min(width, MOST_TABLE)
        self._most = max((one.share or 0.0 for one in found.review.carried), default=1.0)

    def of(self, row: ReviewRow) -> Line:
        if isinstance(row, Title):
            return self._title(row)
        match row.what:
            case Kept():
                return self._kept(row.what)
            case MissedSlot():
                return self._missed(row.what)
            case Carried():
                return self._carried(row.what)
            case Handed():
                return self._handed(row.what)
            case Idea():
                return self._idea(row.what)
            case Boosted():
                return self._boosted(row.what)
            case Outside():
                return self._outside(row.what)
            case Turn():
                return self._turn(row.what)
            case Group():
                return self._group(row.what)

    def _title(self, title: Title) -> Line:
        words = f"   {title.words}" if title.text and title.words else title.words
        line: Line = [(title.text, "head"), (self._text(words), "dim")]
        if title.columns is None or title.words:
            return line
        names = [(_(name), "dim") for name, _least in FIGURES[title.columns]]
        return [*fit_line(line, self._room(title.columns)), *self._figures(title.columns, names)]

    # Promised and kept

    def _kept(self, kept: Kept) -> Line:
        figures = kept.figures
        room = self._room(Kept) - self._columns.name
        low = figures.score is not None and figures.score < LOW_SCORE
        silence = figures.longest_silence_days
        cells: tuple[Piece, ...] = (
            (f"{figures.on_time}/{figures.slots}", ""),
            (_count(late := figures.early + figures.late), "warn" if late else "dim"),
            (_count(figures.missed), "bad" if figures.missed else "dim"),
            (f"{self._sign('warning') if low else ''} {_score(figures.score)}", "bad" if low else "strong"),
            (_score(kept.score_before), "dim"),
            ("–" if silence is None else _("{number} d", number=f"{silence:.0f}"), ""),
        )
        return [
            self._name(self._calendar.channels[figures.channel].name),
            *fit_line(self._strip(self._found.strips.get(figures.channel, ()), room), room),
            *self._figures(Kept, cells),
        ]

    def _strip(self, found: Sequence[FilledSlot], room: int) -> Line:
        """A mark per slot, week beside week; where weeks do not fit, the worst of every part."""
        cells = min(MOST_MARKS, (room - 1) // self._found.wish.weeks - 1)
        if cells < 1:
            return self._marks([one.state for one in found], room - 1)
        weeks: dict[date, list[FilledSlot]] = {
            self._found.wish.first + n * WEEK: [] for n in range(self._found.wish.weeks)
        }
        for one in found:
            # A channel far away may have another day than the team.
            week = week_start(to_local(one.slot.at, self._zone).date(), self._calendar.team.week_begins)
            weeks.setdefault(week, []).append(one)
        line: Line = []
        for slots in weeks.values():
            line += fit_line(self._marks([one.state for one in slots], cells), cells + 1)
        return line

    def _marks(self, states: Sequence[SlotState], most: int) -> Line:
        return [(self._sign(state), STATE_TONES[state]) for state in worst_of_parts(states, most)]

    # Missed

    def _missed(self, one: MissedSlot) -> Line:
        post = self._calendar.posts.get(one.post or 0)
        cause, title = self._text(one.cause), self._text(f" · {post.title}") if post else ""
        return [
            self._cell(time_text(one.slot.local), self._columns.when),
            self._name(self._calendar.channels[one.channel].name),
            (cause, ""),
            (title, "dim"),
        ]

    # People

    def _carried(self, one: Carried) -> Line:
        room = self._room(Carried) - self._columns.name
        is_over = one.minutes > one.capacity
        share = f"{self._sign('warning') if is_over else ''} {share_text(one.share)}"
        cells: tuple[Piece, ...] = (
            (share, "bad" if is_over else "strong"),
            (_("{some} of {all}", some=hours_text(one.minutes), all=hours_text(one.capacity)), "dim"),
            (_count(one.done), "" if one.done else "dim"),
            (_count(one.handed), "" if one.handed else "dim"),
        )
        bar = fit_line(self._bar(one.share, min(MOST_BAR, room - 1)), room)
        return [self._name(self._member(one.member)), *bar, *self._figures(Carried, cells)]

    def _bar(self, share: float | None, width: int) -> Line:
        """Up to where the time of a member ends, what is carried and what is left; then what is over it."""
        full, rest = ("#", ".") if self._ascii else ("━", "─")
        scale = width / max(1.0, self._most)
        end, long = round(scale), round(scale * (share or 0.0))
        within = min(end, long)
        return [(full * within, "good"), (rest * (end - within), "dim"), (full * (long - within), "bad")]

    def _group(self, group: Group) -> Line:
        name = _("Everybody") if group.name is None else group.name or _("in no department")
        share = group.participation
        cells: tuple[Piece, ...] = (
            (str(len(group.enrolled)), "dim"),
            ("–" if share is None else share_text(share), "strong"),
            *(
                (_count(len(part)), "" if part else "dim")
                for part in (group.ideas, group.boosts, group.tasks)
            ),
        )
        return [self._cell(name, self._room(Group), "strong"), *self._figures(Group, cells)]

    def _handed(self, one: Handed) -> Line:
        columns, post = self._columns, self._calendar.posts.get(one.post)
        taker = _("nobody") if one.taker is None else self._member(one.taker)
        by = (
            p_("changed", "by {who}", who=one.by)
            if one.taker is None or one.by != self._full_name(one.taker)
            else ""
        )
        room = self._width - columns.when - columns.kind - columns.who - columns.by
        return [
            self._cell(time_text(to_local(one.at, self._zone)), columns.when),
            self._cell(post.title if post else _("post {number}", number=one.post), room, "strong"),
            self._cell(task_noun(one.task), columns.kind),
            self._cell(f"{self._member(one.giver)} → {taker}", columns.who),
            self._cell(by, columns.by, "dim"),
        ]

    def _outside(self, one: Outside) -> Line:
        tasks = n_("{number} task", "{number} tasks", one.tasks)
        words = f"{tasks} · {hours_text(one.minutes)} · {money_text(one.cost)}"
        return [self._name(self._member(one.member)), (self._text(words), "")]

    def _turn(self, one: Turn) -> Line:
        who = _("nobody") if one.member is None else self._member(one.member)
        since = p_("a week", "from {day}", day=day_text(one.week))
        return [self._cell(since, self._columns.when), (self._text(who), "strong")]

    # Ideas and boosts

    def _idea(self, idea: Idea) -> Line:
        columns = self._columns
        fate, tone = self._fate(idea)
        return [
            self._cell(idea.text, self._width - columns.name - columns.fate, "strong"),
            self._cell(self._member(idea.author), columns.name, "dim"),
            (fit(self._text(fate), columns.fate, ascii_only=self._ascii), tone),
        ]

    def _fate(self, idea: Idea) -> Piece:
        """`→ ● Blog, Fri 20 → Marco, Sara`; of one that is no post what was decided about it."""
        post = self._calendar.posts.get(idea.post or 0)
        if post is None:
            state = idea_word(idea.state)
            return f"{state}: {idea.note}" if idea.note else state, "dim"
        day = to_local(self._calendar.instant(post), self._zone).date()
        channel = self._calendar.channels[post.channel].name
        said = f"→ {self._sign(post.state)} {channel}, {short_day(day, self._today)}"
        boosts = self._calendar.boosts.values()
        by = [self._member(boost.member) for boost in boosts if boost.post == post.id and boost.at]
        return f"{said} → {', '.join(by)}" if by else said, "good" if post.state == "published" else ""

    def _boosted(self, one: Boosted) -> Line:
        columns, post = self._columns, self._calendar.posts[one.post]
        by = ", ".join(map(self._member, one.by)) or _("nobody yet")
        return [
            self._cell(post.title, self._width - columns.name - columns.fate, "strong"),
            self._cell(self._calendar.channels[post.channel].name, columns.name, "dim"),
            self._cell(_("asked {number}", number=one.asked), 10, "dim"),
            (self._text(by), "" if one.by else "dim"),
        ]

    # Inside

    def _room(self, kind: type[What]) -> int:
        """What the figures of these rows leave."""
        return self._table - sum(_size(*column) for column in FIGURES[kind] if self._has(column[0]))

    def _figures(self, kind: type[What], cells: Sequence[Piece]) -> Line:
        named = zip(cells, FIGURES[kind], strict=True)
        return [
            (fit(self._text(text), _size(name, least), right=True), tone)
            for (text, tone), (name, least) in named
            if self._has(name)
        ]

    def _has(self, column: str) -> bool:
        return self._width >= NARROW or column not in LEFT_OUT

    def _cell(self, text: str, width: int, tone: str = "") -> Piece:
        size = max(0, width - 1)
        return fit(self._text(text), size, ascii_only=self._ascii) + " " * (width - size), tone

    def _name(self, name: str) -> Piece:
        return self._cell(name, self._columns.name, "strong")

    def _member(self, member: int) -> str:
        return self._names.get(member, _("member {number}", number=member))

    def _full_name(self, member: int) -> str:
        found = self._calendar.members.get(member)
        return found.name if found else ""

    def _sign(self, state: str) -> str:
        return mark(state, ascii_only=self._ascii)

    def _text(self, text: str) -> str:
        return ascii_text(text) if self._ascii else text


def _size(name: str, least: int) -> int:
    """Cells of a column of figures: its name in the language spoken has room, too."""
    return max(least, cell_len(_(name)) + 1)


def _count(number: int) -> str:
    """Nothing is quieter than a nought."""
    return str(number) if number else "–"


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.0f}"
