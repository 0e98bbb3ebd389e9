"""How a row of my week reads. Pure: pieces of text with tones.

○ review  Storia Bianchi                       LinkedIn     Thu 26 09:00   15′  after Marco's draft
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.insight.capacity import Load
from cadence.insight.free import free_text, free_time
from cadence.insight.offers import OfferState, last_day, state_of
from cadence.insight.words import hours_text
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Boost, Post, Task
from cadence.model.team import TaskKind
from cadence.model.times import to_local, zone_of
from cadence.model.words import kind_word, the_task
from cadence.tui.accents import accent_of
from cadence.tui.names import short_names
from cadence.tui.widgets.cells import Line, Piece, ascii_text, fit
from cadence.tui.widgets.fitting import Fitting
from cadence.tui.widgets.my_week_rows import BoostRow, FindingRow, NoteRow, Row, TaskRow, TitleRow
from cadence.tui.widgets.warning_line import WarningLine
from cadence.tui.words import kind_width, say_dates, say_day, short_day, week_number

MARK = 2
LABEL = 11
"""Cells for what a line of the heading is about."""
NEARLY_FULL = 0.9
WORK_BEFORE: dict[TaskKind, tuple[TaskKind, ...]] = {
    "review": ("draft", "design"),
    "publish": ("draft", "design", "review"),
}
"""What is waited for, the last first."""


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included; 0 leaves a column out."""

    kind: int
    title: int
    channel: int
    out: int
    effort: int
    due: int
    words: int

    @staticmethod
    def of(width: int) -> Columns:
        if width < 100:
            kind, channel, out, effort, due, words = kind_width(11), 10, 0, 6, 11, 15
        elif width < 150:
            kind, channel, out, effort, due, words = max(9, kind_width()), 13, 17, 7, 11, 24
        else:
            kind, channel, out, effort, due, words = max(10, kind_width()), 18, 18, 8, 16, 40
        taken = MARK + kind + channel + out + effort + due + words
        return Columns(kind, width - taken, channel, out, effort, due, words)


class TaskLine(Fitting):
    """Reads rows for one snapshot, moment and width."""

    def __init__(self, calendar: Calendar, now: datetime, width: int, *, ascii_only: bool = False) -> None:
        self._calendar = calendar
        self._columns = Columns.of(width)
        self._findings = WarningLine(calendar, now, width, ascii_only=ascii_only)
        self._ascii = ascii_only
        self._today = to_local(now, zone_of(calendar.team.zone)).date()

    def of(self, row: Row) -> Line:
        match row:
            case TitleRow():
                return [(self._text(row.title), row.tone), (self._text(f"   {row.words}"), "dim")]
            case NoteRow():
                return [("  " + self._text(row.text), "dim")]
            case TaskRow():
                return self._task(row)
            case BoostRow():
                return self._boost(row.boost)
            case FindingRow():
                return self._findings.of(row.warning)

    def _task(self, row: TaskRow) -> Line:
        post, task = self._calendar.post(row.ref.post), self._calendar.task(row.ref)
        columns, quiet = self._columns, "dim" if task.is_done else ""
        local = self._calendar.local(post)
        return [
            (self._sign(task) + " ", "good" if task.is_done else "warn" if row.is_claim else quiet),
            (self._cell(kind_word(row.ref.kind), columns.kind), quiet or ("" if row.is_claim else "strong")),
            (self._cell(post.title, columns.title), quiet),
            (
                self._cell(self._calendar.channels[post.channel].name, columns.channel),
                quiet or accent_of(self._calendar, post.channel),
            ),
            (self._cell(f"{short_day(local.date(), self._today)} {local:%H:%M}", columns.out), "dim"),
            (self._text(fit(f"{row.minutes}′", columns.effort - 2, right=True)) + "  ", quiet),
            *(self._claim(row, task) if row.is_claim else self._mine(row, post, task)),
        ]

    def _sign(self, task: Task) -> str:
        name = (
            "done"
            if task.is_done
            else "offer"
            if task.offer
            else "empty"
            if task.member is None
            else "planned"
        )
        return mark(name, ascii_only=self._ascii)

    def _mine(self, row: TaskRow, post: Post, task: Task) -> Line:
        text, tone = self._state(row, post, task)
        return [(self._cell(text, self._columns.due + self._columns.words), tone)]

    def _state(self, row: TaskRow, post: Post, task: Task) -> Piece:
        """What stands in the way, or what to know: the most pressing first."""
        if task.done_at:
            day = to_local(task.done_at, zone_of(self._calendar.team.zone)).date()
            return _("done {day}", day=say_day(day, self._today)), "dim"
        offer, tone = self._offer_state(row) if task.offer else ("", "")
        if row.due < self._today:
            sign = mark("warning", ascii_only=self._ascii)
            late = _("{number} d late", number=(self._today - row.due).days)
            return f"{sign} {late}{'  ' + offer if offer else ''}", "bad"
        if offer:
            return offer, tone
        if waits := self._waits_for(post, row.ref.kind):
            return waits, "dim"
        opens, _closes = self._calendar.window(post, task)
        if opens > self._today:
            return p_("open", "from {day}", day=say_day(opens, self._today)), "dim"
        pinned = f"{mark('pinned', ascii_only=self._ascii)} {_('pinned')}"
        return pinned if task.pinned else "", "dim"

    def _offer_state(self, row: TaskRow) -> Piece:
        """`on offer to anyone, no from Luca`."""
        calendar, task = self._calendar, self._calendar.task(row.ref)
        assert task.offer is not None
        to = self._names(task.offer.to) or _("anyone")
        state = state_of(calendar, row.ref, self._today)
        if state != "open":
            return self._ended(state, to), "bad"
        text = _("on offer to {who}", who=to)
        if task.offer.until:
            until = say_day(last_day(calendar, row.ref), self._today)
            text = _("{offered} until {day}", offered=text, day=until)
        if wants := task.offer.wants:
            kind = kind_word(wants.kind)
            text = _("{offered} for {task} of post {number}", offered=text, task=kind, number=wants.post)
        if task.offer.declined:
            text = _("{offered}, no from {who}", offered=text, who=self._names(task.offer.declined))
        return text, "warn"

    def _ended(self, state: OfferState | None, to: str) -> str:
        """An offer that nobody can take any more."""
        match state:
            case "declined":
                return _("offer to {who} declined: yours", who=to)
            case "void":
                return _("offer to {who} void: yours", who=to)
            case _other:
                return _("offer to {who} expired: yours", who=to)

    def _boost(self, boost: Boost) -> Line:
        post, columns = self._calendar.posts[boost.post], self._columns
        done = boost.at is not None
        asked = _("asked {day}", day=say_day(boost.day, self._today))
        return [
            (mark("done" if done else "empty", ascii_only=self._ascii) + " ", "good" if done else "warn"),
            (self._cell(_("boost"), columns.kind), "dim" if done else "strong"),
            (self._cell(post.title, columns.title), "dim" if done else ""),
            (
                self._cell(self._calendar.channels[post.channel].name, columns.channel),
                "dim" if done else accent_of(self._calendar, post.channel),
            ),
            (" " * columns.out, ""),
            (self._text(fit(f"{boost.minutes}′", columns.effort - 2, right=True)) + "  ", "dim"),
            (self._cell(_("done today") if done else asked, columns.due + columns.words), "dim"),
        ]

    def _waits_for(self, post: Post, kind: TaskKind) -> str:
        if kind == "engage":
            return "" if post.published_at else _("after publication")
        for before in WORK_BEFORE.get(kind, ()):
            task = post.tasks.get(before)
            if task and not task.is_done:
                member = self._calendar.members.get(task.member or 0)
                if member is None:
                    return _("after {task}", task=the_task(before))
                return _("after {who}’s {task}", who=member.name, task=kind_word(before))
        return ""

    def _claim(self, row: TaskRow, task: Task) -> Line:
        late = row.due < self._today
        due = (f"{mark('warning', ascii_only=self._ascii)} " if late else "") + say_day(row.due, self._today)
        words = self._load_change(row.before, row.after)
        if task.offer and not row.is_offer and self._columns.words >= 24:
            words += "  " + _("from {giver}", giver=self._names([task.member or 0]))
        over = row.after is not None and row.after.over > 0
        return [
            (self._cell(due, self._columns.due), "bad" if late else ""),
            (self._cell(words, self._columns.words), "bad" if over else "dim"),
        ]

    def _load_change(self, before: Load | None, after: Load | None) -> str:
        """`31 → 36 %`; with a sign when it is too much."""
        if before is None or after is None or before.share is None or after.share is None:
            return f"{_('no time')} {mark('warning', ascii_only=self._ascii)}"
        over = f" {mark('warning', ascii_only=self._ascii)}" if after.over else ""
        return f"{before.share * 100:.0f} → {after.share * 100:.0f} %{over}"

    def _names(self, members: Iterable[int]) -> str:
        names = short_names(self._calendar)
        return ", ".join(names[id] for id in members if id in names)


def heading_lines(
    calendar: Calendar,
    member: int,
    week: date,
    loads: tuple[Load, Load],
    counts: tuple[int, int],
    today: date,
    width: int,
    *,
    doubts: Sequence[str] = (),
    ascii_only: bool = False,
) -> list[Line]:
    """Who, which week, the time that it leaves, and the load of it and the next. `counts`: tasks to do and
    done; `doubts`: why the time may be wrong."""
    number, last = week_number(week + timedelta(days=3)), week + timedelta(days=6)
    said = _("week {number}", number=number)
    name = f"   {calendar.members[member].name} · {said} · {say_dates(week, last)}"
    to_do, done = counts
    work = "   " + _("{number} to do, {done} done", number=to_do, done=done) if to_do or done else ""
    labels = (_("Week {number}", number=number), _("After it"))
    if week <= today < week + timedelta(days=7):
        labels = (_("This week"), _("Next week"))
    time = free_text(free_time(calendar, member, week, last))
    allowance = hours_text(calendar.members[member].allowance)
    lines: list[Line] = [[(name, "head"), (work, "dim")]]
    gives = _("{hours} a week for posts", hours=allowance)
    lines.append([(f"   {fit(_('Free'), LABEL)}", ""), (time, ""), (f"   {gives}", "dim")])
    lines += [_load_line(label, load, width, ascii_only) for label, load in zip(labels, loads, strict=True)]
    sign = mark("warning", ascii_only=ascii_only)
    lines += [[(f"   {sign} {doubt}", "warn")] for doubt in doubts]
    lines.append([])
    if ascii_only:
        return [[(ascii_text(text), tone) for text, tone in line] for line in lines]
    return lines


def _load_line(label: str, load: Load, width: int, ascii_only: bool) -> Line:
    cells = 24 if width < 100 else 40
    full, rest = ("#", ".") if ascii_only else ("━", "─")
    share = load.share
    if share is None:
        none = _("away or no allowance")
        return [(f"   {fit(label, LABEL)}", ""), (rest * cells, "dim"), (f"   {none}", "dim")]
    filled = min(cells, round(share * cells))
    part = _("{some} of {all} min", some=load.minutes, all=load.capacity)
    words = f" {share * 100:5.0f} %   {part}"
    line: Line = [
        (f"   {fit(label, LABEL)}", ""),
        (full * filled, "bad" if load.over else "good" if share < NEARLY_FULL else "warn"),
        (rest * (cells - filled), "dim"),
        (words, "bad" if load.over else ""),
    ]
    if load.over:
        over = _("{minutes}′ over", minutes=load.over)
        line.append((f" {mark('warning', ascii_only=ascii_only)} {over}", "bad"))
    return line
