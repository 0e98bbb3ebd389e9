"""A feed's links on the whole screen: the links, the QR code of the page, and what to know beside it."""

from __future__ import annotations

from rich.style import Style

from cadence.language import _, later
from cadence.model.feeds import Links
from cadence.tui.qr import qr_rows
from cadence.tui.terminal import without_colour
from cadence.tui.widgets.cells import Line, ascii_text, fit
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.labelled import wrapped

LABEL = 9
"""Cells before a link: the cursor's sign and what it is."""
BESIDE = 30
"""Cells that the words beside the code need at least."""
SECRET = later("Whoever has one of these links can read it. They are shown only now.")
USES = later(
    "page: to look at, with buttons to subscribe; the code opens it on a phone. "
    "feed: to paste into a calendar app. webcal: the same, opened at a click."
)
USES_WITHOUT_CODE = later(
    "page: to look at, with buttons to subscribe. "
    "feed: to paste into a calendar app. webcal: the same, opened at a click."
)
ONLY_HERE = later(
    "They open on this computer only, while `cadence serve` runs. Where others reach it, say once: "
    "cadence team edit --feed-url https://…"
)
NO_ROOM = later("A larger window shows the page's QR code, too.")


class FeedPanel(LineWidget):
    def __init__(self, head: str, links: Links, *, only_here: bool, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self._head = head
        self._links = ((_("page"), links.page), ("feed", links.feed), ("webcal", links.webcal))
        self._only_here = only_here
        self._chosen = 0
        self._copied = ""
        self._lines: tuple[tuple[int, int], list[Line]] | None = None

    def step(self, rows: int) -> None:
        """To another link."""
        self._chosen, self._copied = (self._chosen + rows) % len(self._links), ""
        self._say_anew()

    def copied(self) -> str:
        """The link that is chosen, said to be copied."""
        self._copied, link = self._links[self._chosen]
        self._say_anew()
        return link

    def _say_anew(self) -> None:
        self._lines = None
        self.refresh()

    def line(self, y: int, width: int) -> Line:
        size = width, self.size.height
        if self._lines is None or self._lines[0] != size:
            self._lines = size, self._lay_out(*size)
        lines = self._lines[1]
        return lines[y] if y < len(lines) else []

    def toned(self, tone: str) -> Style:
        return self.style_of("panel--code") if tone == "code" else super().toned(tone)

    def _lay_out(self, width: int, height: int) -> list[Line]:
        copied = "   " + _("Copied the {name} link", name=self._copied) if self._copied else ""
        top: list[Line] = [[(f" {self._head}", "head"), (copied, "good")], *self._link_lines(width)]
        # Without colours nobody knows the background; most are dark, and then light is what has ink.
        code = [] if self.ascii_only else qr_rows(self._links[0][1], light=without_colour())
        beside = width - len(code[0]) - 4 if code else 0
        if beside < BESIDE or len(top) + len(code) > height:
            words = self._words(width - 2, no_code=True)
            if len(top) + 1 + len(words) > height:
                words = [(text, tone) for text, tone in words if text]
            return [*top, [], *([(f" {text}", tone)] for text, tone in words)]
        words = self._words(min(beside, 60))
        rows: list[Line] = []
        for number, row in enumerate(code):
            text, tone = words[number] if number < len(words) else ("", "")
            rows.append([(" ", ""), (row, "code"), (f"  {text}", tone)])
        if len(top) + len(rows) + 2 <= height:
            return [top[0], [], *top[1:], [], *rows]
        return [*top, *rows]

    def _link_lines(self, width: int) -> list[Line]:
        """Each link whole, on as many lines as it takes."""
        sign = ">" if self.ascii_only else "▸"
        lines: list[Line] = []
        for number, (name, link) in enumerate(self._links):
            first, *more = wrapped(link, width - LABEL)
            here = number == self._chosen
            label = fit(f"{sign if here else ' '} {name}", LABEL)
            lines.append([(label, "accent" if here else "dim"), (first, "strong" if here else "")])
            lines += [[(" " * LABEL + text, "strong" if here else "")] for text in more]
        return lines

    def _words(self, width: int, *, no_code: bool = False) -> list[tuple[str, str]]:
        """What to know, as lines of at most `width` cells."""
        keys = _("y copies · ↑ ↓ another link · esc forgets them")
        paragraphs = [(keys, "accent"), (_(SECRET), "warn")]
        if self._only_here:
            paragraphs.append((_(ONLY_HERE), "dim"))
        if no_code and not self.ascii_only:
            paragraphs.append((_(NO_ROOM), "dim"))
        paragraphs.append((_(USES_WITHOUT_CODE if no_code else USES), "dim"))
        found: list[tuple[str, str]] = []
        for text, tone in paragraphs:
            text = ascii_text(text) if self.ascii_only else text
            found += [
                *((part, tone) for part in wrapped(text, width)),
                ("", ""),
            ]
        return found
