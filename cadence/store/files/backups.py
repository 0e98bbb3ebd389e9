"""Backups: one file each, which is a whole journal, verified before it counts.

It holds state and history in the least form, from whichever place the calendar lives in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cadence.language import _
from cadence.model.change import Change
from cadence.model.errors import BadInput, NotFound
from cadence.store.errors import Corrupt, Foreign, WriteFailed
from cadence.store.files import journal
from cadence.store.files.create import put_journal
from cadence.store.files.disk import Disk, beside
from cadence.store.files.journal import Position
from cadence.store.files.trouble import kind_text, reading, writing
from cadence.store.protocol import Loaded
from cadence.store.tables import State

DAYS = 14
WEEKS = 8
DISK = Disk()
DAILY = re.compile(r"(\d{4}-\d\d-\d\d)\.log")


@dataclass(frozen=True)
class Backup:
    """What a backup holds: which calendar, and its documents then."""

    calendar_id: str
    loaded: Loaded


def write(
    destination: Path,
    calendar_id: str,
    versions: Mapping[str, int],
    changes: Iterable[Change],
    disk: Disk = DISK,
) -> None:
    """Write a journal into a new file; all of it or nothing. BadInput if something else is there already."""
    header = journal.write_header(calendar_id, versions)
    lines, chain = [header], journal.chain_of(header)
    for change in changes:
        line, chain = journal.write_change(change, chain)
        lines.append(line)
    data = b"".join(lines)
    with writing(destination):
        kind = disk.kind(destination)
        if kind == "file" and disk.read_file(destination) == data:
            return
        if kind is not None:
            raise BadInput(
                _("{path} exists already ({kind})", path=destination, kind=kind_text(kind)),
                _("name a new file"),
            )
        disk.make_directory(destination.parent)
        unverified = beside(destination, ".unverified")
        disk.replace_file(unverified, [data], beside(destination, ".new"))
        if disk.read_file(unverified) != data:
            disk.discard(unverified)
            raise WriteFailed(
                _("{path} does not read back as it was written", path=destination),
                _("check the disk"),
            )
        disk.replace(unverified, destination)
        disk.sync_directory(destination.parent)


def read(path: Path, disk: Disk = DISK) -> Backup:
    """NotFound, Foreign, Newer or Corrupt (with the byte) unless every byte of it is good. A calendar's own
    path will do as well."""
    return _read(path, disk)[1]


def copy(path: Path, calendar: Path, disk: Disk = DISK) -> None:
    """A new calendar from a backup; the same errors as `read`, and BadInput if something is there already."""
    data, backup = _read(path, disk)
    put_journal(disk, calendar, backup.calendar_id, [data])


def _read(path: Path, disk: Disk) -> tuple[bytes, Backup]:
    with reading(path):
        kind = disk.kind(path)
        if kind is None:
            raise NotFound(
                _("there is no backup at {path}", path=path), _("see the calendar's folder of backups")
            )
        if kind != "file":
            raise Foreign(
                _("{path} is {kind}, not a backup", path=path, kind=kind_text(kind)), _("name a file")
            )
        beside_it = beside(path, ".log")
        if not disk.read_start(path).startswith(journal.MAGIC) and disk.kind(beside_it) == "file":
            path = beside_it
        data = disk.read_file(path)
    header = journal.read_header(data, str(path))
    found = journal.scan(data[header.size :], Position(header.size, header.chain, 0), str(path))
    if found.rest:
        raise Corrupt(
            _(
                "{path} is damaged at byte {byte}, after change {number}",
                path=path,
                byte=found.at.end,
                number=found.at.seq,
            ),
            _("use another backup"),
            path=str(path),
            offset=found.at.end,
        )
    state = State(Loaded(versions=header.versions))
    for change in found.changes:
        state.apply(change)
    return data, Backup(header.calendar_id, state.as_loaded())


def superfluous(names: Iterable[str]) -> list[str]:
    """The daily backups that can go: all but those of the newest 14 days and the last ones of the newest
    8 weeks. Names that are not ours are never among them."""
    days = sorted((name for name in names if DAILY.fullmatch(name)), reverse=True)
    newest_of_week: dict[tuple[int, int], str] = {}
    for name in days:
        newest_of_week.setdefault(date.fromisoformat(name[:10]).isocalendar()[:2], name)
    kept = {*days[:DAYS], *list(newest_of_week.values())[:WEEKS]}
    return [name for name in days if name not in kept]


def make_room(folder: Path, disk: Disk = DISK) -> None:
    """Delete the daily backups that are superfluous."""
    with writing(folder):
        for name in superfluous(item.name for item in folder.iterdir()):
            disk.remove(folder / name)
