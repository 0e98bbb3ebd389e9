"""The rhythm of every channel at a glance: a mark per slot, weeks side by side, and the figures that say how
it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.message import Message

from cadence.insight.slots import FilledSlot
from cadence.insight.strip import LOW_RUNWAY, LOW_SCORE, worst_of_parts
from cadence.model.marks import mark
from cadence.model.times import week_start
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.week_grid import STATE_TONES
from cadence.tui.words import week_number

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.insight.consistency import Consistency

WEEK_CELLS = 4
"""Three marks and a space: a week with more slots shows the worst of each part."""
FIGURES = "score  silence  runway "


@dataclass(frozen=True)
class Promise:
    """A channel's line: its slots around now, its figures, and whether it is silent for too long now."""

    channel: int
    name: str
    slots: Sequence[FilledSlot]
    figures: Consistency | None
    is_silent: bool = False


class RhythmStrip(LineWidget):
    class Chosen(Message):
        """A channel's line was clicked."""

        def __init__(self, channel: int) -> None:
            super().__init__()
            self.channel = channel

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.promises: Sequence[Promise] = ()
        self.today = date(2000, 1, 3)
        self.week_begins = 0
        self.near_until = self.today
        self.shown_week: date | None = None
        self.chosen: int | None = None
        self._weeks: Mapping[int, Mapping[date, list[FilledSlot]]] = {}

    def show(
        self, promises: Sequence[Promise], today: date, week_begins: int = 0, horizon_days: int = 28
    ) -> None:
        self.promises, self.today, self.week_begins = promises, today, week_begins
        self.near_until = today + timedelta(days=horizon_days)
        self._weeks = {promise.channel: self._by_week(promise) for promise in promises}
        self.refresh()

    def point(self, week: date, channel: int | None) -> None:
        """The week and the channel that the grid's cursor is on."""
        width, before, top = self.size.width, self.chosen, self.top
        if week != self.shown_week:
            self.shown_week = week
            self.refresh(Region(0, 0, width, 1))
        if channel != before:
            self.chosen = channel
            rows = [i for i, promise in enumerate(self.promises) if promise.channel in (before, channel)]
            if self.top == top:
                self.refresh(*(Region(0, 1 + row - top, width, 1) for row in rows))
            else:
                self.refresh()

    @property
    def top(self) -> int:
        """The first channel shown: where not all fit, the chosen one is in the middle."""
        rows = max(1, self.size.height - 1)
        chosen = next((i for i, promise in enumerate(self.promises) if promise.channel == self.chosen), 0)
        return max(0, min(chosen - rows // 2, len(self.promises) - rows))

    def _by_week(self, promise: Promise) -> dict[date, list[FilledSlot]]:
        weeks: dict[date, list[FilledSlot]] = {}
        for filled in promise.slots:
            week = week_start(filled.slot.local.date(), self.week_begins)
            weeks.setdefault(week, []).append(filled)
        return weeks

    # Measures

    def label_width(self, width: int) -> int:
        longest = max((cell_len(promise.name) for promise in self.promises), default=8)
        return max(9, min(longest + 2, width // 6))

    def weeks(self, width: int) -> tuple[list[date], int]:
        """The weeks that fit, and the place of this week among them: three fifths are behind us."""
        count = max(2, (width - self.label_width(width) - len(FIGURES) - 3) // WEEK_CELLS)
        back = count * 3 // 5
        this = week_start(self.today, self.week_begins)
        return [this + timedelta(weeks=n - back) for n in range(count)], back

    # Painting

    def line(self, y: int, width: int) -> Line:
        if y == 0:
            return self._heading(width)
        place = self.top + y - 1
        return self._promise_line(self.promises[place], width) if place < len(self.promises) else []

    def _heading(self, width: int) -> Line:
        weeks, back = self.weeks(width)
        line: Line = [(fit(" Rhythm", self.label_width(width)), "dim")]
        text = list(" " * (len(weeks) * WEEK_CELLS + 1))
        _write(text, 0, f"{back} weeks back ")
        now = back * WEEK_CELLS
        ahead = f" {len(weeks) - back} ahead"
        _write(text, len(text) - len(ahead), ahead)
        _write(text, now - 1, "now")
        shown = self.shown_week
        if shown is not None and shown in weeks and shown != weeks[back]:
            number = f"{'v' if self.ascii_only else '▾'}{week_number(shown)}"
            _write(text, weeks.index(shown) * WEEK_CELLS + 1, number)
        words = "".join(text)
        line += [(words[: now - 1], "dim"), (words[now - 1 : now + 2], "head"), (words[now + 2 :], "dim")]
        line.append((fit(FIGURES, width - sum(cell_len(t) for t, _ in line), right=True), "dim"))
        return line

    def _promise_line(self, promise: Promise, width: int) -> Line:
        weeks, back = self.weeks(width)
        chosen = promise.channel == self.chosen
        label = self.label_width(width)
        name = fit(f" {promise.name}", label - 1, ascii_only=self.ascii_only) + " "
        line: Line = [(name, "head" if chosen else "strong")]
        known = self._weeks.get(promise.channel, {})
        for i, week in enumerate(weeks):
            line.append((("|" if self.ascii_only else "│") if i == back else " ", "head"))
            line += self._marks(known.get(week, ()), dim=week > self.near_until)
        line.append((" ", ""))
        used = label + len(weeks) * WEEK_CELLS + 1
        return [*line, *self._figures(promise, width - used)]

    def _marks(self, week: Sequence[FilledSlot], dim: bool) -> Line:
        """The slots of a week; open ones further away than anyone plans stay quiet."""
        cells = WEEK_CELLS - 1
        states = worst_of_parts([filled.state for filled in week], cells)
        line: Line = [
            (mark(state, ascii_only=self.ascii_only), "dim" if dim else STATE_TONES[state])
            for state in states
        ]
        return [*line, (" " * (cells - len(states)), "")]

    def _figures(self, promise: Promise, width: int) -> Line:
        figures = promise.figures
        if figures is None:
            return [(fit("…", width, right=True), "dim")]
        warn = mark("warning", ascii_only=self.ascii_only)
        score = "–" if figures.score is None else f"{figures.score:.0f}"
        silence, long = figures.longest_silence_days, promise.is_silent
        quiet = "–" if silence is None else f"{silence:.0f} d"
        runway = figures.runway_days
        short = runway is not None and runway < LOW_RUNWAY
        road = ("> 1 y" if figures.slots else "–") if runway is None else f"{runway:.0f} d"
        low = figures.score is not None and figures.score < LOW_SCORE
        return [
            (fit(score, width - 17, right=True), "bad" if low else "strong"),
            (fit(f"{quiet}{warn if long else ' '}", 9, right=True), "warn" if long else ""),
            (fit(f"{road}{warn if short else ' '}", 8, right=True), "warn" if short else ""),
        ]

    def on_click(self, event: events.Click) -> None:
        place = self.top + event.y - 1
        if event.y > 0 and place < len(self.promises):
            self.post_message(self.Chosen(self.promises[place].channel))


def _write(cells: list[str], at: int, text: str) -> None:
    """Put a text into a line of cells, unless something is there already."""
    at = max(0, at)
    if at + len(text) <= len(cells) and all(cell == " " for cell in cells[at : at + len(text)]):
        cells[at : at + len(text)] = text
