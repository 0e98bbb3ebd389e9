"""Reads a CSV file as people have them: any usual encoding, separator and line end."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cadence.exchange.files import printable, read_file
from cadence.language import _
from cadence.model.errors import BadInput

MAX_ROWS = 200_000
SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class CsvOptions:
    """What somebody says about a file; what is not said is found out.

    `columns` maps our name of a column to the file's (`{"date": "Data"}`). `date_format` is `DD/MM/YYYY`,
    `MM/DD/YYYY`, `YYYY-MM-DD` or a strptime pattern. `channel` puts every row on that channel;
    `create_channels` lets rows name channels that the calendar does not have yet.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    date_format: str | None = None
    channel: str | None = None
    create_channels: bool = False
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True)
class Row:
    """One row; `line` is the line of the file on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A whole file: the names of its columns and its rows, all of the same length. `unit` is what `Row.line`
    counts."""

    name: str
    header: list[str]
    rows: list[Row]
    unit: str = "line"


def read_table(path: Path, options: CsvOptions) -> Table:
    """The table of a CSV file; BadInput names line and column of what cannot be read."""
    name = printable(path.name, 120)
    text = decode(read_file(path), name, options.encoding)
    text, separator = _separator(text, options.separator)
    rows = _rows(text, name, separator)
    head = next(rows, None)
    if head is None:
        raise BadInput(_("{file} is empty", file=name), _("the first line must name the columns"))
    header = [printable(cell) for cell in head.cells]
    while header and not header[-1]:
        header.pop()
    return Table(name, header, [_fitted(row, header, name) for row in rows])


def decode(content: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252, or as `encoding` says."""
    found = encoding or next((known for mark, known in _MARKS if content.startswith(mark)), None)
    if b"\0" in content and not (found or "").lower().startswith(("utf-16", "utf-32")):
        place = _place(content, content.index(b"\0"))
        raise BadInput(
            _("{file}, {place}: a NUL byte", file=name, place=place), _("is it text? try --encoding utf-16")
        )
    if found:
        return _decoded(content, name, found)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _decoded(content, name, "cp1252")


def _decoded(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise BadInput(
            _("unknown encoding {encoding!r}", encoding=encoding[:40]), _("try utf-8, cp1252 or utf-16")
        ) from None
    except UnicodeError as error:
        place = _place(content, error.start if isinstance(error, UnicodeDecodeError) else 0)
        remedy = _("save it as UTF-8, or name its encoding with --encoding")
        raise BadInput(
            _("{file}, {place}: not {encoding} text", file=name, place=place, encoding=encoding), remedy
        ) from None


def _place(content: bytes, offset: int) -> str:
    before = content[:offset]
    line, character = before.count(b"\n") + 1, offset - before.rfind(b"\n")
    return _("line {line}, character {character}", line=line, character=character)


def _separator(text: str, given: str | None) -> tuple[str, str]:
    """The text and its separator: as given, as a first line `sep=;` says, or what the header has most of."""
    first, *_rest = text.lstrip("\r\n").partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        # The line stays as an empty one, so that the line numbers are those of the file.
        return text.replace(first, "", 1), given or first[4]
    if given is not None:
        separator = _SEPARATOR_NAMES.get(given.lower(), given)
        if len(separator) != 1 or separator in '"\r\n':
            raise BadInput(_("{given!r} cannot separate columns", given=given[:20]), _("use , ; | or tab"))
        return text, separator
    outside_quotes = "".join(first.split('"')[::2])
    return text, max(SEPARATORS, key=outside_quotes.count)


def _rows(text: str, name: str, separator: str) -> Iterator[Row]:
    """The rows that are not empty. A quote that is never closed would swallow the rest of the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for count, cells in enumerate(reader):
            if count > MAX_ROWS:
                raise BadInput(
                    _("{file} has more than {most:,} rows", file=name, most=MAX_ROWS), _("split it")
                )
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _cannot_read(name, line, str(error)) from None


def _cannot_read(name: str, line: int, error: str) -> BadInput:
    place = _("{file}, line {line}", file=name, line=line)
    if "unexpected end of data" in error:
        return BadInput(_("{place}: a quote is never closed", place=place), _("check the quotes of that row"))
    if "field larger" in error:
        most = f"{csv.field_size_limit():,}"
        return BadInput(
            _("{place}: a field has more than {most} characters", place=place, most=most),
            _("is a quote never closed?"),
        )
    return BadInput(f"{place}: {error}", _('a quote inside a quoted field is written twice: ""'))


def _fitted(row: Row, header: list[str], name: str) -> Row:
    """The row with as many cells as there are columns; missing ones are empty, surplus ones an error."""
    if any(cell.strip() for cell in row.cells[len(header) :]):
        raise BadInput(
            _(
                "{file}, line {line}, column {column}: more cells than the {columns} columns",
                file=name,
                line=row.line,
                column=len(header) + 1,
                columns=len(header),
            ),
            _("put a text that holds the separator in quotes"),
        )
    cells = row.cells[: len(header)]
    return Row(row.line, cells + [""] * (len(header) - len(cells)))
