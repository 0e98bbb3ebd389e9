"""The rhythm of every channel at a glance: a mark per slot on an axis of weeks, and the figures that say how
it goes. One can enter it and move from beat to beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from cadence.insight.slots import FilledSlot
from cadence.insight.strip import LOW_RUNWAY, LOW_SCORE
from cadence.language import _, month, weekday
from cadence.model.marks import mark
from cadence.model.times import DAY
from cadence.tui.beats import Axis, Beat, beats, nearest, step, step_weeks
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.scale import Scale
from cadence.tui.widgets.week_chips import STATE_TONES
from cadence.tui.words import week_number

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.insight.consistency import Consistency

FIGURE = 7
"""Cells of a figure: its sign, its number, its unit."""


@dataclass(frozen=True)
class Promise:
    """A channel's line: its slots around now, its figures, whether it is silent for too long now, and how
    its name is toned while all is well."""

    channel: int
    name: str
    slots: Sequence[FilledSlot]
    figures: Consistency | None
    is_silent: bool = False
    tone: str = "strong"

    @property
    def is_low(self) -> bool:
        return self.figures is not None and self.figures.score is not None and self.figures.score < LOW_SCORE

    @property
    def is_short(self) -> bool:
        """Whether the first slot without anybody is near."""
        return (
            self.figures is not None
            and self.figures.runway_days is not None
            and self.figures.runway_days < LOW_RUNWAY
        )

    @property
    def is_broken(self) -> bool:
        """Whether the promise is not kept now: its name stands out."""
        return self.is_low or self.is_silent


class RhythmStrip(LineWidget, can_focus=True):
    class Chosen(Message):
        """A channel's name or figures were clicked."""

        def __init__(self, channel: int) -> None:
            super().__init__()
            self.channel = channel

    class Moved(Message):
        """The cursor is on another beat, by the mouse."""

    class Opened(Message):
        """The beat under the cursor was clicked a second time."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.promises: Sequence[Promise] = ()
        self.today = date(2000, 1, 3)
        self.week_begins = 0
        self.near_until = self.today
        self.shown_week: date | None = None
        self.chosen: int | None = None
        self.moment = datetime(2000, 1, 3)
        self.beat: Beat | None = None
        self._beats: tuple[Axis, Mapping[int, list[Beat]]] | None = None
        self._quiet: dict[tuple[int, int, bool, Style, str], Strip] = {}

    def show(
        self, promises: Sequence[Promise], today: date, week_begins: int = 0, horizon_days: int = 28
    ) -> None:
        self.promises, self.today, self.week_begins = promises, today, week_begins
        self.near_until = today + timedelta(days=horizon_days)
        self._beats = None
        self._quiet.clear()
        self._find_beat()
        self.refresh()

    def point(self, week: date, channel: int | None) -> None:
        """The week and the channel that the grid's cursor is on."""
        if week != self.shown_week:
            self.shown_week = week
            self.refresh(Region(0, 0, self.size.width, 1))
        self._choose(channel)

    def _choose(self, channel: int | None) -> None:
        before, top = self.chosen, self.top
        if channel == before:
            return
        self.chosen = channel
        if self.top == top:
            self._paint_rows(before, channel)
        else:
            self.refresh()

    def _paint_rows(self, *channels: int | None) -> None:
        rows = [row for row, promise in enumerate(self.promises) if promise.channel in channels]
        self.refresh(*(Region(0, 1 + row - self.top, self.size.width, 1) for row in rows))

    @property
    def top(self) -> int:
        """The first channel shown: where not all fit, the chosen one is in the middle."""
        rows = max(1, self.size.height - 1)
        return max(0, min((self._row or 0) - rows // 2, len(self.promises) - rows))

    @property
    def _row(self) -> int | None:
        return next((i for i, promise in enumerate(self.promises) if promise.channel == self.chosen), None)

    # The cursor

    def enter(self, channel: int | None, day: date) -> None:
        """Put the cursor on a channel, on the beat nearest to a day."""
        self.put(channel, datetime.combine(day, time(12)))

    def put(self, channel: int | None, moment: datetime) -> None:
        if all(promise.channel != channel for promise in self.promises):
            channel = self.promises[0].channel if self.promises else None
        self.moment = moment
        self._choose(channel)
        self._find_beat()
        self._paint_cursor()

    def _find_beat(self) -> None:
        self.beat = nearest(self.beats_of(self.chosen), self.moment)

    def _go_to(self, beat: Beat) -> None:
        self.beat, self.moment = beat, beat.at
        self._paint_cursor()

    def _paint_cursor(self) -> None:
        self.refresh(Region(0, 0, self.size.width, 1))
        self._paint_rows(self.chosen)

    def move(self, steps: int) -> None:
        """By beats of the channel."""
        if self.beat:
            self._go_to(step(self.beats_of(self.chosen), self.beat, steps))

    def move_weeks(self, weeks: int) -> None:
        if self.beat:
            self._go_to(step_weeks(self.beats_of(self.chosen), self.beat, weeks))

    def move_to_end(self, last: bool) -> None:
        if found := self.beats_of(self.chosen):
            self._go_to(found[-1 if last else 0])

    def move_rows(self, rows: int) -> bool:
        """By channels, the time kept; False when there is no channel there."""
        here = self._row
        if here is None:
            return False
        row = max(0, min(here + rows, len(self.promises) - 1))
        if row == here:
            return False
        self.put(self.promises[row].channel, self.moment)
        return True

    def reaches(self, day: date) -> bool:
        """Whether the axis shows a day."""
        axis = self.axis(self.size.width or 80)
        return 0 <= axis.place(day) < axis.count

    def last_channel(self) -> int | None:
        return self.promises[-1].channel if self.promises else None

    def on_focus(self, event: events.Focus) -> None:
        self._paint_cursor()

    def on_blur(self, event: events.Blur) -> None:
        self._paint_cursor()

    # Measures

    def label_width(self, width: int) -> int:
        longest = max((cell_len(promise.name) for promise in self.promises), default=8)
        return max(9, min(longest + 2, width // 6))

    def figure_widths(self) -> list[int]:
        """The columns of the figures, each with the space before it."""
        return [max(FIGURE, cell_len(word)) + (i > 0) for i, word in enumerate(_figure_words())]

    def axis(self, width: int) -> Axis:
        room = width - self.label_width(width) - sum(self.figure_widths()) - 3
        return Axis.across(room, self.today, self.week_begins)

    def beats_of(self, channel: int | None) -> list[Beat]:
        """The beats of a channel, as many as the width of the widget shows."""
        axis = self.axis(self.size.width or 80)
        if self._beats is None or self._beats[0] != axis:
            self._beats = (axis, {promise.channel: beats(promise.slots, axis) for promise in self.promises})
        return self._beats[1].get(channel or 0, [])

    def on_resize(self) -> None:
        self._find_beat()

    # Painting

    def render_line(self, y: int) -> Strip:
        """Rows without the cursor stay as they are, and are painted once."""
        row, width = self.top + y - 1, self.size.width
        if y == 0 or row >= len(self.promises):
            return super().render_line(y)
        is_chosen = self.promises[row].channel == self.chosen
        if is_chosen and self.has_focus:
            return super().render_line(y)
        look = (row, width, is_chosen, self.style_of(), self.app.theme)
        if look not in self._quiet:
            self._quiet[look] = super().render_line(y)
        return self._quiet[look]

    def line(self, y: int, width: int) -> Line:
        if y == 0:
            return self._heading(width)
        place = self.top + y - 1
        return self._promise_line(self.promises[place], width) if place < len(self.promises) else []

    def _heading(self, width: int) -> Line:
        axis = self.axis(width)
        now = axis.back * (axis.cells + 1)
        scale = Scale(axis.width + 1)
        if self.has_focus and self.beat:
            scale.point(axis.x(self.beat.week, self.beat.cell), _day_text(self.beat.at), self._pointer)
        elif self.shown_week is not None and self.shown_week != axis.weeks()[axis.back]:
            place = axis.place(self.shown_week)
            if 0 <= place < axis.count:
                scale.point(place * (axis.cells + 1) + 1, f"{week_number(self.shown_week)}", self._pointer)
        words = _("now")
        scale.write(now - cell_len(words) // 2, words, "head")
        for i, week in enumerate(axis.weeks()):
            last = week + 6 * DAY
            if i == 0 or last.day <= 7:
                scale.write(i * (axis.cells + 1) + 1, month(last), "dim")
        line: Line = [(fit(" " + _("Rhythm"), self.label_width(width)), "dim"), *scale.line(), (" ", "")]
        room = width - sum(cell_len(text) for text, _tone in line) - 1
        figures = "".join(
            fit(word, size, right=True)
            for word, size in zip(_figure_words(), self.figure_widths(), strict=True)
        )
        return [*line, (fit(figures, room, right=True), "dim")]

    @property
    def _pointer(self) -> str:
        return "v" if self.ascii_only else "▾"

    def _promise_line(self, promise: Promise, width: int) -> Line:
        axis = self.axis(width)
        is_here = self.has_focus and promise.channel == self.chosen
        sign = "cursor" if is_here else "warning" if promise.is_broken else ""
        name = fit(promise.name, self.label_width(width) - 2, ascii_only=self.ascii_only) + " "
        tone = "bad" if promise.is_broken else "head" if promise.channel == self.chosen else promise.tone
        line: Line = [
            (mark(sign, ascii_only=self.ascii_only) if sign else " ", "accent" if is_here else "bad"),
            (name, tone),
        ]
        cells: list[tuple[str, str]] = [(" ", "")] * (axis.width + 1)
        cells[axis.back * (axis.cells + 1)] = ("|" if self.ascii_only else "│", "head")
        for beat in self.beats_of(promise.channel):
            cells[axis.x(beat.week, beat.cell)] = self._mark(beat, here=is_here and beat == self.beat)
        line += [*cells, (" ", "")]
        return [*line, *self._figures(promise, width - self.label_width(width) - axis.width - 2)]

    def _mark(self, beat: Beat, here: bool) -> tuple[str, str]:
        """Open slots further away than anyone plans stay quiet."""
        state = beat.worst.state
        tone = "dim" if beat.week > self.near_until else STATE_TONES[state]
        return mark(state, ascii_only=self.ascii_only), f"{tone}+cursor" if here else tone

    def _figures(self, promise: Promise, room: int) -> Line:
        figures, widths = promise.figures, self.figure_widths()
        if figures is None:
            return [(fit("… ", room, right=True), "dim")]
        score = "–" if figures.score is None else f"{figures.score:.0f}"
        silence, runway = figures.longest_silence_days, figures.runway_days
        quiet = "–" if silence is None else _("{number} d", number=round(silence))
        road = _("> 1 y") if figures.slots else "–"
        if runway is not None:
            road = _("{number} d", number=round(runway))
        return [
            (" " * (room - sum(widths) - 1), ""),
            self._figure(score, widths[0], promise.is_low, "bad", "strong"),
            self._figure(quiet, widths[1], promise.is_silent, "bad", ""),
            self._figure(road, widths[2], promise.is_short, "warn", ""),
        ]

    def _figure(self, text: str, width: int, bad: bool, bad_tone: str, tone: str) -> tuple[str, str]:
        if bad:
            text = f"{mark('warning', ascii_only=self.ascii_only)} {text}"
        return fit(text, width, right=True), bad_tone if bad else tone

    def toned(self, tone: str) -> Style:
        if not tone.endswith("+cursor"):
            return super().toned(tone)
        tone = tone.removesuffix("+cursor")
        return self.style_of(f"tone--{tone}" if tone else "", "strip--cursor")

    # Mouse

    def on_click(self, event: events.Click) -> None:
        place = self.top + event.y - 1
        if event.y < 1 or place >= len(self.promises):
            return
        channel, axis = self.promises[place].channel, self.axis(self.size.width)
        x = event.x - self.label_width(self.size.width)
        if not 0 < x <= axis.width:
            self.post_message(self.Chosen(channel))
            return
        found = self.beats_of(channel)
        beat = min(found, key=lambda beat: abs(axis.x(beat.week, beat.cell) - x), default=None)
        again = channel == self.chosen and beat == self.beat
        self._choose(channel)
        if beat:
            self._go_to(beat)
        self.post_message(self.Opened() if again else self.Moved())


def _figure_words() -> tuple[str, str, str]:
    return _("score"), _("silence"), _("runway")


def _day_text(at: datetime) -> str:
    return f"{weekday(at)} {at.day} {month(at)}"
