"""The checkpoint on disk: which one is there, and putting a newer one in its place."""

from pathlib import Path

from cadence.store.files import checkpoint
from cadence.store.files.checkpoint import Checkpoint, Head
from cadence.store.files.disk import Disk, beside
from cadence.store.files.trouble import writing

SMALLEST_TAIL = 2**18
TAIL_SHARE = 16
"""Bytes of journal after the checkpoint: about a thousand changes, or a sixteenth of its own size."""


class CheckpointFile:
    """`covers` is the length of the journal that the checkpoint stands for, `size` its own; both in bytes."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self.path = path
        self.covers = 0
        self.size = 0
        self.is_bad = False
        self._disk = disk

    def read(self, calendar_id: str) -> Checkpoint | None:
        """The checkpoint of this calendar, or None if there is none or it is no good."""
        if self._disk.kind(self.path) is None:
            return None
        data = self._disk.read_file(self.path)
        found = checkpoint.read(data)
        if found is None or found.head.calendar != calendar_id:
            self.is_bad = True
            return None
        self.covers, self.size, self.is_bad = found.head.offset, len(data), False
        return found

    def is_due(self, journal_end: int, *, leaving: bool) -> bool:
        """When reading the rest of the journal would take long, compared with reading the checkpoint. Earlier
        when leaving, since then nobody waits."""
        patience = max(SMALLEST_TAIL, self.size // TAIL_SHARE)
        return journal_end - self.covers >= (patience // 4 if leaving else patience)

    def install(self, head: Head, parts: list[bytes]) -> None:
        """Under the lock. A newer one of somebody else stays; a bad one is kept beside under another name."""
        with writing(self.path):
            there = self._head()
            if not self.is_bad and there and there.calendar == head.calendar and there.seq >= head.seq:
                return
            if self.is_bad and there_is_one(self._disk, self.path):
                self._disk.replace(self.path, beside(self.path, f".bad-{head.seq}"))
            self._disk.replace_file(self.path, parts, beside(self.path, ".new"))
        self.is_bad = False

    def _head(self) -> Head | None:
        if not there_is_one(self._disk, self.path):
            return None
        return checkpoint.read_head(self._disk.read_start(self.path).partition(b"\n")[0])


def there_is_one(disk: Disk, path: Path) -> bool:
    return disk.kind(path) == "file"
