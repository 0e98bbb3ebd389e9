"""The frame around every screen: the line on top with the screens' names, and the status and keys below."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from cadence.tui.widgets.cells import TONES, Line, ascii_text, fit_line, width_of
from cadence.tui.widgets.painting import Painting


class LineWidget(Painting):
    """A widget of a few lines written as pieces. Subclasses give `line(y, width)`."""

    COMPONENT_CLASSES = {f"line--{tone}" for tone in TONES if tone}

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
        return Strip([Segment(text, self.toned(tone)) for text, tone in line]).simplify()

    def toned(self, tone: str) -> Style:
        return self.style_of(f"line--{tone}") if tone else self.style_of()


class HeaderBar(LineWidget):
    """` Cadence · Officine Rossi     Week  Agenda  My week  Warnings 4      Mon 23 Nov · Giulia`"""

    COMPONENT_CLASSES = {"header--here"}

    class Chosen(Message):
        """A screen's name was clicked."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(self, place: str, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id="header")
        self.place = place
        self.team = ""
        self.right = ""
        self.tabs: list[tuple[str, str]] = []
        self._starts: list[tuple[int, int, str]] = []

    def say(self, team: str, tabs: list[tuple[str, str]], right: str) -> None:
        if (team, tabs, right) != (self.team, self.tabs, self.right):
            self.team, self.tabs, self.right = team, tabs, right
            self.refresh()

    def line(self, y: int, width: int) -> Line:
        left: Line = [(" Cadence", "head"), (f" · {self.team}", "dim")]
        tabs: Line = []
        for place, title in self.tabs:
            here = place == self.place
            tone = "here" if here else ("warn" if title.endswith("!") else "")
            text = title.rstrip("!")
            # Brackets, so that the place shows without colour too.
            tabs.append((f"[{text}]" if here else f" {text} ", tone))
        wanted = width_of(left) + width_of(tabs) + cell_len(self.right) + 4
        if wanted > width:
            left = (
                [(" Cadence", "head")] if width_of(tabs) + cell_len(self.right) + 12 <= width else [(" ", "")]
            )
        right = self.right if width_of(left) + width_of(tabs) + cell_len(self.right) + 3 <= width else ""
        room = width - width_of(left) - width_of(tabs) - cell_len(right) - 1
        middle = (width - width_of(tabs)) // 2 - width_of(left)
        before = max(1, min(middle, room - 2 if right else room))
        x = width_of(left) + before
        self._starts = []
        for (text, _), (place, _) in zip(tabs, self.tabs, strict=True):
            self._starts.append((x, x + cell_len(text), place))
            x += cell_len(text)
        return [
            *left,
            (" " * before, ""),
            *tabs,
            (" " * max(0, room - before), ""),
            (right, "dim"),
            (" ", ""),
        ]

    def toned(self, tone: str) -> Style:
        return self.style_of("header--here") if tone == "here" else super().toned(tone)

    def on_click(self, event: events.Click) -> None:
        for start, end, place in self._starts:
            if start <= event.x < end:
                self.post_message(self.Chosen(place))


class FootBar(LineWidget):
    """What was just done, and what can be done: two lines, or one that they share where rows are few."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only, id="foot")
        self.status: tuple[str, str] = ("", "")
        self.aside = ""
        self.hints: list[tuple[str, str]] = []

    def say(self, text: str, tone: str = "") -> None:
        if (text, tone) != self.status:
            self.status = (text, tone)
            self.refresh()

    def say_aside(self, text: str) -> None:
        """At the right end: the filter, the number of marks."""
        if text != self.aside:
            self.aside = text
            self.refresh()

    def offer(self, hints: list[tuple[str, str]]) -> None:
        """Which keys do what."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def line(self, y: int, width: int) -> Line:
        if self.size.height > 1:
            return self._status_line(width) if y == 0 else self._hint_line(width)
        return self._status_line(width) if self.status[0] or self.aside else self._hint_line(width)

    def _status_line(self, width: int) -> Line:
        text, tone = self.status
        aside = f" {self.aside} " if self.aside else ""
        room = width - cell_len(aside)
        return [*fit_line([(" " + text, tone)], room, ascii_only=self.ascii_only), (aside, "accent")]

    def _hint_line(self, width: int) -> Line:
        line: Line = []
        used = 1
        for key, label in self.hints:
            size = cell_len(key) + cell_len(label) + 3
            if used + size > width:
                break
            used += size
            line += [(f" {key} ", "head"), (f"{label} ", "dim")]
        return line
