"""How one post or open slot reads as a row of the agenda. Pure: pieces of text with tones.

w48 Mon 23 Nov 18:00 ○ Instagram   Behind the scenes of the fair     design  Elena     by Wed 25       53
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from cadence.language import _, month, p_, weekday
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post
from cadence.model.team import TASK_KINDS
from cadence.model.times import to_local, zone_of
from cadence.model.words import slot_word, state_word
from cadence.tui.accents import accent_of
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.fitting import Fitting
from cadence.tui.words import kind_text, kind_width, next_task, say_day, say_span, short_day, week_number

if TYPE_CHECKING:
    from cadence.insight.slots import FilledSlot
    from cadence.tui.outcomes import Outcomes

DATE, TIME, MARK = 11, 6, 2
LONGEST_TITLE = 84
LONG_DAY = date(2024, 12, 12)
"""A day with as many letters as any."""


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included; 0 leaves a column out."""

    week: int
    channel: int
    title: int
    tasks: int
    kind: int
    member: int
    when: int
    number: int

    @staticmethod
    def of(width: int) -> Columns:
        """The columns that a row of `width` cells has room for."""
        if width < 100:
            week, channel, tasks, kind, member, when, number = 0, 11, 0, kind_width(8), 8, 10, 0
        elif width < 150:
            due = cell_len(_("by {day}", day=short_day(LONG_DAY, LONG_DAY - timedelta(days=31)))) + 1
            week, channel, tasks, kind, member, when, number = 4, 13, 0, kind_width(), 11, max(14, due), 6
        else:
            week, channel, tasks, kind, member, when, number = 4, 18, 8, max(10, kind_width()), 18, 18, 8
        room = width - DATE - TIME - MARK - week - channel - tasks - kind - member - when - number
        title = min(room, LONGEST_TITLE)
        return Columns(week, channel, title, tasks, kind, member, when + room - title, number)

    @property
    def work(self) -> int:
        return self.kind + self.member + self.when


class Standing(NamedTuple):
    """How a post stands: the name of its mark, the tone, and the words for it."""

    mark: str
    tone: str
    words: str


class AgendaLine(Fitting):
    """Reads rows for one snapshot, moment and width; without `outcomes` it cannot tell who was late."""

    def __init__(
        self,
        calendar: Calendar,
        now: datetime,
        width: int,
        outcomes: Outcomes | None = None,
        *,
        ascii_only: bool = False,
    ) -> None:
        self._calendar = calendar
        self._outcomes = outcomes
        self._now = now
        self._columns = Columns.of(width)
        self._ascii = ascii_only
        self._today = to_local(now, zone_of(calendar.team.zone)).date()

    def of(self, what: int | FilledSlot, above: date | None, *, is_next: bool = False) -> Line:
        """The row of a post or slot. `above`: the local day of the row above, None at the top of the screen.
        `is_next`: it is the first row from now on."""
        if isinstance(what, int):
            return self._post(self._calendar.posts[what], above, is_next)
        return self._slot(what, above, is_next)

    def day_of(self, what: int | FilledSlot) -> date:
        if isinstance(what, int):
            return self._calendar.local(self._calendar.posts[what]).date()
        return what.slot.local.date()

    # The two kinds of row

    def _post(self, post: Post, above: date | None, is_next: bool) -> Line:
        standing = self._standing(post)
        quiet = "dim" if not post.is_open else ""
        return [
            *self._when(self._calendar.local(post), above, is_next),
            (mark(standing.mark, ascii_only=self._ascii) + " ", standing.tone),
            (self._channel(post.channel), quiet or accent_of(self._calendar, post.channel)),
            (self._cell(post.title, self._columns.title), quiet),
            (self._tasks(post), "dim"),
            *self._work(post, standing),
            (fit(str(post.id), self._columns.number - 1, right=True), "dim"),
        ]

    def _slot(self, slot: FilledSlot, above: date | None, is_next: bool) -> Line:
        span = say_span(slot.slot.at - self._now)
        if slot.state == "missed":
            title, words, tone = _("missed slot"), _("{span} ago", span=span), "bad"
        else:
            title, words, tone = _("open slot"), _("in {span}", span=span), "warn"
        return [
            *self._when(slot.slot.local, above, is_next),
            (mark(slot.state, ascii_only=self._ascii) + " ", tone),
            (self._channel(slot.slot.channel), accent_of(self._calendar, slot.slot.channel)),
            (self._cell(title, self._columns.title), tone),
            (" " * self._columns.tasks, ""),
            (self._cell(words, self._columns.work), tone),
        ]

    # Columns

    def _when(self, local: datetime, above: date | None, is_next: bool) -> Line:
        day = local.date()
        shown = f"{weekday(day)} {day.day:>2} {month(day)}" if day != above else ""
        tone = "accent" if day == self._today else "strong" if day > self._today else "dim"
        line = [(fit(shown, DATE), tone), (f"{local:%H:%M} ", "dim" if day < self._today else "")]
        if self._columns.week:
            is_new_week = above is None or week_number(above) != week_number(day)
            number = _("w{number}", number=f"{week_number(day):02}")
            week = p_("agenda", "now") if is_next else number if is_new_week else ""
            return [(fit(week, self._columns.week), "accent" if is_next else "dim"), *line]
        return line

    def _channel(self, channel: int) -> str:
        return self._cell(self._calendar.channels[channel].name, self._columns.channel)

    def _tasks(self, post: Post) -> str:
        """A mark for each task in the order of work, where there is room: done, somebody's, nobody's."""
        marks = [
            "done" if task.is_done else "empty" if task.member is None else "planned"
            for kind in TASK_KINDS
            if (task := post.tasks.get(kind))
        ]
        return fit("".join(mark(name, ascii_only=self._ascii) for name in marks), self._columns.tasks)

    def _work(self, post: Post, standing: Standing) -> Line:
        """Who does what next; without open work, how it went."""
        columns = self._columns
        found = next_task(post)
        if found is None:
            # What went well is quiet, so that what did not stands out.
            tone = "dim" if standing.tone in ("", "good") else standing.tone
            return [(self._cell(standing.words, columns.work), tone)]
        kind, task = found
        member = self._calendar.members.get(task.member or 0)
        return [
            (self._cell(kind_text(kind, columns.kind), columns.kind), ""),
            (self._cell(member.name if member else _("nobody"), columns.member), "" if member else "bad"),
            self._due(self._calendar.window(post, task)[1]),
        ]

    def _due(self, due: date) -> tuple[str, str]:
        width = self._columns.when
        if due < self._today:
            sign = mark("warning", ascii_only=self._ascii)
            days = (self._today - due).days
            late = _("{number} d", number=days) if width < 12 else _("{number} d late", number=days)
            return self._cell(f"{sign} {late}", width), "bad"
        is_soon = due - self._today <= timedelta(days=1)
        if is_soon:
            return self._cell(say_day(due, self._today), width), "warn"
        day = short_day(due, self._today)
        return self._cell(day if width < 12 else _("by {day}", day=day), width), "dim"

    # States

    def _standing(self, post: Post) -> Standing:
        if post.state == "skipped":
            said = _("skipped: {reason}", reason=post.skip_reason)
            return Standing("skipped", "dim", said if post.skip_reason else state_word("skipped"))
        if post.published_at:
            return self._punctuality(post, post.published_at)
        due = self._calendar.planned_instant(post)
        if due < self._now:
            return Standing("warning", "bad", _("due {span} ago", span=say_span(self._now - due)))
        if post.state == "approved":
            return Standing("ready", "good", p_("post", "ready"))
        return Standing("planned", "", state_word(post.state))

    def _punctuality(self, post: Post, published: datetime) -> Standing:
        """How it counts for the promise of its channel, as far as that is known."""
        if self._outcomes is None:
            return Standing("published", "good", state_word("published"))
        counted = self._outcomes.of(post)
        if counted is None:
            return Standing("published", "good", _("extra"))
        slot, outcome = counted
        if outcome == "on_time":
            return Standing("on_time", "good", slot_word("on_time"))
        off = published - self._outcomes.due(post, slot)
        words = _("{span} early", span=say_span(off))
        if off > timedelta(0):
            words = _("{span} late", span=say_span(off))
        if outcome == "missed":
            return Standing("missed", "bad", _("{late}, too late to count", late=words))
        return Standing(outcome, "warn", words)
