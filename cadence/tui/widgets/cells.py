"""Text in terminal cells: pieces of a line with a tone each, fitted to exact widths (wide letters count two).

A line is written as pieces, `(text, tone)`, so that what a widget shows can be read and tested as plain text;
colour comes last, from the theme, and only adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len, split_graphemes

Piece = tuple[str, str]
Line = list[Piece]

SHORT_END = 16
"""Cells up to which what comes last in a sentence is kept whole."""

TONES = ("", "dim", "good", "warn", "bad", "accent", "head", "strong")
"""What a piece means. A piece that names a channel has one of `user.palettes.ACCENTS` as its tone instead.
How each looks: see `painting.look`."""


_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_SIMPLE = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*\\Z")
"""Letters of one cell each, as nearly all texts are."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def fit(text: str, width: int, *, right: bool = False, ascii_only: bool = False) -> str:
    """`text` in exactly `width` cells: padded, or cut with an ellipsis as its last cell."""
    if width <= 0:
        return ""
    size = cell_len(text)
    if size > width:
        kept = beginning(text, width - 1).rstrip()
        text = kept + ("~" if ascii_only else "…")
        size = cell_len(text)
    padding = " " * (width - size)
    return padding + text if right else text + padding


def fit_said(text: str, width: int, *, ascii_only: bool = False) -> str:
    """A sentence in exactly `width` cells; where it is too long, what comes last stays if it is short, as
    `u undoes` is."""
    before, dot, last = text.rpartition(" - " if ascii_only else " · ")
    if cell_len(text) <= width or not dot or cell_len(last) > SHORT_END:
        return fit(text, width, ascii_only=ascii_only)
    end = f"{dot}{last}"
    return fit(before, width - cell_len(end), ascii_only=ascii_only) + end


def beginning(text: str, width: int) -> str:
    """The letters with which `text` begins, as many as there is room for in `width` cells: what belongs
    together (a letter and its accents, an emoji of several, a flag) stays together."""
    if _SIMPLE.match(text):
        return text[:width]
    spans, _size = split_graphemes(text)
    flags = {flag.start() for flag in _FLAG.finditer(text)}
    left, end = width, 0
    for place, (start, stop, size) in enumerate(spans):
        needed = size + spans[place + 1][2] if start in flags else size
        if needed > left:
            break
        left, end = left - size, stop
    return text[:end]


def apart(text: str) -> str:
    """What is written from right to left, so that a terminal which turns it round turns nothing else: the
    columns stay where they are. The two signs take no room; spaces at the ends stay outside."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    said = text.strip()
    before, after = text.split(said, 1)
    return f"{before}\u2068{said}\u2069{after}"


def width_of(line: Iterable[Piece]) -> int:
    return sum(cell_len(text) for text, _ in line)


def plain(line: Iterable[Piece]) -> str:
    """What a reader without colours sees."""
    return "".join(text for text, _ in line).rstrip()


def fit_line(line: Line, width: int, *, ascii_only: bool = False) -> Line:
    """The pieces in exactly `width` cells."""
    fitted: Line = []
    left = width
    for text, tone in line:
        size = cell_len(text)
        if size >= left:
            fitted.append((fit(text, left, ascii_only=ascii_only), tone))
            return fitted
        fitted.append((text, tone))
        left -= size
    fitted.append((" " * left, ""))
    return fitted


def ascii_text(text: str) -> str:
    """The signs that sentences use, for terminals that cannot show them."""
    return text.replace("← →", "left right").translate(_ASCII)


def ascii_keys(text: str) -> str:
    """The same of keys: an arrow is one of them, and never where something goes."""
    return ascii_text(text.replace("→", "right"))


_ASCII = str.maketrans(
    {
        "·": "-", "–": "-", "—": "-", "→": ">", "′": "'", "…": "~", "▲": "!", "‖": "=", "×": "x", "€": "EUR",
        "“": '"', "”": '"', "’": "'", "←": "left", "↑": "up", "↓": "down",
    }
)  # fmt: skip
