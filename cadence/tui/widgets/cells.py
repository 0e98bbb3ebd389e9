"""Text in terminal cells: pieces of a line with a tone each, fitted to exact widths (wide letters count two).

A line is written as pieces, `(text, tone)`, so that what a widget shows can be read and tested as plain text;
colour comes last, from the theme, and only adds.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

Piece = tuple[str, str]
Line = list[Piece]

TONES = ("", "dim", "good", "warn", "bad", "accent", "head", "strong")
"""What a piece means: each is a component class of the widget that paints it."""


def fit(text: str, width: int, *, right: bool = False, ascii_only: bool = False) -> str:
    """`text` in exactly `width` cells: padded, or cut with an ellipsis as its last cell."""
    if width <= 0:
        return ""
    size = cell_len(text)
    if size > width:
        kept = set_cell_size(text, width - 1).rstrip()
        text = kept + ("~" if ascii_only else "…")
        size = cell_len(text)
    padding = " " * (width - size)
    return padding + text if right else text + padding


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
    return text.translate(_ASCII)


_ASCII = str.maketrans(
    {"·": "-", "–": "-", "—": "-", "→": ">", "′": "'", "…": "~", "▲": "!", "‖": "=", "×": "x", "€": "EUR"}
)
