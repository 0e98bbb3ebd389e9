"""The journal on disk: reading what is there, adding a line, cleaning up after a crash. Knows no locks."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from cadence.language import _
from cadence.model.change import Change
from cadence.store.errors import Corrupt, LockBroken, OutcomeUnknown, WriteFailed
from cadence.store.files import journal
from cadence.store.files.disk import Disk, beside
from cadence.store.files.journal import RESTORE, Position, Scan
from cadence.store.files.lines import backwards, forwards
from cadence.store.files.trouble import is_forbidden, reason, writing

HEADER_AT_MOST = 4096


class JournalFile:
    """An open journal. `seen` is how far it was read (or written) by this handle."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self.path = path
        self.readonly: OSError | None = None
        self._disk = disk
        self._fd = self._open()
        self._inode = disk.inode(self._fd)
        self.header = journal.read_header(disk.read(self._fd, 0, HEADER_AT_MOST), str(path))
        self.start = Position(self.header.size, self.header.chain, 0)
        self.seen = self.start

    def _open(self) -> int:
        self.readonly = None
        try:
            return self._disk.open_append(self.path)
        except OSError as error:
            if not is_forbidden(error):
                raise
            self.readonly = error
            return self._disk.open_read(self.path)

    def reopen(self) -> None:
        old, self._fd = self._fd, self._open()
        self._disk.close(old)

    def close(self) -> None:
        self._disk.close(self._fd)

    # Reading

    @property
    def size(self) -> int:
        return self._disk.size(self._fd)

    def size_in_place(self) -> int | None:
        """How long the journal is now; None if another file has taken the place of the one that is open."""
        now = self._disk.stat(self.path)
        return now.st_size if now.st_ino == self._inode else None

    def scan(self, start: Position) -> Scan:
        """What follows `start`, without moving `seen`."""
        data = self._disk.read(self._fd, start.end, self.size - start.end)
        return journal.scan(data, start, str(self.path))

    def last_line(self, end: int) -> bytes:
        """The line that ends at byte `end`."""
        size = HEADER_AT_MOST
        while True:
            start = max(0, end - size)
            data = self._disk.read(self._fd, start, end - start)
            newline = data.rfind(b"\n", 0, -1)
            if newline >= 0 or start == 0:
                return data[newline + 1 :]
            size *= 16

    def still_holds(self, position: Position) -> bool:
        """The line that ends at a position is there as it was (and so, by the chain, all before it)."""
        return position.seq == 0 or self.last_line(position.end) == position.last_line

    def changes(
        self,
        *,
        newest_first: bool,
        about: tuple[str, int] | None,
        until: int | None = None,
        back_to: datetime | None = None,
        most: int | None = None,
    ) -> Iterator[Change]:
        """Those up to `seen`, checked and decoded one by one. Corrupt at the first that is damaged.

        Lines that do not even hold the name and number of the document that they should be `about` are
        skipped unread, and backwards those after number `until`: that is ten times as fast. Backwards it ends
        at the first that was made before `back_to`, of which only the time is read: it may be an import of
        many years. Of a long one `most` operations are read.
        """
        needle = b'"%b",%d,' % (about[0].encode(), about[1]) if about else b""
        newer = max(0, self.seen.seq - until) if newest_first and until is not None else 0
        lines = (backwards if newest_first else forwards)(self._read, self.start.end, self.seen.end)
        for start, line in islice(lines, newer, None):
            if needle not in line:
                continue
            opened = journal.unseal(
                line, journal.chain_of(self._read(start - journal.SEAL_SIZE, journal.SEAL_SIZE))
            )
            if opened is None:
                raise Corrupt(
                    _("{path} is damaged at byte {byte}", path=self.path, byte=start),
                    _(RESTORE),
                    path=str(self.path),
                    offset=start,
                )
            if newest_first and back_to is not None and journal.time_of(opened[0]) < back_to:
                return
            yield journal.read_change(opened[0], str(self.path), start, most)

    def _read(self, offset: int, size: int) -> bytes:
        return self._disk.read(self._fd, offset, size)

    # Writing, under the lock

    def make_writable(self) -> None:
        """It may have been read-only when it was opened, and be so no longer. OSError if it still is."""
        if self.readonly is not None:
            self.reopen()
        if self.readonly is not None:
            raise self.readonly

    def append(self, change: Change) -> None:
        """One line, on the disk when this returns. WriteFailed: it was taken back. OutcomeUnknown: it could
        not be. LockBroken: somebody else wrote at the same time."""
        line, chain = journal.write_change(change, self.seen.chain)
        end = self.seen.end + len(line)
        try:
            self._disk.write_all(self._fd, line)
            if self.size == end:
                self._disk.sync_data(self._fd)
        except OSError as error:
            raise self._take_back(error, change) from error
        if self.size != end:
            raise LockBroken(
                _(
                    "{path}: another program wrote at the same time, so locks do not work here",
                    path=self.path,
                ),
                _("keep the calendar on a local disk, and run `cadence verify` before going on"),
            )
        self.seen = Position(end, chain, change.seq, line)

    def _take_back(self, error: OSError, change: Change) -> WriteFailed | OutcomeUnknown:
        try:
            if self.size != self.seen.end:  # else nothing came so far, whatever else may be forbidden
                self._disk.truncate(self._fd, self.seen.end)
                self._disk.sync_data(self._fd)
        except OSError:
            return OutcomeUnknown(
                _(
                    "{path}: {reason}, and the change could not be taken back",
                    path=self.path,
                    reason=reason(error),
                ),
                _("check the disk, then see in `cadence log` whether the change is there"),
                tx=change.tx,
            )
        return WriteFailed(
            _("{path} cannot be written: {reason}", path=self.path, reason=reason(error)),
            _("nothing was changed; make room or check the disk, then try again"),
        )

    def cut(self, found: Scan) -> None:
        """Put the remains of a crash into a file beside and go on from the last change."""
        with writing(self.path):
            torn = beside(self.path, f".torn-{found.at.seq + 1}")
            self._disk.replace_file(torn, [found.rest], beside(torn, ".new"))
            self._disk.truncate(self._fd, found.at.end)
            self._disk.sync_data(self._fd)

    def rewrite_last(self) -> None:
        """Write the last line again, the same bytes in the same place, and sync it.

        It may never have reached the disk: its writer died before the sync, or the sync failed and the system
        has since forgotten that the page was dirty.
        """
        with writing(self.path):
            fd = self._disk.open_in_place(self.path)
            try:
                self._disk.write_at(fd, self.seen.last_line, self.seen.end - len(self.seen.last_line))
                self._disk.sync_data(fd)
            finally:
                self._disk.close(fd)
