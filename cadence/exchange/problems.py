"""Collects what is wrong with the rows of a file, so that one message tells the first and how many more."""

from __future__ import annotations

from cadence.exchange.table import Table
from cadence.language import _, n_
from cadence.model.errors import BadInput


class Problems:
    """What is wrong with the rows of one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._first: tuple[int, str, str] | None = None
        self._lines: set[int] = set()

    def add(self, line: int, column: int | None, message: str, remedy: str = "") -> None:
        """`column` counts from 0; None: the row as a whole."""
        self._lines.add(line)
        if self._first is None or line < self._first[0]:
            place = self._place(line, None if column is None else column + 1)
            self._first = line, f"{place}: {message}", remedy

    def _place(self, line: int, number: int | None) -> str:
        """`number` is that of the column, from 1; None: the row as a whole."""
        file, heading = self._table.name, "" if number is None else self._table.header[number - 1]
        if self._table.unit == "post":
            post = _("{file}, post {number}", file=file, number=line)
            return f"{post}, {heading}" if heading else post
        if number is None:
            return _("{file}, line {line}", file=file, line=line)
        return _(
            "{file}, line {line}, column {number} ({heading})",
            file=file,
            line=line,
            number=number,
            heading=heading,
        )

    def raise_if_any(self) -> None:
        """BadInput about the first bad row, with the number of others."""
        if self._first is None:
            return
        message, remedy = self._first[1:]
        if others := len(self._lines) - 1:
            message = n_(
                "{message} (and {number} more bad row)",
                "{message} (and {number} more bad rows)",
                others,
                message=message,
            )
        if remedy:
            raise BadInput(message, _("{remedy}; nothing was imported", remedy=remedy))
        raise BadInput(message, _("nothing was imported"))
