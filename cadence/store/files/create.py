"""Making a new calendar."""

from pathlib import Path

from cadence.language import _
from cadence.model.errors import BadInput
from cadence.store import identity
from cadence.store.files import journal
from cadence.store.files.disk import Disk, beside
from cadence.store.files.lock import Lock
from cadence.store.files.trouble import kind_text, writing


def create(path: Path, schema: int, disk: Disk | None = None) -> None:
    """A calendar without documents. BadInput if there is anything at this path already."""
    calendar_id = identity.token()
    versions = {"schema": schema, "min_reader": schema, "min_writer": schema}
    put_journal(disk or Disk(), path, calendar_id, [journal.write_header(calendar_id, versions)])


def put_journal(disk: Disk, path: Path, calendar_id: str, lines: list[bytes]) -> None:
    """Put a journal where there is none; of several programs that try, one succeeds."""
    log = beside(path, ".log")
    with writing(path):
        _require_nothing(disk, path, log)
        disk.make_directory(path.parent)
        lock = Lock(disk, beside(path, ".lock"), calendar_id)
        try:
            lock.acquire(timeout=5.0)
            _require_nothing(disk, path, log)
            lock.set_mark(0)
            disk.replace_file(log, lines, beside(log, ".new"))
        finally:
            lock.close()


def _require_nothing(disk: Disk, *places: Path) -> None:
    for place in places:
        if kind := disk.kind(place):
            raise BadInput(
                _("{path} exists already ({kind})", path=place, kind=kind_text(kind)),
                _("choose another name, or open it"),
            )
