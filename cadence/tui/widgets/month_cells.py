"""How a day of the month reads in its cell: a line for each post or slot, or marks where there is no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.words import slot_word
from cadence.tui.accents import accent_of
from cadence.tui.monthview import Item, Key
from cadence.tui.widgets.cells import Line, fit, width_of
from cadence.tui.widgets.week_grid import STATE_TONES

WITH_TITLES = 12
"""Columns from which on a title says more than marks do."""
WITH_TIME = 21
"""Columns from which on a line says the time, too."""
DONE = ("on_time", "published", "early", "late", "skipped", "paused")
MOST_PER_ITEM = 3


class CellLine(NamedTuple):
    """A line of a cell, and the item that it is about, if it is about one."""

    line: Line
    key: Key | None = None


class Cells:
    """The same for all days of a month: its calendar, and what the channels are called for short."""

    def __init__(
        self, calendar: Calendar, short: Mapping[int, str], *, ascii_only: bool, per_item: int = 1
    ) -> None:
        """`per_item`: so many lines for each item: from two on its title has lines of its own."""
        self._calendar = calendar
        self._short = short
        self._per_item = per_item
        self._ascii = ascii_only
        self._short_width = max(map(cell_len, short.values()), default=1)

    def lines(
        self,
        items: Sequence[Item],
        width: int,
        height: int,
        chosen: Key | None,
        marked: frozenset[int],
        quiet: bool,
    ) -> list[CellLine]:
        """At most so many lines; what does not fit is counted in the last one."""
        if height <= 0 or not items:
            return []
        lines = (
            self._lists(items, width, height, chosen, marked)
            if width >= WITH_TITLES
            else [CellLine(line) for line in self._marks(items, width, height, marked)]
        )
        if not quiet:
            return lines
        return [CellLine([(text, "dim") for text, _tone in line], key) for line, key in lines]

    def _lists(
        self, items: Sequence[Item], width: int, height: int, chosen: Key | None, marked: frozenset[int]
    ) -> list[CellLine]:
        fit_in = height // self._per_item
        shown = len(items) if len(items) <= fit_in else (height - 1) // self._per_item
        start = _start(items, shown, chosen)
        lines = [
            CellLine(line, item.key)
            for item in items[start : start + shown]
            for line in self._item(item, width, item.key == chosen, item.on.post in marked)
        ]
        if rest := len(items) - shown:
            lines.append(CellLine([(fit(_("+{number} more", number=rest), width), "dim")]))
        return lines

    def _item(self, item: Item, width: int, is_chosen: bool, is_marked: bool) -> list[Line]:
        """`09:00 ○ L Storia Bianchi ▲`, or its title on the lines below."""
        on, lines = item.on, self._per_item
        line: Line = []
        if item.carried:
            line.append((">" if self._ascii else "→", "strong"))
        if is_marked:
            line.append(("+" if self._ascii else "◆", "accent"))
        if lines > 1 or width >= WITH_TIME:
            line.append((f"{on.at:%H:%M} ", "dim"))
        line.append((f"{self._sign(on.state)} ", STATE_TONES[on.state]))
        alarm = self._sign("warning") if item.alarm else ""
        name_tone = self._name_tone(on.channel, on.state)
        if on.post is None:
            text, tone = slot_text(on.state), STATE_TONES[on.state]
        else:
            text = self._calendar.posts[on.post].title
            tone = "dim" if on.state in DONE else "strong" if is_chosen else ""
        if lines == 1:
            line.append((fit(self._short[on.channel], self._short_width + 1), name_tone))
            sign = f" {alarm}" if alarm else ""
            room = width - width_of(line) - len(sign)
            if on.post is None and cell_len(text) > room:
                text = slot_word(on.state)
            return [[*line, (fit(text, room, ascii_only=self._ascii), tone), (sign, "warn")]]
        name = self._calendar.channels[on.channel].name
        room = width - width_of(line) - len(alarm) - 1
        line.append((fit(name, min(room, cell_len(name)), ascii_only=self._ascii), name_tone))
        titles = over_lines(text, width, lines - 1, ascii_only=self._ascii)
        return [[*line, (f" {alarm}", "warn")], *([(title, tone)] for title in titles)]

    def _marks(self, items: Sequence[Item], width: int, height: int, marked: frozenset[int]) -> list[Line]:
        """`L○ I○○▲ B·`: the marks of each channel together, over as many lines as there are."""
        tokens = [
            self._token(channel, list(group), marked)
            for channel, group in groupby(sorted(items, key=_by_channel), key=_by_channel)
        ]
        lines: list[Line] = [[]]
        for place, token in enumerate(tokens):
            needed = width_of(token) + (1 if lines[-1] else 0)
            if width_of(lines[-1]) + needed > width and lines[-1]:
                if len(lines) == height:
                    return self._and_more(lines, len(tokens) - place, width)
                lines.append([])
            lines[-1] += [*([(" ", "")] if lines[-1] else []), *token]
        return lines

    def _and_more(self, lines: list[Line], rest: int, width: int) -> list[Line]:
        """Say that channels are left out, over the last cells if need be."""
        more = f"+{rest}"
        last: Line = []
        for text, tone in lines[-1]:
            if width_of(last) + cell_len(text) + len(more) + 1 <= width:
                last.append((text, tone))
        lines[-1] = [*last, (" " if last else "", ""), (more, "dim")]
        return lines

    def _token(self, channel: int, items: Sequence[Item], marked: frozenset[int]) -> Line:
        most = 4
        token: Line = [(self._short[channel], self._name_tone(channel, items[0].on.state))]
        for item in items[:most]:
            sign = self._sign(item.on.state)
            if item.on.post in marked:
                sign = "+" if self._ascii else "◆"
            token.append((sign, STATE_TONES[item.on.state]))
        if len(items) > most:
            token.append((f"+{len(items) - most}", "dim"))
        if any(item.alarm for item in items):
            token.append((self._sign("warning"), "warn"))
        return token

    def _name_tone(self, channel: int, state: str) -> str:
        return "dim" if state in DONE else accent_of(self._calendar, channel)

    def _sign(self, state: str) -> str:
        return mark(state, ascii_only=self._ascii)


def over_lines(text: str, width: int, lines: int, *, ascii_only: bool = False) -> list[str]:
    """A text broken between words into at most so many lines; what is left over is cut in the last one."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and cell_len(f"{line} {words[0]}") <= width:
            line += f" {words.pop(0)}"
        found.append(fit(line, width, ascii_only=ascii_only))
    return [*found, fit(" ".join(words), width, ascii_only=ascii_only)] if words or not found else found


def slot_text(state: str) -> str:
    """What a slot without a post is called."""
    return {"paused": _("paused"), "missed": _("missed")}.get(state) or _("open slot")


def _start(items: Sequence[Item], shown: int, chosen: Key | None) -> int:
    """The first item shown, so that the chosen one is."""
    if chosen is None:
        return 0
    place = next((n for n, item in enumerate(items) if item.key == chosen), 0)
    return max(0, min(place - shown + 1, len(items) - shown)) if shown else 0


def _by_channel(item: Item) -> int:
    return item.on.channel
