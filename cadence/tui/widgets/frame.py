"""The frame around every screen: the line on top with the screens' names, and the status and keys below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from cadence.tui.jumping import Target
from cadence.tui.widgets.cells import Line, apart, ascii_keys, ascii_text, fit_line, fit_said, width_of
from cadence.tui.widgets.painting import Painting


class LineWidget(Painting):
    """A widget of a few lines written as pieces. Subclasses give `line(y, width)`."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii_only = ascii_only

    def line(self, y: int, width: int) -> Line:
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line = self.line(y, width)
        if self.ascii_only:
            line = [(ascii_text(text), tone) for text, tone in line]
        return self.paint(fit_line(line, width, ascii_only=self.ascii_only))

    def paint(self, line: Line) -> Strip:
        """The line in the theme's colours."""
        alike = groupby(line, key=itemgetter(1))
        return Strip(
            [
                Segment("".join(apart(text) for text, _tone in pieces), self.toned(tone))
                for tone, pieces in alike
            ]
        )

    def toned(self, tone: str) -> Style:
        return self.style_of(f"tone--{tone}") if tone else self.style_of()


class Tab(NamedTuple):
    """A screen's name in the header. `rank`: the lower, the longer it stays when there is little room; with
    0 it is there only while the screen is."""

    place: str
    title: str
    tone: str = ""
    rank: int = 0


class HeaderBar(LineWidget):
    """` Cadence · Officine Rossi     Week  Agenda  My week  Warnings 4      Mon 23 Nov · Giulia`"""

    class Chosen(Message):
        """A screen's name was clicked."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(self, place: str, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id="header")
        self.place = place
        self.team = ""
        self.rights: list[str] = []
        self.tabs: list[Tab] = []
        self._starts: list[tuple[int, int, str]] = []

    def say(self, team: str, tabs: list[Tab], rights: list[str]) -> None:
        """`rights`: what to say at the right end, the best first; the first that there is room for is."""
        if (team, tabs, rights) != (self.team, self.tabs, self.rights):
            self.team, self.tabs, self.rights = team, tabs, rights
            self.refresh()

    def line(self, y: int, width: int) -> Line:
        left: Line = [(" Cadence", "head"), (f" · {self.team}", "dim")]
        tabs: Line = []
        shown = self._fitting(width)
        for tab in shown:
            here = tab.place == self.place
            # Brackets, so that the place shows without colour too.
            tabs.append((f"[{tab.title}]" if here else f" {tab.title} ", "here" if here else tab.tone))
        room = width - width_of(tabs)
        left, right = self._ends(left, room)
        room = width - width_of(left) - width_of(tabs) - cell_len(right) - 1
        middle = (width - width_of(tabs)) // 2 - width_of(left)
        before = max(1, min(middle, room - 2 if right else room))
        x = width_of(left) + before
        self._starts = []
        for (text, _), tab in zip(tabs, shown, strict=True):
            self._starts.append((x, x + cell_len(text), tab.place))
            x += cell_len(text)
        return [
            *left,
            (" " * before, ""),
            *tabs,
            (" " * max(0, room - before), ""),
            (right, "dim"),
            (" ", ""),
        ]

    def _fitting(self, width: int) -> list[Tab]:
        """The tabs that there is room for beside the day and who looks, in their order."""
        room = width - 3 - (cell_len(self.rights[-2:][0]) if self.rights else 0)
        chosen: set[str] = set()
        ranked = [tab for tab in self.tabs if tab.rank or tab.place == self.place]
        for tab in sorted(ranked, key=lambda tab: (tab.place != self.place, tab.rank)):
            room -= cell_len(tab.title) + 2
            if room >= 0 or tab.place == self.place:
                chosen.add(tab.place)
            else:
                break
        return [tab for tab in self.tabs if tab.place in chosen]

    def _ends(self, left: Line, room: int) -> tuple[Line, str]:
        """What stands left and right of the tabs in `room` cells."""
        lefts: tuple[Line, ...] = (left, left[:1], [(" ", "")])
        for right in self.rights:
            for shorter in lefts[:1] if right is self.rights[0] and len(self.rights) > 2 else lefts:
                if width_of(shorter) + cell_len(right) + 3 <= room:
                    return shorter, right
        return lefts[-1], ""

    def toned(self, tone: str) -> Style:
        return self.style_of("header--here") if tone == "here" else super().toned(tone)

    def jump_targets(self) -> Iterator[Target]:
        for start, _end, place in self._starts:
            yield Target(start, 0, partial(self.post_message, self.Chosen(place)))

    def on_click(self, event: events.Click) -> None:
        for start, end, place in self._starts:
            if start <= event.x < end:
                self.post_message(self.Chosen(place))


PATH = re.compile(r"(?<!\S)(?:/[^/\s:]+)+/([^/\s:]+)")
"""A file with its folders, of which the name is what people know it by."""


class FootBar(LineWidget):
    """What was just done, and what can be done: two lines, or one that they share where rows are few."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id="foot")
        self.status: tuple[str, str] = ("", "")
        self.aside = ""
        self.hints: list[tuple[str, str]] = []
        self.last: tuple[str, str] = ("", "")

    def say(self, text: str, tone: str = "") -> None:
        if (text, tone) != self.status:
            self.status = (text, tone)
            self.refresh()

    def say_aside(self, text: str) -> None:
        """At the right end: the filter, the number of marks."""
        if text != self.aside:
            self.aside = text
            self.refresh()

    def offer(self, hints: list[tuple[str, str]], last: tuple[str, str] = ("", "")) -> None:
        """Which keys do what. `last`: the one among them that there is room for in any case."""
        if (hints, last) != (self.hints, self.last):
            self.hints, self.last = hints, last
            self.refresh()

    def line(self, y: int, width: int) -> Line:
        if self.size.height > 1:
            return self._status_line(width) if y == 0 else self._hint_line(width)
        return self._status_line(width) if self.status[0] else self._beside_aside(self._hint_line, width)

    def _status_line(self, width: int) -> Line:
        text, tone = self.status

        def said(room: int) -> Line:
            # What happened is worth more than the folder in which it did.
            short = PATH.sub(r"…/\1", text) if cell_len(text) >= room else text
            short = ascii_text(short) if self.ascii_only else short
            return [(" " + fit_said(short, room - 1, ascii_only=self.ascii_only), tone)]

        return self._beside_aside(said, width)

    def _beside_aside(self, line: Callable[[int], Line], width: int) -> Line:
        """What a line says in the cells that it is given, and the reminder at its right end."""
        aside = f" {self.aside} " if self.aside else ""
        room = width - cell_len(aside)
        return [*fit_line(line(room), room, ascii_only=self.ascii_only), (aside, "accent")]

    def _hint_line(self, width: int) -> Line:
        room = width - 1
        hints, last = self.hints, self.last if self.last in self.hints else None
        if self.ascii_only:
            hints = [(ascii_keys(key), ascii_text(label)) for key, label in hints]
        line: Line = []
        for hint in hints:
            kept = _hint_size(last) if last and hint != last else 0
            if (size := _hint_size(hint)) > room - kept:
                break
            room -= size
            line += _hint_pieces(hint)
            last = None if hint == last else last
        return [*line, *_hint_pieces(last)] if last else line


def _hint_size(hint: tuple[str, str]) -> int:
    return width_of(_hint_pieces(hint))


def _hint_pieces(hint: tuple[str, str]) -> Line:
    key, label = hint
    return [(f" {key} ", "head"), (f"{label} ", "dim")]
