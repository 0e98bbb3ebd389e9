"""What panels are made of: a label, and what it says on as many lines as that takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

from cadence.tui.widgets.cells import SHORT_END, Line, beginning, fit

LABEL = 10
"""Cells before what a line says."""
_SPACED = re.compile("([ \t\n\r]*)([^ \t\n\r]+)")
_HYPHENS = re.compile(r"(?<=\w[^\W\d]-)(?=\w[^\W\d])")
NO_BREAK = "\N{NO-BREAK SPACE}"
KEPT = f"{NO_BREAK}%"


def said(label: str, text: str, width: int, tone: str = "", *, indent: int = LABEL) -> list[Line]:
    """Lines of at most `width` cells; a label that is too long has a line of its own."""
    lines = [line for part in text.splitlines() or [""] for line in wrapped(part, width - indent - 1)]
    above: list[Line] = []
    first = f" {fit(label, indent)}"
    if cell_len(label) >= indent:
        above, first = [[(f" {label}", "dim")]], " " * (indent + 1)
    blank = " " * (indent + 1)
    return [*above, *([(blank if n else first, "dim"), (line, tone)] for n, line in enumerate(lines))]


def wrapped(text: str, width: int, *, hyphens: bool = False) -> list[str]:
    """A text over as many lines as it needs, each of at most `width` cells (ten at least); a number keeps its
    `%`. `hyphens`: words may be broken after them."""
    width = max(10, width)
    lines: list[str] = []
    line = ""
    for gap, word in _words(text.replace(" %", KEPT), hyphens):
        longer = f"{line}{gap}{word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width:
            lines.append(beginning(word, width))
            word = word[len(lines[-1]) :]
        line = word
    return [line.replace(KEPT, " %") for line in (*lines, line)]


def in_lines(text: str, width: int, most: int, *, ascii_only: bool = False) -> list[str]:
    """A sentence over at most so many lines, the last of which ends with a sign where it had to be cut; what
    comes last in it, as `u undoes`, is not broken if it is short."""
    before, dot, last = text.rpartition(" · ")
    kept = last.replace(" ", NO_BREAK) if dot and cell_len(last) <= SHORT_END else last
    lines = wrapped(f"{before}{dot}{kept}", width)
    lines = [line.replace(NO_BREAK, " ").removesuffix(" ·") for line in lines]
    if len(lines) > most:
        lines[most - 1 :] = [fit(" ".join(lines[most - 1 :]), width, ascii_only=ascii_only)]
    return lines


def _words(text: str, hyphens: bool) -> Iterator[tuple[str, str]]:
    """What a line may be broken before, each with what stands before it within a line."""
    for spaces, word in _SPACED.findall(text):
        for number, part in enumerate(_HYPHENS.split(word) if hyphens else [word]):
            yield "" if number else " " * len(spaces), part
