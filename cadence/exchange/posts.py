"""Reads planned posts, with who does what, from CSV or from the JSON that `export json` writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cadence.exchange.check import FieldError, checked
from cadence.exchange.jsontable import EXTRA, read_json_table
from cadence.exchange.known import Known
from cadence.exchange.rows import RowReader, Watch, as_instant, as_local, unwatched
from cadence.exchange.table import CsvOptions, Row, read_table
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.operations.setup import UNTITLED, PostRow, TaskRow

COLUMNS = (
    "date", "time", "channel", "state", "title", "slot", "published_at", "link", "author", "topic", "note",
    "skip_reason", "uid",
    *(column for kind in TASK_KINDS for column in (kind, f"{kind}_done", f"{kind}_pinned")),
)  # fmt: skip

_YES = {"yes", "y", "x", "true", "1", "done", "✓", "sì", "si", "fatto", "ja", "erledigt"}
_NO = {"", "no", "n", "false", "0", "-", "nein"}


def read_posts(
    path: Path,
    calendar: Calendar | Known,
    options: CsvOptions | None = None,
    *,
    now: datetime,
    watch: Watch = unwatched,
) -> list[PostRow]:
    """The posts of a file. A date alone means 12:00; a task that is done without saying when, is done `now`.

    BadInput names line and column of the first bad row; then nothing is to be imported.
    """
    options = options or CsvOptions()
    known = calendar if isinstance(calendar, Known) else Known.of(calendar)
    table = read_json_table(path, COLUMNS) if path.suffix.lower() == ".json" else read_table(path, options)
    reader = RowReader(table, COLUMNS, known, options)
    return reader.all(lambda row: _post(reader, row, now), watch)


def _post(reader: RowReader, row: Row, now: datetime) -> PostRow:
    name, zone = reader.channel(row)
    at = reader.date(row)
    published = reader.moment(row, "published_at")
    state = reader.line(row, "state") or ("published" if published else "planned")
    if state == "published" and published is None:
        published = at
    slot = None
    if (extra := reader.line(row, "slot").casefold() == EXTRA) is False:
        slot = reader.moment(row, "slot")
    return checked(
        PostRow,
        {
            "channel": name,
            "at": as_local(at, zone),
            "title": reader.line(row, "title") or UNTITLED,
            "state": state,
            "slot": as_local(slot, zone) if slot else None,
            "extra": extra,
            "published_at": as_instant(published, zone) if published else None,
            "link": reader.line(row, "link") or None,
            "note": reader.text(row, "note"),
            "author": reader.line(row, "author"),
            "topic": reader.line(row, "topic"),
            "skip_reason": reader.line(row, "skip_reason"),
            "uid": reader.line(row, "uid"),
            "tasks": dict(_tasks(reader, row, now)),
        },
    )


def _tasks(reader: RowReader, row: Row, now: datetime) -> Iterator[tuple[TaskKind, TaskRow]]:
    """The tasks that the row says something about."""
    zone = reader.channel(row)[1]
    for kind in TASK_KINDS:
        member = reader.member(row, kind)
        done = _done(reader, row, f"{kind}_done", now)
        pinned = _flag(reader, row, f"{kind}_pinned")
        if member or done or pinned:
            done_at = as_instant(done, zone) if done else None
            yield kind, TaskRow(member=member, done_at=done_at, pinned=pinned)


def _done(reader: RowReader, row: Row, column: str, now: datetime) -> datetime | None:
    said = reader.line(row, column).casefold()
    if said in _YES or said in _NO:
        return now if said in _YES else None
    return reader.moment(row, column)


def _flag(reader: RowReader, row: Row, column: str) -> bool:
    said = reader.line(row, column).casefold()
    if said in _YES or said in _NO:
        return said in _YES
    raise FieldError(column, _("{said!r} is neither yes nor no", said=said[:40]))
