"""Reads the cells of a table's rows as what they mean, and says which cell is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from cadence.exchange.check import FieldError
from cadence.exchange.columns import find_columns
from cadence.exchange.dates import at_time, date_reader
from cadence.exchange.guard import unguarded
from cadence.exchange.known import Known
from cadence.exchange.problems import Problems
from cadence.exchange.table import CsvOptions, Row, Table
from cadence.language import _
from cadence.model.errors import BadInput, CadenceError
from cadence.model.team import TASK_KINDS
from cadence.model.times import to_instant, to_local

T = TypeVar("T")

Watch = Callable[[int, int], object]
"""Hears now and then how many rows of how many are read; what it raises ends the reading."""
WATCHED_EVERY = 1000

DATES = {"date", "slot", "published_at", *(f"{kind}_done" for kind in TASK_KINDS)}
"""The columns whose cells may be date-times."""
_COLUMN_OF_FIELD = {"at": "date"}


def unwatched(number: int, rows: int) -> None:
    """Nobody wants to know how far it is."""


class RowReader:
    """The rows of one table. Its methods raise FieldError, which names one of our columns."""

    def __init__(self, table: Table, columns: Iterable[str], known: Known, options: CsvOptions) -> None:
        self._table = table
        self._known = known
        self._options = options
        self._channels: dict[str, tuple[str, ZoneInfo]] = {}
        self._columns = find_columns(table, columns, options.columns)
        if "date" not in self._columns:
            raise self._missing("date")
        if "channel" not in self._columns and options.channel is None:
            raise self._missing("channel")
        self._dates = {name: self._date_reader(name) for name in self._columns if name in DATES}

    def _missing(self, name: Literal["date", "channel"]) -> BadInput:
        has = ", ".join(self._table.header)[:200] or _("nothing")
        if name == "date":
            return BadInput(
                _("{file}: no column looks like the date (it has: {has})", file=self._table.name, has=has),
                _("say which with --map date=HEADING"),
            )
        return BadInput(
            _("{file}: no column looks like the channel (it has: {has})", file=self._table.name, has=has),
            _("say which with --map channel=HEADING, or put all rows on one with --channel NAME"),
        )

    def all(self, parse: Callable[[Row], T], watch: Watch = unwatched) -> list[T]:
        """Every row parsed; BadInput about the first bad one, after all have been tried."""
        problems = Problems(self._table)
        parsed: list[T] = []
        for number, row in enumerate(self._table.rows):
            if number % WATCHED_EVERY == 0:
                watch(number, len(self._table.rows))
            try:
                parsed.append(parse(row))
            except FieldError as error:
                column = self._columns.get(_COLUMN_OF_FIELD.get(error.field, error.field))
                problems.add(row.line, column, error.message, error.remedy)
            except CadenceError as error:
                problems.add(row.line, None, error.message, error.remedy)
        problems.raise_if_any()
        return parsed

    def text(self, row: Row, name: str) -> str:
        """The cell, without spaces around it and without the guard that keeps spreadsheets from calculating;
        "" if there is no such column."""
        position = self._columns.get(name)
        if position is None:
            return ""
        return unguarded(row.cells[position].strip())

    def line(self, row: Row, name: str) -> str:
        """The cell as one line: line breaks and tabs become spaces."""
        return " ".join(self.text(row, name).split())

    def channel(self, row: Row) -> tuple[str, ZoneInfo]:
        """The name and the zone of the row's channel."""
        name = self.line(row, "channel") if self._options.channel is None else self._options.channel
        if name not in self._channels:
            create = self._options.create_channels
            self._channels[name] = self._try("channel", lambda: self._known.channel(name, create=create))
        return self._channels[name]

    def member(self, row: Row, name: str) -> str | None:
        """The name of a member; None if the cell is empty."""
        text = self.line(row, name)
        return self._try(name, lambda: self._known.member(text)) if text else None

    def moment(self, row: Row, name: str) -> datetime | None:
        """The date-time of a cell, without zone or as it says; None if the cell is empty."""
        if not (text := self.text(row, name)):
            return None
        return self._try(name, lambda: self._dates[name](text))

    def date(self, row: Row) -> datetime:
        """The date-time of the row, with the time from its own column if there is one."""
        moment = self.moment(row, "date")
        if moment is None:
            raise FieldError("date", _("the date is missing"))
        clock = self.text(row, "time")
        return self._try("time", lambda: at_time(moment, clock)) if clock else moment

    def _date_reader(self, name: str) -> Callable[[str], datetime]:
        """What concerns the column as a whole is said once, and not as many bad rows."""
        position = self._columns[name]
        cells = ((row.line, row.cells[position]) for row in self._table.rows)
        try:
            return date_reader(cells, self._options.date_format)
        except BadInput as error:
            heading = self._table.header[position]
            raise BadInput(
                _(
                    "{file}, column {heading}: {message}",
                    file=self._table.name,
                    heading=heading,
                    message=error.message,
                ),
                error.remedy,
            ) from None

    def _try(self, name: str, read: Callable[[], T]) -> T:
        try:
            return read()
        except BadInput as error:
            raise FieldError(name, error.message, error.remedy) from None


def as_instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a local date-time in `zone`, or of one with an offset; UTC."""
    return to_instant(moment, zone) if moment.tzinfo is None else moment.astimezone(UTC)


def as_local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The local date-time in `zone` of one without or with an offset."""
    return moment if moment.tzinfo is None else to_local(moment, zone)
