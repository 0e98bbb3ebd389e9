"""A guide laid out for a terminal or for a file: wrapped, tables aligned, bold where it can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from cadence.cli.markup import Block, Code, Heading, Item, Paragraph, Span, Style, Table, blocks, spans
from cadence.cli.output import GAP, cells

WIDEST = 100
"""Longer lines are hard to read."""
INDENT = "    "
ENDLESS = 10**6
TIE = "\N{NO-BREAK SPACE}"
LONGEST_TIED = 30
"""Code up to here is not broken over two lines."""
BOLD: tuple[Style, ...] = ("code", "strong")

Word = tuple[Span, ...]
"""What stands between two spaces: `a`, or *a*."""


def laid_out(text: str, width: int, *, styled: bool) -> Iterator[str]:
    """The lines of a guide in at most `width` columns; code stays as it is. `styled`: with bold."""
    width = min(width, WIDEST)
    before: Block | None = None
    for block in blocks(text):
        if before and not (isinstance(block, Item) and isinstance(before, Item)):
            yield ""
        yield from _lines(block, width, styled)
        before = block


def _lines(block: Block, width: int, styled: bool) -> Iterator[str]:
    match block:
        case Heading(level, text):
            shown = text.upper() if level == 1 else text
            yield _bold(shown) if styled else shown
        case Paragraph(text):
            yield from wrapped(text, width, styled)
        case Item(marker, text):
            first, *rest = wrapped(text, width - len(marker) - 1, styled)
            yield f"{marker} {first}"
            yield from (" " * (len(marker) + 1) + line for line in rest)
        case Code(lines):
            yield from (f"{INDENT}{line}".rstrip() for line in lines)
        case Table():
            yield from _table(block, width, styled)


def _table(table: Table, width: int, styled: bool) -> Iterator[str]:
    rows = [tuple(f"**{name}**" if name else "" for name in table.header), *table.rows]
    widths = _widths(rows, width - len(GAP) * (len(table.header) - 1), styled)
    for row in rows:
        columns = [wrapped(cell, room, styled) for cell, room in zip(row, widths, strict=True)]
        for pieces in zip_longest(*columns, fillvalue=""):
            padded = (piece + " " * (room - seen(piece)) for piece, room in zip(pieces, widths, strict=True))
            yield GAP.join(padded).rstrip()


def _widths(rows: Sequence[Sequence[str]], room: int, styled: bool) -> list[int]:
    """As wide as the longest cell; while that is too much, the widest column gives way, down to its longest
    word."""
    columns = list(zip(*rows, strict=True))
    widths = [max(seen(wrapped(cell, ENDLESS, styled)[0]) for cell in column) for column in columns]
    least = [max(seen(line) for cell in column for line in wrapped(cell, 1, styled)) for column in columns]
    while sum(widths) > room and widths != least:
        widest = max((i for i in range(len(widths)) if widths[i] > least[i]), key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def wrapped(text: str, width: int, styled: bool) -> list[str]:
    """A sentence in lines of at most `width` columns, where its words allow that; at least one line."""
    lines, line, used = [], "", 0
    for word in _words(text, styled):
        shown = "".join(_bold(span.text) if span.style in BOLD and styled else span.text for span in word)
        shown = shown.replace(TIE, " ")
        long = seen(shown)
        if line and used + 1 + long > width:
            lines.append(line)
            line, used = shown, long
        else:
            line, used = (f"{line} {shown}", used + 1 + long) if line else (shown, long)
    return [*lines, line]


def _words(text: str, styled: bool) -> Iterator[Word]:
    word: list[Span] = []
    for span in _spelt(spans(text), styled):
        for piece in re.split("( +)", span.text):
            if not piece.isspace():
                word += [Span(piece, span.style)] if piece else []
            elif word:
                yield tuple(word)
                word = []
    if word:
        yield tuple(word)


def _spelt(found: Iterable[Span], styled: bool) -> Iterator[Span]:
    """Code in its ticks where it cannot be bold; behind a link where it leads, a guide by the command that
    shows it."""
    for text, style, target in found:
        yield _code(text, styled) if style == "code" else Span(text, style)
        if target.endswith(".md") and "/" not in target:
            yield from (Span(" ("), _code(f"cadence help {target.removesuffix('.md')}", styled), Span(")"))
        elif (place := target.removeprefix("../../")) and place != text:
            yield Span(f" ({place})")


def _code(text: str, styled: bool) -> Span:
    tied = text.replace(" ", TIE) if len(text) <= LONGEST_TIED else text
    return Span(tied if styled else f"`{tied}`", "code")


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"


def seen(text: str) -> int:
    """The columns that a text takes, which bold does not change."""
    return cells(re.sub(r"\x1b\[\d+m", "", text))
