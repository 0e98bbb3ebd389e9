"""Saving what is intact of a damaged calendar into a new one."""

from pathlib import Path

from cadence.language import _
from cadence.model.errors import NotFound
from cadence.store.errors import StoreError
from cadence.store.files import checkpoint, journal
from cadence.store.files.create import put_journal
from cadence.store.files.disk import Disk, beside
from cadence.store.files.journal import Position
from cadence.store.files.trouble import reading
from cadence.store.protocol import Loaded


def rescue(damaged: Path, calendar: Path, disk: Disk | None = None) -> Loaded | None:
    """Make a calendar of the changes before the damage. Returns what the checkpoint holds, if it is intact.

    NotFound, Foreign, Newer or Corrupt if neither journal nor checkpoint begin like one of ours.
    """
    disk = disk or Disk()
    with reading(damaged):
        saved = checkpoint.read(disk.read_file(damaged)) if disk.kind(damaged) == "file" else None
        try:
            calendar_id, data = _intact(disk, beside(damaged, ".log"))
        except (StoreError, NotFound):
            if saved is None:
                raise
            calendar_id, data = saved.head.calendar, journal.write_header(saved.head.calendar, {})
    put_journal(disk, calendar, calendar_id, [data])
    return saved.loaded() if saved else None


def _intact(disk: Disk, log: Path) -> tuple[str, bytes]:
    """The calendar's id and the bytes of its journal before the damage."""
    if disk.kind(log) != "file":
        raise NotFound(_("there is no journal {log}", log=log), _("name the file of a calendar"))
    data = disk.read_file(log)
    header = journal.read_header(data, str(log))
    found = journal.scan(data[header.size :], Position(header.size, header.chain, 0), str(log))
    return header.calendar_id, data[: found.at.end]
