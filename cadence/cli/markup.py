"""The small part of Markdown that the guides are written in, as values that can be laid out.

Headings, paragraphs, lists of one level, fenced code, tables; in them `code`, **strong**, *stressed* and
[links](to). Pictures and comments are for those who read the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Style = Literal["plain", "code", "strong", "stressed", "link"]


class Span(NamedTuple):
    """A piece of a sentence; `target` is where a link leads."""

    text: str
    style: Style = "plain"
    target: str = ""


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Item:
    """One point of a list; `marker` is `-` or a number with its dot."""

    marker: str
    text: str


@dataclass(frozen=True)
class Code:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Item | Code | Table

_ITEM = re.compile(r"(-|\d+\.) +(.*)")
_BEGINS = re.compile(r"```|#+ |\||(-|\d+\.) +|$")
"""What ends a paragraph: another block, or an empty line."""
_SPAN = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\*(\S.*?)\*|\[([^\]]+)\]\(([^)\s]+)\)")
_CELL = re.compile(r"(?<!\\)\|")


def blocks(text: str) -> Iterator[Block]:
    """A text, block by block."""
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    lines = [*text.splitlines(), ""]
    while lines:
        line = lines.pop(0)
        if line.startswith("```"):
            yield Code(tuple(_until(lines, "```")))
        elif line.startswith("#"):
            signs, _, heading = line.partition(" ")
            yield Heading(len(signs), heading)
        elif line.startswith("|"):
            yield _table([line, *_while(lines, r"\|")])
        elif found := _ITEM.match(line):
            more = (each.strip() for each in _while(lines, r" +\S"))
            yield Item(found[1], " ".join([found[2], *more]))
        elif line.strip() and not line.startswith("!["):
            yield Paragraph(" ".join([line, *_while(lines, rf"(?!{_BEGINS.pattern})")]))


def _until(lines: list[str], end: str) -> Iterator[str]:
    while lines and (line := lines.pop(0)) != end:
        yield line


def _while(lines: list[str], pattern: str) -> Iterator[str]:
    while lines and re.match(pattern, lines[0]):
        yield lines.pop(0)


def _table(lines: list[str]) -> Table:
    header, _rule, *rows = (
        tuple(cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip()[1:-1])) for line in lines
    )
    return Table(header, tuple(rows))


def spans(text: str) -> Iterator[Span]:
    """The pieces of a sentence, in order."""
    end = 0
    for found in _SPAN.finditer(text):
        if found.start() > end:
            yield Span(text[end : found.start()])
        code, strong, stressed, link, target = found.groups()
        if link:
            yield Span(link, "link", target)
        else:
            yield Span(code or strong or stressed, "code" if code else "strong" if strong else "stressed")
        end = found.end()
    if end < len(text):
        yield Span(text[end:])
