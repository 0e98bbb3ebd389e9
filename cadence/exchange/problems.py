"""Collects what is wrong with the rows of a file, so that one message tells the first and how many more."""

from __future__ import annotations

from cadence.exchange.table import Table
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
            place = f"{self._table.name}, {self._table.unit} {line}"
            if column is not None:
                heading = self._table.header[column]
                in_csv = self._table.unit == "line"
                place += f", column {column + 1} ({heading})" if in_csv else f", {heading}"
            self._first = line, f"{place}: {message}", remedy

    def raise_if_any(self) -> None:
        """BadInput about the first bad row, with the number of others."""
        if self._first is None:
            return
        _, message, remedy = self._first
        others = len(self._lines) - 1
        if others:
            message += f" (and {others} more bad {'row' if others == 1 else 'rows'})"
        raise BadInput(message, f"{remedy}; nothing was imported" if remedy else "nothing was imported")
