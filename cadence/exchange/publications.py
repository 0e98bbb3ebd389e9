"""Reads a publication history: what a team has published so far, one row each."""

from __future__ import annotations

from pathlib import Path

from cadence.exchange.check import checked
from cadence.exchange.known import Known
from cadence.exchange.rows import RowReader, Watch, as_instant, unwatched
from cadence.exchange.table import CsvOptions, Row, read_table
from cadence.model.calendar import Calendar
from cadence.operations.setup import UNTITLED, PublicationRow

COLUMNS = ("date", "time", "channel", "title", "author", "link")


def read_publications(
    path: Path, calendar: Calendar | Known, options: CsvOptions | None = None, *, watch: Watch = unwatched
) -> list[PublicationRow]:
    """The publications of a CSV file. A date alone means 12:00 in the channel's zone.

    BadInput names line and column of the first bad row; then nothing is to be imported.
    """
    options = options or CsvOptions()
    known = calendar if isinstance(calendar, Known) else Known.of(calendar)
    reader = RowReader(read_table(path, options), COLUMNS, known, options)
    return reader.all(lambda row: _publication(reader, row), watch)


def _publication(reader: RowReader, row: Row) -> PublicationRow:
    name, zone = reader.channel(row)
    return checked(
        PublicationRow,
        {
            "channel": name,
            "at": as_instant(reader.date(row), zone),
            "title": reader.line(row, "title") or UNTITLED,
            "author": reader.line(row, "author"),
            "link": reader.line(row, "link") or None,
        },
    )
